package import OutreachCore

/// A span of time as people write it: `7 days`, `36 hours`, `1 week`.
///
/// Days and weeks are days of the calendar where they are added to or taken from an instant; everywhere else
/// a day is 24 hours.
package struct Span: Hashable, Sendable {
  /// The units that a span can be written in.
  package enum Unit: String, CaseIterable, Sendable {
    /// Sixty seconds.
    case minute
    /// Sixty minutes.
    case hour
    /// A day of the calendar.
    case day
    /// Seven days of the calendar.
    case week

    fileprivate var seconds: Int {
      switch self {
      case .minute: 60
      case .hour: 3_600
      case .day: 86_400
      case .week: 7 * 86_400
      }
    }
  }

  /// How many of the unit, from 1 to 10,000.
  package let count: Int
  /// The unit.
  package let unit: Unit

  /// Reads a span: a whole number, one blank, and a unit with or without its `s`.
  package init?(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count <= 5,
      parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let count = Int(parts[0]), (1...10_000).contains(count),
      let unit = Unit.allCases.first(where: { parts[1] == $0.rawValue || parts[1] == $0.rawValue + "s" })
    else { return nil }
    self.count = count
    self.unit = unit
  }

  /// The span with days of 24 hours.
  package var duration: Duration { .seconds(count * unit.seconds) }

  /// The days of the calendar, nil where the span is one of hours or minutes.
  package var days: Int? {
    switch unit {
    case .day: count
    case .week: 7 * count
    case .hour, .minute: nil
    }
  }

  /// The instant that lies the span after (or before, with -1) another on the clocks of a zone.
  ///
  /// Days keep the time of the day; where the clocks skip it, it is the first instant after the gap, and
  /// where they show it twice, the first of the two.
  package func added(to instant: Instant, in zone: Zone, sign: Int = 1) -> Instant {
    guard let days else { return sign < 0 ? instant - duration : instant + duration }
    let local = zone.civil(at: instant)
    let target = CivilDateTime(date: local.date.adding(days: sign * days), time: local.time)
    return zone.instant(of: target, gap: .firstAfter, overlap: .first)
  }
}
