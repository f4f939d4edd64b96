import Lua
import OutreachCore

/// Instants so long before or after a fact.
///
/// An appointment counts from its start, a stay from its end, a refill and `today` from the beginning of the
/// day. Days keep the time of the day in the zone of the fact's place.
enum RelativeInstant {
  static func value(
    _ arguments: borrowing Arguments, of function: String, sign: Int, in run: ScriptRun
  ) throws -> Value {
    try run.requireRunning()
    guard let written = arguments.string(1) else {
      throw HostError(
        "\(function) takes a fact or instant and a span of time, such as \(function)(appointment, \"3 days\")"
      )
    }
    let span = try Span.required(written, as: "the second argument of \(function)")
    guard let object = arguments.object(0), let start = try start(of: object, in: run) else {
      throw HostError(
        "the first argument of \(function) must be a fact or an instant, such as an appointment, not \(kind(arguments))"
      )
    }
    return run.hand(span.added(to: start.instant, in: start.zone, sign: sign), in: start.zone)
  }

  private static func kind(_ arguments: borrowing Arguments) -> String {
    (try? arguments.value(0))?.kindInWords ?? "this"
  }

  private static func start(of object: ObjectReference, in run: ScriptRun) throws -> ZonedInstant? {
    if let instant = run.instant(object) { return instant }
    let zone = run.clinicZone
    if ObjectKind(object) == .today { return ZonedInstant(instant: zone.startOfDay(run.today), zone: zone) }
    return switch run.fact(object) {
    case .refill(let refill): ZonedInstant(instant: zone.startOfDay(refill.dueOn), zone: zone)
    case .appointment(let appointment, let place):
      // Without the zone of its place nobody can say at what hour a day before it is.
      if let zone = place.zone {
        ZonedInstant(instant: appointment.startsAt, zone: zone)
      } else {
        throw run.missing("appointment.starts_at")
      }
    case .encounter(let encounter):
      ZonedInstant(instant: encounter.endedAt ?? encounter.startedAt, zone: zone)
    case .measurement(let observation, _, _): ZonedInstant(instant: observation.at, zone: zone)
    case .contact(let contact): ZonedInstant(instant: contact.at, zone: zone)
    case nil: nil
    }
  }
}
