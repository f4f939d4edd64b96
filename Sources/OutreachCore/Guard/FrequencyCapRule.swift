/// The patient must not be reached more often than is allowed, by all campaigns together.
struct FrequencyCapRule: GuardRule {
  let name = "frequency_cap"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    let now = guarded.environment.now
    for cap in guarded.environment.policy.caps where cap.covers(guarded.channel) {
      let counted = Self.counted(guarded, by: cap)
      if cap.earliest(from: now, before: now + .seconds(1), counted: counted, zones: Self.zones(guarded)) == nil {
        let days = counted.sorted().suffix(cap.limit).map { "\(guarded.environment.clinicZone.date(at: $0))" }
        return .wait(.frequencyCap, "\(cap.name): messages on \(days.joined(separator: ", "))")
      }
    }
    return .allow("room in every cap")
  }

  func earliest(from start: Instant, before end: Instant, _ guarded: GuardCase) -> Instant? {
    let caps = guarded.environment.policy.caps.filter { $0.covers(guarded.channel) }
    let zones = Self.zones(guarded)
    var instant = start
    while true {
      var latest = instant
      for cap in caps {
        guard
          let free = cap.earliest(from: latest, before: end, counted: Self.counted(guarded, by: cap), zones: zones)
        else { return nil }
        latest = max(latest, free)
      }
      if latest == instant { return instant }
      instant = latest
    }
  }

  private static func counted(_ guarded: GuardCase, by cap: FrequencyCap) -> [Instant] {
    guarded.counted.filter { cap.covers($0.channel) }.map(\.at)
  }

  private static func zones(_ guarded: GuardCase) -> [Zone] {
    guarded.whereabouts.zones.isEmpty ? [guarded.environment.clinicZone] : guarded.whereabouts.zones
  }
}
