/// How much a value tells about a person.
public enum MessageLabel: Int, Hashable, Comparable, Sendable {
  /// Known to everybody, such as the clinic's telephone number.
  case open = 0
  /// Known to whoever knows the person, such as a first name.
  case personal = 1
  /// That, when and where somebody is expected.
  case logistics = 2
  /// Anything that hints at what somebody is treated for. No channel is cleared for it.
  case clinical = 3

  /// Orders labels by how much they tell.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A value that a message can show, and how much it tells.
///
/// The list is closed: a name that is not here does not compile, and a clinical one is here only so that
/// the refusal can say why.
public enum MessageField: String, CaseIterable, Hashable, Sendable {
  /// The patient's first given name.
  case patientFirstName = "patient.first_name"
  /// The patient's family name.
  case patientLastName = "patient.last_name"
  /// The patient's date of birth.
  case patientBirthDate = "patient.birth_date"
  /// The patient's age.
  case patientAge = "patient.age"
  /// A diagnosis.
  case patientCondition = "patient.condition"
  /// The clinic's name from `clinic.lua`.
  case clinicName = "clinic.name"
  /// The clinic's telephone number from `clinic.lua`.
  case clinicPhone = "clinic.phone"
  /// The day of the appointment the message is about.
  case appointmentDate = "appointment.date"
  /// The time of the appointment the message is about.
  case appointmentTime = "appointment.time"
  /// The day of the week of the appointment the message is about.
  case appointmentWeekday = "appointment.weekday"
  /// The kind of the appointment.
  case appointmentKind = "appointment.kind"
  /// Where the appointment is.
  case appointmentLocation = "appointment.location"
  /// The medication of the refill the message is about.
  case refillMedication = "refill.medication"
  /// The value of a measurement.
  case observationValue = "observation.value"
  /// How to stop further messages, in the words of the language and channel.
  case optOut = "opt_out"
  /// The answers a person can give, in the words of the language and channel.
  case replies = "replies"

  /// How much the value tells.
  public var label: MessageLabel {
    switch self {
    case .clinicName, .clinicPhone, .optOut, .replies: .open
    case .patientFirstName: .personal
    case .appointmentDate, .appointmentTime, .appointmentWeekday: .logistics
    // A surname, a birth date or an age identifies a person to a stranger who reads the text; the kind and
    // the place of a visit tell the specialty (HHS OCR FAQ 198; HIPAA identifiers, 45 CFR 164.514).
    case .patientLastName, .patientBirthDate, .patientAge, .patientCondition, .appointmentKind,
      .appointmentLocation,
      .refillMedication, .observationValue:
      .clinical
    }
  }

  /// The fact a message must be about for the value to exist; nil where it always does.
  public var subject: SubjectKind? {
    switch self {
    case .appointmentDate, .appointmentTime, .appointmentWeekday, .appointmentKind, .appointmentLocation:
      .appointment
    case .refillMedication: .refill
    case .observationValue: .observation
    default: nil
    }
  }
}

extension Channel {
  /// The label up to which the channel may show values: a lock screen, a voicemail and a shared inbox are
  /// read by others, so no channel is cleared for clinical ones.
  public var clearance: MessageLabel { .logistics }
}
