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
      return FederalHoliday(date: date, observed: rule.observed(for: date), name: rule.name)
    }
  }

  /// Whether `date` is a federal holiday or the day on which one is observed.
  ///
  /// Both count, so that nothing goes out on either.
  public static func isHoliday(_ date: CivilDate) -> Bool {
    let weekday = date.weekday
    return rules.contains { $0.isKept(on: date, weekday) }
  }

  private static let rules: [HolidayRule] = [
    rule("New Year's Day", .fixed(month: 1, day: 1)),
    rule("Birthday of Martin Luther King, Jr.", since: 1986, .nth(3, .monday, month: 1)),
    rule("Washington's Birthday", .nth(3, .monday, month: 2)),
    rule("Memorial Day", .last(.monday, month: 5)),
    rule("Juneteenth National Independence Day", since: 2021, .fixed(month: 6, day: 19)),
    rule("Independence Day", .fixed(month: 7, day: 4)),
    rule("Labor Day", .nth(1, .monday, month: 9)),
    rule("Columbus Day", .nth(2, .monday, month: 10)),
    rule("Veterans Day", .fixed(month: 11, day: 11)),
    rule("Thanksgiving Day", .nth(4, .thursday, month: 11)),
    rule("Christmas Day", .fixed(month: 12, day: 25)),
  ]

  private static func rule(_ name: String, since: Int = 1, _ day: HolidayRule.Day) -> HolidayRule {
    if case .fixed = day { return HolidayRule(name: name, since: since, day: day, observance: .nearest) }
    return HolidayRule(name: name, since: since, day: day)
  }
}
