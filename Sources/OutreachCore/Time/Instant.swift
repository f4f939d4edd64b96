/// A point on the time line, in whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// Instants run over the years 1 to 9999 in UTC. Arithmetic never traps: a result beyond an end of that range
/// is the end itself (``earliest``, ``latest``).
public struct Instant: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z; negative before it.
  public let secondsSinceEpoch: Int64

  /// 0001-01-01T00:00:00Z.
  public static let earliest = Instant(secondsSinceEpoch: firstSecond)
  /// 9999-12-31T23:59:59Z.
  public static let latest = Instant(secondsSinceEpoch: lastSecond)

  static let firstSecond: Int64 = -62_135_596_800
  static let lastSecond: Int64 = 253_402_300_799

  /// The instant so many seconds after 1970-01-01T00:00:00Z; beyond the range, its nearest end.
  public init(secondsSinceEpoch: Int64) {
    self.secondsSinceEpoch = min(max(secondsSinceEpoch, Self.firstSecond), Self.lastSecond)
  }

  /// The instant in UTC, `2026-11-23T15:00:00Z`.
  public var description: String { rfc3339 }

  /// Orders by time.
  public static func < (left: Instant, right: Instant) -> Bool {
    left.secondsSinceEpoch < right.secondsSinceEpoch
  }

  /// The instant `duration` later; a fraction of a second in the duration is dropped.
  public static func + (instant: Instant, duration: Duration) -> Instant {
    let seconds = duration.components.seconds
    let (sum, overflows) = instant.secondsSinceEpoch.addingReportingOverflow(seconds)
    guard !overflows else { return seconds < 0 ? .earliest : .latest }
    return Instant(secondsSinceEpoch: sum)
  }

  /// The instant `duration` earlier; a fraction of a second in the duration is dropped.
  public static func - (instant: Instant, duration: Duration) -> Instant {
    let seconds = duration.components.seconds
    let (sum, overflows) = instant.secondsSinceEpoch.subtractingReportingOverflow(seconds)
    guard !overflows else { return seconds < 0 ? .latest : .earliest }
    return Instant(secondsSinceEpoch: sum)
  }

  /// The time from `right` to `left`, in whole seconds; negative if `left` is earlier.
  public static func - (left: Instant, right: Instant) -> Duration {
    .seconds(left.secondsSinceEpoch - right.secondsSinceEpoch)
  }

  /// Moves the instant later.
  public static func += (instant: inout Instant, duration: Duration) {
    instant = instant + duration
  }

  /// Moves the instant earlier.
  public static func -= (instant: inout Instant, duration: Duration) {
    instant = instant - duration
  }
}
