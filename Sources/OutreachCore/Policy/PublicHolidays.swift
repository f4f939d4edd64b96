/// A public holiday of a country or state in one year.
public struct PublicHoliday: Sendable, Hashable {
  /// The day the law names.
  public let date: CivilDate
  /// The day off, which some laws move when the day is one of a weekend; otherwise the day itself.
  public let observed: CivilDate
  /// What the day is called, in English.
  public let name: String
}

/// The public holidays of countries and of states of the United States, computed from what their laws say.
///
/// The rules are those of the statutes named beside them, written down from knowledge and not compared word
/// by word: somebody who relies on one should read its statute once. Where a holiday is kept in a part of a
/// state only, it is in, because resting a day too many does no harm. What a governor or a government
/// proclaims for one year cannot be computed and is not here.
///
/// A state without rules of its own has the holidays of the United States by ``HolidayCalendar/federal`` only.
public enum PublicHolidays {
  /// The places whose holidays are known, in order.
  public static var jurisdictions: [Jurisdiction] { rules.keys.sorted() }

  /// The holidays of a place in a year, in order of their dates; none for a place that is not known.
  public static func holidays(in year: Int, of place: Jurisdiction) -> [PublicHoliday] {
    (rules[place] ?? []).compactMap { rule in
      rule.date(in: year).map {
        PublicHoliday(date: $0, observed: rule.observed(for: $0), name: rule.name)
      }
    }.sorted { ($0.date, $0.name) < ($1.date, $1.name) }
  }

  /// Whether a date is a holiday of a place or the day on which one is observed.
  ///
  /// Both count, so that nothing goes out on either. False for a place that is not known.
  public static func isHoliday(_ date: CivilDate, in place: Jurisdiction) -> Bool {
    guard let rules = rules[place] else { return false }
    let weekday = date.weekday
    return rules.contains { $0.isKept(on: date, weekday) }
  }

  private static let rules: [Jurisdiction: [HolidayRule]] = states.merging(countries) { first, _ in first }

  /// Holidays with one observance.
  static func observing(
    _ observance: HolidayRule.Observance, _ holidays: [HolidayRule]
  ) -> [HolidayRule] {
    holidays.map { holiday in
      var holiday = holiday
      // A holiday that is bound to a weekday is never moved, and one with its own rule keeps it.
      if case .fixed = holiday.day, holiday.observance == .none { holiday.observance = observance }
      return holiday
    }
  }

  /// A holiday on a day of the month.
  static func fixed(
    _ name: String, _ month: Int, _ day: Int, since: Int = 1, _ observance: HolidayRule.Observance = .none
  ) -> HolidayRule {
    HolidayRule(name: name, since: since, day: .fixed(month: month, day: day), observance: observance)
  }

  /// A holiday on the n-th such weekday of a month, or so many days later.
  static func nth(
    _ name: String, _ count: Int, _ weekday: Weekday, _ month: Int, plus: Int = 0, since: Int = 1
  ) -> HolidayRule {
    HolidayRule(name: name, since: since, day: .nth(count, weekday, month: month, plus: plus))
  }

  /// A holiday on the last such weekday of a month.
  static func last(_ name: String, _ weekday: Weekday, _ month: Int) -> HolidayRule {
    HolidayRule(name: name, day: .last(weekday, month: month))
  }

  /// A holiday so many days after Easter Sunday.
  static func easter(_ name: String, _ days: Int) -> HolidayRule {
    HolidayRule(name: name, day: .easter(days))
  }
}
