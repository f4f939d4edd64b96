import OutreachCore
import Testing

/// Traps into which programs that write to patients fall, each with the case that shows it.
///
/// It is Monday 23 November 2026, 10:00 in Chicago, where the clinic and the patient are.
@Suite struct TrapTests {
  static let now = GuardCaseBuilder().now

  static func decision(_ change: (inout GuardCaseBuilder) -> Void) -> Decision {
    GuardCaseBuilder().with(change).decision
  }

  /// A case at another time, on fresh facts and with a consent of the days before.
  private static func decision(
    at instant: String, _ change: (inout GuardCaseBuilder) -> Void = { _ in }
  ) -> Decision {
    decision {
      $0.now = at(instant)
      $0.factsAsOf = $0.now
      $0.consents = [GuardCaseBuilder.grant(at: $0.now - .days(30))]
      change(&$0)
    }
  }

  /// A patient of whom nothing but a number is known.
  private static func only(_ number: String) -> (inout GuardCaseBuilder) -> Void {
    {
      $0.identity.addresses = []
      $0.identity.contactPoints = [GuardCaseBuilder.mobile(number)]
    }
  }

  // MARK: - Where and when

  @Test func `a patient without any zone is refused, not written to at any hour`() {
    for hour in 0..<24 {
      let decision = Self.decision {
        Self.only("+18005550123")(&$0)
        $0.now = Self.now + .hours(hour)
      }
      #expect(decision.verdict == .suppress && decision.sendAt == nil, "hour \(hour)")
      #expect(decision.reason == .zoneUnknown, "hour \(hour)")
    }
  }

  @Test func `a window that never comes is a refusal at once and not an endless wait`() {
    let unknownCode = Self.decision(at: "2027-07-13T16:00:00Z", Self.only("+12005550123"))
    #expect(unknownCode.verdict == .suppress && unknownCode.sendAt == nil)
    // From Guam to Newfoundland no instant of July is between 9 and 20 o'clock everywhere.
    let everywhere = Self.decision(at: "2027-07-13T16:00:00Z") {
      $0.identity.timeZone = "America/St_Johns"
      $0.identity.addresses = ["GU", "HI", "IL"].map { PostalAddress(state: $0, country: "US") }
    }
    #expect(everywhere.verdict == .suppress && everywhere.reason == .noWindow && everywhere.sendAt == nil)
  }

  @Test func `a number of an overlay is held to every zone of the code that it overlays`() {
    let evening = Self.decision {
      Self.only("+14585550123")(&$0)
      $0.now = at("2026-11-24T03:30:00Z")  // 20:30 Mountain, 19:30 on the coast
    }
    #expect(evening.verdict == .defer && evening.reason == .quietHours)
    #expect(evening.sendAt == at("2026-11-24T17:00:00Z"))
    for code in ["458", "364", "930", "448"] {
      #expect(Self.decision(Self.only("+1\(code)5550123")).zones.count == 2, "\(code)")
    }
  }

  @Test func `the day of a cap is the patient's, of 23, 24 or 25 hours, and rolling hours hold as well`() {
    // 23:59 of one day and 00:01 of the next, in Honolulu, which are one day at Greenwich and in Chicago.
    let midnight = at("2026-11-24T10:00:00Z")
    func next(_ caps: [FrequencyCap]) -> Instant? {
      let decision = Self.decision {
        $0.identity.addresses = [PostalAddress(state: "HI", country: "US")]
        $0.identity.contactPoints = [GuardCaseBuilder.mobile("+18085550123")]
        $0.now = midnight + .minutes(1)
        $0.facts.contacts = [GuardCaseBuilder.contact(midnight - .minutes(1))]
        $0.policy.caps = caps
      }
      return decision.rule("frequency_cap")?.allowsFrom ?? midnight + .minutes(1)
    }
    let (day, hours) = (FrequencyCapRuleTests.day, FrequencyCapRuleTests.hours24)
    #expect(next([day]) == midnight + .minutes(1))
    #expect(next([day, hours]) == midnight - .minutes(1) + .hours(24))
    let chicago = [InstalledZones.zone("America/Chicago")]
    for (start, length) in [
      ("2026-03-08T06:00:00Z", 23), ("2026-11-01T05:00:00Z", 25), ("2026-11-24T06:00:00Z", 24),
    ] {
      let free = day.earliest(
        from: at(start), before: at(start) + .days(3), counted: [at(start)], zones: chicago)
      #expect(free == at(start) + .hours(length))
    }
  }

  @Test func `the hours of solicitation hold for every purpose, care or not`() {
    for purpose in Purpose.all + [Purpose("survey")] {
      let decision = Self.decision {
        $0.policy.addedPurposes = [AddedPurpose(Purpose("survey"))]
        $0.candidates = [GuardCaseBuilder.candidate(GuardCaseBuilder.campaign(purpose: purpose))]
        $0.now = at("2026-11-24T02:30:00Z")  // 20:30
      }
      #expect(decision.verdict == .defer && decision.reason == .quietHours, "\(purpose)")
    }
  }

  @Test func `Mississippi goes by fixed Central time, Arizona by none of summer, the Navajo Nation by both`()
  {
    let mississippi = OpenHours(
      name: "Mississippi", places: [.state("MS")], weekdays: Set(Weekday.allCases),
      window: TimeWindow(hours: 8..<20), rests: [], clock: "Etc/GMT+6")
    func summer(_ instant: String, _ address: PostalAddress, _ number: String) -> Decision {
      Self.decision(at: instant) {
        Self.only(number)(&$0)
        $0.identity.addresses = [address]
        $0.policy.quietHours = QuietHours([
          OpenHours(weekdays: Set(Weekday.allCases), window: TimeWindow(hours: 8..<21), rests: []),
          mississippi,
        ])
      }
    }
    // 08:30 on the clocks of Jackson is 07:30 by the law; 20:30 there is still open.
    let jackson = PostalAddress(state: "MS", postalCode: "39201", country: "US")
    #expect(
      summer("2026-07-14T13:30:00Z", jackson, "+16015550123").sendAt == at("2026-07-14T14:00:00Z"))
    #expect(summer("2026-07-15T01:30:00Z", jackson, "+16015550123").verdict == .send)
    for (code, opens) in [("85003", "2026-07-14T15:00:00Z"), ("86515", "2026-07-14T15:00:00Z")] {
      let arizona = PostalAddress(state: "AZ", postalCode: code, country: "US")
      #expect(summer("2026-07-14T14:30:00Z", arizona, "+16025550123").sendAt == at(opens), "\(code)")
      let late = summer("2026-07-15T03:30:00Z", arizona, "+16025550123")  // 20:30 and 21:30
      #expect((late.verdict == .send) == (code == "85003"), "\(code)")
    }
  }

  // MARK: - Consent

  @Test func `what a patient answers to a reminder neither withdraws consent nor gives it`() {
    let answered: (inout GuardCaseBuilder) -> Void = {
      $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .days(2), .inboundClosed)]
    }
    #expect(Self.decision(answered).verdict == .send)
    let refused = Self.decision {
      answered(&$0)
      $0.consents.append(GuardCaseBuilder.revocation(at: $0.now - .days(9)))
    }
    #expect(refused.reason == .consentRevoked)
  }

  @Test(arguments: [nil] + ConsentEvent.Method.allCases.map(Optional.some))
  func `a revocation counts in whatever way and words it was said`(method: ConsentEvent.Method?) {
    let decision = Self.decision {
      $0.consents.append(
        ConsentEvent(
          evidence: ResourceID("Consent/9"), kind: .revoked, purpose: .wellness, channel: .voice,
          at: $0.now - .days(1), source: .patient, method: method, isScopeStated: false))
    }
    #expect(decision.verdict == .suppress && decision.reason == .consentRevoked)
  }

  @Test func `an opt-out to one sender's number closes every sender's`() {
    for sender in ["main", "pharmacy", "new"] {
      let decision = Self.decision {
        $0.clinic.sender = sender
        var stop = GuardCaseBuilder.revocation(at: $0.now - .days(1))
        stop.sender = "pharmacy"
        stop.source = .patient
        $0.consents.append(stop)
      }
      #expect(decision.reason == .consentRevoked, "\(sender)")
    }
  }

  @Test func `a revocation counts at once, not ten business days later`() {
    let decision = Self.decision { $0.consents.append(GuardCaseBuilder.revocation(at: $0.now)) }
    #expect(decision.reason == .consentRevoked && decision.sendAt == nil)
    // What was put off before it was said is decided anew when its time comes.
    let waiting = Self.decision {
      $0.now = at("2026-11-24T03:00:00Z")
      $0.consents.append(GuardCaseBuilder.revocation(at: $0.now))
    }
    #expect(waiting.verdict == .suppress && waiting.reason == .consentRevoked)
  }

  @Test func `a programme of one or two messages a day needs a consent of its own`() {
    let trial = Purpose("trial_dosing")
    func decision(_ grants: [ConsentEvent]) -> Decision {
      Self.decision {
        $0.policy.addedPurposes = [AddedPurpose(trial)]
        $0.consents = grants
        $0.candidates = [GuardCaseBuilder.candidate(GuardCaseBuilder.campaign(purpose: trial))]
      }
    }
    let day = Self.now - .days(9)
    #expect(decision(GuardCaseBuilder.grant(at: day).spelledOut()).reason == .consentMissing)
    #expect(decision([GuardCaseBuilder.grant(at: day, purpose: trial)]).verdict == .send)
    // And no exemption of the policy, so it keeps to one a day.
    let second = Self.decision {
      $0.policy.addedPurposes = [AddedPurpose(trial)]
      $0.consents = [GuardCaseBuilder.grant(at: day, purpose: trial)]
      $0.candidates = [GuardCaseBuilder.candidate(GuardCaseBuilder.campaign(purpose: trial))]
      $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .hours(6))]
    }
    #expect(second.verdict == .defer && second.reason == .frequencyCap)
  }
}
