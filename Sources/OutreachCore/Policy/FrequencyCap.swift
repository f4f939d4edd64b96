/// How often a patient may be reached.
public struct FrequencyCap: Sendable, Hashable {
  /// The span over which messages are counted.
  public enum Window: Sendable, Hashable {
    /// The time up to the message.
    case rolling(Duration)
    /// The patient's own calendar day, in every zone they may be in.
    case calendarDay
  }

  /// The cap in words, for trails: `1 a day`.
  public var name: String
  /// The most messages in one window.
  public var limit: Int
  /// The span over which messages are counted.
  public var window: Window
  /// The channels that are counted together and held back together.
  public var channels: Set<Channel>

  /// Makes a cap.
  public init(name: String, limit: Int, window: Window, channels: Set<Channel>) {
    self.name = name
    self.limit = limit
    self.window = window
    self.channels = channels
  }

  /// One message a day and three a week, text and voice together: 47 CFR 64.1200(a)(9)(iv)(F).
  ///
  /// The rule does not say what a day is, so both readings hold: the patient's calendar day and 24 hours.
  /// E-mail and app messages are capped apart from it, with the same numbers; that is this program's choice.
  public static let healthcareExemption: [FrequencyCap] = [[.sms, .voice], [.email, .app]].flatMap {
    channels in
    [
      FrequencyCap(name: "1 a calendar day", limit: 1, window: .calendarDay, channels: channels),
      FrequencyCap(name: "1 in 24 hours", limit: 1, window: .rolling(.seconds(86_400)), channels: channels),
      FrequencyCap(name: "3 in 7 days", limit: 3, window: .rolling(.seconds(7 * 86_400)), channels: channels),
    ]
  }

  /// Whether the cap counts and holds back messages of a channel; an unknown channel is counted.
  public func covers(_ channel: Channel?) -> Bool { channel.map(channels.contains) ?? true }

  /// The earliest instant, at or after `start` and before `end`, at which one more message keeps the cap.
  ///
  /// - Parameters:
  ///   - counted: when counted messages went out or are planned to, in any order.
  ///   - zones: every zone the patient may be in; a calendar day must have room in each.
  public func earliest(from start: Instant, before end: Instant, counted: [Instant], zones: [Zone])
    -> Instant?
  {
    guard limit > 0 else { return nil }
    // What went out before any window that could hold the message: a calendar day is over after three days.
    let reach: Duration = if case .rolling(let span) = window { span } else { .seconds(3 * 86_400) }
    let counted = counted.filter { $0 + reach > start }
    if counted.count < limit { return start < end ? start : nil }
    var candidates = [start]
    switch window {
    case .rolling(let span): candidates += counted.map { $0 + span }
    case .calendarDay:
      for zone in zones {
        candidates += counted.map { zone.startOfDay(zone.date(at: $0).adding(days: 1)) }
      }
    }
    return candidates.filter { $0 >= start && $0 < end }.sorted()
      .first { hasRoom(at: $0, counted: counted, zones: zones) }
  }

  private func hasRoom(at instant: Instant, counted: [Instant], zones: [Zone]) -> Bool {
    switch window {
    case .calendarDay:
      return zones.allSatisfy { zone in
        let day = zone.date(at: instant)
        return counted.count { zone.date(at: $0) == day } < limit
      }
    case .rolling(let span):
      // A message planned later must keep its own window too, so every window that would hold this one is counted.
      let ends = [instant] + counted.filter { $0 >= instant && $0 < instant + span }
      return ends.allSatisfy { end in
        counted.count { $0 <= end && $0 + span > end } < limit
      }
    }
  }
}
