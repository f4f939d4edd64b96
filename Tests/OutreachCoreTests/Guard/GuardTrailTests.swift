import OutreachCore
import Testing

@Suite struct GuardTrailTests {
  private static let order = [
    "facts", "patient", "approval", "purpose", "consent", "contact", "provider", "content", "occurrence",
    "repetition",
    "due",
    "reply", "quiet_hours", "frequency_cap",
  ]

  /// One change for each rule that refuses, in the guard's order.
  private static let refusals:
    [(rule: String, reason: Reason, change: @Sendable (inout GuardCaseBuilder) -> Void)] = [
      ("facts", .factsStale, { $0.factsAsOf = nil }),
      ("patient", .patientInactive, { $0.facts.isDeceased = true }),
      ("approval", .notApproved, { $0.approval = .needed(approved: []) }),
      ("purpose", .purposeRefused, { $0.candidates[0].campaign.purpose = Purpose("survey") }),
      ("consent", .consentMissing, { $0.consents = [] }),
      ("contact", .contactMissing, { $0.identity.contactPoints = [] }),
      (
        "provider", .providerRefused,
        { $0.clinic.providers = [ProviderSettings(name: "vendor", kind: .twilio, channels: [.sms, .voice])] }
      ),
      ("content", .languageMissing, { $0.facts.language = "vi" }),
      ("occurrence", .expired, { $0.candidates[0].intent.expires = $0.now }),
      (
        "repetition", .alreadySent,
        {
          var said = GuardCaseBuilder.contact($0.now - .hours(47))
          said.number = GuardCaseBuilder.chicagoNumber
          said.text = GuardCaseBuilder().decision.text.map { TextFingerprint(of: $0.revealed) }
          $0.facts.contacts.append(said)
        }
      ),
      ("reply", .replyOpen, { $0.policy.reply.versions = [] }),
      ("quiet_hours", .zoneUnknown, { $0.identity.timeZone = "Mars/Olympus" }),
    ]

  @Test func `the rules have the names and the order that trails promise`() {
    #expect(Guard.ruleNames == Self.order)
  }

  @Test func `of two rules that refuse the earlier gives the reason, and both are in the trail`() {
    for first in 0..<Self.refusals.count {
      for second in first..<Self.refusals.count {
        let decision = GuardCaseBuilder().with {
          Self.refusals[second].change(&$0)
          Self.refusals[first].change(&$0)
        }.decision
        #expect(decision.reason == Self.refusals[first].reason)
        #expect(decision.verdict == .suppress)
        #expect(decision.rules.map(\.rule) == Self.order)
        #expect(decision.rule(Self.refusals[first].rule)?.verdict == .suppress)
        // Where there is no number or no text, there is nothing that could be said again.
        let isSilent =
          Self.refusals[second].rule == "repetition"
          && ["contact", "content"].contains(Self.refusals[first].rule)
        #expect(decision.rule(Self.refusals[second].rule)?.verdict == (isSilent ? .allow : .suppress))
      }
    }
  }

  @Test func `a refusal comes before a wait, whatever their order`() {
    let decision = GuardCaseBuilder().with {
      $0.now = at("2026-11-24T05:00:00Z")
      $0.identity.timeZone = "Mars/Olympus"
      $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .hours(1))]
      $0.candidates[0].intent.due = $0.now + .hours(1)
    }.decision
    #expect(decision.verdict == .suppress)
    #expect(decision.reason == .zoneUnknown)
    #expect(decision.rule("due")?.verdict == .defer)
    #expect(decision.rule("frequency_cap")?.verdict == .defer)
    #expect(decision.sendAt == nil)
  }

  @Test func `of several waits the first gives the reason and all are in the trail`() {
    let decision = GuardCaseBuilder().with {
      $0.now = at("2026-11-24T05:00:00Z")
      $0.factsAsOf = $0.now
      $0.facts.contacts = [
        GuardCaseBuilder.contact($0.now - .hours(8)),
        GuardCaseBuilder.contact($0.now - .minutes(5), .inboundClosed),
      ]
      $0.candidates[0].intent.due = $0.now + .minutes(10)
    }.decision
    #expect(decision.verdict == .defer)
    #expect(decision.reason == .notYetDue)
    let waits = decision.rules.filter { $0.verdict == .defer }.map(\.reason)
    #expect(waits == [.notYetDue, .replyOpen, .quietHours, .frequencyCap])
    // Each says when it would allow by itself; together they allow when the last of them does.
    let frees = decision.rules.filter { $0.verdict == .defer }.map(\.allowsFrom)
    #expect(
      frees == [
        at("2026-11-24T05:10:00Z"), at("2026-11-24T05:55:00Z"), at("2026-11-24T15:00:00Z"),
        at("2026-11-24T21:00:00Z"),
      ])
    #expect(decision.sendAt == at("2026-11-24T21:00:00Z"))
    #expect(decision.heldBy == "frequency_cap")
  }

  @Test func `the rule that holds a message back is the last one that moved it`() {
    func held(_ change: (inout GuardCaseBuilder) -> Void) -> String? {
      GuardCaseBuilder().with(change).decision.heldBy
    }
    #expect(held { _ in } == nil)
    #expect(held { $0.candidates[0].intent.due = $0.now + .hours(1) } == "due")
    #expect(held { $0.candidates[0].intent.due = $0.now + .hours(11) } == "quiet_hours")
    #expect(held { $0.facts.contacts = [GuardCaseBuilder.contact($0.now, .inboundClosed)] } == "reply")
    #expect(held { $0.facts.contacts = [GuardCaseBuilder.contact($0.now)] } == "frequency_cap")
    #expect(held { $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .hours(20))] } == "frequency_cap")
    // Refused in the end: nothing holds it any more.
    #expect(
      held {
        $0.facts.contacts = [GuardCaseBuilder.contact($0.now)]
        $0.candidates[0].intent.expires = $0.now + .hours(1)
      } == nil)
  }

  @Test func `every rule is in every trail, sent, put off or refused`() {
    for seed in SeededDice.seeds(300) {
      var dice = SeededDice(seed)
      let decisions = RandomGuardCase.make(&dice).decisions()
      for decision in decisions {
        #expect(decision.rules.map(\.rule) == Self.order, "seed \(seed)")
        let refusal = decision.rules.first { $0.verdict == .suppress }
        let wait = decision.rules.first { $0.verdict == .defer }
        switch decision.verdict {
        case .send: #expect(refusal == nil && wait == nil && decision.reason == nil, "seed \(seed)")
        case .defer: #expect(refusal == nil && decision.reason == wait?.reason, "seed \(seed)")
        case .suppress:
          let given = refusal?.reason
          let none: [Reason] = [.noWindow, .frequencyCap, .expired, .replyOpen]
          #expect(
            given == nil ? none.contains { $0 == decision.reason } : decision.reason == given, "seed \(seed)")
        }
      }
    }
  }

  @Test func `no trail repeats a name, a number, an address or a text`() {
    for seed in SeededDice.seeds(300) {
      var dice = SeededDice(seed)
      var patient = RandomGuardCase.make(&dice)
      patient.identity.givenName = "Zebulonia"
      patient.identity.familyName = "Quarterstaff"
      if dice.chance(30) { patient.identity.timeZone = "Zebulonia/Quarterstaff" }
      patient.identity.contactPoints.append(
        ContactPoint(system: .email, rank: 1, typed: "zebulonia@example.com"))
      for decision in patient.decisions() {
        let trail = decision.rules.map(\.detail).joined(separator: "\n").lowercased()
        for secret in ["zebulonia", "quarterstaff", "example.com", "5550", "lakeside"] {
          #expect(!trail.contains(secret), "seed \(seed): a detail shows '\(secret)'")
        }
      }
    }
  }
}
