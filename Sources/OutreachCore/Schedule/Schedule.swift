/// When a campaign is looked at, in the clinic's zone.
public struct Schedule: Hashable, Sendable {
  /// How often.
  public enum Every: Hashable, Sendable {
    /// Every so many days, at a time of the day.
    case days(Int, at: CivilTime)
    /// Every so many hours or minutes.
    case interval(Duration)
    /// On certain days of the week, at a time of the day.
    case weekdays(Set<Weekday>, at: CivilTime)
  }

  /// How often.
  public var every: Every

  /// Makes a schedule.
  public init(every: Every) { self.every = every }
}
