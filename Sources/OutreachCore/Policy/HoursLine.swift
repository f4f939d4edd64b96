/// A line of open hours made ready to be asked often: no set is hashed and nothing is copied.
package final class HoursLine: Sendable {
  /// The line as the policy has it.
  let rule: OpenHours
  /// The places where it holds; nil is everywhere.
  private let places: [Jurisdiction]?
  private let channels: [Channel]?
  /// A bit for each day on which the window opens.
  private let weekdays: UInt8
  private let restsFederal: Bool
  private let restsLocal: Bool

  /// Makes a line ready.
  package init(_ rule: OpenHours) {
    self.rule = rule
    places = rule.places.map { $0.sorted() }
    channels = rule.channels.map { $0.sorted() }
    weekdays = rule.weekdays.reduce(0) { $0 | Self.bit($1) }
    restsFederal = rule.rests.contains(.federal)
    restsLocal = rule.rests.contains(.local)
  }

  private static func bit(_ weekday: Weekday) -> UInt8 { 1 << UInt8(weekday.rawValue) }

  /// Whether the window opens on such a day.
  func opens(on weekday: Weekday) -> Bool { weekdays & Self.bit(weekday) != 0 }

  /// Whether the line has a say in a question.
  func concerns(_ question: QuietHours.Question) -> Bool {
    if let channels, !channels.contains(question.channel) { return false }
    guard let places else { return true }
    return question.places.contains(where: places.contains)
  }

  /// Whether the line is open when its clock shows a date and time, were it in force.
  package func isOpen(at local: CivilDateTime, places: [Jurisdiction]) -> Bool {
    let window = rule.window
    guard window.contains(local.time) else { return false }
    // What is left of the evening before belongs to the day before.
    let isAfterMidnight = window.crossesMidnight && local.time < window.start
    let opening = isAfterMidnight ? local.date.adding(days: -1) : local.date
    return opens(on: opening.weekday) && !rests(on: local.date, places: places)
      && (!isAfterMidnight || !rests(on: opening, places: places))
  }

  /// Whether a date is a holiday on which the line is closed.
  func rests(on date: CivilDate, places: [Jurisdiction]) -> Bool {
    restsFederal && FederalHolidays.isHoliday(date)
      || restsLocal && places.contains { PublicHolidays.isHoliday(date, in: $0) }
  }
}
