import OutreachCore
import Testing

/// Defects of other programs in quiet hours, time, consent and privacy.
extension PeerDefectTests {
  // MARK: - Hours and time

  @Test func `a zone is a name with its rules and not an offset, so hours are right after the clocks change`()
  {
    // Saturday before the change; the first hour after it is that of the new offset.
    let decision = Self.decision {
      $0.now = at("2026-11-01T01:30:00Z")  // Saturday 20:30, an hour behind Chicago's winter
      $0.factsAsOf = $0.now
    }
    #expect(decision.sendAt == at("2026-11-02T15:00:00Z"))
  }

  @Test
  func
    `where the patient may be is told by statement, address and number in this order, and the clinic is none`()
  {
    let decision = Self.decision {
      $0.clinic.timeZone = "Pacific/Honolulu"
      $0.identity.timeZone = "America/Denver"
      $0.identity.addresses = [PostalAddress(state: "NY", country: "US")]
    }
    #expect(decision.zones == ["America/Denver", "America/New_York", "America/Chicago"])
  }

  @Test func `a zone that is no zone is another fault than none, and neither falls back to the clinic's`() {
    func detail(_ zone: String?) -> String {
      let decision = Self.decision {
        $0.identity.addresses = []
        $0.identity.timeZone = zone
        $0.identity.contactPoints = [GuardCaseBuilder.mobile("+18005550123")]
      }
      #expect(decision.reason == .zoneUnknown)
      return decision.rule("quiet_hours")?.detail ?? ""
    }
    #expect(detail(nil).hasPrefix("unknown:"))
    #expect(detail("EST5PDT-ish").hasPrefix("invalid:"))
  }

  @Test func `an unlikely zone counts as much as a likely one`() {
    // Noon in New York, 09:00 on the coast, 06:00 in Honolulu.
    for (state, hours) in [("NY", 0), ("CA", 0), ("HI", 3)] {
      let decision = Self.decision {
        $0.now = at("2026-11-23T17:00:00Z")
        $0.identity.addresses.append(PostalAddress(state: state, country: "US"))
      }
      #expect(
        decision.sendAt == at("2026-11-23T17:00:00Z") + .hours(hours + (hours > 0 ? -1 : 0)), "\(state)")
    }
  }

  @Test func `a window over midnight is one window, its start inside and its end outside`() throws {
    let window = try #require(TimeWindow(from: "22:00", to: "06:00"))
    let night = OpenHours(
      name: "night", weekdays: Set(Weekday.allCases), window: window, rests: [])
    let line = HoursLine(night)
    for (time, isOpen) in [
      ("21:59:59", false), ("22:00", true), ("23:59:59", true), ("00:00", true), ("05:59:59", true),
      ("06:00", false), ("12:00", false),
    ] {
      let local = CivilDateTime(date: day("2026-11-24"), time: try #require(CivilTime(time)))
      #expect(line.isOpen(at: local, places: []) == isOpen, "\(time)")
    }
  }

  @Test func `Friday is the patient's Friday and not that of Greenwich`() {
    func decision(_ now: String) -> Decision {
      Self.decision {
        $0.now = at(now)
        $0.factsAsOf = $0.now
        $0.identity.addresses = [PostalAddress(state: "CA", postalCode: "90001", country: "US")]
        $0.identity.contactPoints = [GuardCaseBuilder.mobile("+12135550123")]
        $0.policy.quietHours = QuietHours([
          OpenHours(weekdays: [.friday], window: TimeWindow(hours: 20..<21), rests: [])
        ])
      }
    }
    // Thursday 20:30 in Los Angeles is Friday at Greenwich, and Friday 20:30 is Saturday there.
    let thursday = decision("2026-11-27T04:30:00Z")
    #expect(thursday.verdict == .defer && thursday.sendAt == at("2026-11-28T04:00:00Z"))
    #expect(decision("2026-11-28T04:30:00Z").verdict == .send)
  }

  @Test func `what is put off is judged for the time at which it goes, and not put off for ever`() {
    let evening = at("2026-11-24T03:00:00Z")
    func late(_ change: (inout GuardCaseBuilder) -> Void) -> Decision {
      Self.decision {
        $0.now = evening
        change(&$0)
      }
    }
    #expect(late { _ in }.sendAt == at("2026-11-24T15:00:00Z"))
    let ranOut = late {
      $0.consents = [GuardCaseBuilder.grant(at: $0.now - .days(9), until: $0.now + .hours(3))]
    }
    #expect(ranOut.verdict == .suppress && ranOut.reason == .consentExpired)
    let patience = late {
      $0.policy.caps = [
        FrequencyCap(name: "1 in 30 days", limit: 1, window: .rolling(.days(30)), channels: nil)
      ]
      $0.facts.contacts = [Self.sent($0.now - .days(22))]
    }
    #expect(patience.verdict == .suppress && patience.reason == .frequencyCap)
  }

  @Test func `a closed hour holds a message and does not drop it, and its campaign is asked again`() {
    let builder = GuardCaseBuilder().with { $0.now = at("2026-11-24T03:00:00Z") }
    #expect(builder.decision.verdict == .defer)
    var asked: [Instant] = []
    let lapsed = builder.decisions { _, instant in
      asked.append(instant)
      return false
    }
    #expect(asked == [at("2026-11-24T15:00:00Z")])
    #expect(lapsed[0].verdict == .suppress && lapsed[0].reason == .noLongerDue)
  }

  @Test func `education keeps to the hours like everything else, whatever its words say`() {
    for text in ["URGENT! Call now: {$clinic.phone}. {$opt_out}", "A tip for today. {$opt_out}"] {
      let decision = Self.decision {
        $0.now = at("2026-11-24T03:00:00Z")
        $0.candidates = [
          GuardCaseBuilder.candidate(
            GuardCaseBuilder.campaign(purpose: .wellness),
            message: GuardCaseBuilder.message("note", ["en": text]))
        ]
      }
      #expect(decision.verdict == .defer && decision.reason == .quietHours)
    }
  }

  @Test func `a patient who wrote in is not talked over, by any campaign`() {
    for (minutes, waits) in [(5, true), (59, true), (60, false)] {
      let decision = Self.decision {
        $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .minutes(minutes), .inboundClosed)]
      }
      #expect((decision.reason == .replyOpen) == waits, "\(minutes)")
    }
    let open = Self.decision {
      $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .days(2), .inboundOpen)]
    }
    #expect(open.verdict == .defer && open.reason == .replyOpen)
  }

  // MARK: - Consent and privacy

  @Test func `consent that nobody gave is none, and a question without an answer neither`() {
    #expect(Self.decision { $0.consents = [] }.reason == .consentMissing)
    let asked = Self.decision { $0.consents = [ConsentTrial.word(.pending, "2026-11-20")] }
    #expect(asked.verdict == .suppress && asked.reason == .consentMissing)
  }

  @Test func `a patient's own opt-out outlasts what imports and the staff say later`() {
    for source in [ConsentEvent.Source.record, .staff] {
      let decision = Self.decision {
        $0.consents = [
          ConsentTrial.word(.revoked, "2026-03-01"), ConsentTrial.word(.granted, "2026-11-20", by: source),
        ]
      }
      #expect(decision.reason == .consentRevoked, "\(source)")
    }
    let again = Self.decision {
      $0.consents = [ConsentTrial.word(.revoked, "2026-03-01"), ConsentTrial.word(.granted, "2026-11-20")]
    }
    #expect(again.verdict == .send)
  }

  @Test func `writing in does not opt a patient in again`() {
    for status in [PastContact.Status.inboundClosed, .inboundOpen] {
      let decision = Self.decision {
        $0.consents.append(ConsentTrial.word(.revoked, "2026-03-01"))
        $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .hours(2), status)]
      }
      #expect(decision.verdict == .suppress && decision.reason == .consentRevoked)
    }
  }

  @Test func `an opt-out ends a topic, a channel or everything, as the policy says`() {
    func verdict(_ scope: RevocationScope, _ purpose: Purpose, _ channel: Channel) -> Decision.Verdict {
      Self.decision {
        $0.policy.revocation = Dated(scope)
        $0.consents = [
          GuardCaseBuilder.grant(at: at("2026-01-03T15:00:00Z"), channel: nil),
          ConsentTrial.word(.revoked, "2026-11-20") {
            $0.purpose = purpose
            $0.channel = channel
            $0.isScopeStated = false
          },
        ]
      }.verdict
    }
    #expect(verdict(.topic, .wellness, .sms) == .send && verdict(.topic, .prescription, .voice) == .suppress)
    #expect(
      verdict(.channel, .prescription, .voice) == .send && verdict(.channel, .wellness, .sms) == .suppress)
    #expect(verdict(.all, .wellness, .voice) == .suppress)
  }

  @Test func `changing the number loses no opt-out, of the person or of the number`() {
    let stop = ConsentTrial.word(.revoked, "2026-03-01") { $0.number = ConsentTrial.number }
    let moved = Self.decision {
      $0.identity.contactPoints = [GuardCaseBuilder.mobile(ConsentTrial.newNumber.e164)]
      $0.consents.append(stop)
    }
    #expect(moved.reason == .consentRevoked)
    let builder = GuardCaseBuilder()
    var heir = builder.patient
    heir.numberRevocations = [ConsentTrial.number: [stop]]
    let decision = Guard(environment: builder.environment).decide(builder.candidates, for: heir) { _, _ in
      true
    }
    #expect(decision[0].reason == .consentRevoked)
  }

  @Test func `a number that several people have is used only for what shows nothing of any of them`() {
    func decision(_ text: String) -> Decision {
      Self.decision {
        $0.sharedNumbers = [ConsentTrial.number]
        $0.candidates = [
          GuardCaseBuilder.candidate(message: GuardCaseBuilder.message("note", ["en": text]))
        ]
      }
    }
    #expect(decision("Hi {$patient.first_name}. {$opt_out}").reason == .contactShared)
    #expect(decision("Please call {$clinic.phone}. {$opt_out}").verdict == .send)
  }

  @Test func `a text that is too long is refused and not cut`() {
    let decision = Self.decision {
      $0.candidates = [
        GuardCaseBuilder.candidate(
          message: GuardCaseBuilder.message("note", ["en": String(repeating: "a", count: 161)]))
      ]
    }
    #expect(decision.verdict == .suppress && decision.reason == .tooLong && decision.text == nil)
  }

  @Test func `numbers and texts print masked, and show themselves only when asked`() {
    let decision = Self.decision { _ in }
    let printed = "\(decision.recipient.map { "\($0)" } ?? "") \(decision.text.map { "\($0)" } ?? "")"
    #expect(printed.contains("0123") && printed.contains("A••"))
    #expect(!printed.contains("3125550123") && !printed.contains("Ana"))
  }
}
