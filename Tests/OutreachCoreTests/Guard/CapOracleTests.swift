import OutreachCore
import Testing

/// Compares what the guard says of caps, at any hour, with an oracle that counts at every quarter of an hour.
@Suite struct CapOracleTests {
  /// Zones whose clocks are changed by an hour or half of one, at midnight or by night, and others.
  private static let places = [
    "America/New_York", "Australia/Lord_Howe", "Australia/Sydney", "Africa/Cairo", "America/Santiago",
    "America/Chicago", "Pacific/Honolulu", "Asia/Kathmandu",
  ]
  private static let numbers = ["+13125550123", "+13125550199"]

  private struct Trial {
    var builder = GuardCaseBuilder()
    var caps: OracleCaps
    var names: [String]

    init(_ dice: inout SeededDice) {
      names = (0..<dice.pick([1, 1, 2])).map { _ in dice.pick(CapOracleTests.places) }
      let zones = names.map(InstalledZones.zone)
      let now = Self.now(&dice, near: zones[0])
      let clinicZone = InstalledZones.zone("America/New_York")
      let today = clinicZone.date(at: now)
      caps = OracleCaps(policy: Policy(), zones: zones, clinicZone: clinicZone, isShared: dice.chance(30))
      if dice.chance(85) {
        caps.policy.caps = (0..<dice.int(1...3)).map { _ in RandomCaps.cap(&dice, around: today) }
      }
      caps.policy.exemptions = (0..<dice.pick([0, 0, 1, 2])).map { _ in
        RandomCaps.exemption(&dice, around: today)
      }
      if dice.chance(20) { caps.wish = dice.int(0...3) }
      builder.now = now
      builder.factsAsOf = now
      builder.consents = [GuardCaseBuilder.grant(at: now - .days(100), channel: nil)]
      builder.policy.caps = caps.policy.caps
      builder.policy.exemptions = caps.policy.exemptions
      builder.policy.quietHours = QuietHours(
        window: .wholeDay, weekdays: Set(Weekday.allCases), restsOnFederalHolidays: false)
      builder.preferences.maximumPerWeek = caps.wish
      builder.clinic.timeZone = clinicZone.name
      builder.identity.addresses = []
      var files = ["America/Chicago": names[0], "America/New_York": "America/New_York"]
      if names.count > 1 {
        files["Place/Stated"] = names[1]
        builder.identity.timeZone = "Place/Stated"
      }
      builder.zones = ZoneCatalogue(source: RenamedZones(files: files))
      if caps.isShared { builder.sharedNumbers = Set([GuardCaseBuilder.chicagoNumber].compactMap { $0 }) }
      fill(&dice)
    }

    private mutating func fill(_ dice: inout SeededDice) {
      let now = builder.now
      func recipient() -> PhoneNumber? {
        dice.pick([nil] + CapOracleTests.numbers.map(Optional.some)).flatMap { PhoneNumber(e164: $0) }
      }
      func instant() -> Instant {
        now + .minutes(15 * dice.int(-(dice.chance(50) ? 150 : 900)...(dice.chance(20) ? 400 : 0)))
      }
      func campaign() -> CampaignID? { dice.chance(50) ? CampaignID("c\(dice.int(0...2))") : nil }
      builder.facts.contacts = (0..<dice.pick([0, 1, 2, 3, 5])).map { _ in
        var contact = GuardCaseBuilder.contact(
          instant(), dice.pick([.sent, .delivered, .undelivered, .inDoubt, .refused, .inboundClosed]),
          channel: dice.pick([.sms, .sms, .voice, .email, nil]))
        contact.purpose = dice.pick([nil] + RandomCaps.purposes)
        contact.number = recipient()
        contact.key = campaign().map {
          PastContact.Key(campaign: $0, message: MessageID("older"), occurrence: .once)
        }
        return contact
      }
      builder.jointMessages = (0..<dice.pick([0, 0, 1, 2])).map { _ in
        JointMessage(
          at: instant(), channel: dice.pick([.sms, .voice, nil]), recipient: recipient().map(Recipient.phone),
          purpose: dice.pick([nil] + RandomCaps.purposes), campaign: campaign())
      }
      builder.candidates = (0..<dice.pick([1, 1, 2, 3])).map { index in
        let campaign = GuardCaseBuilder.campaign(
          "c\(index)", purpose: dice.pick(RandomCaps.purposes), channels: [dice.pick([.sms, .sms, .voice])],
          priority: index)
        let message = GuardCaseBuilder.message("note", ["en": "Note \(index). {$opt_out}"])
        return GuardCaseBuilder.candidate(
          campaign, message: message, due: dice.chance(30) ? now + .minutes(15 * dice.int(0...300)) : nil)
      }
    }

    /// A quarter of an hour of 2026 or 2027; mostly within some days of a change of the clocks.
    private static func now(_ dice: inout SeededDice, near zone: Zone) -> Instant {
      let anywhere = at("2026-01-05T00:00:00Z") + .minutes(15 * dice.int(0...65_000))
      guard dice.chance(70), let change = zone.nextTransition(after: anywhere),
        change < at("2027-12-01T00:00:00Z")
      else { return anywhere }
      return change + .minutes(15 * dice.int(-200...60))
    }
  }

  @Test func `a cap holds back when, and as long as, a slow count says`() {
    let reach = Duration.days(34)
    var free = 0
    var waits = 0
    var never = 0
    let seeds = SeededDice.seeds(400)
    for seed in seeds {
      var dice = SeededDice(seed)
      let trial = Trial(&dice)
      let now = trial.builder.now
      var messages = OracleCaps.messages(of: trial.builder)
      for (decision, candidate) in zip(trial.builder.decisions(), trial.builder.candidates) {
        var message = OracleMessage(
          at: now, channel: candidate.campaign.channels[0], purpose: candidate.campaign.purpose,
          campaign: candidate.campaign.id, recipient: GuardCaseBuilder.chicagoNumber.map(Recipient.phone))
        var expected: Instant?
        while message.at < now + reach, expected == nil {
          if trial.caps.holds(message, among: messages) { expected = message.at }
          message.at += .minutes(15)
        }
        let said = decision.rule("frequency_cap")
        let answer = said?.verdict == .allow ? now : said?.allowsFrom.flatMap { $0 < now + reach ? $0 : nil }
        #expect(
          answer == expected,
          "replay with OUTREACH_TEST_SEED=\(seed): \(trial.names) at \(now), \(decision.campaign)"
        )
        if expected == nil { never += 1 } else if expected == now { free += 1 } else { waits += 1 }
        if let instant = decision.sendAt {
          message.at = instant
          #expect(trial.caps.holds(message, among: messages), "seed \(seed): sent over a cap")
          messages.append(message)
        }
      }
    }
    // The loop must have met every kind of answer, or it proves less than it says.
    if seeds.count >= 400 { #expect(free > 100 && waits > 100 && never > 10, "\(free) \(waits) \(never)") }
  }
}
