/// A patient who has written in is not talked over.
struct ReplyRule: GuardRule {
  let name = "reply"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    let now = guarded.environment.now
    guard let free = Self.free(guarded), free > now else { return .allow("nothing open") }
    let isOpen = guarded.patient.facts.contacts.contains { $0.status == .inboundOpen && $0.at <= now }
    return .wait(
      .replyOpen,
      isOpen
        ? "the patient has written in and waits for an answer"
        : "the patient wrote in a moment ago; from \(free.rfc3339)")
  }

  /// The instant at which it is worth asking again: while a message is open, the whole guard answers the same then.
  func earliest(from start: Instant, before end: Instant, _ guarded: GuardCase) -> Instant? {
    max(start, Self.free(guarded) ?? start)
  }

  /// When the hold after the last incoming message ends; an open one holds from the present on.
  private static func free(_ guarded: GuardCase) -> Instant? {
    let now = guarded.environment.now
    return guarded.patient.facts.contacts.filter { $0.isInbound && $0.at <= now }
      .map { ($0.status == .inboundOpen ? now : $0.at) + guarded.environment.policy.replyHold }.max()
  }
}
