import Outreach

/// Days and times as people at a terminal read them.
enum LocalClock {
  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// A day: `Mon 23 Nov 2026`.
  static func day(_ date: CivilDate) -> String {
    "\(weekdays[date.weekday.rawValue - 1]) \(date.day) \(months[date.month - 1]) \(date.year)"
  }

  /// A day and time: `Mon 23 Nov 2026, 10:00`.
  static func minute(_ local: CivilDateTime) -> String { "\(day(local.date)), \(clock(local.time))" }

  /// A time, with its day where that is another: `10:00`, `Tue 24 Nov 09:00`.
  static func minute(_ local: CivilDateTime, relativeTo today: CivilDate) -> String {
    let date = local.date
    if date == today { return clock(local.time) }
    let day = "\(weekdays[date.weekday.rawValue - 1]) \(date.day) \(months[date.month - 1])"
    return "\(day) \(clock(local.time))"
  }

  /// The city of a zone's name: `Chicago` of `America/Chicago`.
  static func city(_ zone: String) -> String {
    (zone.split(separator: "/").last.map(String.init) ?? zone).replacing("_", with: " ")
  }

  private static func clock(_ time: CivilTime) -> String {
    "\(time.hour < 10 ? "0" : "")\(time.hour):\(time.minute < 10 ? "0" : "")\(time.minute)"
  }
}
