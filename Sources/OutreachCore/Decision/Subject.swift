/// The kinds of fact that a message can be about.
public enum SubjectKind: String, Hashable, Sendable, CaseIterable {
  /// A refill that falls due.
  case refill
  /// An appointment.
  case appointment
  /// A visit or stay.
  case encounter
  /// A measurement.
  case observation
  /// A message that was sent.
  case contact
}

/// The fact that a message is about.
///
/// The occurrence, the values in the text and the validity of the
/// message all hang on it.
public enum Subject: Hashable, Sendable {
  /// A refill that falls due on a day.
  case refill(order: ResourceID, dueOn: CivilDate)
  /// An appointment, and the zone of the place where it is.
  case appointment(Appointment, zone: String)
  /// A visit or stay.
  case encounter(Encounter)
  /// A measurement.
  case observation(Observation)
  /// A message that was sent.
  case contact(PastContact)

  /// The kind of fact.
  public var kind: SubjectKind {
    switch self {
    case .refill: .refill
    case .appointment: .appointment
    case .encounter: .encounter
    case .observation: .observation
    case .contact: .contact
    }
  }

  /// What saying it twice can be seen by: the kind and the day, with the time where a day can hold two.
  ///
  /// An appointment goes by Greenwich, so that learning the zone of its place does not make it another one.
  ///
  /// - Parameter clinicZone: the zone whose calendar names the day of other facts.
  public func occurrence(clinicZone: Zone) -> Occurrence {
    switch self {
    case .refill(_, let dueOn): return Occurrence("refill \(dueOn)")
    case .appointment(let appointment, _):
      let start = Zone.utc.civil(at: appointment.startsAt)
      return Occurrence("appointment \(start.date) \(start.time)Z")
    case .encounter(let encounter):
      return Occurrence("encounter \(clinicZone.date(at: encounter.endedAt ?? encounter.startedAt))")
    case .observation(let observation):
      return Occurrence("observation \(clinicZone.date(at: observation.at))")
    case .contact(let contact): return Occurrence("contact \(clinicZone.date(at: contact.at))")
    }
  }
}
