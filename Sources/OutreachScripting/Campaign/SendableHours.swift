import OutreachCore

/// The hours of a day in which a policy lets messages go out somewhere on some day, holidays apart.
///
/// Only lines that hold everywhere count: what a place narrows is known when a patient is.
struct SendableHours {
  private let lines: [OpenHours]
  private let channels: [Channel]

  /// Takes the lines that hold on a day; nil is every line.
  init(_ hours: QuietHours, channels: [Channel], on day: CivilDate?) {
    // A line that counts by another clock is open at some time of any patient's day.
    lines = hours.rules.filter { line in
      line.places == nil && line.clock == nil
        && day.map { line.provenance.standing(on: $0) == .inForce } ?? true
    }
    self.channels = channels
  }

  /// From the first to the last time inside a window that is open on some day by some channel; nil for none.
  func span(within window: TimeWindow) -> TimeWindow? {
    let windows = lines.map(\.window) + [QuietHours.hardBound, window]
    // Windows that meet do so from the start of one up to the end of one.
    let starts = windows.map(\.start).filter { isOpen(at: $0, window) }
    let ends = windows.map(\.endSecondOfDay).filter { end in
      CivilTime(secondOfDay: end - 1).map { isOpen(at: $0, window) } ?? false
    }
    guard let start = starts.min(), let end = ends.max().flatMap(CivilTime.init(secondOfDay:)) else {
      return nil
    }
    return TimeWindow(start: start, end: end)
  }

  private func isOpen(at time: CivilTime, _ window: TimeWindow) -> Bool {
    guard window.contains(time), QuietHours.hardBound.contains(time) else { return false }
    return channels.contains { channel in
      let own = Dictionary(
        grouping: lines.filter { $0.channels?.contains(channel) ?? true }, by: \.name
      ).values
      return Weekday.allCases.contains { weekday in
        own.allSatisfy { $0.contains { $0.weekdays.contains(weekday) && $0.window.contains(time) } }
      }
    }
  }
}
