import OutreachCore
import Testing

/// Defects that other programs of the kind have shown, each with the case that would show it here: caps,
/// arbitration and idempotence.
///
/// It is Monday 23 November 2026, 10:00 in Chicago, where the clinic and the patient are.
@Suite struct PeerDefectTests {
  static let now = GuardCaseBuilder().now

  static func decision(_ change: (inout GuardCaseBuilder) -> Void) -> Decision {
    GuardCaseBuilder().with(change).decision
  }

  static func sent(
    _ instant: Instant, _ status: PastContact.Status = .sent, purpose: Purpose? = nil
  ) -> PastContact {
    FrequencyCapRuleTests.sent(instant, status, purpose: purpose)
  }

  // MARK: - Caps

  @Test func `a message that need not obey caps still counts toward them unless the policy says otherwise`() {
    func second(obeys: Bool, counts: Bool) -> [Decision.Verdict] {
      let exemption = CapExemption(purposes: [.wellness], obeys: obeys, counts: counts)
      return [(Purpose.wellness, Purpose.prescription), (.prescription, .wellness)].map { earlier, now in
        Self.decision {
          $0.policy.exemptions = [exemption]
          $0.facts.contacts = [Self.sent($0.now - .hours(3), purpose: earlier)]
          $0.candidates = [GuardCaseBuilder.candidate(GuardCaseBuilder.campaign(purpose: now))]
        }.verdict
      }
    }
    // What was exempt before a message that is not, and the other way round.
    #expect(second(obeys: true, counts: true) == [.defer, .defer])
    #expect(second(obeys: false, counts: true) == [.defer, .send])
    #expect(second(obeys: true, counts: false) == [.send, .defer])
    #expect(second(obeys: false, counts: false) == [.send, .send])
  }

  @Test func `"a day" is said to be of the calendar or of 24 hours, and each is what it says`() {
    // An hour apart over midnight, on the clocks of Chicago.
    func verdict(_ cap: FrequencyCap) -> RuleResult.Verdict {
      Self.decision {
        $0.now = at("2026-11-24T06:30:00Z")
        $0.policy.caps = [cap]
        $0.facts.contacts = [Self.sent(at("2026-11-24T05:30:00Z"))]
      }.rule("frequency_cap")?.verdict ?? .suppress
    }
    #expect(verdict(FrequencyCapRuleTests.day) == .allow)
    #expect(verdict(FrequencyCapRuleTests.hours24) == .defer)
  }

  @Test
  func `a message counts for the purpose that it had when it went out, whatever its campaign is for now`() {
    let capped = FrequencyCap(
      name: "1 a day of wellness", limit: 1, window: .rolling(.hours(24)), channels: nil,
      purposes: [.wellness])
    func verdict(_ then: Purpose) -> Decision.Verdict {
      Self.decision {
        $0.policy.caps = [capped]
        $0.facts.contacts = [
          FrequencyCapRuleTests.sent($0.now - .hours(3), purpose: then, campaign: "trial")
        ]
        $0.candidates = [GuardCaseBuilder.candidate(GuardCaseBuilder.campaign(purpose: .wellness))]
      }.verdict
    }
    #expect(verdict(.wellness) == .defer)
    #expect(verdict(.prescription) == .send)
  }

  @Test func `a cap that frees in two hours is waited for two hours and not a whole period`() {
    let day = Self.decision {
      $0.policy.caps = [FrequencyCapRuleTests.hours24]
      $0.facts.contacts = [Self.sent($0.now - .hours(22))]
    }
    #expect(day.sendAt == Self.now + .hours(2))
    let month = Self.decision {
      $0.policy.caps = [FrequencyCap(name: "1 a month", limit: 1, window: .calendarMonth, channels: nil)]
      $0.policy.message.only.expiresAfter = .days(30)
      $0.facts.contacts = [Self.sent(at("2026-11-02T16:00:00Z"))]
    }
    #expect(month.sendAt == at("2026-12-01T15:00:00Z"))
  }

  @Test func `what did not leave uses up no room, and what may have left does`() {
    let counting: [(PastContact.Status, Bool)] = [
      (.sent, true), (.delivered, true), (.undelivered, true), (.inDoubt, true), (.refused, false),
      (.inboundClosed, false),
    ]
    for (status, counts) in counting {
      let decision = Self.decision { $0.facts.contacts = [Self.sent($0.now - .hours(3), status)] }
      #expect((decision.reason == .frequencyCap) == counts, "\(status)")
    }
    // A message that is refused leaves its room to the next.
    let both = GuardCaseBuilder().with {
      $0.candidates = [
        GuardCaseBuilder.candidate(GuardCaseBuilder.campaign("a", purpose: Purpose("billing"), priority: 1)),
        GuardCaseBuilder.candidate(GuardCaseBuilder.campaign("b", priority: 2)),
      ]
    }.decisions()
    #expect(both.map(\.verdict) == [.suppress, .send])
  }

  @Test func `who goes first is declared: priority, then due time, then name, in whatever order they come`() {
    func candidate(_ id: String, _ priority: Int, due: Instant? = nil) -> Candidate {
      GuardCaseBuilder.candidate(
        GuardCaseBuilder.campaign(id, priority: priority),
        message: GuardCaseBuilder.message("note", ["en": "Hello from \(id). {$opt_out}"]), due: due)
    }
    let candidates = [
      candidate("d", 1, due: Self.now), candidate("c", 2, due: Self.now - .hours(1)),
      candidate("a", 2, due: Self.now), candidate("b", 2, due: Self.now),
    ]
    for turn in 0..<4 {
      let turned = Array(candidates[turn...] + candidates[..<turn])
      for given in [turned, turned.reversed()] {
        let decisions = GuardCaseBuilder().with { $0.candidates = given }.decisions()
        #expect(decisions.map(\.campaign.rawValue) == ["d", "c", "a", "b"])
        #expect(decisions[0].verdict == .send)
        #expect(decisions.dropFirst().allSatisfy { $0.verdict != .send })
      }
    }
  }

  @Test func `nothing as a limit lets nothing pass, and nothing said is no limit`() {
    for limit in [0, -1] {
      let cap = FrequencyCap(name: "none", limit: limit, window: .calendarWeek, channels: nil)
      let decision = Self.decision { $0.policy.caps = [cap] }
      #expect(decision.verdict == .suppress && decision.reason == .frequencyCap, "\(limit)")
    }
    #expect(Self.decision { $0.preferences.maximumPerWeek = 0 }.reason == .frequencyCap)
    #expect(Self.decision { $0.preferences.maximumPerWeek = nil }.verdict == .send)
    #expect(Self.decision { $0.policy.caps = [] }.verdict == .send)
  }

  // MARK: - Repetition and idempotence

  @Test
  func `a text that went out is not said again by another campaign, by what is on record and not in memory`()
  {
    let said = Self.decision { _ in }.text.map { TextFingerprint(of: $0.revealed) }
    let again = Self.decision {
      $0.policy.caps = []
      $0.policy.exemptions = [CapExemption(obeys: false, counts: false)]
      var contact = FrequencyCapRuleTests.sent($0.now - .hours(30), campaign: "another")
      contact.text = said
      $0.facts.contacts = [contact]
    }
    #expect(again.verdict == .suppress && again.reason == .alreadySent)
  }

  @Test func `what was said of a fact is never said of it again, and the same question has the same answer`()
  {
    let candidate = GuardCaseBuilder.candidate(occurrence: Occurrence("refill-7"))
    func decision(_ said: String) -> Decision {
      Self.decision {
        $0.candidates = [candidate]
        $0.candidates[0].intent.about = nil
        $0.candidates[0].campaign.repeatAfter = .days(1)
        $0.facts.contacts = [
          GuardCaseBuilder.contact(
            $0.now - .days(300),
            key: PastContact.Key(
              campaign: candidate.campaign.id, message: candidate.message.id, occurrence: Occurrence(said)))
        ]
      }
    }
    #expect(decision("refill-7").reason == .alreadySent)
    #expect(decision("refill-6").verdict == .send)
    #expect(decision("refill-7") == decision("refill-7"))
  }

  @Test func `an unknown outcome is not tried again, and a refusal for good stays one`() {
    let candidate = GuardCaseBuilder.candidate()
    func reason(_ status: PastContact.Status) -> Reason? {
      Self.decision {
        $0.facts.contacts = [
          GuardCaseBuilder.contact(
            $0.now - .days(40), status,
            key: PastContact.Key(
              campaign: candidate.campaign.id, message: candidate.message.id,
              occurrence: candidate.occurrence))
        ]
      }.reason
    }
    #expect(reason(.inDoubt) == .alreadySent)
    #expect(reason(.undelivered) == .alreadySent)
    #expect(reason(.refused) == .providerRefused)
  }

  @Test func `what cannot go out is a decision too, with a reason and what every rule said`() {
    let decision = Self.decision {
      $0.consents = []
      $0.facts.isDeceased = true
      $0.identity.contactPoints = []
    }
    #expect(decision.verdict == .suppress && decision.reason == .patientInactive)
    #expect(decision.rules.map(\.rule) == Guard.ruleNames)
    #expect(decision.rule("consent")?.reason == .consentMissing)
    #expect(decision.rule("contact")?.reason == .contactMissing)
  }
}
