/// The patient must not be reached more often than is allowed, by all campaigns together.
struct FrequencyCapRule: GuardRule {
  let name = "frequency_cap"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    let now = guarded.environment.now
    // Of several the one that holds longest says most.
    var longest: (hold: CapHold, obstacle: CapHold.Obstacle, free: Instant)?
    for hold in guarded.holds {
      guard let obstacle = hold.obstacle(at: now) else { continue }
      let free = hold.earliest(from: now, before: guarded.horizon) ?? .latest
      if free > longest?.free ?? .earliest { longest = (hold, obstacle, free) }
    }
    guard let longest else { return .allow("room in every cap") }
    return .wait(.frequencyCap, Self.detail(longest.hold, longest.obstacle))
  }

  func earliest(from start: Instant, before end: Instant, _ guarded: GuardCase) -> Instant? {
    var instant = start
    while true {
      var latest = instant
      for hold in guarded.holds {
        guard let free = hold.earliest(from: latest, before: end) else { return nil }
        latest = free
      }
      if latest == instant { return instant }
      instant = latest
    }
  }

  /// Which cap it is and the messages that use it up, by the clinic's calendar.
  private static func detail(_ hold: CapHold, _ obstacle: CapHold.Obstacle) -> String {
    let cap = hold.cap
    switch obstacle {
    case .ended(let day): return "\(cap.name): the rule held until \(day), and none has taken its place"
    case .full(let messages):
      guard !messages.isEmpty else { return "\(cap.name): it has no room for such messages" }
      let sent = messages.suffix(max(cap.limit, 0)).map { message in
        let marks = [message.channel?.rawValue, message.isJoint ? "to another at the number" : nil]
        let mark = marks.compactMap { $0 }.joined(separator: ", ")
        return "\(hold.clinicZone.date(at: message.at))" + (mark.isEmpty ? "" : " (\(mark))")
      }
      var detail = "\(cap.name): messages on \(sent.joined(separator: ", "))"
      if let reserve = cap.reserve, messages.count < cap.limit {
        let purposes = reserve.purposes.map(\.rawValue).sorted().joined(separator: ", ")
        detail += "; the rest is kept for \(purposes)"
      }
      return detail
    }
  }
}
