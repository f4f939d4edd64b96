package import OutreachCore

/// When a message that surely was not taken goes again: after a random part of a time that doubles ("full jitter"), so
/// that what failed together does not come back together.
///
/// https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
package struct RetryRule: Hashable, Sendable {
  /// The time within which the second attempt is made.
  package var base: Duration
  /// The longest such time.
  package var cap: Duration
  /// After so many attempts it counts as refused.
  ///
  /// By itself there is no such number: a message goes again until the guard says that it has expired.
  package var attempts: Int

  /// Makes a rule; the numbers are our choice.
  package init(base: Duration = .seconds(4), cap: Duration = .seconds(900), attempts: Int = .max) {
    self.base = base
    self.cap = cap
    self.attempts = attempts
  }

  /// When the next attempt is made; nil where there is none.
  ///
  /// - Parameters:
  ///   - attempt: how many were made.
  ///   - random: a number from 0 up to 1.
  package func next(after attempt: Int, of obstacle: Obstacle, at now: Instant, random: Double) -> Instant? {
    guard attempt < attempts else { return nil }
    var window = base
    for _ in 1..<max(attempt, 1) where window < cap { window = min(cap, window * 2) }
    let seconds = Double(window.components.seconds) * random
    let jittered = Duration.seconds(max(1, Int64(seconds.rounded(.up))))
    return now + max(jittered, obstacle.retryAfter ?? .zero)
  }
}
