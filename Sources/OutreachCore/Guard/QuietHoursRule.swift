/// It must be an hour and a day at which the patient may be reached, wherever the patient may be.
struct QuietHoursRule: GuardRule {
  let name = "quiet_hours"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    if let fault = guarded.whereabouts.fault { return .suppress(.zoneUnknown, fault) }
    let now = guarded.environment.now
    let hours = guarded.environment.policy.quietHours
    let between = guarded.candidate.campaign.sendBetween
    let closed = guarded.whereabouts.zones.filter { !hours.allow(now, in: $0, within: between) }
    guard closed.isEmpty else {
      let clocks = closed.map { "\($0.civil(at: now).time) in \($0.name)" }.joined(separator: ", ")
      return .wait(.quietHours, "it is \(clocks)")
    }
    return .allow(
      "inside \(between ?? hours.window) in \(guarded.whereabouts.zones.map(\.name).joined(separator: ", "))")
  }

  func earliest(from start: Instant, before end: Instant, _ guarded: GuardCase) -> Instant? {
    guard guarded.whereabouts.fault == nil else { return nil }
    return guarded.environment.policy.quietHours.earliest(
      from: start, before: end, zones: guarded.whereabouts.zones,
      within: guarded.candidate.campaign.sendBetween)
  }
}
