import OutreachCore
import OutreachScripting
import Testing

struct PolicyFileTests {
  private func read(_ body: String, on day: String = "2026-11-23") -> Reading<Policy> {
    PolicyFile.read(
      Array("return policy { name = \"p\",\n\(body)\n}".utf8), file: "policy.lua", on: Fixture.date(day))
  }

  private func policy(_ body: String, on day: String = "2026-11-23") throws -> Policy {
    let reading = read(body, on: day)
    #expect(reading.findings == [])
    return try #require(reading.value)
  }

  @Test func `what is left out is as in the default policy`() throws {
    var expected = Policy()
    expected.name = "p"
    #expect(try policy("") == expected)
  }

  @Test func `hours are lines, with places, channels, holidays and another clock`() throws {
    let rules = try policy(
      """
      quiet_hours = {
        { from = "10:00", to = "12:00", days = { "mon", "tue" }, source = "x", checked_on = "2026-11-22" },
        { from = "14:00", to = "18:00", days = { "mon" }, rest_on = {} },
        { name = "Here", places = { "US-TX", "FR" }, from = "08:00", to = "21:00", clock = "Etc/GMT+6",
          channels = { "voice" }, from_date = "2026-01-01", until_date = "2027-12-31" },
      },
      """
    ).quietHours.rules
    #expect(
      rules == [
        OpenHours(
          weekdays: [.monday, .tuesday], window: TimeWindow(hours: 10..<12),
          provenance: Provenance(source: "x", checkedOn: Fixture.date("2026-11-22"))),
        OpenHours(weekdays: [.monday], window: TimeWindow(hours: 14..<18), rests: []),
        OpenHours(
          name: "Here", places: [.state("TX"), Jurisdiction("FR")], channels: [.voice],
          weekdays: Set(Weekday.allCases), window: TimeWindow(hours: 8..<21), rests: [], clock: "Etc/GMT+6",
          provenance: Provenance(from: Fixture.date("2026-01-01"), until: Fixture.date("2027-12-31"))),
      ])
  }

  @Test func `a single line of hours needs no list`() throws {
    let rules = try policy("quiet_hours = { to = \"18:00\", rest_on = { \"federal\", \"local\" } },")
      .quietHours.rules
    #expect(rules == [OpenHours(window: TimeWindow(hours: 9..<18), rests: [.federal, .local])])
  }

  @Test func `caps say what they count, for whom, and what they keep`() throws {
    let caps = try policy(
      """
      purposes = { "care_gap" },
      caps = {
        { limit = 1, per = "calendar day" },
        { limit = 3, per = "7 days", channels = { "sms", "voice" }, reserve = 1, reserve_for = { "lab_result" } },
        { limit = 4, per = "calendar week", each = "campaign", holder = "household" },
        { limit = 9, per = "calendar month", each = "purpose", holder = "number", purposes = { "care_gap" } },
        { name = "three", limit = 3, per = "24 hours", campaigns = { "a-b" }, places = { "US-FL" },
          source = "s", until_date = "2027-01-01" },
      },
      """
    ).caps
    let week = Duration.seconds(7 * 86_400)
    #expect(
      caps == [
        FrequencyCap(name: "1 a calendar day", limit: 1, window: .calendarDay, channels: nil),
        FrequencyCap(
          name: "3 in 7 days", limit: 3, window: .rolling(week), channels: [.sms, .voice],
          reserve: FrequencyCap.Reserve(1, for: [.labResult])),
        FrequencyCap(
          name: "4 a calendar week", limit: 4, window: .calendarWeek, channels: nil, each: .campaign,
          holder: .household),
        FrequencyCap(
          name: "9 a calendar month", limit: 9, window: .calendarMonth, channels: nil,
          purposes: [Purpose("care_gap")], each: .purpose, holder: .contactPoint),
        FrequencyCap(
          name: "three", limit: 3, window: .rolling(.seconds(86_400)), channels: nil,
          campaigns: [CampaignID("a-b")], places: [.state("FL")],
          provenance: Provenance(source: "s", until: Fixture.date("2027-01-01"))),
      ])
  }

  @Test func `exemptions separate obeying from counting`() throws {
    let reading = read(
      """
      exemptions = { { purposes = { "lab_result" }, obeys = false, source = "agreed" },
        { campaigns = { "a" }, counts = false } },
      """)
    #expect(reading.findings.map(\.severity) == [.warning, .warning])
    #expect(
      try #require(reading.value).exemptions == [
        CapExemption(
          purposes: [.labResult], obeys: false, counts: true, provenance: Provenance(source: "agreed")),
        CapExemption(campaigns: [CampaignID("a")], obeys: true, counts: false),
      ])
  }

  @Test func `the other rules are read, in one version or several`() throws {
    let policy = try policy(
      """
      purposes = { "care_gap", { name = "survey", from_date = "2027-01-01", source = "board" } },
      fatigue = { { channels = { "sms" }, limit = 5, per = "90 days" } },
      facts = { maximum_age = "2 days", appointment = "12 hours", care_gap = "5 days" },
      contact = { fresh_for = "90 days", reassigned = "10 days", needs_reassigned_check = true },
      message = { characters = 140, expires_after = "3 days", same_text_after = "4 days" },
      reply = { hold = "30 minutes", urgent = { "lab_result", "survey" } },
      revocation = {
        { scope = "topic", until_date = "2027-01-30", source = "old" },
        { scope = "all", from_date = "2027-01-31", source = "new" },
      },
      majority = { age = 19, places = { ["US-MS"] = 21 }, own_consent_from = 16 },
      """)
    #expect(
      policy.addedPurposes == [
        AddedPurpose(Purpose("care_gap")),
        AddedPurpose(Purpose("survey"), Provenance(source: "board", from: Fixture.date("2027-01-01"))),
      ])
    #expect(
      policy.fatigue == [FatigueMark(channels: [.sms], limit: 5, span: .seconds(90 * 86_400))])
    #expect(
      policy.facts
        == Dated(
          FactsRequirement(
            maximumAge: .seconds(2 * 86_400),
            byPurpose: [.appointment: .seconds(43_200), Purpose("care_gap"): .seconds(5 * 86_400)])))
    #expect(
      policy.contact
        == Dated(
          ContactRequirement(
            freshness: .seconds(90 * 86_400), reassignmentCheckHolds: .seconds(10 * 86_400),
            needsReassignmentCheck: true)))
    #expect(
      policy.message
        == Dated(
          MessageLimits(
            maximumCharacters: 140, expiresAfter: .seconds(3 * 86_400), sameTextPause: .seconds(4 * 86_400))))
    #expect(policy.reply == Dated(ReplyHold(hold: .seconds(1_800), urgent: [.labResult, Purpose("survey")])))
    #expect(policy.revocation.versions.map(\.rule) == [.topic, .all])
    #expect(policy.revocation.versions.map(\.provenance.source) == ["old", "new"])
    #expect(policy.revocation.inForce(on: Fixture.date("2027-01-30")) == .topic)
    #expect(policy.revocation.inForce(on: Fixture.date("2027-01-31")) == .all)
    #expect(policy.majority == Dated(Majority(age: 19, byPlace: [.state("MS"): 21], ownConsentFrom: 16)))
  }

  @Test(arguments: [
    "days = { \"mon\" }, from = \"12:00\"", "days = { \"tue\" }", "days = { \"mon\" }, clock = \"Etc/GMT+6\"",
    "days = { \"mon\" }, from_date = \"2027-01-01\"",
  ])
  func `lines of one name may differ in hours, days, clock and dates`(second: String) throws {
    let first = "days = { \"mon\" }, to = \"12:00\", until_date = \"2026-12-31\""
    #expect(try policy("quiet_hours = { { \(first) }, { \(second) } },").quietHours.rules.count == 2)
  }

  @Test(arguments: [
    ("places = { \"US-AL\" }", "places = { \"US-GA\" }", true),
    ("places = { \"US-AL\", \"US-GA\" }", "places = { \"US-GA\" }", false),
    (
      "places = { \"US-AL\" }, channels = { \"sms\" }", "places = { \"US-AL\" }, channels = { \"voice\" }",
      true
    ),
    ("places = { \"US-AL\" }, channels = { \"sms\" }", "places = { \"US-AL\" }", false),
  ])
  func `lines of one name may be for other places and channels`(first: String, second: String, fits: Bool) {
    let hours = "name = \"South\", from = \"09:00\", to = \"20:00\""
    let reading = read("quiet_hours = { {}, { \(hours), \(first) }, { \(hours), \(second) } },")
    #expect(reading.findings.isEmpty == fits, "\(reading.findings)")
    #expect((reading.value != nil) == fits)
  }

  @Test func `a law to come is no mistake, and neither is a version that has been followed`() throws {
    _ = try policy(
      """
      quiet_hours = {
        { until_date = "2026-06-30" }, { to = "18:00", from_date = "2026-07-01" },
        { name = "Texas", places = { "US-TX" }, from = "12:00", to = "18:00", from_date = "2027-01-01" },
      },
      caps = {
        { name = "day", limit = 2, per = "calendar day", until_date = "2026-06-30" },
        { name = "day", limit = 1, per = "calendar day", from_date = "2026-07-01" },
        { limit = 3, per = "7 days" }, { limit = 20, per = "365 days", from_date = "2027-01-01" },
      },
      purposes = { { name = "survey", until_date = "2026-01-01" }, { name = "survey", from_date = "2026-11-23" } },
      """)
  }

  @Test func `caps of which none holds yet leave every channel closed`() {
    let reading = read("caps = { { limit = 1, per = \"calendar day\", from_date = \"2027-01-01\" } },")
    let errors = reading.findings.filter { $0.severity == .error }.map(\.withoutRule)
    #expect(
      errors
        == ["sms", "voice", "email", "app"].map {
          "policy.lua:2:8: error: no cap that holds on 2026-11-23 counts all messages by \($0); put one in"
        })
    #expect(reading.value != nil)
  }

  @Test func `no line of hours beyond the bound loads, whatever it is for`() {
    var generator = SplitMix(state: 20_261_123)
    let bound = QuietHours.hardBound
    func text(_ minute: Int) -> String {
      "\(minute / 60 < 10 ? "0" : "")\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
    }
    var loaded = 0
    for round in 0..<600 {
      let from = Int.random(in: 400..<1_440, using: &generator)
      let to = Int.random(in: 400..<1_440, using: &generator)
      let other =
        [
          "", "places = { \"US-TX\" }, name = \"x\",", "clock = \"Etc/GMT+6\",",
          "channels = { \"sms\" }, name = \"y\",",
        ]
        .randomElement(using: &generator) ?? ""
      let reading = read(
        "quiet_hours = { {}, { days = { \"sun\" }, from = \"\(text(from))\", to = \"\(text(to))\", \(other) } },"
      )
      let isInside = from >= 480 && to <= 1_260 && from < to
      #expect((reading.value != nil) == isInside, "round \(round): \(text(from))–\(text(to)) \(other)")
      guard let policy = reading.value else { continue }
      loaded += 1
      for rule in policy.quietHours.rules {
        #expect(rule.window.start >= bound.start && rule.window.endSecondOfDay <= bound.endSecondOfDay)
        #expect(!rule.window.crossesMidnight)
      }
    }
    #expect(loaded > 50)
  }
}

/// Numbers that are the same on every run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
