import OutreachCore

/// A fact that was handed to a script, and that a message can be about.
enum FactObject {
  case refill(Refill)
  case appointment(Appointment, place: Place)
  case encounter(Encounter)
  case measurement(Observation, value: Double?, unit: String)
  case contact(PastContact)

  /// What a message about it is about.
  var subject: Subject {
    switch self {
    case .refill(let refill): .refill(order: refill.order, dueOn: refill.dueOn)
    case .appointment(let appointment, let place): .appointment(appointment, zone: place.zoneName)
    case .encounter(let encounter): .encounter(encounter)
    case .measurement(let observation, _, _): .observation(observation)
    case .contact(let contact): .contact(contact)
    }
  }
}

/// The place of an appointment.
struct Place {
  var name: String?
  var zoneName: String
  /// nil where the zone is unknown; then no day or time is known either.
  var zone: Zone?
}

/// An instant as scripts hold it, with the zone on whose clocks it is read.
struct ZonedInstant {
  var instant: Instant
  var zone: Zone
}
