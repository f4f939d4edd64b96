/// A holiday that comes back every year, as a law describes it.
struct HolidayRule: Sendable {
  /// What the law calls it, in English.
  var name: String
  /// The first year in which it is kept.
  var since = 1
  /// The day the law names.
  var day: Day
  /// What follows when that day is one of a weekend.
  var observance = Observance.none
  /// Keeps it to years that leave a remainder when divided; nil is every year.
  var years: (every: Int, remainder: Int)?

  /// How a law names a day.
  enum Day: Sendable {
    case fixed(month: Int, day: Int)
    /// The n-th such weekday of the month, counted from 1, and so many days later.
    case nth(Int, Weekday, month: Int, plus: Int = 0)
    case last(Weekday, month: Int)
    /// The last such weekday before a date.
    case before(Weekday, month: Int, day: Int)
    /// The first Monday of the month, or the first of the month when that is a Friday.
    case firstMondayOrFriday(month: Int)
    /// So many days after Easter Sunday of the western churches.
    case easter(Int)
  }

  /// The day off for a holiday that falls on a weekend.
  enum Observance: Sendable {
    /// There is none.
    case none
    /// The Monday after a Sunday.
    case sunday
    /// The Friday before a Saturday, the Monday after a Sunday.
    case nearest
    /// The Monday after either.
    case monday
    /// Two days later, the next day being a holiday too.
    case twoDaysLater
    /// The Saturday before a Sunday.
    case saturday
    /// The Monday of the week, unless it falls on a Monday; after a weekend the Monday after.
    case mondayOfWeek
  }

  /// The holiday of a year; nil in one without it.
  func date(in year: Int) -> CivilDate? {
    guard isKept(in: year) else { return nil }
    switch day {
    case .fixed(let month, let day):
      return CivilDate(year: year, month: month, day: day)
    case .nth(let count, let weekday, let month, let more):
      guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
      let daysToFirst = (weekday.rawValue - first.weekday.rawValue + 7) % 7
      return first.adding(days: daysToFirst + (count - 1) * 7 + more)
    case .last(let weekday, let month):
      let length = CivilDate.days(inMonth: month, of: year)
      guard let last = CivilDate(year: year, month: month, day: length) else { return nil }
      return last.adding(days: -((last.weekday.rawValue - weekday.rawValue + 7) % 7))
    case .before(let weekday, let month, let day):
      guard let bound = CivilDate(year: year, month: month, day: day) else { return nil }
      return bound.adding(days: -1 - (bound.weekday.rawValue - weekday.rawValue + 6) % 7)
    case .firstMondayOrFriday(let month):
      guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
      return first.weekday == .friday ? first : first.adding(days: (8 - first.weekday.rawValue) % 7)
    case .easter(let days):
      return Self.easter(of: year).adding(days: days)
    }
  }

  /// The day off for the holiday on a date.
  func observed(for date: CivilDate) -> CivilDate {
    let weekday = date.weekday
    switch (observance, weekday) {
    case (.none, _): return date
    case (.sunday, .sunday), (.nearest, .sunday), (.monday, .sunday), (.mondayOfWeek, .sunday):
      return date.adding(days: 1)
    case (.nearest, .saturday), (.saturday, .sunday): return date.adding(days: -1)
    case (.monday, .saturday), (.mondayOfWeek, .saturday), (.twoDaysLater, .saturday),
      (.twoDaysLater, .sunday):
      return date.adding(days: 2)
    case (.mondayOfWeek, _): return date.adding(days: 1 - weekday.rawValue)
    default: return date
    }
  }

  /// Whether a date, which is of that weekday, is the holiday or the day off for it.
  func isKept(on date: CivilDate, _ weekday: Weekday) -> Bool {
    if falls(on: date, weekday) { return true }
    // Only a fixed day is moved, by four days at most, and few weekdays can stand in for others.
    guard case .fixed(let month, _) = day, date.month == month || date.day <= 4 || date.day >= 25 else {
      return false
    }
    let shifts: ClosedRange<Int>
    switch (observance, weekday) {
    case (.sunday, .monday), (.nearest, .monday): shifts = -1...(-1)
    case (.nearest, .friday), (.saturday, .saturday): shifts = 1...1
    case (.monday, .monday): shifts = -2...(-1)
    case (.twoDaysLater, .monday), (.twoDaysLater, .tuesday): shifts = -2...(-2)
    case (.mondayOfWeek, .monday): shifts = -2...4
    default: return false
    }
    return shifts.contains { shift in
      let stoodFor = date.adding(days: shift)
      return falls(on: stoodFor, stoodFor.weekday)
    }
  }

  /// Whether the law names that date, told without computing the year's.
  private func falls(on date: CivilDate, _ weekday: Weekday) -> Bool {
    switch day {
    case .fixed(let month, let day):
      return date.month == month && date.day == day && isKept(in: date.year)
    case .nth(let count, let named, let month, 0):
      return date.month == month && weekday == named && (date.day - 1) / 7 == count - 1
        && isKept(in: date.year)
    case .last(let named, let month):
      return date.month == month && weekday == named
        && date.day > CivilDate.days(inMonth: month, of: date.year) - 7 && isKept(in: date.year)
    case .easter:
      // From 47 days before the earliest Easter, 22 March, to 60 after the latest, 25 April.
      return (2...6).contains(date.month) && self.date(in: date.year) == date
    case .nth(_, _, let month, _), .before(_, let month, _), .firstMondayOrFriday(let month):
      return abs(date.month - month) <= 1 && self.date(in: date.year) == date
    }
  }

  private func isKept(in year: Int) -> Bool {
    year >= since && years.map { year % $0.every == $0.remainder } ?? true
  }

  /// Easter Sunday by the Gregorian rules, after the computation of Meeus, Jones and Butcher.
  static func easter(of year: Int) -> CivilDate {
    let golden = year % 19
    let century = year / 100
    let rest = year % 100
    let correction = (century + 8) / 25
    let epact = (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15) % 30
    let toSunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7
    let shift = (golden + 11 * epact + 22 * toSunday) / 451
    let sum = epact + toSunday - 7 * shift + 114
    return CivilDate(year: year, month: sum / 31, day: sum % 31 + 1) ?? .latest
  }
}
