extension Wording {
  /// A day in a format, as CLDR 44 writes it in English of the United States and in Spanish.
  func date(_ date: CivilDate, _ format: DateFormat) -> String {
    let isShort = format.length == .short
    let name = (format.length == .long ? longWeekdays : weekdays)[date.weekday.rawValue - 1]
    let month = (format.length == .long ? longMonths : months)[date.month - 1]
    let year = isShort ? Self.twoDigits(date.year % 100) : "\(date.year)"
    var day: String
    switch (isEnglish, isShort) {
    case (true, true): day = "\(date.month)/\(date.day)"
    case (false, true): day = "\(date.day)/\(date.month)"
    case (true, false): day = "\(month) \(date.day)"
    case (false, false): day = format.length == .long ? "\(date.day) de \(month)" : "\(date.day) \(month)"
    }
    let full: String =
      switch (isEnglish, isShort) {
      case (_, true): "\(day)/\(year)"
      case (true, false): "\(day), \(year)"
      case (false, false): format.length == .long ? "\(day) de \(year)" : "\(day) \(year)"
      }
    switch format.fields {
    case .weekday: return name
    case .dayWeekday: return isEnglish ? "\(date.day) \(name)" : "\(name) \(date.day)"
    case .monthDay: return day
    case .monthDayWeekday: return "\(name), \(day)"
    case .yearMonthDay: return full
    case .yearMonthDayWeekday: return "\(name), \(full)"
    }
  }

  /// A time of the day in a format: twelve hours in English, twenty-four in Spanish.
  func time(_ time: CivilTime, _ format: TimeFormat) -> String {
    switch format {
    case .hour: return isEnglish ? "\(hour(of: time)) \(half(of: time))" : "\(time.hour) h"
    case .minute: return self.time(time)
    case .second:
      let rest = ":\(Self.twoDigits(time.minute)):\(Self.twoDigits(time.second))"
      return isEnglish ? "\(hour(of: time))\(rest) \(half(of: time))" : "\(Self.twoDigits(time.hour))\(rest)"
    }
  }

  /// The hour of a clock of twelve.
  func hour(of time: CivilTime) -> Int { time.hour % 12 == 0 ? 12 : time.hour % 12 }

  /// The half of the day.
  func half(of time: CivilTime) -> String { time.hour < 12 ? "AM" : "PM" }

  static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
