import OutreachCore
import Testing

@Suite struct DeferralTests {
  /// A case on Monday 23 November 2026, in Chicago, at a local time.
  private func monday(_ time: String, _ change: (inout GuardCaseBuilder) -> Void = { _ in }) -> Decision {
    GuardCaseBuilder().with {
      let local =
        CivilDateTime("2026-11-23T\(time)") ?? CivilDateTime(date: day("2026-11-23"), time: .midnight)
      $0.now = InstalledZones.zone("America/Chicago").instant(of: local, gap: .firstAfter, overlap: .first)
      $0.factsAsOf = $0.now
      change(&$0)
    }.decision
  }

  @Test func `the first second inside sends and the first outside waits`() {
    #expect(monday("08:59:59").sendAt == at("2026-11-23T15:00:00Z"))
    #expect(monday("09:00:00").verdict == .send)
    #expect(monday("19:59:59").verdict == .send)
    let late = monday("20:00:00")
    #expect(late.verdict == .defer)
    #expect(late.reason == .quietHours)
    #expect(late.sendAt == at("2026-11-24T15:00:00Z"))
  }

  @Test func `holidays and Sundays are passed over`() {
    // Wednesday 25 November, 21:00: Thursday is Thanksgiving.
    let decision = GuardCaseBuilder().with {
      $0.now = at("2026-11-26T03:00:00Z")
      $0.factsAsOf = $0.now
    }.decision
    #expect(decision.sendAt == at("2026-11-27T15:00:00Z"))
    let saturday = GuardCaseBuilder().with {
      $0.now = at("2026-11-29T03:00:00Z")
      $0.factsAsOf = $0.now
    }.decision
    #expect(saturday.sendAt == at("2026-11-30T15:00:00Z"))
  }

  @Test func `a campaign's own hours narrow the window and never widen it`() {
    let narrow = TimeWindow(hours: 11..<12)
    #expect(
      monday("10:00") { $0.candidates[0].campaign.sendBetween = narrow }.sendAt == at("2026-11-23T17:00:00Z"))
    let wide = TimeWindow(hours: 0..<24)
    #expect(
      monday("07:00") { $0.candidates[0].campaign.sendBetween = wide }.sendAt == at("2026-11-23T15:00:00Z"))
    #expect(
      monday("21:00") { $0.candidates[0].campaign.sendBetween = wide }.sendAt == at("2026-11-24T15:00:00Z"))
  }

  @Test func `a policy cannot widen the hours beyond eight to nine`() {
    let all = QuietHours(window: .wholeDay, weekdays: Set(Weekday.allCases), restsOnFederalHolidays: false)
    #expect(monday("07:59:59") { $0.policy.quietHours = all }.sendAt == at("2026-11-23T14:00:00Z"))
    #expect(monday("20:59:59") { $0.policy.quietHours = all }.verdict == .send)
    #expect(monday("21:00:00") { $0.policy.quietHours = all }.sendAt == at("2026-11-24T14:00:00Z"))
  }

  @Test func `due, reply, hours and caps are solved together`() {
    let decision = monday("18:00") {
      $0.candidates[0].intent.due = at("2026-11-24T01:00:00Z")
      $0.facts.contacts = [
        GuardCaseBuilder.contact($0.now - .minutes(10), .inboundClosed),
        GuardCaseBuilder.contact(at("2026-11-23T19:30:00Z")),
      ]
    }
    // Due 19:00 and free of the reply 18:50 on Monday; the cap of the day and of 24 hours allows Tuesday 13:30.
    #expect(decision.verdict == .defer)
    #expect(decision.reason == .notYetDue)
    #expect(decision.sendAt == at("2026-11-24T19:30:00Z"))
  }

  @Test func `an hour before it has ended counts, its end does not`() {
    #expect(
      monday("08:00") { $0.candidates[0].intent.expires = at("2026-11-23T15:00:01Z") }.verdict == .defer)
    let shut = monday("08:00") { $0.candidates[0].intent.expires = at("2026-11-23T15:00:00Z") }
    #expect(shut.verdict == .suppress)
    #expect(shut.reason == .noWindow)
  }

  @Test
  func `no hour at all is no_window, hours without room frequency_cap, a due time past the end expired`() {
    let never = QuietHours(weekdays: [])
    #expect(monday("10:00") { $0.policy.quietHours = never }.reason == .noWindow)
    let full = monday("10:00") {
      $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .hours(1))]
      $0.candidates[0].intent.expires = $0.now + .hours(8)
    }
    #expect(full.verdict == .suppress)
    #expect(full.reason == .frequencyCap)
    let laterAndFull = monday("10:00") {
      $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .hours(1))]
      $0.candidates[0].intent.due = $0.now + .hours(2)
      $0.candidates[0].intent.expires = $0.now + .hours(8)
    }
    #expect(laterAndFull.reason == .frequencyCap)
    let late = monday("10:00") {
      $0.candidates[0].intent.due = $0.now + .hours(8)
      $0.candidates[0].intent.expires = $0.now + .hours(8)
    }
    #expect(late.reason == .expired)
    let open = monday("19:30") {
      $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .hours(3), .inboundOpen)]
      $0.candidates[0].intent.expires = $0.now + .minutes(45)
    }
    #expect(open.reason == .replyOpen)
    #expect(open.verdict == .suppress)
  }

  @Test func `an empty intersection of zones fails and does not search for ever`() {
    func beyond(_ days: Int) -> Decision {
      monday("10:00") {
        $0.identity.timeZone = "Asia/Kathmandu"
        $0.policy.message.only.expiresAfter = .days(days)
      }
    }
    #expect(beyond(60).verdict == .suppress)
    #expect(beyond(60).reason == .noWindow)
    // Chicago's summer time leaves a quarter of an hour: 09:00 there is 19:45 in Kathmandu.
    #expect(beyond(365).sendAt == at("2027-03-15T14:00:00Z"))
  }

  @Test func `an open message of the patient holds everything back`() {
    let decision = monday("10:00") {
      $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .days(3), .inboundOpen)]
    }
    #expect(decision.verdict == .defer)
    #expect(decision.reason == .replyOpen)
    let hour = monday("10:00") {
      $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .minutes(59), .inboundClosed)]
    }
    #expect(hour.reason == .replyOpen)
    #expect(hour.sendAt == at("2026-11-23T16:01:00Z"))
    #expect(
      monday("10:00") {
        $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .minutes(60), .inboundClosed)]
      }.verdict
        == .send)
  }

  @Test func `urgent purposes do not wait for an answer, and without a rule nothing goes`() {
    let wrote = GuardCaseBuilder.contact(at("2026-11-23T15:55:00Z"), .inboundClosed)
    let open = GuardCaseBuilder.contact(at("2026-11-23T15:55:00Z"), .inboundOpen)
    for contact in [wrote, open] {
      func hold(_ urgent: Set<Purpose>) -> Decision {
        monday("10:00") {
          $0.facts.contacts = [contact]
          $0.policy.reply.only.urgent = urgent
        }
      }
      #expect(hold([.prescription]).verdict == .send)
      #expect(hold([.appointment]).reason == .replyOpen)
    }
    let unknown = monday("10:00") {
      $0.policy.reply = Dated(ReplyHold(), Provenance(until: CivilDate("2026-11-22")))
    }
    #expect(unknown.verdict == .suppress)
    #expect(unknown.reason == .replyOpen)
    #expect(
      unknown.rule("reply")?.detail == "no rule says how long messages wait after a reply on 2026-11-23")
    // It ends before the message could go.
    let ended = monday("20:30") {
      $0.policy.reply = Dated(ReplyHold(), Provenance(until: CivilDate("2026-11-23")))
    }
    #expect(ended.verdict == .suppress)
    #expect(ended.reason == .replyOpen)
  }

  @Test func `a longer hold that begins tomorrow holds for what is put off to tomorrow`() {
    let decision = monday("19:50") {
      $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .minutes(30), .inboundClosed)]
      $0.policy.reply = Dated(versions: [
        .init(ReplyHold(), Provenance(until: CivilDate("2026-11-23"))),
        .init(ReplyHold(hold: .hours(24)), Provenance(from: CivilDate("2026-11-24"))),
      ])
    }
    #expect(decision.sendAt == at("2026-11-25T01:20:00Z"))
    #expect(decision.heldBy == "reply")
  }

  @Test func `consent that runs out before the message could go refuses it now`() {
    let decision = monday("20:30") {
      $0.consents = [GuardCaseBuilder.grant(at: $0.now - .days(30), until: at("2026-11-24T15:00:00Z"))]
    }
    #expect(decision.verdict == .suppress)
    #expect(decision.reason == .consentExpired)
    #expect(decision.rules.map(\.rule) == Guard.ruleNames)
    let longer = monday("20:30") {
      $0.consents = [GuardCaseBuilder.grant(at: $0.now - .days(30), until: at("2026-11-24T15:00:01Z"))]
    }
    #expect(longer.verdict == .defer)
  }

  @Test func `a flag that begins before the message could go refuses it now`() {
    let decision = monday("20:30") {
      $0.facts.flags = [
        Flag(id: ResourceID("Flag/1"), kind: .doNotContact, startsAt: at("2026-11-24T06:00:00Z"))
      ]
    }
    #expect(decision.reason == .patientInactive)
    #expect(decision.sendAt == nil)
  }

  @Test func `old facts do not refuse a message that is put off beyond their age`() {
    let decision = GuardCaseBuilder().with {
      $0.now = at("2026-11-29T03:00:00Z")
      $0.factsAsOf = $0.now - .hours(71)
    }.decision
    #expect(decision.verdict == .defer)
  }

  @Test func `an appointment is not announced once it has begun, unless the script says until when`() {
    let visit = Appointment(
      id: ResourceID("Appointment/1"), status: "booked", startsAt: at("2026-11-24T15:00:00Z"))
    func evening(_ start: Instant, expires: Instant? = nil) -> Decision {
      monday("20:30") {
        var visit = visit
        visit.startsAt = start
        $0.candidates = [
          GuardCaseBuilder.candidate(
            occurrence: Occurrence("appointment"), about: .appointment(visit, zone: "America/Chicago"),
            expires: expires)
        ]
      }
    }
    #expect(evening(at("2026-11-24T15:00:00Z")).reason == .noWindow)
    #expect(evening(at("2026-11-24T15:00:01Z")).sendAt == at("2026-11-24T15:00:00Z"))
    #expect(evening(at("2026-11-24T15:00:00Z"), expires: at("2026-11-25T00:00:00Z")).verdict == .defer)
    // What is said after a visit is about one that is over.
    #expect(evening(at("2026-11-20T15:00:00Z")).verdict == .defer)
  }

  @Test func `a message dated by a clock that runs ahead counts toward caps`() {
    let decision = monday("10:00") { $0.facts.contacts = [GuardCaseBuilder.contact($0.now + .minutes(5))] }
    #expect(decision.reason == .frequencyCap)
    #expect(decision.sendAt == at("2026-11-24T16:05:00Z"))
  }

  @Test func `a calendar day is over in every zone before the next message goes`() {
    let decision = GuardCaseBuilder().with {
      $0.identity.timeZone = "America/New_York"
      $0.now = at("2026-11-24T02:30:00Z")
      $0.factsAsOf = $0.now
      $0.policy.caps = [FrequencyCap(name: "1 a day", limit: 1, window: .calendarDay, channels: [.sms])]
      // 23:59 on Monday in Chicago is Tuesday in New York.
      $0.facts.contacts = [GuardCaseBuilder.contact(at("2026-11-24T05:59:00Z"))]
    }.decision
    #expect(decision.sendAt == at("2026-11-25T15:00:00Z"))
  }
}
