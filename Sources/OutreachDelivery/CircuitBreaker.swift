package import OutreachCore

/// Leaves a provider alone that is in trouble, and tries it with one message before it gets more.
///
/// ```
/// closed ── too many failures in a row ──▶ open ── pause is over ──▶ half open (one message)
///   ▲                                       ▲                              │
///   └──────────── it answers ───────────────┼──────────────────────────────┤
///                                           └──────── it fails ────────────┘
/// ```
package struct CircuitBreaker: Hashable, Sendable {
  /// After so many failures in a row nothing more is handed over for a while; our choice.
  package static let threshold = 5
  /// How long the first pause is; each that follows is twice as long, up to ``longestPause``.
  package static let firstPause = Duration.seconds(30)
  /// The longest pause.
  package static let longestPause = Duration.seconds(900)

  private enum State: Hashable {
    case closed(failures: Int)
    case open(until: Instant, pause: Duration)
    case halfOpen(pause: Duration)
  }

  private var state = State.closed(failures: 0)

  /// Makes a closed one.
  package init() {}

  /// How many messages may be handed over at once; nil is any number.
  package mutating func allowance(at now: Instant) -> Int? {
    switch state {
    case .closed(let failures): return failures == 0 ? nil : max(1, Self.threshold - failures)
    case .open(let until, let pause):
      guard until <= now else { return 0 }
      state = .halfOpen(pause: pause)
      return 1
    case .halfOpen: return 1
    }
  }

  /// Until when the provider is left alone; nil where it is not.
  package var opensAt: Instant? { if case .open(let until, _) = state { until } else { nil } }

  /// Takes in what handing a message over came to.
  package mutating func note(_ answer: ProviderAnswer, at now: Instant) {
    switch answer {
    case .accepted, .refused: state = .closed(failures: 0)
    case .notTaken(let obstacle):
      fail(at: now, atLeast: obstacle.retryAfter)
    case .unknown: fail(at: now, atLeast: nil)
    }
  }

  private mutating func fail(at now: Instant, atLeast asked: Duration?) {
    switch state {
    case .closed(let failures) where failures + 1 < Self.threshold: state = .closed(failures: failures + 1)
    case .closed: open(for: Self.firstPause, atLeast: asked, at: now)
    case .halfOpen(let pause): open(for: min(pause * 2, Self.longestPause), atLeast: asked, at: now)
    case .open: break
    }
  }

  private mutating func open(for pause: Duration, atLeast asked: Duration?, at now: Instant) {
    state = .open(until: now + max(pause, asked ?? .zero), pause: pause)
  }
}
