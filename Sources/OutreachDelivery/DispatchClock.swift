package import OutreachCore

/// What the dispatcher knows of time and chance.
package struct DispatchClock: Sendable {
  /// The clock on the wall.
  package var now: @Sendable () -> Instant
  /// A clock that nobody sets.
  package var elapsed: @Sendable () -> Duration
  /// Waits.
  package var sleep: @Sendable (Duration) -> Void
  /// A number from 0 up to 1.
  package var random: @Sendable () -> Double

  /// Makes a clock.
  package init(
    now: @escaping @Sendable () -> Instant, elapsed: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) -> Void,
    random: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.elapsed = elapsed
    self.sleep = sleep
    self.random = random
  }
}
