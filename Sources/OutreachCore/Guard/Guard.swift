/// Decides what may go out: the part of the program that a clinic trusts.
///
/// Pure: the same patient, candidates and environment give the same decisions, and nothing here reads a clock.
public struct Guard: Sendable {
  /// The rules in the order in which they are asked.
  ///
  /// The first that refuses gives the reason.
  static let rules: [any GuardRule & Sendable] = [
    FactsRule(), PatientRule(), ApprovalRule(), PurposeRule(), ConsentRule(), ContactRule(), ProviderRule(),
    ContentRule(), OccurrenceRule(), RepetitionRule(), DueRule(), ReplyRule(), QuietHoursRule(),
    FrequencyCapRule(),
  ]

  /// The names of the rules in their order, as trails use them.
  public static var ruleNames: [String] { rules.map(\.name) }

  /// What the guard knows of the world.
  public var environment: GuardEnvironment

  /// Makes a guard.
  public init(environment: GuardEnvironment) { self.environment = environment }

  /// Settles all candidates of one patient together, so that two campaigns cannot both spend the last
  /// message of the week.
  ///
  /// The candidates are settled by priority, due time and name; each that may go, now or later, counts toward
  /// the caps of those after it. The decisions come in the same order.
  ///
  /// - Parameter isStillProposed: asked for a message that is put off, with the instant at which it would go:
  ///   whether its campaign would propose it then.
  public func decide(
    _ candidates: [Candidate], for patient: GuardedPatient,
    isStillProposed: (Candidate, Instant) throws -> Bool = { _, _ in true }
  ) rethrows -> [Decision] {
    // A message dated later than now, by a clock that runs ahead, still counts.
    var counted = CountedMessage.history(of: patient)
    let ordered = candidates.sorted(by: Candidate.precedes)
    return try ordered.indices.map { place in
      let candidate = ordered[place]
      var decision = decide(candidate, for: patient, counted: counted)
      if decision.verdict == .defer, let at = decision.sendAt, try !isStillProposed(candidate, at) {
        decision.lapse(at: at)
      }
      // What nobody comes after needs no fingerprint.
      if place < ordered.count - 1,
        let planned = CountedMessage(decision, purpose: candidate.campaign.purpose)
      {
        counted.append(planned)
      }
      return decision
    }
  }

  private func decide(_ candidate: Candidate, for patient: GuardedPatient, counted: [CountedMessage])
    -> Decision
  {
    let (guarded, known) = preferredCase(candidate, for: patient, counted: counted)
    var rules: [RuleResult] = []
    rules.reserveCapacity(Self.rules.count)
    var refusal: Reason?
    var hold: Reason?
    for (place, rule) in Self.rules.enumerated() {
      switch known[place] ?? rule.outcome(guarded) {
      case .allow(let detail): rules.append(RuleResult(rule: rule.name, verdict: .allow, detail: detail))
      case .suppress(let reason, let detail):
        refusal = refusal ?? reason
        rules.append(RuleResult(rule: rule.name, verdict: .suppress, reason: reason, detail: detail))
      case .wait(let reason, let detail):
        hold = hold ?? reason
        rules.append(
          RuleResult(
            rule: rule.name, verdict: .defer, reason: reason, detail: detail,
            allowsFrom: rule.earliest(from: environment.now, before: guarded.horizon, guarded)))
      }
    }
    var decision = Decision(
      patient: patient.handle, campaign: candidate.campaign.id, message: candidate.message.id,
      occurrence: candidate.occurrence, verdict: .send, reason: nil, channel: guarded.channel,
      recipient: guarded.contact.recipient, language: guarded.language,
      text: try? guarded.content.get(), sendAt: environment.now,
      zones: guarded.whereabouts.zones.map(\.name), rules: rules, read: candidate.read)
    if let refusal {
      decision.verdict = .suppress
      decision.reason = refusal
      decision.sendAt = nil
    } else if let hold {
      decision.verdict = .defer
      decision.reason = hold
      if let solution = Deferral.earliest(guarded, rules: Self.rules) {
        decision.sendAt = solution.at
        decision.heldBy = solution.heldBy
        refuseAhead(&decision, candidate, for: patient, at: solution.at, counted: counted)
      } else {
        decision.sendAt = nil
        decision.verdict = .suppress
        decision.reason = Deferral.reasonForNone(guarded, rules: Self.rules)
      }
    }
    if let remark = Fatigue.remark(guarded, goes: decision.sendAt != nil) {
      decision.isFatigued = true
      decision.rules[Self.capRule].detail += "; \(remark)"
    }
    return decision
  }

  /// Refuses a message that is put off to a time at which it is already known that a rule will refuse it: when
  /// consent runs out before, a flag begins, a number goes out of use, or the same text is planned for then.
  ///
  /// The facts' age is not looked at, because imports go on meanwhile.
  private func refuseAhead(
    _ decision: inout Decision, _ candidate: Candidate, for patient: GuardedPatient, at instant: Instant,
    counted: [CountedMessage]
  ) {
    var then = self
    then.environment.now = instant
    then.environment.factsAsOf = environment.factsAsOf.map { max($0, instant) }
    let guarded = then.guardCase(candidate, for: patient, on: decision.channel ?? .sms, counted: counted)
    for (index, rule) in Self.rules.enumerated() {
      guard case .suppress(let reason, let detail) = rule.outcome(guarded) else { continue }
      decision.rules[index] = RuleResult(
        rule: rule.name, verdict: .suppress, reason: reason,
        detail: "at \(instant.rfc3339), when it could go: \(detail)")
      decision.verdict = .suppress
      decision.reason = reason
      decision.sendAt = nil
      decision.heldBy = nil
      return
    }
  }

  /// The first channel on which consent, contact and content all allow, with what these rules said by their place
  /// in the list; where there is no such channel, the first.
  ///
  /// The choice is made once: a message that cannot go out by the chosen channel is not tried by another.
  private func preferredCase(
    _ candidate: Candidate, for patient: GuardedPatient, counted: [CountedMessage]
  ) -> (GuardCase, known: [RuleOutcome?]) {
    let channels =
      candidate.intent.channel.map { [$0] }
      ?? patient.preferences.ordered(candidate.campaign.channels)
    var first: (GuardCase, known: [RuleOutcome?])?
    for channel in channels {
      let guarded = guardCase(candidate, for: patient, on: channel, counted: counted)
      var known = [RuleOutcome?](repeating: nil, count: Self.rules.count)
      let isAllowed = Self.channelRules.allSatisfy { index in
        let outcome = Self.rules[index].outcome(guarded)
        known[index] = outcome
        return if case .allow = outcome { true } else { false }
      }
      if isAllowed { return (guarded, known) }
      first = first ?? (guarded, known)
    }
    guard let first else { preconditionFailure("a campaign has at least one channel") }
    return first
  }

  /// Where the rules stand that depend on the channel.
  private static let channelRules = rules.indices.filter { index in
    rules[index] is ConsentRule || rules[index] is ContactRule || rules[index] is ContentRule
  }

  /// Where the rule stands whose words a sign of fatigue is added to.
  private static let capRule = rules.firstIndex { $0 is FrequencyCapRule } ?? rules.count - 1

  private func guardCase(
    _ candidate: Candidate, for patient: GuardedPatient, on channel: Channel, counted: [CountedMessage]
  ) -> GuardCase {
    let contact = ContactChoice(
      among: patient.identity.contactPoints, for: channel,
      on: environment.today)
    let language = patient.preferences.language ?? patient.facts.language ?? environment.clinic.language
    let variant = candidate.message.variant(language: language, channel: channel)
    let whereabouts = Whereabouts(
      of: patient.identity, recipient: contact.recipient, country: environment.clinic.country,
      catalogue: environment.zones)
    let tier = TierChoice(
      for: patient, of: candidate.campaign.programme, by: contact, on: channel, in: whereabouts.places,
      environment)
    return GuardCase(
      candidate: candidate, patient: patient, environment: environment, channel: channel, contact: contact,
      whereabouts: whereabouts, variant: variant, language: language, counted: counted,
      expires: expires(candidate.intent), tier: tier,
      content: ContentRule.rendered(
        variant, language: language, of: candidate, for: patient.identity, on: channel, at: tier.tier,
        in: environment))
  }

  /// When a message is of no use any more: when the script says; else an appointment that is still to come is not
  /// announced once it has begun, and everything else ends with the policy's patience.
  private func expires(_ intent: Intent) -> Instant {
    if let said = intent.expires { return said }
    let earliest = max(environment.now, intent.due ?? environment.now)
    let patience =
      earliest + (environment.policy.message.inForce(on: environment.today)?.expiresAfter ?? .zero)
    guard case .appointment(let appointment, _)? = intent.about, appointment.startsAt > earliest else {
      return patience
    }
    return min(patience, appointment.startsAt)
  }
}

extension CountedMessage {
  /// What went out to a patient, and to others who share a number with them.
  static func history(of patient: GuardedPatient) -> [CountedMessage] {
    patient.facts.contacts.filter(\.countsTowardCaps).map {
      CountedMessage(
        at: $0.at, channel: $0.channel, recipient: $0.number.map(Recipient.phone), purpose: $0.purpose,
        campaign: $0.key?.campaign, text: $0.text)
    }
      + patient.jointMessages.map {
        CountedMessage(
          at: $0.at, channel: $0.channel, recipient: $0.recipient, purpose: $0.purpose,
          campaign: $0.campaign, text: $0.text, isJoint: true)
      }
  }

  /// A message that goes out now or later; nil for one that does not.
  init?(_ decision: Decision, purpose: Purpose) {
    guard let at = decision.sendAt else { return nil }
    self.init(
      at: at, channel: decision.channel, recipient: decision.recipient, purpose: purpose,
      campaign: decision.campaign, text: decision.text.map { TextFingerprint(of: $0.revealed) })
  }
}

extension Decision {
  /// Takes back a deferral whose campaign would not propose the message any more when its time comes.
  fileprivate mutating func lapse(at instant: Instant) {
    verdict = .suppress
    reason = .noLongerDue
    sendAt = nil
    heldBy = nil
    rules.append(
      RuleResult(
        rule: "decide", verdict: .suppress, reason: .noLongerDue,
        detail: "it could go at \(instant.rfc3339), and the campaign would not propose it then"))
  }
}
