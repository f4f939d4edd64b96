/// A date and a time of day as a calendar and a clock on a wall show them, in no particular zone.
///
/// A ``Zone`` tells which instant it is: one, none (the clock skips it) or two (the clock repeats it).
public struct CivilDateTime: Sendable, Hashable, Comparable, LosslessStringConvertible {
  /// What the calendar shows.
  public let date: CivilDate
  /// What the clock shows.
  public let time: CivilTime

  /// A date and a time of day together.
  public init(date: CivilDate, time: CivilTime) {
    self.date = date
    self.time = time
  }

  /// Reads `2026-11-23T09:00` or `2026-11-23T09:00:30`, without an offset.
  public init?(_ description: String) {
    var reader = CivilTextReader(description)
    guard let date = CivilDate(reading: &reader), reader.take("T"),
      let time = CivilTime(reading: &reader), reader.isAtEnd
    else { return nil }
    self.init(date: date, time: time)
  }

  /// What a clock shows that has counted `seconds` since 1970-01-01T00:00:00.
  init(secondsSinceEpoch seconds: Int64) {
    let days = Int(seconds) / CivilTime.secondsInDay
    let rest = Int(seconds) % CivilTime.secondsInDay
    let floor = rest < 0 ? days - 1 : days
    date = CivilDate(daysSinceEpoch: floor)
    time = CivilTime(existingSecondOfDay: rest < 0 ? rest + CivilTime.secondsInDay : rest)
  }

  /// Seconds since 1970-01-01T00:00:00 of the same clock, were it never changed.
  var secondsSinceEpoch: Int64 {
    Int64(date.daysSinceEpoch * CivilTime.secondsInDay + time.secondOfDay)
  }

  /// The date and the time as ISO 8601 writes them, always with seconds: `2026-11-23T09:00:00`.
  public var description: String {
    var text = date.description
    text.append("T")
    text.append(time.description)
    if time.second == 0 { text.append(":00") }
    return text
  }

  /// Orders by date, then by the clock.
  public static func < (left: CivilDateTime, right: CivilDateTime) -> Bool {
    (left.date, left.time) < (right.date, right.time)
  }
}
