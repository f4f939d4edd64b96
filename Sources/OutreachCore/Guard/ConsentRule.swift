/// The patient must have agreed to messages for this purpose on this channel, and not wish otherwise.
struct ConsentRule: GuardRule {
  let name = "consent"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    if let wish = Self.wish(against: guarded) { return .suppress(.consentRevoked, wish) }
    func day(_ instant: Instant) -> String { "\(guarded.environment.clinicZone.date(at: instant))" }
    let wanted = "\(guarded.candidate.campaign.purpose) by \(guarded.channel)"
    switch guarded.consent {
    case .granted(let event):
      return .allow("granted \(day(event.at))" + (event.wording.map { ", \($0)" } ?? ""))
    case .missing: return .suppress(.consentMissing, "no consent to \(wanted) on record")
    case .insufficient(let event, let lack):
      return .suppress(.consentMissing, "granted \(day(event.at)), but \(Self.clause(lack))")
    case .pending(let event):
      return .suppress(.consentMissing, "asked on \(day(event.at)), not confirmed yet")
    case .revoked(let event):
      return .suppress(
        .consentRevoked, event.at == .earliest ? "refused" : "refused or withdrawn \(day(event.at))")
    case .numberRevoked(let event):
      let when = event.at == .earliest ? "" : " on \(day(event.at))"
      return .suppress(.consentRevoked, "whoever has this number revoked\(when)")
    case .expired(let event) where event.kind == .expired:
      return .suppress(.consentExpired, "the clinic ended it on \(day(event.at))")
    case .expired(let event):
      return .suppress(.consentExpired, "ran out \(event.expiresAt.map(day) ?? "")")
    case .outgrown(let event, _):
      return .suppress(
        .consentExpired,
        "a \(event.grantor ?? "proxy")'s consent ended when the patient came of age")
    }
  }

  /// What the patient wishes that stands against the message, in words.
  private static func wish(against guarded: GuardCase) -> String? {
    let preferences = guarded.patient.preferences
    let campaign = guarded.candidate.campaign
    if preferences.refusedPurposes.contains(campaign.purpose) {
      return "the patient wishes no messages for '\(campaign.purpose)'"
    }
    if preferences.refusedCampaigns.contains(campaign.id) {
      return "the patient wishes no messages of '\(campaign.id)'"
    }
    return preferences.accepts(guarded.channel)
      ? nil : "the patient wishes no messages by \(guarded.channel)"
  }

  private static func clause(_ lack: ConsentLack) -> String {
    switch lack {
    case .otherSender: "for another sender"
    case .otherNumber: "for another number"
    case .minor: "a minor's own consent needs a parent's"
    case .ageUnknown: "nothing tells whether the patient is of age"
    case .noReference: "by the staff alone and without a reference to the evidence"
    }
  }
}
