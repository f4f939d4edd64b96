/// Hours in which messages may go out, as one line of the policy gives them.
///
/// Lines of one name complete each other: Monday to Saturday in one, Sunday in the next, the morning and the
/// evening of one day in two. A day of which no line of the name speaks is closed. Different names hold
/// together: a message may go out only when all that concern it are open.
public struct OpenHours: Hashable, Sendable {
  /// The name that lines share, such as `everywhere` or `Texas`.
  public var name: String
  /// The places where the line holds; nil is everywhere.
  public var places: Set<Jurisdiction>?
  /// The channels for which it holds; nil is all.
  public var channels: Set<Channel>?
  /// The days on which its window opens.
  public var weekdays: Set<Weekday>
  /// The window of the patient's clock; one that crosses midnight belongs to the day on which it opens.
  public var window: TimeWindow
  /// The calendars on whose holidays the line is closed.
  public var rests: Set<HolidayCalendar>
  /// The zone whose clock counts instead of the patient's, for a law that names one.
  public var clock: String?
  /// Where it comes from and when it holds.
  public var provenance: Provenance

  /// Makes a line; without arguments 09–20, Monday to Saturday, no federal holidays.
  ///
  /// That is the one window inside the solicitation laws of all states but two, which bind care messages
  /// nowhere and make a cautious default everywhere.
  public init(
    name: String = "everywhere", places: Set<Jurisdiction>? = nil, channels: Set<Channel>? = nil,
    weekdays: Set<Weekday> = [.monday, .tuesday, .wednesday, .thursday, .friday, .saturday],
    window: TimeWindow = TimeWindow(hours: 9..<20), rests: Set<HolidayCalendar> = [.federal],
    clock: String? = nil,
    provenance: Provenance = Provenance()
  ) {
    self.name = name
    self.places = places
    self.channels = channels
    self.weekdays = weekdays
    self.window = window
    self.rests = rests
    self.clock = clock
    self.provenance = provenance
  }
}

/// A calendar of holidays on which messages can rest.
public enum HolidayCalendar: String, Hashable, Sendable, CaseIterable {
  /// The federal holidays of the United States, with the days on which they are observed.
  case federal
  /// The public holidays of every place where the patient may be.
  case local
}
