import OutreachCore
import Testing

/// Single clauses of rules, each of which forbids something by itself.
///
/// It is Monday 23 November 2026, 10:00 in Chicago, where the clinic and the patient are.
@Suite struct GuardClauseTests {
  private static let number = ConsentTrial.number

  private func decision(
    _ change: (inout GuardCaseBuilder) -> Void = { _ in }, patient spoil: (inout GuardedPatient) -> Void
  ) -> Decision {
    let builder = GuardCaseBuilder().with(change)
    var patient = builder.patient
    spoil(&patient)
    return Guard(environment: builder.environment).decide(builder.candidates, for: patient) { _, _ in true }[
      0]
  }

  private func decision(_ change: (inout GuardCaseBuilder) -> Void) -> Decision {
    GuardCaseBuilder().with(change).decision
  }

  // MARK: - Wishes

  @Test func `the wished language goes before that of the record`() {
    let decision = decision { $0.preferences.language = "es" }
    #expect(decision.language == "es" && decision.reason == .languageMissing)
  }

  @Test func `the wished hours and days of rest hold in the guard`() throws {
    let evening = try #require(TimeWindow(from: "17:00", to: "19:00"))
    #expect(decision { $0.preferences.window = evening }.sendAt == at("2026-11-23T23:00:00Z"))
    #expect(decision { $0.preferences.restDays = [.monday] }.sendAt == at("2026-11-24T15:00:00Z"))
  }

  // MARK: - Purposes

  @Test func `an added purpose allows itself alone, and no policy adds what the law excludes`() {
    func reason(of purpose: Purpose, adding added: Purpose) -> Reason? {
      decision {
        $0.policy.addedPurposes = [AddedPurpose(added)]
        $0.candidates = [GuardCaseBuilder.candidate(GuardCaseBuilder.campaign(purpose: purpose))]
      }.reason
    }
    #expect(reason(of: Purpose("survey"), adding: Purpose("survey")) == nil)
    #expect(reason(of: Purpose("survey"), adding: Purpose("contest")) == .purposeRefused)
    for purpose in Purpose.refused { #expect(reason(of: purpose, adding: purpose) == .purposeRefused) }
  }

  // MARK: - What is known of a number

  private func contact(_ change: (inout GuardedPatient) -> Void) -> Reason? {
    decision({ _ in }, patient: change).rule("contact")?.reason
  }

  @Test func `neither a question, nor a delivery of the future, nor nothing at all keeps a number good`() {
    let now = GuardCaseBuilder().now
    let old = GuardCaseBuilder.grant(at: now - .days(600))
    #expect(contact { $0.consents = [] } == .contactStale)
    #expect(contact { $0.consents = [old] } == .contactStale)
    #expect(contact { $0.consents = [old, ConsentTrial.word(.pending, "2026-11-20")] } == .contactStale)
    for (when, reason) in [(now + .hours(1), Reason.contactStale), (now - .hours(1), nil)] {
      let reason: Reason? = reason
      #expect(
        contact {
          $0.consents = [old]
          $0.facts.contacts = [GuardCaseBuilder.contact(when, .delivered)]
        } == reason)
    }
  }

  @Test func `a grant that names no number brings no reassigned one back`() {
    func again(_ number: PhoneNumber?) -> Reason? {
      contact {
        $0.evidence = [
          Self.number: [
            ContactEvidence(.reassignment(.yes, since: day("2026-06-01")), at: at("2026-11-01T12:00:00Z"))
          ]
        ]
        $0.consents.append(ConsentTrial.word(.granted, "2026-11-20") { $0.number = number })
      }
    }
    #expect(again(nil) == .contactStale)
    #expect(again(Self.number) == nil)
  }

  @Test func `a work address gets no e-mail, and a toll-free number no call`() {
    func contact(_ channel: Channel, _ point: ContactPoint) -> Reason? {
      decision {
        $0.identity.contactPoints = [point]
        $0.candidates = [GuardCaseBuilder.candidate(GuardCaseBuilder.campaign(channels: [channel]))]
      }.rule("contact")?.reason
    }
    func address(_ use: ContactPoint.Use?) -> ContactPoint {
      ContactPoint(system: .email, use: use, typed: "a@example.com")
    }
    #expect(contact(.email, address(.work)) == .contactMissing)
    #expect(contact(.email, address(.home)) != .contactMissing)
    func line(_ kind: PhoneNumberKind) -> ContactPoint {
      ContactPoint(
        system: .phone, typed: "typed", phone: GuardCaseBuilder.reading(Self.number, kind: kind))
    }
    #expect(contact(.voice, line(.tollFree)) == .contactInvalid)
    #expect(contact(.voice, line(.fixedLine)) != .contactInvalid)
  }

  // MARK: - What was said

  @Test func `an answer that names a message is not that message said`() {
    let candidate = GuardCaseBuilder.candidate()
    let answered = decision {
      $0.facts.contacts = [
        GuardCaseBuilder.contact(
          $0.now - .days(2), .inboundClosed,
          key: PastContact.Key(
            campaign: candidate.campaign.id, message: candidate.message.id, occurrence: candidate.occurrence))
      ]
    }
    #expect(answered.verdict == .send)
  }

  @Test func `a text that went by an unknown channel to an unknown number may have gone to this one`() throws
  {
    let text = try #require(decision { _ in }.text)
    for (said, verdict) in [
      (text.revealed, Decision.Verdict.suppress), (text.revealed.uppercased(), .suppress),
      (text.revealed + "\n", .suppress), ("Something else", .send),
    ] {
      let decision = decision {
        $0.policy.caps = []
        var contact = GuardCaseBuilder.contact($0.now - .hours(5), channel: nil)
        contact.text = TextFingerprint(of: said)
        $0.facts.contacts = [contact]
      }
      #expect(decision.verdict == verdict)
    }
  }

  @Test func `of several answers the last one decides how long messages wait`() {
    for order in [[30, 50], [50, 30]] {
      let decision = decision {
        $0.facts.contacts = order.map { [now = $0.now] minutes in
          GuardCaseBuilder.contact(now - .minutes(minutes), .inboundClosed)
        }
      }
      #expect(decision.sendAt == GuardCaseBuilder().now + .minutes(30))
    }
  }

  // MARK: - What is put off

  @Test func `what is put off is held against the rules of the day on which it would go`() {
    func late(_ change: (inout GuardCaseBuilder) -> Void) -> Decision {
      decision {
        $0.now = at("2026-11-24T03:00:00Z")  // Monday, 21:00
        $0.policy.addedPurposes = [AddedPurpose(Purpose("survey"))]
        $0.candidates = [GuardCaseBuilder.candidate(GuardCaseBuilder.campaign(purpose: Purpose("survey")))]
        change(&$0)
      }
    }
    let today = Provenance(until: day("2026-11-23"))
    #expect(late { _ in }.sendAt == at("2026-11-24T15:00:00Z"))
    #expect(late { $0.policy.facts.versions[0].provenance = today }.reason == .factsStale)
    #expect(late { $0.policy.message.versions[0].provenance = today }.reason == .contentRefused)
    #expect(late { $0.policy.addedPurposes[0].provenance = today }.reason == .purposeRefused)
    #expect(late { $0.policy.contact.versions[0].provenance = today }.reason == .contactStale)
    #expect(late { $0.policy.reply.versions[0].provenance = today }.reason == .replyOpen)
    let stale = late {
      $0.policy.contact.only.freshness = .days(30)
      $0.consents = [GuardCaseBuilder.grant(at: $0.now - .days(30) + .hours(2))]
    }
    #expect(stale.verdict == .suppress && stale.reason == .contactStale)
  }

  // MARK: - Caps and hours

  @Test func `an exemption covers the purposes and campaigns that it names, and nothing unknown`() {
    let today = day("2026-11-23")
    let purpose = CapExemption(purposes: [.wellness], obeys: false, counts: false)
    #expect(purpose.covers(purpose: .wellness, campaign: nil, on: today))
    #expect(!purpose.covers(purpose: .prescription, campaign: nil, on: today))
    #expect(!purpose.covers(purpose: nil, campaign: nil, on: today))
    let campaign = CapExemption(campaigns: [CampaignID("c")], obeys: false, counts: false)
    #expect(campaign.covers(purpose: nil, campaign: CampaignID("c"), on: today))
    #expect(!campaign.covers(purpose: nil, campaign: CampaignID("d"), on: today))
    #expect(!campaign.covers(purpose: nil, campaign: nil, on: today))
  }

  @Test func `a day that comes again where the clocks go back over midnight ends the second time`() {
    // At 00:01 on 7 November 2010 the clocks of Newfoundland went back to 23:01 of the day before.
    let free = FrequencyCapRuleTests.day.earliest(
      from: at("2010-11-07T03:00:00Z"), before: at("2010-11-09T00:00:00Z"),
      counted: [at("2010-11-06T15:00:00Z")], zones: [InstalledZones.zone("America/St_Johns")])
    #expect(free == at("2010-11-07T03:30:00Z"))
  }

  @Test func `the first open minute of a day on which the clocks go forward is not an hour late`() {
    let hours = QuietHours([
      OpenHours(weekdays: Set(Weekday.allCases), window: TimeWindow(hours: 8..<21), rests: [])
    ])
    let opens = hours.earliest(
      from: at("2026-03-08T05:30:00Z"), before: at("2026-03-09T05:00:00Z"),
      QuietHours.Question(zones: [InstalledZones.zone("America/New_York")]))
    #expect(opens == at("2026-03-08T12:00:00Z"))
  }

  @Test func `messages to others at the number do not tire the patient`() {
    func isTired(_ change: (inout GuardCaseBuilder, [Instant]) -> Void) -> Bool {
      decision {
        let days = (1...9).map { [now = $0.now] in now - .days(10 * $0) }
        change(&$0, days)
      }.isFatigued
    }
    #expect(isTired { $0.facts.contacts = $1.map { GuardCaseBuilder.contact($0) } })
    #expect(!isTired { $0.jointMessages = $1.map { JointMessage(at: $0, channel: .sms) } })
  }

  // MARK: - Numbers

  @Test func `a number of more patients than live in a household gets nothing, however neutral`() {
    let neutral = GuardCaseBuilder.candidate(
      message: GuardCaseBuilder.message("note", ["en": "Please call {$clinic.phone}. {$opt_out}"]))
    func decide(_ crowded: Set<PhoneNumber>) -> Decision {
      decision {
        $0.candidates = [neutral]
      } patient: {
        $0.sharedNumbers = [Self.number]
        $0.crowdedNumbers = crowded
      }
    }
    #expect(decide([]).verdict == .send)
    #expect(decide([Self.number]).reason == .contactShared)
    #expect(
      decide([Self.number]).rule("contact")?.detail == "more than 8 patients have the same number")
  }

  @Test func `what the staff say of consent does not make a number fresh`() {
    func decide(_ source: ConsentEvent.Source) -> Decision {
      decision {
        $0.consents = [
          GuardCaseBuilder.grant(at: at("2024-01-03T15:00:00Z")),
          ConsentTrial.word(.granted, "2026-11-01", by: source) { $0.purpose = .wellness },
        ]
      } patient: { _ in
      }
    }
    #expect(decide(.staff).reason == .contactStale)
    #expect(decide(.patient).verdict == .send)
  }
}
