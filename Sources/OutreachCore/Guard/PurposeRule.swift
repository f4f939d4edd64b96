/// The purpose must be on the closed list or among those the policy adds.
struct PurposeRule: GuardRule {
  let name = "purpose"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    let purpose = guarded.candidate.campaign.purpose
    guard guarded.environment.policy.knows(purpose) else {
      return .suppress(.purposeRefused, "'\(purpose)' is not a purpose that messages may have")
    }
    return .allow("\(purpose)")
  }
}
