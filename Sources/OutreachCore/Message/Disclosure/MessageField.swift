/// A value that a message can show, declared once: what it is, why it is sensitive, and from which tier on it shows.
///
/// The list is closed: a name that is not here does not compile.
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
  /// That the clinic has something to say, and how to reach it: the words that every programme shares.
  case neutral = "neutral"
  /// A link that tells nothing by itself and leads to one thing.
  case link = "link"
  /// How to stop further messages, in the words of the language and channel.
  case optOut = "opt_out"
  /// The answers a person can give, in the words of the language and channel.
  case replies = "replies"

  /// The kinds of value, each with a check of its own.
  public enum Kind: Hashable, Sendable {
    /// A first name, shown only when it is shaped like one.
    case firstName
    /// A day.
    case date
    /// A time of the day.
    case time
    /// A day of the week.
    case weekday
    /// A number to call back.
    case callBackNumber
    /// The name of an organisation or place.
    case organisation
    /// A link with one opaque token.
    case opaqueLink
    /// Words of the host.
    case hostWords
    /// Anything that hints at what somebody is treated for, or that identifies them to a stranger.
    case telling
  }

  /// What kind of value it is.
  public var kind: Kind {
    switch self {
    case .patientFirstName: .firstName
    case .appointmentDate: .date
    case .appointmentTime: .time
    case .appointmentWeekday: .weekday
    case .clinicPhone: .callBackNumber
    case .clinicName, .appointmentLocation: .organisation
    case .link: .opaqueLink
    case .optOut, .replies, .neutral: .hostWords
    case .patientLastName, .patientBirthDate, .patientAge, .patientCondition, .appointmentKind,
      .refillMedication,
      .observationValue:
      .telling
    }
  }

  /// Why it is sensitive; empty for what everybody may know.
  public var sensitivity: Set<SensitivityCode> {
    switch self {
    case .clinicName, .clinicPhone, .optOut, .replies, .neutral, .link: []
    case .patientFirstName, .patientLastName, .patientAge: [.demographics]
    case .patientBirthDate: [.demographics, .birthDate]
    case .appointmentDate, .appointmentTime, .appointmentWeekday, .appointmentLocation: [.location]
    case .patientCondition, .appointmentKind, .observationValue: [.diagnosis]
    case .refillMedication: [.medication]
    }
  }

  /// The lowest tier that shows the value itself; nil for one that none shows.
  ///
  /// A surname, a birth date or an age identifies a person to a stranger who reads the text, the kind of a visit
  /// tells the specialty, and records name medicines and results as no patient would say them (HHS OCR FAQ 198; HIPAA
  /// identifiers, 45 CFR 164.514(b)(2)). What an overt message tells stands in its words.
  public var tier: DisclosureTier? {
    switch self {
    case .clinicPhone, .optOut, .replies, .neutral, .link: .sealed
    case .clinicName, .patientFirstName, .appointmentDate, .appointmentTime, .appointmentWeekday: .generic
    case .appointmentLocation: .logistics
    case .patientLastName, .patientBirthDate, .patientAge, .patientCondition, .appointmentKind,
      .refillMedication,
      .observationValue:
      nil
    }
  }

  /// Whether the value is about one patient, so that showing it tells whom the message is for.
  public var isAboutPatient: Bool {
    switch self {
    case .clinicName, .clinicPhone, .optOut, .replies, .neutral, .link: false
    default: true
    }
  }

  /// What is said in its stead below its tier; nil where nothing can be, and then the text cannot be said there.
  public func facet(in language: String) -> String? {
    let isSpanish = language == "es" || language.hasPrefix("es-")
    return switch self {
    // "Hola buen día" is a greeting of its own.
    case .patientFirstName: isSpanish ? "buen día" : "there"
    case .clinicName: isSpanish ? "nuestra oficina" : "our office"
    case .appointmentLocation: isSpanish ? "nuestra oficina" : "our office"
    default: nil
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
