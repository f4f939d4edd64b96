/// The patient must have agreed to messages for this purpose on this channel.
struct ConsentRule: GuardRule {
  let name = "consent"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    func day(_ instant: Instant) -> String { "\(guarded.environment.clinicZone.date(at: instant))" }
    let wanted = "\(guarded.candidate.campaign.purpose) by \(guarded.channel)"
    switch guarded.consent {
    case .granted(let event):
      return .allow("granted \(day(event.at))" + (event.wording.map { ", \($0)" } ?? ""))
    case .missing: return .suppress(.consentMissing, "no consent to \(wanted) on record")
    case .revoked(let event):
      return .suppress(
        .consentRevoked, event.at == .earliest ? "refused" : "refused or withdrawn \(day(event.at))")
    case .expired(let event):
      return .suppress(.consentExpired, "ran out \(event.expiresAt.map(day) ?? "")")
    }
  }
}
