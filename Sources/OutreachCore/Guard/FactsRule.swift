/// The facts must be fresh enough for the purpose.
struct FactsRule: GuardRule {
  let name = "facts"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    guard let asOf = guarded.environment.factsAsOf else {
      return .suppress(.factsStale, guarded.environment.factsDetail)
    }
    let age = guarded.environment.now - asOf
    guard let rule = guarded.environment.policy.facts.inForce(on: guarded.day) else {
      return .suppress(.factsStale, "no rule says how old facts may be on \(guarded.day)")
    }
    let limit = rule.maximumAge(for: guarded.candidate.campaign.purpose)
    guard age <= limit else {
      return .suppress(.factsStale, "the last import is over \(age.inWords) old; \(limit.inWords) is allowed")
    }
    return .allow(guarded.environment.factsDetail)
  }

  /// Waiting makes facts older, never fresher.
  func earliest(from start: Instant, before end: Instant, _ guarded: GuardCase) -> Instant? { start }
}
