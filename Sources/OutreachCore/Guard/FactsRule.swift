/// The facts must be fresh enough for the purpose.
struct FactsRule: GuardRule {
  let name = "facts"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    guard let asOf = guarded.environment.factsAsOf else {
      return .suppress(.factsStale, guarded.environment.factsDetail)
    }
    let age = guarded.environment.now - asOf
    let limit = guarded.environment.policy.factsMaximumAge(for: guarded.candidate.campaign.purpose)
    guard age <= limit else {
      return .suppress(.factsStale, "the last import is \(age.inWords) old; \(limit.inWords) is allowed")
    }
    return .allow(guarded.environment.factsDetail)
  }

  /// Waiting makes facts older, never fresher.
  func earliest(from start: Instant, before end: Instant, _ guarded: GuardCase) -> Instant? { start }
}
