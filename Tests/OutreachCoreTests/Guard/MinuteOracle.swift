import OutreachCore

/// Hours as the oracle reads them: minutes of the day from a start up to an end, over midnight if it is smaller.
struct OracleHours {
  var start: Int
  var end: Int

  func holds(_ minute: Int) -> Bool {
    start < end ? minute >= start && minute < end : minute >= start || minute < end
  }

  /// The same hours as the program takes them.
  var window: TimeWindow {
    func clock(_ minute: Int) -> String {
      let hour = minute / 60
      let rest = minute % 60
      return "\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)"
    }
    guard let window = TimeWindow(from: clock(start), to: clock(end)) else {
      preconditionFailure("not hours")
    }
    return window
  }

  static func random(_ dice: inout SeededDice, start: ClosedRange<Int>) -> OracleHours {
    let start = dice.int(start) * 15
    var end = dice.int(1...96) * 15
    if end == start { end = start == 1_440 ? 15 : start + 15 }
    return OracleHours(start: start, end: end)
  }
}

/// Finds when a message may go by asking every minute, with a reading of the rules of its own.
///
/// It shares nothing with the program but what a zone's calendar and clock show at an instant.
struct MinuteOracle {
  static let hardBound = OracleHours(start: 8 * 60, end: 21 * 60)

  /// The federal holidays of 2026 and 2027 and the days on which they are observed (opm.gov's calendar), as written.
  static let holidays: Set<String> = [
    "2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-07-03", "2026-07-04",
    "2026-09-07",
    "2026-10-12", "2026-11-11", "2026-11-26", "2026-12-25", "2027-01-01", "2027-01-18", "2027-02-15",
    "2027-05-31",
    "2027-06-18", "2027-06-19", "2027-07-04", "2027-07-05", "2027-09-06", "2027-10-11", "2027-11-11",
    "2027-11-25",
    "2027-12-24", "2027-12-25", "2027-12-31",
  ]

  var zones: [Zone]
  var hours: OracleHours
  /// 0 is Sunday.
  var weekdays: Set<Int>
  var restsOnHolidays: Bool
  var caps: OracleCaps
  var replyHold: Int
  var history: [PastContact]
  var now: Instant

  /// What one candidate of a patient asks for.
  struct Wish {
    var message: OracleMessage
    var between: OracleHours?
    var due: Instant?
    var expires: Instant
  }

  /// What the guard should answer.
  enum Answer: Hashable {
    case send(Instant)
    case refuse(Reason)
  }

  func isOpen(_ instant: Instant, _ between: OracleHours?) -> Bool {
    zones.allSatisfy { zone in
      let local = zone.civil(at: instant)
      let minute = local.time.hour * 60 + local.time.minute
      // Hours that go over midnight belong to the day on which they began.
      let isNextDay = hours.end < hours.start && minute < hours.end
      let opening = isNextDay ? local.date.adding(days: -1) : local.date
      let weekday = ((opening.daysSinceEpoch + 4) % 7 + 7) % 7
      return weekdays.contains(weekday)
        && !(restsOnHolidays
          && [local.date, opening].contains { Self.holidays.contains($0.description) })
        && Self.hardBound.holds(minute) && hours.holds(minute) && (between?.holds(minute) ?? true)
    }
  }

  func hasRoom(_ instant: Instant, _ wish: Wish, _ messages: [OracleMessage]) -> Bool {
    var message = wish.message
    message.at = instant
    return caps.holds(message, among: messages)
  }

  func isUndisturbed(_ instant: Instant) -> Bool {
    history.allSatisfy { contact in
      guard contact.at <= now else { return true }
      switch contact.status {
      case .inboundClosed: return instant >= contact.at + .minutes(replyHold)
      case .inboundOpen: return instant >= now + .minutes(replyHold)
      default: return true
      }
    }
  }

  func answer(_ wish: Wish, among messages: [OracleMessage]) -> Answer {
    let earliest = max(now, wish.due ?? now)
    if wish.expires <= earliest { return .refuse(.expired) }
    var wasOpen = false
    var wasFree = false
    var instant = earliest
    while instant < wish.expires {
      if isOpen(instant, wish.between) {
        wasOpen = true
        if isUndisturbed(instant) {
          wasFree = true
          if hasRoom(instant, wish, messages) { return .send(instant) }
        }
      }
      instant = instant + .minutes(1)
    }
    return .refuse(!wasOpen ? .noWindow : wasFree ? .frequencyCap : .replyOpen)
  }
}
