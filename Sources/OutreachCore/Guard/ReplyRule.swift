/// A patient who has written in is not talked over.
struct ReplyRule: GuardRule {
  let name = "reply"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    let now = guarded.environment.now
    guard let rule = guarded.environment.policy.reply.inForce(on: guarded.day) else {
      return .suppress(.replyOpen, "no rule says how long messages wait after a reply on \(guarded.day)")
    }
    guard let free = Self.free(guarded, rule), free > now else { return .allow("nothing open") }
    let isOpen = guarded.patient.facts.contacts.contains { $0.status == .inboundOpen && $0.at <= now }
    return .wait(
      .replyOpen,
      isOpen
        ? "the patient has written in and waits for an answer"
        : "the patient wrote in a moment ago; from \(free.rfc3339)")
  }

  /// The instant at which it is worth asking again: while a message is open, the whole guard answers the
  /// same then.
  func earliest(from start: Instant, before end: Instant, _ guarded: GuardCase) -> Instant? {
    var instant = start
    while instant < end {
      let day = guarded.environment.clinicZone.date(at: instant)
      guard let rule = guarded.environment.policy.reply.inForce(on: day) else { return nil }
      guard let free = Self.free(guarded, rule), free > instant else { return instant }
      instant = free
    }
    return nil
  }

  /// When the hold after the last incoming message ends; an open one holds from the present on.
  private static func free(_ guarded: GuardCase, _ rule: ReplyHold) -> Instant? {
    let now = guarded.environment.now
    guard !rule.urgent.contains(guarded.candidate.campaign.purpose) else { return nil }
    return guarded.patient.facts.contacts.filter { $0.isInbound && $0.at <= now }
      .map { ($0.status == .inboundOpen ? now : $0.at) + rule.hold }.max()
  }
}
