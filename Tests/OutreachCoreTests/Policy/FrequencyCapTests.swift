import OutreachCore
import Testing

@Suite struct FrequencyCapTests {
  private static let start = at("2026-11-23T16:00:00Z")

  private func rolling(_ limit: Int, _ span: Duration) -> FrequencyCap {
    FrequencyCap(name: "trial", limit: limit, window: .rolling(span), channels: [.sms])
  }

  private func earliest(
    _ cap: FrequencyCap, _ hours: [Int], days: Int = 30, zones: [String] = ["America/Chicago"]
  ) -> Int? {
    cap.earliest(
      from: Self.start, before: Self.start + .days(days), counted: hours.map { Self.start + .hours($0) },
      zones: zones.map(InstalledZones.zone)
    ).map { Int(($0 - Self.start).components.seconds / 3_600) }
  }

  @Test func `a rolling window frees itself when its oldest message is a whole span old`() {
    #expect(earliest(rolling(1, .hours(24)), []) == 0)
    #expect(earliest(rolling(1, .hours(24)), [-24]) == 0)
    #expect(earliest(rolling(1, .hours(24)), [-23]) == 1)
    #expect(earliest(rolling(3, .days(7)), [-160, -100, -50]) == 8)
    #expect(earliest(rolling(3, .days(7)), [-160, -100, -100, -50]) == 68)
    #expect(earliest(rolling(2, .hours(24)), [-23, -1]) == 1)
  }

  @Test func `a message planned for later keeps its own window`() {
    #expect(earliest(rolling(1, .hours(24)), [10]) == 34)
    #expect(earliest(rolling(1, .hours(24)), [24]) == 0)
    #expect(
      earliest(rolling(2, .hours(24)), [-10, 10]) == 14, "0 would be the third of the span that ends at 10")
    #expect(earliest(rolling(2, .hours(24)), [-20, 10]) == 0)
    #expect(earliest(rolling(1, .hours(24)), [30]) == 0)
    #expect(earliest(rolling(1, .hours(24)), [20, 60]) == 84)
  }

  @Test func `a limit of nothing allows nothing`() {
    #expect(earliest(rolling(0, .hours(24)), []) == nil)
  }

  @Test func `what frees itself at the end is too late`() {
    #expect(
      rolling(1, .hours(24)).earliest(
        from: Self.start, before: Self.start + .hours(24), counted: [Self.start], zones: []) == nil)
  }

  @Test func `a calendar day is the patient's, and the strictest of the zones`() {
    let cap = FrequencyCap(name: "1 a day", limit: 1, window: .calendarDay, channels: [.sms])
    // 16:00Z is 10:00 on Monday in Chicago; midnight comes 14 hours later, in New York an hour before.
    #expect(earliest(cap, [-1]) == 14)
    #expect(earliest(cap, [-1], zones: ["America/New_York"]) == 13)
    #expect(earliest(cap, [-1], zones: ["America/New_York", "America/Chicago"]) == 14)
    // 11 hours before it was Sunday in Chicago and in New York alike; 10 hours and a half split them.
    #expect(earliest(cap, [-11]) == 0)
    #expect(
      cap.earliest(
        from: Self.start, before: Self.start + .days(2), counted: [Self.start - .minutes(630)],
        zones: ["America/New_York", "America/Chicago"].map(InstalledZones.zone)) == at("2026-11-24T05:00:00Z")
    )
  }

  @Test func `days of 23 and of 25 hours end at their midnight`() {
    let cap = FrequencyCap(name: "1 a day", limit: 1, window: .calendarDay, channels: [.sms])
    let chicago = [InstalledZones.zone("America/Chicago")]
    func next(_ sent: String) -> Instant? {
      cap.earliest(from: at(sent), before: at(sent) + .days(3), counted: [at(sent)], zones: chicago)
    }
    #expect(next("2027-03-14T06:00:00Z") == at("2027-03-15T05:00:00Z"))
    #expect(next("2026-11-01T05:00:00Z") == at("2026-11-02T06:00:00Z"))
  }

  @Test func `a cap covers its channels and what is unknown`() {
    let cap = FrequencyCap.healthcareExemption[0]
    #expect(cap.covers(.sms) && cap.covers(.voice) && cap.covers(nil))
    #expect(!cap.covers(.email) && !cap.covers(.app))
  }

  @Test func `a week begins on Monday and a month on its first day, in every zone`() {
    let week = FrequencyCap(name: "1 a week", limit: 1, window: .calendarWeek, channels: [.sms])
    let month = FrequencyCap(name: "1 a month", limit: 1, window: .calendarMonth, channels: [.sms])
    func next(_ cap: FrequencyCap, _ sent: String, _ zones: String...) -> Instant? {
      cap.earliest(
        from: at(sent), before: at(sent) + .days(40), counted: [at(sent)],
        zones: zones.map(InstalledZones.zone))
    }
    // Sunday 22 November, 23:59 in Chicago: the week is over a minute later.
    #expect(next(week, "2026-11-23T05:59:00Z", "America/Chicago") == at("2026-11-23T06:00:00Z"))
    #expect(next(week, "2026-11-23T06:00:00Z", "America/Chicago") == at("2026-11-30T06:00:00Z"))
    // In New York that Sunday's last minute is a Monday.
    #expect(
      next(week, "2026-11-23T05:59:00Z", "America/Chicago", "America/New_York") == at("2026-11-30T05:00:00Z"))
    #expect(next(month, "2026-11-30T12:00:00Z", "America/Chicago") == at("2026-12-01T06:00:00Z"))
    #expect(next(month, "2026-12-01T06:00:00Z", "America/Chicago") == at("2027-01-01T06:00:00Z"))
    #expect(next(month, "2027-01-31T12:00:00Z", "America/Chicago") == at("2027-02-01T06:00:00Z"))
  }

  @Test func `the answer keeps the cap and nothing earlier does, by a slow count`() {
    for seed in SeededDice.seeds(1_000) {
      var dice = SeededDice(seed)
      let cap = FrequencyCap(
        name: "trial", limit: dice.int(1...3),
        window: dice.pick([
          .calendarDay, .calendarWeek, .calendarMonth, .rolling(.minutes(60)), .rolling(.minutes(300)),
          .rolling(.days(1)),
        ]), channels: [.sms])
      let zones = ["America/New_York", "Pacific/Honolulu", "Asia/Kathmandu"].filter { _ in dice.chance(60) }
      let used = (zones.isEmpty ? ["Africa/Cairo"] : zones).map(InstalledZones.zone)
      let start = Self.start + .days(dice.int(0...10))
      let counted = (0..<dice.int(0...6)).map { _ in start + .minutes(15 * dice.int(-200...200)) }
      let end = start + .days(9)
      let answer = cap.earliest(from: start, before: end, counted: counted, zones: used)
      var policy = Policy()
      policy.caps = [cap]
      let oracle = OracleCaps(policy: policy, zones: used, clinicZone: .utc)
      let messages = counted.map { OracleMessage(at: $0) }
      var expected: Instant?
      var instant = start
      // Whatever changes does so at a quarter of an hour.
      while instant < end, expected == nil {
        if oracle.holds(OracleMessage(at: instant, channel: .sms), among: messages) { expected = instant }
        instant = instant + .minutes(15)
      }
      #expect(answer == expected, "seed \(seed) (replay with OUTREACH_TEST_SEED=\(seed))")
    }
  }
}
