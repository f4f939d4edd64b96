/// When messages may go out: lines of open hours that hold together, inside a bound that nothing can widen.
///
/// Lines of one name complete each other: an instant at which one of them is open is open for the name. All
/// names that concern a message hold together, in every zone and for every place the patient may be in. A
/// name whose lines have all ended is unknown and closes; one whose lines all begin later does not hold yet;
/// and without one that holds everywhere nothing is open.
public struct QuietHours: Sendable {
  /// The window that no policy or campaign can widen, 08:00 up to 21:00: 47 CFR 64.1200(c)(1).
  public static let hardBound = TimeWindow(hours: 8..<21)

  /// The lines.
  public var rules: [OpenHours] {
    didSet { table = HoursTable(rules) }
  }

  /// The lines sorted once for all questions.
  private(set) var table: HoursTable

  /// Makes quiet hours; without arguments the cautious default of ``OpenHours``, everywhere.
  public init(_ rules: [OpenHours] = [OpenHours()]) {
    self.rules = rules
    table = HoursTable(rules)
  }

  /// Whom a message would reach and how, and what narrows the hours further.
  public struct Question: Sendable {
    /// Every zone the patient may be in; all must agree.
    public var zones: [Zone]
    /// Every place the patient may be in; the lines of all of them hold.
    public var places: [Jurisdiction]
    /// The channel.
    public var channel: Channel
    /// Windows of the patient's clock that hold as well, such as a campaign's and the patient's own.
    public var windows: [TimeWindow]
    /// Days on which the patient wants no messages.
    public var restDays: Set<Weekday>
    /// Where the zones of lines are that go by a clock of their own; without it such a line is closed.
    public var clocks: ZoneCatalogue?

    /// Makes a question.
    public init(
      zones: [Zone], places: [Jurisdiction] = [], channel: Channel = .sms, windows: [TimeWindow] = [],
      restDays: Set<Weekday> = [], clocks: ZoneCatalogue? = nil
    ) {
      self.zones = zones
      self.places = places
      self.channel = channel
      self.windows = windows
      self.restDays = restDays
      self.clocks = clocks
    }
  }

  /// Why an instant is closed, in words for a trail; nil when it is open in every zone and for every place.
  ///
  /// The words begin with `ambiguous:` when it is open in one zone that the patient may be in and closed in
  /// another.
  public func closure(at instant: Instant, _ question: Question) -> String? {
    guard !question.zones.isEmpty else { return "no time zone is known" }
    var closed: [(zone: Zone, closure: Closure)] = []
    for zone in question.zones {
      if let closure = closure(in: zone, at: instant, question) { closed.append((zone, closure)) }
    }
    return closed.isEmpty ? nil : sentence(for: closed, at: instant, question)
  }

  /// The earliest instant, at or after `start` and before `end`, that is open; exact to the second.
  public func earliest(from start: Instant, before end: Instant, _ question: Question) -> Instant? {
    guard !question.zones.isEmpty else { return nil }
    var steps: Steps?
    var instant = start
    search: while instant < end {
      for zone in question.zones where closure(in: zone, at: instant, question) != nil {
        let found = steps ?? Steps(table, question)
        steps = found
        // What one zone closes stays closed until its clock reaches an edge, whatever the others say.
        let next = found.next(after: instant, in: zone)
        guard next > instant else { return nil }
        instant = next
        continue search
      }
      return instant
    }
    return nil
  }
}

extension QuietHours: Hashable {
  /// Whether both have the same lines in the same order.
  public static func == (left: Self, right: Self) -> Bool { left.rules == right.rules }

  /// Hashes the lines.
  public func hash(into hasher: inout Hasher) { hasher.combine(rules) }
}

/// The steps from one instant at which something can open to the next.
private struct Steps {
  /// The seconds of the day at which a window begins or ends, ascending, the end of the day last.
  private let edges: [Int]
  /// The zones of lines that go by a clock of their own.
  private let clocks: [Zone]

  init(_ table: HoursTable, _ question: QuietHours.Question) {
    let narrowing = (question.windows + [QuietHours.hardBound]).flatMap {
      [$0.start.secondOfDay, $0.endSecondOfDay]
    }
    edges = table.edges.union(narrowing).union([CivilTime.secondsInDay]).subtracting([0]).sorted()
    clocks = table.clocks.compactMap { name in
      if case .success(let zone)? = question.clocks?.zone(named: name) { zone } else { nil }
    }
  }

  /// The first later instant at which a clock shows an edge, a new day, or another offset.
  func next(after instant: Instant, in zone: Zone) -> Instant {
    var next = edge(after: instant, in: zone)
    for clock in clocks { next = min(next, edge(after: instant, in: clock)) }
    return next
  }

  private func edge(after instant: Instant, in zone: Zone) -> Instant {
    let second = zone.civil(at: instant).time.secondOfDay
    let edge = edges.first { $0 > second } ?? CivilTime.secondsInDay
    let next = instant + .seconds(edge - second)
    return zone.nextTransition(after: instant).map { min($0, next) } ?? next
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
