extension CivilDate {
  /// The date `days` later (earlier, if negative).
  public func adding(days: Int) -> CivilDate {
    let (sum, overflows) = daysSinceEpoch.addingReportingOverflow(days)
    guard !overflows else { return days < 0 ? .earliest : .latest }
    return CivilDate(daysSinceEpoch: sum)
  }

  /// The same day of the month `months` later (earlier, if negative), or that month's last day if it is
  /// shorter.
  ///
  /// One month after 31 January 2026 is 28 February 2026; adding is therefore not always undone by
  /// subtracting.
  public func adding(months: Int) -> CivilDate {
    // 120,000 months are longer than the whole range, so a longer step ends at the same end.
    let step = min(max(months, -120_000), 120_000)
    let monthIndex = year * 12 + (month - 1) + step
    guard monthIndex >= 12 else { return .earliest }
    guard monthIndex < 10_000 * 12 else { return .latest }
    let year = monthIndex / 12
    let month = monthIndex % 12 + 1
    return CivilDate(year: year, month: month, day: min(day, Self.days(inMonth: month, of: year))) ?? .latest
  }

  /// Days from this date to `other`; negative if `other` is earlier.
  public func days(until other: CivilDate) -> Int {
    other.daysSinceEpoch - daysSinceEpoch
  }

  /// Years completed on `date` by someone born on this date; negative before the birth.
  ///
  /// A person born on 29 February completes a year on 1 March where the year has no 29 February. That is the
  /// later of the two customs, so nobody counts as an adult a day too soon.
  public func age(on date: CivilDate) -> Int {
    let birthdayPassed = (date.month, date.day) >= (month, day)
    return date.year - year - (birthdayPassed ? 0 : 1)
  }
}
