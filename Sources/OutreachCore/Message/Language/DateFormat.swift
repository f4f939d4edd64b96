/// How a day is written: the options of `:date`, and those of `:datetime` that begin with `date`.
public struct DateFormat: Hashable, Sendable {
  /// Which parts of the day are written.
  public enum Fields: String, CaseIterable, Hashable, Sendable {
    case weekday
    case dayWeekday = "day-weekday"
    case monthDay = "month-day"
    case monthDayWeekday = "month-day-weekday"
    case yearMonthDay = "year-month-day"
    case yearMonthDayWeekday = "year-month-day-weekday"
  }

  /// How long the names are.
  public enum Length: String, CaseIterable, Hashable, Sendable {
    /// `Monday, November 30, 2026`
    case long
    /// `Mon, Nov 30, 2026`
    case medium
    /// `11/30/26`
    case short
  }

  /// Which parts of the day are written.
  public var fields: Fields
  /// How long the names are.
  public var length: Length

  /// Makes a format; without arguments that of MessageFormat 2, with year, month and day.
  public init(fields: Fields = .yearMonthDay, length: Length = .medium) {
    self.fields = fields
    self.length = length
  }
}

/// How a time of the day is written: the options of `:time`.
public enum TimeFormat: String, CaseIterable, Hashable, Sendable {
  /// `2 PM`, `14 h`
  case hour
  /// `2:30 PM`, `14:30`
  case minute
  /// `2:30:00 PM`, `14:30:00`
  case second
}

/// How a field is written.
public enum FieldFormat: Hashable, Sendable {
  /// As the host writes it: `Mon Nov 30`, `2:30 PM`.
  case plain
  /// A day.
  case date(DateFormat)
  /// A time of the day.
  case time(TimeFormat)
  /// A day and a time of it.
  case dateTime(DateFormat, TimeFormat)
}
