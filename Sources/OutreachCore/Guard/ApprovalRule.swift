/// Somebody must have approved the campaign exactly as it stands.
struct ApprovalRule: GuardRule {
  let name = "approval"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    switch guarded.environment.approval {
    case .notNeeded: .allow("not needed to preview")
    case .shown(let approved):
      .allow(approved.contains(guarded.candidate.campaign.contentHash) ? "approved" : "not needed to preview")
    case .needed(let approved) where approved.contains(guarded.candidate.campaign.contentHash):
      .allow("approved")
    case .needed: .suppress(.notApproved, "nobody has approved the campaign as it stands")
    }
  }
}
