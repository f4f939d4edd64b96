import OutreachCore

extension PolicyReader {
  /// Reads `quiet_hours`: one line, or a list of lines of which those of one name complete each other.
  ///
  /// A line without `places` holds everywhere; what it leaves out is as in the default policy. A line with
  /// places says `name`, `from` and `to`; without `days` it is for every day, and without `rest_on` it rests
  /// on no holiday.
  mutating func readQuietHours() {
    guard let tables = table.tables("quiet_hours", called: "the rule of quiet hours") else { return }
    let errors = table.list.errorCount
    let lines = tables.compactMap { table in line(table).map { (hours: $0, table: table) } }
    // What is missing below may be what is wrong above.
    guard table.list.errorCount == errors else { return }
    checkNames(lines)
    checkOverlaps(lines)
    checkLapses(lines)
    checkCoverage(lines)
    policy.quietHours = QuietHours(lines.map(\.hours))
  }

  private typealias Line = (hours: OpenHours, table: TableReader)

  private func line(_ table: TableReader) -> OpenHours? {
    table.checkKeys(
      ["name", "from", "to", "days", "rest_on", "channels", "places", "clock"] + RuleSource.keys)
    var line = OpenHours()
    line.places = places(of: table)
    line.channels = channels(of: table)
    let isLocal = table.has("places")
    if let name = table.text("name", example: isLocal ? "\"Texas\"" : nil) { line.name = name }
    if isLocal {
      line.weekdays = Set(Weekday.allCases)
      line.rests = []
      for key in ["from", "to"] where !table.has(key) {
        table.missing(key, example: key == "from" ? "\"09:00\"" : "\"20:00\"")
      }
    }
    if let days = Weekdays.read("days", of: table) { line.weekdays = days }
    let calendars = HolidayCalendar.allCases.map(\.rawValue)
    if let rests = table.choices("rest_on", among: calendars, called: "calendar of holidays") {
      line.rests = Set(rests.compactMap { HolidayCalendar(rawValue: $0.text) })
    }
    if let clock = table.text("clock") {
      if !ZoneCatalogue.isZoneName(clock) || !clock.contains("/") && clock != "UTC" {
        table.list.error(
          at: table.valueOffset("clock"),
          "'clock' must be the name of a zone such as \"Etc/GMT+6\", not \"\(clock)\"")
      }
      line.clock = clock
    }
    line.provenance = RuleSource.read(table, on: day)
    guard let window = window(table, default: line.window) else { return nil }
    line.window = window
    return line
  }

  /// The window of a line, nil when there is none or it is wider than anything may be.
  private func window(_ table: TableReader, default window: TimeWindow) -> TimeWindow? {
    let start = table.has("from") ? table.time("from") : window.start
    let end = table.has("to") ? table.time("to") : CivilTime(secondOfDay: window.endSecondOfDay)
    guard let start, let end else { return nil }
    guard let window = TimeWindow(start: start, end: end) else {
      table.list.error(
        at: table.valueOffset("to"), "the window \(start)–\(end) is empty; 'to' must be later than 'from'")
      return nil
    }
    let bound = QuietHours.hardBound
    if window.start < bound.start || window.crossesMidnight || window.endSecondOfDay > bound.endSecondOfDay {
      let key = window.start < bound.start ? "from" : "to"
      table.list.error(
        at: table.valueOffset(key),
        "the window \(window) goes beyond \(bound), which is the law (47 CFR 64.1200(c)(1)) and cannot be "
          + "widened"
      )
      return nil
    }
    return window
  }

  /// Reports a line for some places that would complete lines for everywhere.
  private func checkNames(_ lines: [Line]) {
    let general = Set(lines.filter { $0.hours.places == nil }.map(\.hours.name))
    for line in lines where line.hours.places != nil && general.contains(line.hours.name) {
      line.table.list.error(
        at: line.table.valueOffset("name"),
        "the lines of '\(line.hours.name)' hold everywhere; a line with 'places' needs another name")
    }
  }

  /// Reports two lines of one name that open the same hours.
  private func checkOverlaps(_ lines: [Line]) {
    for (index, later) in lines.enumerated() {
      for earlier in lines.prefix(index) where earlier.hours.name == later.hours.name {
        guard Self.concernTheSame(earlier.hours, later.hours), earlier.hours.clock == later.hours.clock,
          earlier.hours.provenance.meets(later.hours.provenance) != nil,
          let weekday = earlier.hours.weekdays.intersection(later.hours.weekdays).min()
        else { continue }
        let start = max(earlier.hours.window.start, later.hours.window.start)
        let end = min(earlier.hours.window.endSecondOfDay, later.hours.window.endSecondOfDay)
        guard start.secondOfDay < end, let end = CivilTime(secondOfDay: end) else { continue }
        later.table.list.error(
          at: later.table.offset,
          "two lines of '\(later.hours.name)' are open on \(Weekdays.names[weekday.rawValue - 1]) "
            + "\(start)–\(end); make them one line, or set their days, hours or dates apart")
        break
      }
    }
  }

  private static func concernTheSame(_ one: OpenHours, _ other: OpenHours) -> Bool {
    func meet<Element>(_ one: Set<Element>?, _ other: Set<Element>?) -> Bool {
      guard let one, let other else { return true }
      return !one.isDisjoint(with: other)
    }
    return meet(one.channels, other.channels) && meet(one.places, other.places)
  }

  /// Reports lines that have ended without another of their name that holds today for what they were about.
  private func checkLapses(_ lines: [Line]) {
    for line in lines {
      guard case .ended = line.hours.provenance.standing(on: day) else { continue }
      let same = lines.filter {
        $0.hours.name == line.hours.name && Self.concernTheSame($0.hours, line.hours)
          && !$0.hours.weekdays.isDisjoint(with: line.hours.weekdays)
      }
      same.map { RuleVersion(provenance: $0.hours.provenance, table: $0.table) }
        .checkLapse(of: "the rule of quiet hours '\(line.hours.name)'", on: day)
    }
  }

  /// Reports channels about whose hours nothing is said everywhere, at all or as of today.
  private func checkCoverage(_ lines: [Line]) {
    let general = lines.filter { $0.hours.places == nil }
    for channel in Channel.all {
      let own = general.filter { $0.hours.channels?.contains(channel) ?? true }
      if own.isEmpty {
        table.list.error(
          at: table.valueOffset("quiet_hours"),
          "no line of 'quiet_hours' says when messages by \(channel) may go out everywhere; every channel "
            + "needs one")
      } else if own.allSatisfy({ $0.hours.provenance.from.map { $0 > day } ?? false }) {
        own.map { RuleVersion(provenance: $0.hours.provenance, table: $0.table) }
          .checkLapse(of: "the rule of quiet hours '\(own[0].hours.name)'", on: day)
      }
    }
  }
}
