/// Keeps to so many messages a second: what was not used is kept for one second and no longer, so that a window that
/// opens does not begin with a burst.
package struct Pace: Hashable, Sendable {
  private let rate: Double
  private var tokens: Double
  private var last: Duration

  /// Makes a pace.
  ///
  /// - Parameters:
  ///   - rate: messages a second.
  ///   - now: the time by a clock that nobody sets.
  package init(rate: Int, at now: Duration) {
    self.rate = Double(rate)
    tokens = 1
    last = now
  }

  /// How many may go now, out of `wanted`; they count as gone.
  package mutating func take(_ wanted: Int, at now: Duration) -> Int {
    tokens = min(rate, tokens + rate * max(0, (now - last).inSeconds))
    last = now
    let taken = min(wanted, Int(tokens))
    tokens -= Double(taken)
    return taken
  }

  /// Gives back what was taken and not used.
  package mutating func giveBack(_ count: Int) { tokens = min(rate, tokens + Double(count)) }

  /// How long until the next may go.
  package var wait: Duration { .milliseconds(Int64((max(0, 1 - tokens) / rate * 1_000).rounded(.up))) }
}

extension Duration {
  fileprivate var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
