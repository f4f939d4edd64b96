/// It must be an hour and a day at which the patient may be reached, wherever the patient may be.
struct QuietHoursRule: GuardRule {
  let name = "quiet_hours"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    if let fault = guarded.whereabouts.fault { return .suppress(.zoneUnknown, fault) }
    let now = guarded.environment.now
    let hours = guarded.hours
    if let closure = guarded.environment.policy.quietHours.closure(at: now, hours) {
      return .wait(.quietHours, closure)
    }
    return .allow("open in \(hours.zones.map(\.name).joined(separator: ", "))")
  }

  func earliest(from start: Instant, before end: Instant, _ guarded: GuardCase) -> Instant? {
    guard guarded.whereabouts.fault == nil else { return nil }
    return guarded.environment.policy.quietHours.earliest(from: start, before: end, guarded.hours)
  }
}
