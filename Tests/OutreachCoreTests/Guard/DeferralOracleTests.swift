import OutreachCore
import Testing

/// Compares the guard with an oracle that asks every minute.
@Suite struct DeferralOracleTests {
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
        caps: OracleCaps(policy: Policy(), zones: zones, clinicZone: InstalledZones.zone("America/New_York")),
        replyHold: dice.pick([0, 15, 60, 600]), history: [], now: now)
      let isUsual = dice.chance(40)
      if isUsual { oracle.hours = OracleHours(start: 9 * 60, end: 20 * 60) }
      oracle.weekdays = isUsual ? Set(1...6) : Set((0...6).filter { _ in dice.chance(65) })
      if !isUsual {
        let today = oracle.caps.clinicZone.date(at: now)
        oracle.caps.policy.caps = (0..<dice.int(0...3)).map { _ in RandomCaps.cap(&dice, around: today) }
        oracle.caps.policy.exemptions = (0..<dice.pick([0, 0, 1])).map { _ in
          RandomCaps.exemption(&dice, around: today)
        }
      }
      if dice.chance(15) { oracle.caps.wish = dice.int(0...3) }
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
      builder.policy.caps = oracle.caps.policy.caps
      builder.policy.exemptions = oracle.caps.policy.exemptions
      builder.preferences.maximumPerWeek = oracle.caps.wish
      builder.policy.reply.only.hold = .minutes(oracle.replyHold)
      builder.policy.message.only.expiresAfter = .hours(dice.pick([1, 30, 168, 240]))
      builder.candidates = []
      for index in 0..<dice.pick([1, 1, 2, 3]) { addCandidate(&dice, index) }
    }

    private mutating func addCandidate(_ dice: inout SeededDice, _ index: Int) {
      let now = oracle.now
      let between: OracleHours? = dice.chance(40) ? OracleHours.random(&dice, start: 0...95) : nil
      let due: Instant? = dice.chance(40) ? now + .minutes(dice.int(-2_000...6_000)) : nil
      let expires: Instant? = dice.chance(50) ? now + .minutes(dice.int(0...9_000)) : nil
      // Names in the order in which the candidates are settled: all have the same priority, due in turn.
      let campaign = GuardCaseBuilder.campaign(
        "c\(index)", purpose: dice.pick(RandomCaps.purposes), priority: index, sendBetween: between?.window)
      let message = GuardCaseBuilder.message("note", ["en": "Note \(index). {$opt_out}"])
      builder.candidates.append(
        GuardCaseBuilder.candidate(campaign, message: message, due: due, expires: expires))
      wishes.append(
        MinuteOracle.Wish(
          message: OracleMessage(
            at: now, channel: .sms, purpose: campaign.purpose, campaign: campaign.id,
            recipient: GuardCaseBuilder.chicagoNumber.map(Recipient.phone)),
          between: between, due: due,
          expires: expires ?? max(now, due ?? now) + builder.policy.message.only.expiresAfter))
    }

    /// A whole minute of 2026 or 2027; half of the time within four days of a change of the clocks.
    private static func now(_ dice: inout SeededDice, near zone: Zone) -> Instant {
      let anywhere = at("2026-01-05T00:00:00Z") + .minutes(dice.int(0...980_000))
      guard dice.chance(50), let change = zone.nextTransition(after: anywhere),
        change < at("2027-12-01T00:00:00Z")
      else { return anywhere }
      return change + .minutes(dice.int(-5_760...720))
    }

    private static func history(_ dice: inout SeededDice, now: Instant) -> [PastContact] {
      (0..<dice.pick([0, 1, 2, 3, 5, 8])).map { _ in
        let status = dice.pick([
          PastContact.Status.sent, .sent, .delivered, .undelivered, .inDoubt, .refused, .inboundClosed,
          .inboundOpen,
        ])
        var contact = GuardCaseBuilder.contact(
          now + .minutes(dice.int(-13_000...(dice.chance(25) ? 5_000 : 0))), status,
          channel: dice.pick([.sms, .sms, .voice, .email, nil]))
        contact.purpose = dice.pick([nil, nil] + RandomCaps.purposes)
        contact.number = dice.pick([nil, nil, "+13125550123", "+13125550199"]).flatMap {
          PhoneNumber(e164: $0)
        }
        if dice.chance(50) {
          contact.key = PastContact.Key(
            campaign: CampaignID("c\(dice.int(0...2))"), message: MessageID("older"), occurrence: .once)
        }
        return contact
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
      var messages = OracleCaps.messages(of: trial.builder)
      for (decision, wish) in zip(trial.builder.decisions(), trial.wishes) {
        let answer: MinuteOracle.Answer =
          if let instant = decision.sendAt { .send(instant) } else {
            .refuse(decision.reason ?? .scriptError)
          }
        let expected = trial.oracle.answer(wish, among: messages)
        #expect(
          answer == expected,
          "replay with OUTREACH_TEST_SEED=\(seed): \(trial.names) at \(trial.oracle.now), \(decision.campaign)"
        )
        switch expected {
        case .send(let instant):
          #expect((decision.verdict == .send) == (instant == trial.oracle.now), "seed \(seed)")
          var planned = wish.message
          planned.at = instant
          messages.append(planned)
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
