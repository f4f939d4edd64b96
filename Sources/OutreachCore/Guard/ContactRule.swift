/// There must be a number or address that can receive the message and is the patient's alone.
struct ContactRule: GuardRule {
  let name = "contact"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    switch guarded.contact {
    case .missing(let detail): return .suppress(.contactMissing, detail)
    case .invalid(let detail): return .suppress(.contactInvalid, detail)
    case .usable(let recipient, let point):
      if case .phone(let number) = recipient, guarded.patient.sharedNumbers.contains(number) {
        return .suppress(.contactShared, "another patient has the same number")
      }
      guard let evidence = Self.lastEvidence(for: point, guarded) else {
        return .suppress(.contactStale, "nothing says when the number was last known to be the patient's")
      }
      let day = guarded.environment.clinicZone.date(at: evidence)
      guard guarded.environment.now - evidence <= guarded.environment.policy.contactFreshness else {
        return .suppress(.contactStale, "last known to be the patient's on \(day)")
      }
      return .allow("last known to be the patient's on \(day)")
    }
  }

  /// The last time that something said that the number is the patient's: the day from which the record lists
  /// it, a consent that was given for the channel, a message of the patient's, or one that was delivered.
  private static func lastEvidence(for point: ContactPoint, _ guarded: GuardCase) -> Instant? {
    let now = guarded.environment.now
    var last: Instant?
    func note(_ instant: Instant) {
      if instant <= now, last.map({ $0 < instant }) ?? true { last = instant }
    }
    if let day = point.startsOn { note(guarded.environment.clinicZone.startOfDay(day)) }
    for consent in guarded.patient.consents where consent.kind == .granted {
      if (consent.channel ?? guarded.channel) == guarded.channel { note(consent.at) }
    }
    for contact in guarded.patient.facts.contacts where contact.isInbound || contact.status == .delivered {
      if contact.channel == guarded.channel { note(contact.at) }
    }
    return last
  }
}
