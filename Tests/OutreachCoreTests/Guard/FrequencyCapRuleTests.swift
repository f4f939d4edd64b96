import OutreachCore
import Testing

/// What caps count, whom they hold back and until when; it is Monday 23 November 2026, 10:00 in Chicago.
@Suite struct FrequencyCapRuleTests {
  static let now = GuardCaseBuilder().now
  static let day = FrequencyCap(name: "1 a day", limit: 1, window: .calendarDay, channels: nil)
  static let hours24 = FrequencyCap(
    name: "1 in 24 hours", limit: 1, window: .rolling(.hours(24)), channels: nil)

  func decision(_ caps: [FrequencyCap]? = nil, _ change: (inout GuardCaseBuilder) -> Void) -> Decision {
    GuardCaseBuilder().with {
      if let caps { $0.policy.caps = caps }
      change(&$0)
    }.decision
  }

  func cap(_ caps: [FrequencyCap]? = nil, _ change: (inout GuardCaseBuilder) -> Void) -> RuleResult? {
    decision(caps, change).rule("frequency_cap")
  }

  static func sent(
    _ instant: Instant, _ status: PastContact.Status = .sent, channel: Channel? = .sms,
    purpose: Purpose? = nil,
    campaign: String? = nil, number: PhoneNumber? = nil
  ) -> PastContact {
    var contact = GuardCaseBuilder.contact(instant, status, channel: channel)
    contact.purpose = purpose
    contact.number = number
    contact.key = campaign.map {
      PastContact.Key(campaign: CampaignID($0), message: MessageID("older"), occurrence: .once)
    }
    return contact
  }

  @Test func `a cap is over all campaigns, and over text and voice together`() {
    let said = cap { $0.facts.contacts = [Self.sent($0.now - .hours(3), channel: .voice, campaign: "other")] }
    #expect(said?.verdict == .defer)
    #expect(said?.reason == .frequencyCap)
    #expect(said?.detail == "1 in 24 hours: messages on 2026-11-23 (voice)")
    #expect(said?.allowsFrom == Self.now + .hours(21))
  }

  @Test func `a day ends at the patient's midnight, not at that of Greenwich or of the clinic`() {
    // 23:59 and 00:01 at Greenwich are one evening in Chicago.
    let evening = cap([Self.day]) {
      $0.now = at("2026-11-24T00:01:00Z")
      $0.facts.contacts = [Self.sent(at("2026-11-23T23:59:00Z"))]
    }
    #expect(evening?.allowsFrom == at("2026-11-24T06:00:00Z"))
    // 23:59 and 00:01 in New York, where the clinic is.
    let clinic = cap([Self.day]) {
      $0.clinic.timeZone = "America/New_York"
      $0.now = at("2026-11-24T05:01:00Z")
      $0.facts.contacts = [Self.sent(at("2026-11-24T04:59:00Z"))]
    }
    #expect(clinic?.allowsFrom == at("2026-11-24T06:00:00Z"))
  }

  @Test func `a calendar day lets two messages pass around midnight, a rolling one does not`() {
    func minutesLater(_ caps: [FrequencyCap]) -> RuleResult? {
      cap(caps) {
        $0.now = at("2026-11-24T06:01:00Z")
        $0.facts.contacts = [Self.sent(at("2026-11-24T05:59:00Z"))]
      }
    }
    #expect(minutesLater([Self.day])?.verdict == .allow)
    #expect(minutesLater([Self.hours24])?.allowsFrom == at("2026-11-25T05:59:00Z"))
    #expect(minutesLater([Self.day, Self.hours24])?.detail == "1 in 24 hours: messages on 2026-11-23 (sms)")
  }

  @Test func `24 hours are 24 on a day of 25 and on one of 23, and the day is as long as it is`() {
    // The clocks of Chicago go back on 1 November 2026 and forward on 14 March 2027.
    for (sent, midnight) in [
      ("2026-11-01T05:00:00Z", "2026-11-02T06:00:00Z"), ("2027-03-14T06:00:00Z", "2027-03-15T05:00:00Z"),
    ] {
      func free(_ caps: [FrequencyCap]) -> Instant? {
        cap(caps) {
          $0.now = at(sent) + .hours(1)
          $0.facts.contacts = [Self.sent(at(sent))]
        }?.allowsFrom
      }
      #expect(free([Self.day]) == at(midnight))
      #expect(free([Self.hours24]) == at(sent) + .hours(24))
    }
  }

  @Test func `what left or may have left counts, what did not leave does not`() {
    for (status, counts) in [
      (PastContact.Status.sent, true), (.delivered, true), (.undelivered, true), (.inDoubt, true),
      (.refused, false), (.inboundClosed, false),
    ] {
      let said = cap { $0.facts.contacts = [Self.sent($0.now - .hours(3), status)] }
      #expect(said?.verdict == (counts ? .defer : .allow), "\(status)")
    }
  }

  @Test func `a cap that frees in two hours is waited for two hours, and a month until its end`() {
    let soon = decision { $0.facts.contacts = [Self.sent($0.now - .hours(22))] }
    #expect(soon.sendAt == Self.now + .hours(2))
    #expect(soon.heldBy == "frequency_cap")
    let month = FrequencyCap(name: "1 a month", limit: 1, window: .calendarMonth, channels: nil)
    let first = decision([month]) {
      $0.policy.message.only.expiresAfter = .days(30)
      $0.facts.contacts = [Self.sent($0.now - .days(20))]
    }
    #expect(first.sendAt == at("2026-12-01T15:00:00Z"))
    #expect(first.rule("frequency_cap")?.allowsFrom == at("2026-12-01T06:00:00Z"))
  }

  @Test func `the purpose of a message is the one it had when it went out`() {
    var topic = Self.day
    topic.purposes = [.prescription]
    // The campaign has another purpose now than when it sent this.
    let other = cap([topic]) {
      $0.facts.contacts = [Self.sent($0.now - .hours(1), purpose: .appointment, campaign: "trial")]
    }
    #expect(other?.verdict == .allow)
    #expect(
      cap([topic]) { $0.facts.contacts = [Self.sent($0.now - .hours(1), purpose: .prescription)] }?.verdict
        == .defer)
    #expect(cap([topic]) { $0.facts.contacts = [Self.sent($0.now - .hours(1))] }?.verdict == .defer)
  }

  @Test func `a cap for each campaign or purpose counts only the same`() {
    var each = Self.day
    each.each = .campaign
    func verdict(purpose: Purpose? = nil, campaign: String? = nil) -> RuleResult.Verdict? {
      cap([each]) {
        $0.facts.contacts = [Self.sent($0.now - .hours(1), purpose: purpose, campaign: campaign)]
      }?.verdict
    }
    #expect(verdict(campaign: "trial") == .defer)
    #expect(verdict(campaign: "other") == .allow)
    #expect(verdict() == .defer, "an unknown campaign may be the same")
    each.each = .purpose
    #expect(verdict(purpose: .prescription, campaign: "other") == .defer)
    #expect(verdict(purpose: .appointment, campaign: "trial") == .allow)
    #expect(verdict(campaign: "trial") == .defer)
  }

  @Test func `obeying a cap and counting toward it are two switches`() {
    for obeys in [true, false] {
      for counts in [true, false] {
        let exemption = CapExemption(purposes: [.appointment], obeys: obeys, counts: counts)
        let held = cap([Self.day]) {
          $0.policy.exemptions = [exemption]
          $0.candidates[0].campaign.purpose = .appointment
          $0.facts.contacts = [Self.sent($0.now - .hours(1), purpose: .prescription)]
        }
        #expect(held?.verdict == (obeys ? .defer : .allow))
        let counted = cap([Self.day]) {
          $0.policy.exemptions = [exemption]
          $0.facts.contacts = [Self.sent($0.now - .hours(1), purpose: .appointment)]
        }
        #expect(counted?.verdict == (counts ? .defer : .allow))
        let planned = GuardCaseBuilder().with {
          $0.policy.caps = [Self.day]
          $0.policy.exemptions = [exemption]
          $0.candidates = [
            GuardCaseBuilder.candidate(GuardCaseBuilder.campaign("a", purpose: .appointment)),
            GuardCaseBuilder.candidate(
              GuardCaseBuilder.campaign("b"), message: GuardCaseBuilder.message("other", ["en": "Other."])),
          ]
        }.decisions()
        #expect(planned.map(\.verdict) == [.send, counts ? .defer : .send])
      }
    }
  }

  @Test func `no exemption lifts the patient's own wish`() {
    let said = cap([]) {
      $0.policy.exemptions = [CapExemption(obeys: false, counts: false)]
      $0.preferences.maximumPerWeek = 2
      $0.facts.contacts = [
        Self.sent($0.now - .days(6), channel: .email), Self.sent($0.now - .days(2), channel: nil),
      ]
    }
    #expect(said?.detail == "the patient's wish: 2 a week: messages on 2026-11-17 (email), 2026-11-21")
    #expect(said?.allowsFrom == Self.now + .days(1))
    let none = decision([]) { $0.preferences.maximumPerWeek = 0 }
    #expect(none.reason == .frequencyCap)
    #expect(none.sendAt == nil)
  }

  @Test func `room that is kept for a purpose is for it alone, and only as long as it is not used`() {
    let cap = FrequencyCap(
      name: "3 in 7 days", limit: 3, window: .rolling(.days(7)), channels: nil,
      reserve: .init(1, for: [.labResult]))
    func verdict(_ purposes: [Purpose?], for purpose: Purpose = .prescription) -> RuleResult.Verdict? {
      self.cap([cap]) {
        $0.candidates[0].campaign.purpose = purpose
        $0.facts.contacts = purposes.enumerated().map {
          Self.sent(Self.now - .days($0.offset + 1), purpose: $0.element)
        }
      }?.verdict
    }
    #expect(verdict([.prescription]) == .allow)
    #expect(verdict([.prescription, nil]) == .defer)
    #expect(verdict([.prescription, .labResult]) == .allow, "what was kept has been used")
    #expect(verdict([.prescription, .prescription], for: .labResult) == .allow)
    #expect(verdict([.prescription, .prescription, .prescription], for: .labResult) == .defer)
    let said = self.cap([cap]) {
      $0.facts.contacts = [Self.sent($0.now - .days(1)), Self.sent($0.now - .days(2))]
    }
    #expect(
      said?.detail
        == "3 in 7 days: messages on 2026-11-21 (sms), 2026-11-22 (sms); the rest is kept for lab_result"
    )
    #expect(said?.allowsFrom == Self.now + .days(5))
  }

  @Test func `a limit of nothing lets nothing pass, with and without a history`() {
    var none = Self.day
    none.limit = 0
    #expect(decision([none]) { _ in }.reason == .frequencyCap)
    #expect(cap([none]) { _ in }?.detail == "1 a day: it has no room for such messages")
    #expect(decision([none]) { $0.facts.contacts = [Self.sent($0.now - .days(9))] }.reason == .frequencyCap)
    #expect(decision([]) { $0.facts.contacts = [Self.sent($0.now)] }.verdict == .send)
  }

  @Test func `a cap holds where the patient may be`() {
    var local = Self.day
    for (state, verdict) in [("IL", RuleResult.Verdict.defer), ("FL", .allow)] {
      local.places = [.state(state)]
      #expect(cap([local]) { $0.facts.contacts = [Self.sent($0.now)] }?.verdict == verdict)
    }
  }

  @Test func `a cap can be the patient's, the number's or the household's`() {
    let number = GuardCaseBuilder.chicagoNumber
    let other = PhoneNumber(e164: "+13125550177")
    func verdicts(own: PhoneNumber?? = nil, joint: PhoneNumber?? = nil, isShared: Bool = false)
      -> [RuleResult.Verdict?]
    {
      FrequencyCap.Holder.allCases.map { holder in
        var held = Self.day
        held.holder = holder
        return cap([held]) {
          if let own { $0.facts.contacts = [Self.sent($0.now, number: own)] }
          if let joint {
            $0.jointMessages = [JointMessage(at: $0.now, recipient: joint.map(Recipient.phone))]
          }
          if isShared, let number { $0.sharedNumbers = [number] }
        }?.verdict
      }
    }
    #expect(FrequencyCap.Holder.allCases == [.patient, .contactPoint, .household])
    #expect(verdicts(own: number) == [.defer, .defer, .defer])
    #expect(verdicts(own: other) == [.defer, .allow, .defer])
    #expect(verdicts(own: .some(nil)) == [.defer, .defer, .defer])
    #expect(verdicts(joint: number) == [.allow, .defer, .defer])
    #expect(verdicts(joint: other) == [.allow, .allow, .defer])
    #expect(verdicts(joint: .some(nil)) == [.allow, .allow, .defer])
    // At a number that somebody else has too, the patient's caps are those of both.
    #expect(verdicts(joint: number, isShared: true) == [.defer, .defer, .defer])
    #expect(verdicts(joint: other, isShared: true) == [.allow, .allow, .defer])
    #expect(verdicts(joint: .some(nil), isShared: true) == [.defer, .defer, .defer])
  }
}
