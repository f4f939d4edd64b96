/// Finds when a message that may not go out now may go out.
enum Deferral {
  /// When a message may go out.
  struct Solution {
    /// The earliest instant at which every rule allows.
    let at: Instant
    /// The rule without which it would be earlier: the last one that moved the instant.
    let heldBy: String?
  }

  /// The earliest instant before the message expires at which every rule allows; nil when there is none.
  ///
  /// Each rule moves the instant forward to the next that it allows; the search ends when all agree on one.
  static func earliest(_ guarded: GuardCase, rules: [any GuardRule & Sendable]) -> Solution? {
    var instant = guarded.environment.now
    var heldBy: String?
    while instant < guarded.expires {
      var next = instant
      for rule in rules {
        guard let allowed = rule.earliest(from: next, before: guarded.expires, guarded) else { return nil }
        if allowed > next {
          next = allowed
          heldBy = rule.name
        }
      }
      if next == instant { return Solution(at: instant, heldBy: heldBy) }
      instant = next
    }
    return nil
  }

  /// The reason to give when there is no such instant: that no hour is allowed at all, that the caps leave
  /// none of the hours, or else that the patient waits for an answer through all of them.
  static func reasonForNone(_ guarded: GuardCase, rules: [any GuardRule & Sendable]) -> Reason {
    guard guarded.earliest < guarded.expires else { return .expired }
    let opening = QuietHoursRule().earliest(from: guarded.earliest, before: guarded.expires, guarded)
    if opening == nil { return .noWindow }
    let uncapped = earliest(guarded, rules: rules.filter { !($0 is FrequencyCapRule) })
    return uncapped == nil ? .replyOpen : .frequencyCap
  }
}
