/// A time of day on a wall clock, 00:00:00 to 23:59:59, without date or zone.
///
/// 24:00 is not a time of day; it exists only as the end of a ``TimeWindow``.
public struct CivilTime: Sendable, Hashable, Comparable, LosslessStringConvertible {
  /// Seconds the clock has counted since 00:00:00, 0 to 86,399.
  public let secondOfDay: Int

  /// The hour, 0 to 23.
  public var hour: Int { secondOfDay / 3_600 }
  /// The minute, 0 to 59.
  public var minute: Int { secondOfDay / 60 % 60 }
  /// The second, 0 to 59.
  public var second: Int { secondOfDay % 60 }

  /// 00:00:00.
  public static let midnight = CivilTime(existingSecondOfDay: 0)

  /// A time that a clock shows; nil otherwise (24:00, 12:60).
  public init?(hour: Int, minute: Int, second: Int = 0) {
    guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
    secondOfDay = hour * 3_600 + minute * 60 + second
  }

  /// The time `secondOfDay` seconds after 00:00:00; nil outside 0 to 86,399.
  public init?(secondOfDay: Int) {
    guard (0..<Self.secondsInDay).contains(secondOfDay) else { return nil }
    self.secondOfDay = secondOfDay
  }

  /// Reads `09:00` or `09:00:30`: two digits each, nothing before or after.
  public init?(_ description: String) {
    var reader = CivilTextReader(description)
    guard let time = CivilTime(reading: &reader), reader.isAtEnd else { return nil }
    self = time
  }

  init?(reading reader: inout CivilTextReader) {
    guard let hour = reader.digits(2), reader.take(":"), let minute = reader.digits(2) else { return nil }
    var second = 0
    if reader.take(":") {
      guard let digits = reader.digits(2) else { return nil }
      second = digits
    }
    self.init(hour: hour, minute: minute, second: second)
  }

  init(existingSecondOfDay: Int) {
    secondOfDay = existingSecondOfDay
  }

  static let secondsInDay = 86_400

  /// The time as `09:00`, or `09:00:30` if the second is not zero.
  public var description: String {
    var text = ""
    text.appendCivilDigits(hour, width: 2)
    text.append(":")
    text.appendCivilDigits(minute, width: 2)
    if second != 0 {
      text.append(":")
      text.appendCivilDigits(second, width: 2)
    }
    return text
  }

  /// Orders by the clock, midnight first.
  public static func < (left: CivilTime, right: CivilTime) -> Bool {
    left.secondOfDay < right.secondOfDay
  }
}
