/// A date of which the day, or the month too, may be unknown: `2026`, `2026-11` or `2026-11-23`.
///
/// This is the FHIR R4 primitive type `date` (https://hl7.org/fhir/R4/datatypes.html#date). It has no order,
/// because `2026` is neither before nor after `2026-11`; compare ``earliest`` or ``latest`` and mean it.
public enum PartialDate: Sendable, Hashable, LosslessStringConvertible {
  /// Only the year is known, 1 to 9999.
  case year(Int)
  /// The year and the month are known; the payload is the first day of the month.
  case month(firstDay: CivilDate)
  /// The whole date is known.
  case day(CivilDate)

  /// Reads `2026`, `2026-11` or `2026-11-23`; nil if there is no such year, month or date.
  public init?(_ description: String) {
    var reader = CivilTextReader(description)
    guard let year = reader.digits(4), let newYear = CivilDate(year: year, month: 1, day: 1) else {
      return nil
    }
    guard !reader.isAtEnd else {
      self = .year(newYear.year)
      return
    }
    guard reader.take("-"), let month = reader.digits(2),
      let firstDay = CivilDate(year: year, month: month, day: 1)
    else { return nil }
    guard !reader.isAtEnd else {
      self = .month(firstDay: firstDay)
      return
    }
    guard reader.take("-"), let day = reader.digits(2), reader.isAtEnd,
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    self = .day(date)
  }

  /// The date, if the whole of it is known.
  public var date: CivilDate? {
    if case .day(let date) = self { date } else { nil }
  }

  /// The first date it may be.
  public var earliest: CivilDate {
    switch self {
    case .year(let year): CivilDate(year: year, month: 1, day: 1) ?? .earliest
    case .month(let firstDay): firstDay
    case .day(let date): date
    }
  }

  /// The last date it may be.
  public var latest: CivilDate {
    switch self {
    case .year(let year): CivilDate(year: year, month: 12, day: 31) ?? .latest
    case .month(let firstDay):
      firstDay.adding(days: CivilDate.days(inMonth: firstDay.month, of: firstDay.year) - 1)
    case .day(let date): date
    }
  }

  /// The known part as ISO 8601 writes it, `2026`, `2026-11` or `2026-11-23`.
  public var description: String {
    switch self {
    case .year(let year):
      var text = ""
      text.appendCivilDigits(year, width: 4)
      return text
    case .month(let firstDay): return String(firstDay.description.dropLast(3))
    case .day(let date): return date.description
    }
  }
}
