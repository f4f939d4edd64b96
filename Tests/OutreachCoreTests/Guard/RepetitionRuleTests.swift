import OutreachCore
import Testing

/// The same text, the same number, within two days; it is Monday 23 November 2026, 10:00 in Chicago.
@Suite struct RepetitionRuleTests {
  private static let now = GuardCaseBuilder().now
  private static let number = GuardCaseBuilder.chicagoNumber
  private static let fingerprint = GuardCaseBuilder().decision.text.map { TextFingerprint(of: $0.revealed) }

  private static func said(
    _ instant: Instant, number: PhoneNumber? = number, text: TextFingerprint? = fingerprint,
    _ status: PastContact.Status = .sent, channel: Channel? = .sms
  ) -> PastContact {
    var contact = GuardCaseBuilder.contact(instant, status, channel: channel)
    contact.number = number
    contact.text = text
    return contact
  }

  private func decision(_ change: (inout GuardCaseBuilder) -> Void) -> Decision {
    GuardCaseBuilder().with {
      $0.policy.caps = []
      change(&$0)
    }.decision
  }

  @Test func `the same text is not said again to a number within two days, whatever the campaign`() {
    let again = decision { $0.facts.contacts = [Self.said($0.now - .hours(47))] }
    #expect(again.verdict == .suppress)
    #expect(again.reason == .alreadySent)
    #expect(again.rule("repetition")?.detail == "the same text went to this number on 2026-11-21")
    #expect(
      decision { $0.facts.contacts = [Self.said($0.now - .days(2) + .seconds(1))] }.verdict == .suppress)
    #expect(decision { $0.facts.contacts = [Self.said($0.now - .days(2))] }.verdict == .send)
    let hour = decision {
      $0.policy.message.only.sameTextPause = .hours(1)
      $0.facts.contacts = [Self.said($0.now - .hours(2))]
    }
    #expect(hour.verdict == .send)
  }

  @Test func `another text, another number and an unknown text are no repetition`() {
    #expect(
      decision { $0.facts.contacts = [Self.said($0.now, text: TextFingerprint(of: "x"))] }.verdict == .send)
    #expect(decision { $0.facts.contacts = [Self.said($0.now, text: nil)] }.verdict == .send)
    let other = PhoneNumber(e164: "+13125550177")
    #expect(decision { $0.facts.contacts = [Self.said($0.now, number: other)] }.verdict == .send)
    #expect(decision { $0.facts.contacts = [Self.said($0.now, .refused)] }.verdict == .send)
    #expect(decision { $0.facts.contacts = [Self.said($0.now, .inDoubt)] }.verdict == .suppress)
    // To the patient, by the same channel, to a number that is not on record: it may have been this one.
    #expect(decision { $0.facts.contacts = [Self.said($0.now, number: nil)] }.verdict == .suppress)
    #expect(
      decision { $0.facts.contacts = [Self.said($0.now, number: nil, channel: .email)] }.verdict == .send)
  }

  @Test func `what another at the number was told is not said there again`() {
    func joint(_ recipient: Recipient?) -> Decision {
      decision { $0.jointMessages = [JointMessage(at: $0.now, recipient: recipient, text: Self.fingerprint)] }
    }
    #expect(joint(Self.number.map(Recipient.phone)).reason == .alreadySent)
    #expect(joint(PhoneNumber(e164: "+13125550177").map(Recipient.phone)).verdict == .send)
    #expect(joint(nil).verdict == .send)
  }

  @Test func `of two campaigns with one text the second is refused, before and after the first`() {
    func pair(firstDue: Instant?, secondDue: Instant?) -> [Decision] {
      GuardCaseBuilder().with {
        $0.policy.caps = []
        $0.candidates = [
          GuardCaseBuilder.candidate(GuardCaseBuilder.campaign("a", priority: 1), due: firstDue),
          GuardCaseBuilder.candidate(GuardCaseBuilder.campaign("b", priority: 2), due: secondDue),
        ]
      }.decisions()
    }
    let tomorrow = Self.now + .days(1)
    #expect(pair(firstDue: nil, secondDue: nil).map(\.reason) == [nil, .alreadySent])
    let before = pair(firstDue: tomorrow, secondDue: nil)
    #expect(before.map(\.reason) == [.notYetDue, .alreadySent])
    #expect(before[1].rule("repetition")?.detail == "the same text goes to this number on 2026-11-24")
    #expect(pair(firstDue: Self.now + .days(2), secondDue: nil).map(\.verdict) == [.defer, .send])
  }

  @Test func `what is put off is compared again for the time at which it would go`() {
    // Friday's message is free of Monday's text and would go a day after Thursday's of the other campaign.
    let friday = at("2026-11-27T16:00:00Z")
    let decided = GuardCaseBuilder().with {
      $0.policy.caps = []
      $0.candidates = [
        GuardCaseBuilder.candidate(
          GuardCaseBuilder.campaign("a", priority: 1), due: at("2026-11-25T20:00:00Z")),
        GuardCaseBuilder.candidate(GuardCaseBuilder.campaign("b", priority: 2), due: friday - .hours(1)),
        GuardCaseBuilder.candidate(GuardCaseBuilder.campaign("c", priority: 3), due: friday + .hours(4)),
      ]
    }.decisions()
    #expect(decided.map(\.sendAt) == [at("2026-11-25T20:00:00Z"), nil, friday + .hours(4)])
    #expect(decided[1].reason == .alreadySent)
    #expect(
      decided[1].rule("repetition")?.detail
        == "at 2026-11-27T15:00:00Z, when it could go: the same text went to this number on 2026-11-25")
  }

  @Test func `exemptions from caps are none from repetition`() {
    let decided = decision {
      $0.policy.exemptions = [CapExemption(obeys: false, counts: false)]
      $0.facts.contacts = [Self.said($0.now - .hours(1))]
    }
    #expect(decided.reason == .alreadySent)
  }
}
