/// The purpose must be on the closed list or among those the policy adds.
struct PurposeRule: GuardRule {
  let name = "purpose"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    let purpose = guarded.candidate.campaign.purpose
    switch guarded.environment.policy.standing(of: purpose, on: guarded.day) {
    case .inForce: return .allow("\(purpose)")
    case .begins(let day):
      return .suppress(.purposeRefused, "messages for '\(purpose)' are allowed from \(day) on")
    case .ended(let day):
      return .suppress(.purposeRefused, "messages for '\(purpose)' were allowed until \(day)")
    case nil: return .suppress(.purposeRefused, "'\(purpose)' is not a purpose that messages may have")
    }
  }
}
