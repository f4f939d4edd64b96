import OutreachCore
import Testing

/// Compares quiet hours with an account of the same lines that asks every minute.
///
/// It shares nothing with the program but what a zone's calendar and clock show at an instant.
@Suite struct HoursOracleTests {
  /// A line as the oracle reads it.
  private struct Line {
    var name: String
    var places: Set<String>?
    var channels: Set<String>?
    /// 0 is Sunday.
    var weekdays: Set<Int>
    /// Minutes of the day; over midnight if the end is not later.
    var start: Int
    var end: Int
    var restsFederal: Bool
    var restsLocal: Bool
    var clock: Clock
    /// Days since 1970.
    var from: Int?
    var until: Int?

    enum Clock { case patients, sixBehind, unknown }
  }

  private static let zones = [
    "America/New_York", "Australia/Lord_Howe", "Australia/Sydney", "Africa/Cairo", "America/Santiago",
    "America/Chicago", "America/Phoenix", "Pacific/Honolulu", "Asia/Kathmandu", "Europe/Paris",
  ]

  /// The days on which Texas and France rest in 2026 and 2027, as written in their calendars.
  private static let local: [String: Set<Int>] = [
    "US-TX": days(
      """
      2026-01-01 2026-01-19 2026-02-16 2026-03-02 2026-04-21 2026-05-25 2026-06-19 2026-07-04 2026-08-27 \
      2026-09-07 2026-11-11 2026-11-26 2026-11-27 2026-12-24 2026-12-25 2026-12-26 2027-01-01 2027-01-18 \
      2027-01-19 2027-02-15 2027-03-02 2027-04-21 2027-05-31 2027-06-19 2027-07-04 2027-08-27 2027-09-06 \
      2027-11-11 2027-11-25 2027-11-26 2027-12-24 2027-12-25 2027-12-26
      """),
    "FR": days(
      """
      2026-01-01 2026-04-06 2026-05-01 2026-05-08 2026-05-14 2026-05-25 2026-07-14 2026-08-15 2026-11-01 \
      2026-11-11 2026-12-25 2027-01-01 2027-03-29 2027-05-01 2027-05-06 2027-05-08 2027-05-17 2027-07-14 \
      2027-08-15 2027-11-01 2027-11-11 2027-12-25
      """),
  ]
  private static let federal = days(MinuteOracle.holidays.joined(separator: " "))

  private static func days(_ text: String) -> Set<Int> {
    Set(text.split(separator: " ").map { day(String($0)).daysSinceEpoch })
  }

  private struct Trial {
    var names: [String]
    var places: [String]
    var channel: String
    var lines: [Line]
    var windows: [OracleHours]
    /// 0 is Sunday.
    var restDays: Set<Int>
    var start: Instant
    var end: Instant

    init(_ dice: inout SeededDice) {
      names = (0..<dice.pick([1, 1, 2, 3])).map { _ in dice.pick(HoursOracleTests.zones) }
      places = ["US", "US-TX", "US-OH", "FR"].filter { _ in dice.chance(45) }
      channel = dice.pick(["sms", "sms", "voice"])
      let anywhere = at("2026-01-10T00:00:00Z") + .minutes(dice.int(0...960_000))
      let change = InstalledZones.zone(names[0]).nextTransition(after: anywhere)
      if dice.chance(60), let change, change < at("2027-12-01T00:00:00Z") {
        start = change + .seconds(dice.int(-259_200...43_200))
      } else {
        start = anywhere + .seconds(dice.int(0...59))
      }
      end = start + .seconds(dice.pick([3_600, 86_400, 400_000, 700_000]))
      let today = Int(start.secondsSinceEpoch / 86_400)
      lines = (0..<dice.int(0...5)).map { _ in Self.line(&dice, today) }
      // A line that is nearly always there, so that not everything is closed.
      if dice.chance(90) {
        lines.append(
          Line(
            name: "everywhere", weekdays: Set(0...6), start: 480 + dice.int(0...240),
            end: 840 + dice.int(0...420), restsFederal: dice.chance(30), restsLocal: false, clock: .patients))
      }
      windows = dice.chance(30) ? [.random(&dice, start: 0...95)] : []
      restDays = dice.chance(30) ? [dice.int(0...6)] : []
    }

    private static func line(_ dice: inout SeededDice, _ today: Int) -> Line {
      let place = dice.pick(
        [nil, ["US-TX"], ["US-TX"], ["FR"], ["US-OH", "FR"], ["US-NV"]] as [Set<String>?])
      let hours = OracleHours.random(&dice, start: 0...95)
      var line = Line(
        name: dice.pick(["everywhere", "Texas", "France", "carriers"]), places: place,
        channels: dice.chance(25) ? [dice.pick(["sms", "voice", "email"])] : nil,
        weekdays: Set((0...6).filter { _ in dice.chance(80) }), start: hours.start, end: hours.end % 1_440,
        restsFederal: dice.chance(30), restsLocal: dice.chance(30), clock: .patients)
      if dice.chance(15) { line.clock = dice.chance(85) ? .sixBehind : .unknown }
      if dice.chance(60) {
        (line.start, line.end) = (540 + dice.int(-60...60), 1_080 + dice.int(-60...120))
      }
      if dice.chance(30) { line.from = today + dice.int(-6...6) }
      if dice.chance(30) { line.until = max(line.from ?? -9, today + dice.int(-6...6)) }
      return line
    }

    /// What the program is asked.
    var question: QuietHours.Question {
      QuietHours.Question(
        zones: names.map(InstalledZones.zone), places: places.map { Jurisdiction($0) },
        channel: Channel(channel), windows: windows.map(\.window),
        restDays: Set(Weekday.allCases.filter { restDays.contains($0.rawValue % 7) }),
        clocks: InstalledZones.catalogue)
    }

    var hours: QuietHours {
      QuietHours(
        lines.map { line in
          OpenHours(
            name: line.name, places: line.places.map { Set($0.map { Jurisdiction($0) }) },
            channels: line.channels.map { Set($0.map { Channel($0) }) },
            weekdays: Set(Weekday.allCases.filter { line.weekdays.contains($0.rawValue % 7) }),
            window: OracleHours(start: line.start, end: line.end == 0 ? 1_440 : line.end).window,
            rests: Set(
              (line.restsFederal ? [HolidayCalendar.federal] : []) + (line.restsLocal ? [.local] : [])),
            clock: line.clock == .patients ? nil : line.clock == .sixBehind ? "Etc/GMT+6" : "Nowhere/Land",
            provenance: Provenance(
              from: line.from.map { CivilDate(daysSinceEpoch: $0) },
              until: line.until.map { CivilDate(daysSinceEpoch: $0) }))
        })
    }

    func isOpen(_ instant: Instant, _ zones: [Zone]) -> Bool {
      zones.allSatisfy { zone in
        let local = zone.civil(at: instant)
        return isOpen(
          instant, local.date.daysSinceEpoch, minute: local.time.hour * 60 + local.time.minute)
      }
    }

    private func isOpen(_ instant: Instant, _ today: Int, minute: Int) -> Bool {
      guard (480..<1_260).contains(minute), windows.allSatisfy({ $0.holds(minute) }),
        !restDays.contains(((today + 4) % 7 + 7) % 7)
      else { return false }
      let sixBehind = Int(instant.secondsSinceEpoch) - 6 * 3_600
      var isAnythingEverywhere = false
      for name in Set(lines.map(\.name)) {
        let concerned = lines.filter { line in
          line.name == name && line.channels?.contains(channel) ?? true
            && line.places.map { !$0.isDisjoint(with: places) } ?? true
        }
        if concerned.contains(where: { $0.clock == .unknown }) { return false }
        let judged = concerned.map { line in
          line.clock == .patients
            ? (line, today, minute) : (line, sixBehind / 86_400, sixBehind % 86_400 / 60)
        }
        let inForce = judged.filter { ($0.0.from ?? $0.1) <= $0.1 && ($0.0.until ?? $0.1) >= $0.1 }
        if inForce.isEmpty {
          if judged.contains(where: { $0.0.until.map { [day = $0.1] in $0 < day } ?? false }) { return false }
          continue
        }
        isAnythingEverywhere = isAnythingEverywhere || inForce.contains { $0.0.places == nil }
        if !inForce.contains(where: { covers($0.0, $0.1, $0.2) }) { return false }
      }
      return isAnythingEverywhere
    }

    private func covers(_ line: Line, _ day: Int, _ minute: Int) -> Bool {
      func works(_ day: Int) -> Bool {
        !(line.restsFederal && HoursOracleTests.federal.contains(day))
          && !(line.restsLocal && places.contains { HoursOracleTests.local[$0]?.contains(day) ?? false })
      }
      func opens(_ day: Int) -> Bool { line.weekdays.contains((day + 4) % 7) && works(day) }
      let end = line.end == 0 ? 1_440 : line.end
      if line.start < end { return minute >= line.start && minute < end && opens(day) }
      return minute >= line.start && opens(day) || minute < end && works(day) && opens(day - 1)
    }
  }

  @Test func `the earliest instant is the first minute that every line leaves open`() {
    var found = 0
    var none = 0
    for seed in SeededDice.seeds(400) {
      var dice = SeededDice(seed)
      let trial = Trial(&dice)
      let zones = trial.names.map(InstalledZones.zone)
      var expected: Instant?
      var instant = trial.start
      while instant < trial.end, expected == nil {
        if trial.isOpen(instant, zones) { expected = instant }
        instant += .seconds(60 - instant.secondsSinceEpoch % 60)
      }
      let answer = trial.hours.earliest(from: trial.start, before: trial.end, trial.question)
      #expect(
        answer == expected, "seed \(seed) (replay with OUTREACH_TEST_SEED=\(seed)): \(trial)")
      if expected == nil { none += 1 } else if expected != trial.start { found += 1 }
    }
    if SeededDice.seeds(400).count >= 400 { #expect(found > 100 && none > 50) }
  }

  @Test func `an instant is closed, with words for it, when a line leaves it closed`() {
    var open = 0
    for seed in SeededDice.seeds(400) {
      var dice = SeededDice(seed)
      let trial = Trial(&dice)
      let zones = trial.names.map(InstalledZones.zone)
      let (hours, question) = (trial.hours, trial.question)
      for _ in 0..<60 {
        let instant = trial.start + .seconds(dice.int(0...700_000))
        let closure = hours.closure(at: instant, question)
        let isOpen = trial.isOpen(instant, zones)
        #expect(
          (closure == nil) == isOpen,
          "seed \(seed) (replay with OUTREACH_TEST_SEED=\(seed)) at \(instant): \(closure ?? "open"), \(trial)"
        )
        let answers = Set(zones.map { trial.isOpen(instant, [$0]) })
        #expect((closure?.hasPrefix("ambiguous: ") ?? false) == (answers.count == 2), "seed \(seed)")
        if isOpen { open += 1 }
      }
    }
    if SeededDice.seeds(400).count >= 400 { #expect(open > 1_000) }
  }
}
