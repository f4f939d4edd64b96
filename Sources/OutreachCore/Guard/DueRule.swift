/// The campaign must want the message to go out by now.
struct DueRule: GuardRule {
  let name = "due"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    guard let due = guarded.candidate.intent.due else { return .allow("now") }
    return due > guarded.environment.now
      ? .wait(.notYetDue, "due \(due.rfc3339)") : .allow("since \(due.rfc3339)")
  }

  func earliest(from start: Instant, before end: Instant, _ guarded: GuardCase) -> Instant? {
    max(start, guarded.candidate.intent.due ?? start)
  }
}
