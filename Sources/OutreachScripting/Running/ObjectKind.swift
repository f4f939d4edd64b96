import Lua

/// The kinds of object that scripts meet, with their members.
enum ObjectKind: Int32, CaseIterable {
  case patient, fields, refill, appointment, encounter, measurement, contact, instant, proposal, clinic,
    today, now,
    campaign

  /// The kinds in the order of their numbers, as the interpreter takes them.
  static let types = allCases.map(\.type)

  private var type: ObjectType {
    switch self {
    case .patient: ObjectType(name: "patient", fields: PatientField.names, methods: PatientMethod.names)
    case .fields: ObjectType(name: "patient.fields", isOpen: true)
    case .refill: ObjectType(name: "refill", fields: RefillField.names)
    case .appointment: ObjectType(name: "appointment", fields: AppointmentField.names)
    case .encounter: ObjectType(name: "encounter", fields: EncounterField.names)
    case .measurement: ObjectType(name: "measurement", fields: MeasurementField.names)
    case .contact: ObjectType(name: "sent message", fields: ContactField.names)
    case .instant: ObjectType(name: "instant", fields: InstantField.names)
    case .proposal: ObjectType(name: "proposal")
    case .clinic: ObjectType(name: "clinic", fields: ClinicField.names, lifetime: .interpreter)
    case .today: ObjectType(name: "today", fields: TodayField.names, lifetime: .interpreter)
    case .now: ObjectType(name: "now", fields: InstantField.names, lifetime: .interpreter)
    case .campaign: ObjectType(name: "campaign", lifetime: .interpreter)
    }
  }

  /// A reference to an object of the kind.
  func reference(_ slot: Int = 0) -> ObjectReference {
    ObjectReference(type: ObjectType.ID(rawValue: rawValue), slot: Int32(slot))
  }

  /// The kind of an object that a script gave back.
  init?(_ reference: ObjectReference) { self.init(rawValue: reference.type.rawValue) }
}

/// A list of members: the names in the order of the cases.
protocol MemberList: CaseIterable, RawRepresentable where RawValue == String {}

extension MemberList {
  /// The names of the members.
  static var names: [String] { allCases.map(\.rawValue) }
}

enum PatientField: String, MemberList {
  case age, sex, language, fields
  static let all = allCases
}

enum PatientMethod: String, MemberList {
  case has, takes, latest, refill, appointments, encounters, immunized, replied
  case nextAppointment = "next_appointment"
  case lastSent = "last_sent"
  case sentCount = "sent_count"
  static let all = allCases
}

enum RefillField: String, MemberList {
  case dueOn = "due_on"
  case daysUntilDue = "days_until_due"
  static let all = allCases
}

enum AppointmentField: String, MemberList {
  case status, kind, location
  case startsAt = "starts_at"
  case daysUntil = "days_until"
  static let all = allCases
}

enum EncounterField: String, MemberList {
  case kind, status
  case startedOn = "started_on"
  case endedOn = "ended_on"
  case daysSinceEnd = "days_since_end"
  static let all = allCases
}

enum MeasurementField: String, MemberList {
  case value, unit, on
  case daysAgo = "days_ago"
  static let all = allCases
}

enum ContactField: String, MemberList {
  case on, status, about
  case daysAgo = "days_ago"
  static let all = allCases
}

enum InstantField: String, MemberList {
  case date, time, weekday
  case daysUntil = "days_until"
  case hoursUntil = "hours_until"
  static let all = allCases
}

enum ClinicField: String, MemberList {
  case name, phone, country, language
  case timeZone = "time_zone"
  static let all = allCases
}

enum TodayField: String, MemberList {
  case date, weekday, year, month, day
  static let all = allCases
}
