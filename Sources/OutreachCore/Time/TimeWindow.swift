/// A part of the day on a wall clock, from a start up to but without an end.
///
/// `09:00`–`20:00` holds 19:59:59 and not 20:00.
/// A window whose end is before its start goes over midnight: `22:00`–`06:00` holds 23:00 and 05:00. The
/// whole day is `00:00`–`24:00`.
public struct TimeWindow: Sendable, Hashable, CustomStringConvertible {
  /// The first time of day inside.
  public let start: CivilTime
  /// The first second of the day outside again, 1 to 86,400; 86,400 is 24:00.
  public let endSecondOfDay: Int

  /// The window from `start` up to `end`; an `end` of 00:00 is the end of the day.
  ///
  /// Nil if both are the same, because that could mean nothing or the whole day; a window from midnight to
  /// midnight is ``wholeDay``.
  public init?(start: CivilTime, end: CivilTime) {
    guard start != end else { return nil }
    self.init(
      start: start, endSecondOfDay: end == .midnight ? CivilTime.secondsInDay : end.secondOfDay)
  }

  /// The window between two times as a policy writes them, `"09:00"` and `"20:00"`.
  ///
  /// An end of `"24:00"` or `"00:00"` is the end of the day. Nil if a text is no time of day or both are the
  /// same.
  public init?(from start: String, to end: String) {
    guard let start = CivilTime(start) else { return nil }
    if end == "24:00" || end == "24:00:00" {
      self.init(start: start, endSecondOfDay: CivilTime.secondsInDay)
    } else {
      guard let end = CivilTime(end) else { return nil }
      self.init(start: start, end: end)
    }
  }

  private init(start: CivilTime, endSecondOfDay: Int) {
    self.start = start
    self.endSecondOfDay = endSecondOfDay
  }

  /// All of the day, 00:00 up to 24:00.
  public static let wholeDay = TimeWindow(start: .midnight, endSecondOfDay: CivilTime.secondsInDay)

  /// Whether the window goes on after midnight.
  public var crossesMidnight: Bool { endSecondOfDay <= start.secondOfDay }

  /// Whether a clock that shows `time` is inside.
  public func contains(_ time: CivilTime) -> Bool {
    let second = time.secondOfDay
    return crossesMidnight
      ? second >= start.secondOfDay || second < endSecondOfDay
      : second >= start.secondOfDay && second < endSecondOfDay
  }

  /// The window as `09:00–20:00`.
  public var description: String {
    let end = CivilTime(secondOfDay: endSecondOfDay)?.description ?? "24:00"
    return "\(start)–\(end)"
  }
}
