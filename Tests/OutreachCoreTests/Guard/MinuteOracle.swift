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

/// A cap as the oracle reads it.
struct OracleCap {
  var limit: Int
  /// Minutes; nil is a calendar day.
  var span: Int?
  var channels: Set<Channel>

  var cap: FrequencyCap {
    FrequencyCap(
      name: "\(limit) in \(span.map(String.init) ?? "a day")", limit: limit,
      window: span.map { .rolling(.minutes($0)) } ?? .calendarDay, channels: channels)
  }

  /// Whether one more message at an instant keeps the cap, by looking at each span that holds it.
  func holds(_ instant: Instant, counted: [Instant], zones: [Zone]) -> Bool {
    guard let span else {
      return zones.allSatisfy { zone in
        let local = zone.civil(at: instant).date
        return 1 + counted.count { zone.civil(at: $0).date == local } <= limit
      }
    }
    let all = counted + [instant]
    let seconds = Int64(span * 60)
    return all.allSatisfy { first in
      let begin = first.secondsSinceEpoch
      let isConcerned = begin <= instant.secondsSinceEpoch && instant.secondsSinceEpoch < begin + seconds
      let inside = all.count { $0.secondsSinceEpoch >= begin && $0.secondsSinceEpoch < begin + seconds }
      return !isConcerned || inside <= limit
    }
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
  var caps: [OracleCap]
  var replyHold: Int
  var history: [PastContact]
  var now: Instant

  /// What one candidate of a patient asks for.
  struct Wish {
    var channel: Channel
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
      let weekday = ((local.date.daysSinceEpoch + 4) % 7 + 7) % 7
      return weekdays.contains(weekday)
        && !(restsOnHolidays && Self.holidays.contains(local.date.description))
        && Self.hardBound.holds(minute) && hours.holds(minute) && (between?.holds(minute) ?? true)
    }
  }

  func hasRoom(_ instant: Instant, on channel: Channel, planned: [(Instant, Channel)]) -> Bool {
    // A channel that no cap speaks of has each of them to itself.
    let isKnown = caps.contains { $0.channels.contains(channel) }
    return caps.allSatisfy { cap in
      var cap = cap
      if !isKnown { cap.channels = [channel] }
      guard cap.channels.contains(channel) else { return true }
      let past = history.filter { contact in
        [.sent, .delivered, .undelivered, .inDoubt].contains(contact.status)
          && (contact.channel.map(cap.channels.contains) ?? true)
      }.map(\.at)
      return cap.holds(
        instant, counted: past + planned.filter { cap.channels.contains($0.1) }.map(\.0), zones: zones)
    }
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

  func answer(_ wish: Wish, planned: [(Instant, Channel)]) -> Answer {
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
          if hasRoom(instant, on: wish.channel, planned: planned) { return .send(instant) }
        }
      }
      instant = instant + .minutes(1)
    }
    return .refuse(!wasOpen ? .noWindow : wasFree ? .frequencyCap : .replyOpen)
  }
}
