/// The patient must not be reached more often than is allowed, by all campaigns together.
struct FrequencyCapRule: GuardRule {
  let name = "frequency_cap"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    let now = guarded.environment.now
    for cap in Self.caps(guarded) {
      let counted = Self.counted(guarded, by: cap)
      if cap.earliest(from: now, before: now + .seconds(1), counted: counted, zones: Self.zones(guarded))
        == nil
      {
        let days = counted.sorted().suffix(cap.limit).map { "\(guarded.environment.clinicZone.date(at: $0))" }
        return .wait(.frequencyCap, "\(cap.name): messages on \(days.joined(separator: ", "))")
      }
    }
    return .allow("room in every cap")
  }

  func earliest(from start: Instant, before end: Instant, _ guarded: GuardCase) -> Instant? {
    let caps = Self.caps(guarded)
    let zones = Self.zones(guarded)
    var instant = start
    while true {
      var latest = instant
      for cap in caps {
        guard
          let free = cap.earliest(
            from: latest, before: end, counted: Self.counted(guarded, by: cap), zones: zones)
        else { return nil }
        latest = max(latest, free)
      }
      if latest == instant { return instant }
      instant = latest
    }
  }

  /// The caps of the channel.
  ///
  /// One that the policy does not know, such as an embedding program's, is held to all of
  /// them by itself: what nobody thought of must not be without a limit.
  private static func caps(_ guarded: GuardCase) -> [FrequencyCap] {
    let all = guarded.environment.policy.caps
    let own = all.filter { $0.covers(guarded.channel) }
    guard own.isEmpty else { return own }
    return all.map {
      FrequencyCap(name: $0.name, limit: $0.limit, window: $0.window, channels: [guarded.channel])
    }
  }

  private static func counted(_ guarded: GuardCase, by cap: FrequencyCap) -> [Instant] {
    guarded.counted.filter { cap.covers($0.channel) }.map(\.at)
  }

  private static func zones(_ guarded: GuardCase) -> [Zone] {
    guarded.whereabouts.zones.isEmpty ? [guarded.environment.clinicZone] : guarded.whereabouts.zones
  }
}
