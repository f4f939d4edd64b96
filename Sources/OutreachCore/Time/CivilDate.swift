/// A date of the Gregorian calendar, without time or zone.
///
/// Years run from 1 to 9999, the years that ISO 8601 and FHIR write with four digits. Arithmetic never
/// traps: a result beyond an end of that range is the end itself (``earliest``, ``latest``).
///
/// ```swift
/// let due = CivilDate("2026-11-23")?.adding(days: 5)   // 2026-11-28
/// ```
public struct CivilDate: Sendable, Hashable, Comparable, LosslessStringConvertible {
  private let storedYear: Int16
  private let storedMonth: UInt8
  private let storedDay: UInt8

  /// The year, 1 to 9999.
  public var year: Int { Int(storedYear) }
  /// The month, 1 to 12.
  public var month: Int { Int(storedMonth) }
  /// The day of the month, 1 to 31.
  public var day: Int { Int(storedDay) }

  /// 1 January of the year 1.
  public static let earliest = CivilDate(daysSinceEpoch: firstDay)
  /// 31 December of the year 9999.
  public static let latest = CivilDate(daysSinceEpoch: lastDay)

  /// A date that exists; nil otherwise (30 February, month 13, year 0).
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(inMonth: month, of: year)
    else { return nil }
    self.init(existingYear: year, month: month, day: day)
  }

  /// The date that lies `daysSinceEpoch` days after 1970-01-01 (before it, if negative).
  ///
  /// Beyond the years 1 to 9999 it is the nearest end of that range.
  public init(daysSinceEpoch: Int) {
    // Counted from 1 March of the year 0, so that the leap day is the last of its year and nothing is
    // negative within the range.
    let days = min(max(daysSinceEpoch, Self.firstDay), Self.lastDay) + Self.daysFromMarchOfYearZero
    let cycle = days / Self.daysInCycle
    let dayOfCycle = days % Self.daysInCycle
    let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    self.init(
      existingYear: cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0),
      month: month,
      day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  /// Reads `2026-11-23`: four, two and two digits, nothing before or after; nil if there is no such date.
  public init?(_ description: String) {
    var reader = CivilTextReader(description)
    guard let date = CivilDate(reading: &reader), reader.isAtEnd else { return nil }
    self = date
  }

  init?(reading reader: inout CivilTextReader) {
    guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
      let day = reader.digits(2)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private init(existingYear year: Int, month: Int, day: Int) {
    storedYear = Int16(year)
    storedMonth = UInt8(month)
    storedDay = UInt8(day)
  }

  /// Days from 1970-01-01 to this date; negative before it.
  public var daysSinceEpoch: Int {
    Self.daysSinceEpoch(year: year, month: month, day: day)
  }

  /// The day of the week.
  public var weekday: Weekday {
    // 1970-01-01 was a Thursday, three days after a Monday.
    let daysAfterMonday = ((daysSinceEpoch + 3) % 7 + 7) % 7
    return Weekday.allCases[daysAfterMonday]
  }

  /// The date written as ISO 8601 does, `2026-11-23`.
  public var description: String {
    var text = ""
    text.appendCivilDigits(year, width: 4)
    text.append("-")
    text.appendCivilDigits(month, width: 2)
    text.append("-")
    text.appendCivilDigits(day, width: 2)
    return text
  }

  /// Orders by the calendar.
  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.storedYear, left.storedMonth, left.storedDay)
      < (right.storedYear, right.storedMonth, right.storedDay)
  }
}

extension CivilDate {
  /// Days in the 400 years after which the Gregorian calendar repeats, weekdays included.
  static let daysInCycle = 146_097
  private static let daysFromMarchOfYearZero = 719_468
  private static let firstDay = daysSinceEpoch(year: 1, month: 1, day: 1)
  private static let lastDay = daysSinceEpoch(year: 9999, month: 12, day: 31)

  /// Whether `year` has a 29 February.
  public static func isLeapYear(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// How many days a month has, 28 to 31; `month` is 1 to 12.
  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeapYear(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970-01-01 of a date that exists, in any year from 1 on.
  static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let yearFromMarch = month > 2 ? year : year - 1
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let leapDays = yearFromMarch / 4 - yearFromMarch / 100 + yearFromMarch / 400
    return 365 * yearFromMarch + leapDays + dayOfYear - daysFromMarchOfYearZero
  }
}
