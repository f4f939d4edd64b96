/// The patient must not have been told this already, and there must be time left to tell it.
struct OccurrenceRule: GuardRule {
  let name = "occurrence"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    let candidate = guarded.candidate
    let environment = guarded.environment
    let said = guarded.patient.facts.contacts.filter { contact in
      guard let key = contact.key, !contact.isInbound else { return false }
      return key.campaign == candidate.campaign.id && key.message == candidate.message.id
    }
    // Where it was refused once and left another time, that it left is what counts.
    let same = said.filter { $0.key?.occurrence == candidate.occurrence }
    if let last = same.filter({ $0.status != .refused }).map(\.at).max() {
      return .suppress(.alreadySent, "sent \(environment.clinicZone.date(at: last))")
    }
    if let last = same.map(\.at).max() {
      return .suppress(
        .providerRefused, "a provider refused it for good on \(environment.clinicZone.date(at: last))")
    }
    if candidate.intent.about == nil, let last = said.filter({ $0.status != .refused }).map(\.at).max() {
      let day = environment.clinicZone.date(at: last)
      guard let pause = candidate.campaign.repeatAfter else { return .suppress(.alreadySent, "sent \(day)") }
      if last + pause > environment.now {
        return .suppress(
          .alreadySent, "sent \(day); again from \(environment.clinicZone.date(at: last + pause))")
      }
    }
    guard guarded.expires > environment.now else {
      return .suppress(.expired, "it was of use until \(guarded.expires.rfc3339)")
    }
    return .allow("\(candidate.occurrence)")
  }
}
