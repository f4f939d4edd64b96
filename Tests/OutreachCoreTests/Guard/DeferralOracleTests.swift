import OutreachCore
import Testing

/// Compares the guard with an oracle that asks every minute.
@Suite struct DeferralOracleTests {
  /// A catalogue in which the three names that a patient's record gives stand for zones of the test's choice.
  private struct RenamedZones: ZoneSource {
    var files: [String: String]

    func tzif(named name: String) -> [UInt8]? { files[name].flatMap(InstalledZones().tzif) }
  }

  private static let places = [
    "America/New_York", "America/Chicago", "America/Los_Angeles", "America/Phoenix", "America/St_Johns",
    "America/Santiago", "Pacific/Easter", "Australia/Lord_Howe", "Australia/Sydney", "Africa/Cairo",
    "Asia/Kathmandu",
    "Europe/London", "Pacific/Honolulu", "America/Scoresbysund", "Asia/Gaza", "Antarctica/Troll",
  ]

  /// A case in which only time can stand against a message, with the oracle's own account of it.
  private struct Trial {
    var builder = GuardCaseBuilder()
    var oracle: MinuteOracle
    var wishes: [MinuteOracle.Wish] = []
    /// What a failure prints.
    var names: [String]

    init(_ dice: inout SeededDice) {
      let count = dice.pick([1, 1, 2, 2, 3])
      let places = DeferralOracleTests.places
      names = (0..<count).map { _ in dice.pick(places) }
      let zones = names.map(InstalledZones.zone)
      let now = Self.now(&dice, near: zones[0])
      oracle = MinuteOracle(
        zones: zones, hours: OracleHours.random(&dice, start: 24...80), weekdays: [],
        restsOnHolidays: dice.chance(70),
        caps: [], replyHold: dice.pick([0, 15, 60, 600]), history: [], now: now)
      let isUsual = dice.chance(40)
      if isUsual { oracle.hours = OracleHours(start: 9 * 60, end: 20 * 60) }
      oracle.weekdays = isUsual ? Set(1...6) : Set((0...6).filter { _ in dice.chance(65) })
      oracle.caps = Self.caps(&dice, isUsual: isUsual)
      oracle.history = Self.history(&dice, now: now)
      fill(&dice, zones: names)
    }

    private mutating func fill(_ dice: inout SeededDice, zones: [String]) {
      builder.now = oracle.now
      builder.factsAsOf = oracle.now
      builder.consents = [.sms, .email].map {
        GuardCaseBuilder.grant(at: oracle.now - .days(100), channel: $0)
      }
      builder.facts.contacts = oracle.history
      var files = ["America/Chicago": zones[0]]
      builder.identity.addresses = []
      if zones.count > 1 {
        files["Place/Stated"] = zones[1]
        builder.identity.timeZone = "Place/Stated"
      }
      if zones.count > 2 {
        files["Pacific/Honolulu"] = zones[2]
        builder.identity.addresses = [PostalAddress(state: "HI", postalCode: "96813", country: "US")]
      }
      builder.zones = ZoneCatalogue(source: RenamedZones(files: files))
      builder.clinic.timeZone = "America/New_York"
      builder.policy.quietHours = QuietHours(
        window: oracle.hours.window,
        weekdays: Set(Weekday.allCases.filter { oracle.weekdays.contains($0.rawValue % 7) }),
        restsOnFederalHolidays: oracle.restsOnHolidays)
      builder.policy.caps = oracle.caps.map(\.cap)
      builder.policy.replyHold = .minutes(oracle.replyHold)
      builder.policy.expiresAfter = .hours(dice.pick([1, 30, 168, 240]))
      builder.candidates = []
      for index in 0..<dice.pick([1, 1, 2, 3]) { addCandidate(&dice, index) }
    }

    private mutating func addCandidate(_ dice: inout SeededDice, _ index: Int) {
      let now = oracle.now
      let between: OracleHours? = dice.chance(40) ? OracleHours.random(&dice, start: 0...95) : nil
      let due: Instant? = dice.chance(40) ? now + .minutes(dice.int(-2_000...6_000)) : nil
      let expires: Instant? = dice.chance(50) ? now + .minutes(dice.int(0...9_000)) : nil
      // Names in the order in which the candidates are settled: all have the same priority and are due in turn.
      let campaign = GuardCaseBuilder.campaign(
        "campaign-\(index)", priority: index, sendBetween: between?.window)
      builder.candidates.append(GuardCaseBuilder.candidate(campaign, due: due, expires: expires))
      wishes.append(
        MinuteOracle.Wish(
          channel: .sms, between: between, due: due,
          expires: expires ?? max(now, due ?? now) + builder.policy.expiresAfter))
    }

    /// A whole minute of 2026 or 2027; half of the time within four days of a change of the clocks.
    private static func now(_ dice: inout SeededDice, near zone: Zone) -> Instant {
      let anywhere = at("2026-01-05T00:00:00Z") + .minutes(dice.int(0...980_000))
      guard dice.chance(50), let change = zone.nextTransition(after: anywhere),
        change < at("2027-12-01T00:00:00Z")
      else { return anywhere }
      return change + .minutes(dice.int(-5_760...720))
    }

    private static func caps(_ dice: inout SeededDice, isUsual: Bool) -> [OracleCap] {
      if isUsual {
        return [
          OracleCap(limit: 1, span: nil, channels: [.sms, .voice]),
          OracleCap(limit: 1, span: 1_440, channels: [.sms, .voice]),
          OracleCap(limit: 3, span: 10_080, channels: [.sms, .voice]),
        ]
      }
      return (0..<dice.int(0...3)).map { _ in
        OracleCap(
          limit: dice.pick([0, 1, 1, 1, 2, 2, 3]), span: dice.pick([nil, nil, 60, 1_440, 2_160, 10_080]),
          channels: dice.pick([[.sms], [.sms, .voice], [.sms, .email], [.email]]))
      }
    }

    private static func history(_ dice: inout SeededDice, now: Instant) -> [PastContact] {
      (0..<dice.pick([0, 1, 2, 3, 5, 8])).map { _ in
        let status = dice.pick([
          PastContact.Status.sent, .sent, .delivered, .undelivered, .inDoubt, .refused, .inboundClosed,
          .inboundOpen,
        ])
        return GuardCaseBuilder.contact(
          now + .minutes(dice.int(-13_000...(dice.chance(25) ? 5_000 : 0))), status,
          channel: dice.pick([.sms, .sms, .voice, .email, nil]))
      }
    }
  }

  @Test func `a message goes at the first minute at which everything allows it`() {
    var sent = 0
    var putOff = 0
    var reasons: Set<Reason> = []
    for seed in SeededDice.seeds(600) {
      var dice = SeededDice(seed)
      let trial = Trial(&dice)
      var planned: [(Instant, Channel)] = []
      for (decision, wish) in zip(trial.builder.decisions(), trial.wishes) {
        let answer: MinuteOracle.Answer =
          if let instant = decision.sendAt { .send(instant) } else {
            .refuse(decision.reason ?? .scriptError)
          }
        let expected = trial.oracle.answer(wish, planned: planned)
        #expect(
          answer == expected,
          "seed \(seed) (replay with OUTREACH_TEST_SEED=\(seed)): \(trial.names) at \(trial.oracle.now), \(decision.campaign)"
        )
        switch expected {
        case .send(let instant):
          #expect((decision.verdict == .send) == (instant == trial.oracle.now), "seed \(seed)")
          planned.append((instant, wish.channel))
          if instant == trial.oracle.now { sent += 1 } else { putOff += 1 }
        case .refuse(let reason): reasons.insert(reason)
        }
      }
    }
    // The loop must have met every kind of answer, or it proves less than it says.
    if SeededDice.seeds(600).count >= 600 {
      #expect(sent > 20 && putOff > 80)
      #expect(reasons == [.noWindow, .frequencyCap, .expired, .replyOpen])
    }
  }
}
