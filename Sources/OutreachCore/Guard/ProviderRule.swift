/// Whoever carries the message must be bound to keep what it tells.
struct ProviderRule: GuardRule {
  let name = "provider"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    let provider = guarded.environment.clinic.provider(for: guarded.channel)
    if let obstacle = provider.obstacle(on: guarded.day) { return .suppress(.providerRefused, obstacle) }
    return .allow(provider.name)
  }
}
