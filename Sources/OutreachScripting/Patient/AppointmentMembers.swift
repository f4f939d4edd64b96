import Lua
import OutreachCore

// `patient:appointments{…}` and `patient:next_appointment()`.
extension ScriptRun {
  /// The statuses of FHIR R4, `Appointment.status`.
  static let appointmentStatuses = [
    "proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", "entered-in-error",
    "checked-in",
    "waitlist",
  ]
  /// The statuses in which somebody is expected.
  static let expectedStatuses = ["pending", "booked", "arrived", "checked-in"]

  /// `patient:next_appointment()`: the first appointment from now on at which the patient is expected.
  func nextAppointment(_ facts: OpenedFacts) throws -> Value {
    try note(.appointment)
    let next = facts.record.appointments
      .filter { $0.startsAt >= now && isExpected($0) }
      .min { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }
    return next.map(hand) ?? .null
  }

  /// `patient:appointments{ within = "7 days", ago = "14 days", status = "booked" }`: a list, the earliest first.
  ///
  /// Without `ago` it holds those from now on, with it those of the past up to now. Without `status` it holds
  /// those at which the patient is, or was, expected.
  func appointments(_ arguments: borrowing Arguments, _ facts: OpenedFacts) throws -> Value {
    let known = ["within", "ago", "status"]
    let options = try OptionTable(arguments, at: 0, of: "appointments", known: known, in: self)
    let within = try options.span("within")
    let ago = try options.span("ago")
    if within != nil, ago != nil {
      throw HostError("appointments takes 'within' (ahead) or 'ago' (back), not both")
    }
    let statuses = try options.choices(
      "status", among: Self.appointmentStatuses, called: "appointment status")
    try note(.appointment)
    let found = facts.record.appointments.filter { appointment in
      guard statuses.map({ $0.contains(appointment.status) }) ?? isExpected(appointment) else { return false }
      if let ago { return appointment.startsAt < now && isNear(appointment, ago, sign: -1) }
      return appointment.startsAt >= now && (within.map { isNear(appointment, $0, sign: 1) } ?? true)
    }
    return .table(
      Table(array: found.sorted { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }.map(hand)))
  }

  func read(_ field: AppointmentField, of fact: FactObject) -> Value {
    guard case .appointment(let appointment, let place) = fact else { return .null }
    switch field {
    case .status: return .string(appointment.status)
    case .kind: return appointment.kind.map { .string($0) } ?? .null
    case .location: return place.name.map { .string($0) } ?? .null
    case .startsAt: return place.zone.map { hand(appointment.startsAt, in: $0) } ?? .null
    case .daysUntil:
      return place.zone.map { .integer(Int64(daysUntil(appointment.startsAt, in: $0))) } ?? .null
    }
  }

  /// Days of the calendar of a zone from now to an instant.
  func daysUntil(_ instant: Instant, in zone: Zone) -> Int {
    zone.date(at: now).days(until: zone.date(at: instant))
  }

  private func hand(_ appointment: Appointment) -> Value {
    hand(.appointment(appointment, place: place(appointment.location)), as: .appointment)
  }

  private func isExpected(_ appointment: Appointment) -> Bool {
    Self.expectedStatuses.contains(appointment.status) && !appointment.patientDeclined
  }

  /// Whether an appointment is no farther away than a span; days count in the zone of its place.
  private func isNear(_ appointment: Appointment, _ span: Span, sign: Int) -> Bool {
    guard let days = span.days else {
      return sign * Int(appointment.startsAt.secondsSinceEpoch - now.secondsSinceEpoch)
        <= Int(span.duration.components.seconds)
    }
    return sign * daysUntil(appointment.startsAt, in: place(appointment.location).zone ?? clinicZone) <= days
  }
}
