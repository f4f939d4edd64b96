/// The rule in a TZif footer: a standard offset and, perhaps, daylight saving time between two days of each
/// year.
///
/// The form is that of the `TZ` variable of POSIX.1-2024, base definitions, 8.3, with times of day from -167
/// to 167 hours: `EST5EDT,M3.2.0,M11.1.0` or `<-02>2<-01>,M3.5.0/-1,M10.5.0/0`. Daylight saving time without
/// its days, whose meaning is left to the system, is not accepted.
struct PosixZoneRule {
  /// Seconds ahead of UTC outside daylight saving time.
  var standardOffset: Int32
  var daylight: Daylight?

  /// When daylight saving time is kept and what its offset is.
  struct Daylight {
    var offset: Int32
    var start: YearlyChange
    var end: YearlyChange
  }

  /// A time of day on a day that every year has, on the clock in force before the change.
  struct YearlyChange {
    var day: Day
    /// Seconds from 00:00:00 of that day; may be negative or beyond the day.
    var seconds: Int

    enum Day {
      /// `Jn`: the n-th day, 1 to 365, 29 February never counted.
      case withoutLeapDay(Int)
      /// `n`: the day n days after 1 January, 0 to 365.
      case withLeapDay(Int)
      /// `Mm.n.d`: the n-th weekday d (Sunday is 0) of month m; the fifth is the last.
      case weekday(month: Int, week: Int, weekday: Int)
    }
  }
}

extension PosixZoneRule {
  /// The rule that `text` writes; nil if it is none.
  init?(_ text: String) {
    var reader = CivilTextReader(text)
    guard Self.skipName(&reader), let west = Self.signedSeconds(&reader, hours: 24) else { return nil }
    standardOffset = Int32(-west)
    guard !reader.isAtEnd else { return }

    guard Self.skipName(&reader) else { return nil }
    var offset = standardOffset + 3_600
    if reader.next != UInt8(ascii: ",") {
      guard let west = Self.signedSeconds(&reader, hours: 24) else { return nil }
      offset = Int32(-west)
    }
    guard reader.take(","), let start = YearlyChange(&reader), reader.take(","),
      let end = YearlyChange(&reader), reader.isAtEnd
    else { return nil }
    daylight = Daylight(offset: offset, start: start, end: end)
  }

  /// Skips `EST` or `<-03>`.
  private static func skipName(_ reader: inout CivilTextReader) -> Bool {
    guard reader.take("<") else { return reader.skip(while: CivilTextReader.isLetter) >= 3 }
    let length = reader.skip { byte in
      CivilTextReader.isLetter(byte) || CivilTextReader.isDigit(byte)
        || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
    }
    return length >= 3 && reader.take(">")
  }

  /// Reads `5`, `-5:45` or `+167:00:00`, up to so many hours.
  static func signedSeconds(_ reader: inout CivilTextReader, hours limit: Int) -> Int? {
    let isNegative = reader.take("-")
    if !isNegative { _ = reader.take("+") }
    guard let hours = reader.number(digits: 1...3), hours <= limit else { return nil }
    var seconds = hours * 3_600
    for unit in [60, 1] where reader.take(":") {
      guard let part = reader.number(digits: 1...2), part <= 59 else { return nil }
      seconds += part * unit
    }
    return isNegative ? -seconds : seconds
  }
}

extension PosixZoneRule.YearlyChange {
  fileprivate init?(_ reader: inout CivilTextReader) {
    if reader.take("M") {
      guard let month = reader.number(digits: 1...2), (1...12).contains(month), reader.take("."),
        let week = reader.number(digits: 1...1), (1...5).contains(week), reader.take("."),
        let weekday = reader.number(digits: 1...1), (0...6).contains(weekday)
      else { return nil }
      day = .weekday(month: month, week: week, weekday: weekday)
    } else if reader.take("J") {
      guard let number = reader.number(digits: 1...3), (1...365).contains(number) else { return nil }
      day = .withoutLeapDay(number)
    } else {
      guard let number = reader.number(digits: 1...3), number <= 365 else { return nil }
      day = .withLeapDay(number)
    }
    seconds = 2 * 3_600
    if reader.take("/") {
      guard let time = PosixZoneRule.signedSeconds(&reader, hours: 167) else { return nil }
      seconds = time
    }
  }

  /// The change in `year`, in seconds since 1970-01-01T00:00:00 of the clock in force before it.
  fileprivate func clock(in year: Int) -> Int64 {
    Int64(daysSinceEpoch(in: year) * CivilTime.secondsInDay + seconds)
  }

  private func daysSinceEpoch(in year: Int) -> Int {
    let newYear = CivilDate.daysSinceEpoch(year: year, month: 1, day: 1)
    switch day {
    case .withLeapDay(let number):
      return newYear + number
    case .withoutLeapDay(let number):
      return newYear + number - (number < 60 || !CivilDate.isLeapYear(year) ? 1 : 0)
    case .weekday(let month, let week, let weekday):
      let first = CivilDate.daysSinceEpoch(year: year, month: month, day: 1)
      // 1970-01-01 was a Thursday, four days after a Sunday.
      let weekdayOfFirst = ((first + 4) % 7 + 7) % 7
      let day = (weekday - weekdayOfFirst + 7) % 7 + (week - 1) * 7
      return first + (day < CivilDate.days(inMonth: month, of: year) ? day : day - 7)
    }
  }
}

extension PosixZoneRule {
  /// The changes of offset that belong to `years`, in order of time; none without daylight saving time.
  ///
  /// Where one spell of daylight saving time lasts until the next begins (RFC 9636, 3.3, writes permanent
  /// daylight saving time so), there is no change to standard time in between; and the other way round.
  func changes(in years: ClosedRange<Int>) -> [ZoneTable.Change] {
    guard let daylight else { return [] }
    func start(_ year: Int) -> Int64 { daylight.start.clock(in: year) - Int64(standardOffset) }
    func end(_ year: Int) -> Int64 { daylight.end.clock(in: year) - Int64(daylight.offset) }
    var changes: [ZoneTable.Change] = []
    for year in years {
      let (start, end, nextStart, nextEnd) = (start(year), end(year), start(year + 1), end(year + 1))
      if start <= end || start < nextEnd {
        changes.append(.init(at: start, offset: daylight.offset))
      }
      if end < start || start < end && end < nextStart {
        changes.append(.init(at: end, offset: standardOffset))
      }
    }
    return changes.sorted { $0.at < $1.at }
  }

  /// The offset that the rule gives at a second of UTC since 1970.
  func offset(at second: Int64) -> Int32 {
    let year = max(2, CivilDateTime(secondsSinceEpoch: second).date.year)
    return changes(in: year - 1...year + 1).last { $0.at <= second }?.offset ?? standardOffset
  }
}
