import Lua
import OutreachCore

// `patient:latest(set, unit)`.
extension ScriptRun {
  /// `patient:latest(set, unit)`: the latest measurement of the set, nil when there is none.
  ///
  /// Its `value` is nil where it cannot be said in the unit: that there is a measurement is known then, and
  /// nothing more.
  func latest(_ arguments: borrowing Arguments, _ facts: OpenedFacts) throws -> Value {
    let set = try setIndex(arguments, .latest)
    guard let unit = arguments.string(1) else {
      throw HostError("latest takes the unit of the value too, such as patient:latest(\"hba1c\", \"%\")")
    }
    try note(names.position(ofSet: set))
    let matcher = matchers[set]
    var latest: Observation?
    for observation in facts.record.observations where observation.at <= now {
      if let latest, (latest.at, latest.id) > (observation.at, observation.id) { continue }
      if matcher.containsAny(of: observation.codes) { latest = observation }
    }
    guard let latest else { return .null }
    let value = UnitConversion.value(of: latest, in: unit)
    return hand(.measurement(latest, value: value, unit: unit), as: .measurement)
  }

  func read(_ field: MeasurementField, of fact: FactObject) -> Value {
    guard case .measurement(let observation, let value, let unit) = fact else { return .null }
    switch field {
    case .value: return value.map { .number($0) } ?? .null
    case .unit: return .string(unit)
    case .on: return .string("\(clinicZone.date(at: observation.at))")
    case .daysAgo: return .integer(Int64(clinicZone.date(at: observation.at).days(until: today)))
    }
  }
}
