/// When messages may go out: a window of the patient's clock on certain days.
public struct QuietHours: Sendable, Hashable {
  /// The window that no policy or campaign can widen, 08:00 up to 21:00: 47 CFR 64.1200(c)(1).
  public static let hardBound = TimeWindow(hours: 8..<21)

  /// The window in which messages may go out.
  public var window: TimeWindow
  /// The days on which messages may go out.
  public var weekdays: Set<Weekday>
  /// Whether messages rest on the federal holidays of the United States.
  public var restsOnFederalHolidays: Bool

  /// Makes quiet hours; without arguments 09–20, Monday to Saturday, no federal holidays.
  ///
  /// That is the one window inside the solicitation laws of all states but two, which bind care messages
  /// nowhere and make a cautious default everywhere.
  public init(
    window: TimeWindow = TimeWindow(hours: 9..<20),
    weekdays: Set<Weekday> = [.monday, .tuesday, .wednesday, .thursday, .friday, .saturday],
    restsOnFederalHolidays: Bool = true
  ) {
    self.window = window
    self.weekdays = weekdays
    self.restsOnFederalHolidays = restsOnFederalHolidays
  }

  /// Whether a message may go out at an instant in one zone, inside an additional window if there is one.
  public func allow(_ instant: Instant, in zone: Zone, within narrower: TimeWindow?) -> Bool {
    let local = zone.civil(at: instant)
    return isOpenDay(local.date) && windows(narrower).allSatisfy { $0.contains(local.time) }
  }

  /// The earliest instant, at or after `start` and before `end`, that is allowed in every zone.
  ///
  /// - Parameter narrower: an additional window of the patient's clock, such as a campaign's `send_between`.
  public func earliest(from start: Instant, before end: Instant, zones: [Zone], within narrower: TimeWindow?)
    -> Instant?
  {
    var instant = start
    while instant < end {
      guard let closed = zones.first(where: { !allow(instant, in: $0, within: narrower) }) else {
        return instant
      }
      guard let opening = opening(after: instant, before: end, in: closed, within: narrower) else {
        return nil
      }
      instant = opening
    }
    return nil
  }

  /// The first instant after `instant` at which one zone passes from closed to open.
  private func opening(
    after instant: Instant, before end: Instant, in zone: Zone, within narrower: TimeWindow?
  ) -> Instant? {
    let starts = windows(narrower).map(\.start)
    var day = zone.date(at: instant)
    let last = zone.date(at: end)
    while day <= last {
      if isOpenDay(day) {
        let candidates = starts.flatMap { instants(of: CivilDateTime(date: day, time: $0), in: zone) }
        if let opening = candidates.filter({ $0 > instant && allow($0, in: zone, within: narrower) }).min() {
          return opening
        }
      }
      day = day.adding(days: 1)
    }
    return nil
  }

  private func instants(of local: CivilDateTime, in zone: Zone) -> [Instant] {
    switch zone.instants(of: local) {
    case .one(let instant): [instant]
    case .gap(_, _, let transition): [transition]
    case .overlap(let first, let second): [first, second]
    }
  }

  private func windows(_ narrower: TimeWindow?) -> [TimeWindow] {
    [Self.hardBound, window] + (narrower.map { [$0] } ?? [])
  }

  private func isOpenDay(_ day: CivilDate) -> Bool {
    weekdays.contains(day.weekday) && !(restsOnFederalHolidays && FederalHolidays.isHoliday(day))
  }
}

extension TimeWindow {
  /// The window from one full hour of a day up to a later one of the same day.
  ///
  /// - Precondition: the hours are between 0 and 24.
  public init(hours: Range<Int>) {
    precondition(hours.lowerBound >= 0 && hours.upperBound <= 24 && !hours.isEmpty, "hours of a day")
    start = CivilTime(existingSecondOfDay: hours.lowerBound * 3_600)
    endSecondOfDay = hours.upperBound * 3_600
  }
}
