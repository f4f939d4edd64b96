/// A legal public holiday of the United States in one year.
public struct FederalHoliday: Sendable, Hashable {
  /// The day the law names.
  public let date: CivilDate
  /// The day off: the Friday before a Saturday, the Monday after a Sunday, otherwise the day itself.
  public let observed: CivilDate
  /// What the law calls it, in English.
  public let name: String
}

/// The legal public holidays of the United States, computed from the law.
///
/// The days are those of 5 U.S.C. 6103(a), which Pub. L. 98-144 (Martin Luther King, Jr., from 1986) and Pub.
/// L. 117-17 (Juneteenth, from 2021) amended. A Saturday is observed on the Friday before (6103(b)(1)), a
/// Sunday on the Monday after (Executive Order 11582, section 3). Inauguration Day, a day off only around
/// Washington (6103(c)), is left out. Exact from 1978 on; before that Veterans Day and, before 1971, others
/// were kept on other days.
public enum FederalHolidays {
  /// The holidays of `year`, in order of their dates; an observed day may lie in the year before.
  public static func holidays(in year: Int) -> [FederalHoliday] {
    rules.compactMap { rule in
      guard let date = rule.date(in: year) else { return nil }
      return FederalHoliday(date: date, observed: observedDay(of: date), name: rule.name)
    }
  }

  /// Whether `date` is a federal holiday or the day on which one is observed.
  ///
  /// Both count, so that nothing goes out on either.
  public static func isHoliday(_ date: CivilDate) -> Bool {
    if rules.contains(where: { $0.falls(on: date) }) { return true }
    // Only a Friday or a Monday can stand in for a day of the weekend.
    let standsFor: CivilDate
    switch date.weekday {
    case .friday: standsFor = date.adding(days: 1)
    case .monday: standsFor = date.adding(days: -1)
    default: return false
    }
    return rules.contains { $0.falls(on: standsFor) }
  }

  private static func observedDay(of date: CivilDate) -> CivilDate {
    switch date.weekday {
    case .saturday: date.adding(days: -1)
    case .sunday: date.adding(days: 1)
    default: date
    }
  }

  private struct Rule {
    var name: String
    var since = 1
    var day: Day

    enum Day {
      case fixed(month: Int, day: Int)
      /// The n-th such weekday of the month, counted from 1.
      case nth(Int, Weekday, month: Int)
      case last(Weekday, month: Int)
    }

    /// The holiday of a year; nil before it was one.
    func date(in year: Int) -> CivilDate? {
      guard year >= since else { return nil }
      switch day {
      case .fixed(let month, let day):
        return CivilDate(year: year, month: month, day: day)
      case .nth(let count, let weekday, let month):
        guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
        let daysToFirst = (weekday.rawValue - first.weekday.rawValue + 7) % 7
        return first.adding(days: daysToFirst + (count - 1) * 7)
      case .last(let weekday, let month):
        let length = CivilDate.days(inMonth: month, of: year)
        guard let last = CivilDate(year: year, month: month, day: length) else { return nil }
        return last.adding(days: -((last.weekday.rawValue - weekday.rawValue + 7) % 7))
      }
    }

    /// Whether the holiday is that date, told without computing the year's.
    func falls(on date: CivilDate) -> Bool {
      guard date.year >= since else { return false }
      switch day {
      case .fixed(let month, let day):
        return date.month == month && date.day == day
      case .nth(let count, let weekday, let month):
        return date.month == month && (date.day - 1) / 7 == count - 1 && date.weekday == weekday
      case .last(let weekday, let month):
        return date.month == month && date.day > CivilDate.days(inMonth: month, of: date.year) - 7
          && date.weekday == weekday
      }
    }
  }

  private static let rules: [Rule] = [
    Rule(name: "New Year's Day", day: .fixed(month: 1, day: 1)),
    Rule(name: "Birthday of Martin Luther King, Jr.", since: 1986, day: .nth(3, .monday, month: 1)),
    Rule(name: "Washington's Birthday", day: .nth(3, .monday, month: 2)),
    Rule(name: "Memorial Day", day: .last(.monday, month: 5)),
    Rule(name: "Juneteenth National Independence Day", since: 2021, day: .fixed(month: 6, day: 19)),
    Rule(name: "Independence Day", day: .fixed(month: 7, day: 4)),
    Rule(name: "Labor Day", day: .nth(1, .monday, month: 9)),
    Rule(name: "Columbus Day", day: .nth(2, .monday, month: 10)),
    Rule(name: "Veterans Day", day: .fixed(month: 11, day: 11)),
    Rule(name: "Thanksgiving Day", day: .nth(4, .thursday, month: 11)),
    Rule(name: "Christmas Day", day: .fixed(month: 12, day: 25)),
  ]
}
