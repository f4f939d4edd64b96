import OutreachCore
import OutreachDelivery
import Testing

/// When something goes again, and when a provider is left alone.
@Suite struct RetryTests {
  private static let now = Instant(secondsSinceEpoch: 1_000_000)
  private static let passing = Obstacle(.passing, code: "x")

  @Test func `the time before the next attempt is a random part of one that doubles, up to a cap`() {
    let rule = RetryRule(base: .seconds(4), cap: .seconds(60), attempts: 8)
    var windows: [Int64] = []
    for attempt in 1...7 {
      let longest = rule.next(after: attempt, of: Self.passing, at: Self.now, random: 0.999_999)
      let shortest = rule.next(after: attempt, of: Self.passing, at: Self.now, random: 0)
      windows.append(longest.map { ($0 - Self.now).components.seconds } ?? -1)
      #expect(shortest == Self.now + .seconds(1), "never at once")
    }
    #expect(windows == [4, 8, 16, 32, 60, 60, 60])
    #expect(rule.next(after: 8, of: Self.passing, at: Self.now, random: 0.5) == nil)
  }

  @Test func `what a provider asks for is waited`() {
    let asked = Obstacle(.throttled, code: "429", retryAfter: .seconds(300))
    #expect(RetryRule().next(after: 1, of: asked, at: Self.now, random: 0.1) == Self.now + .seconds(300))
  }

  @Test func `five failures in a row open the breaker, and one message tries it after the pause`() {
    var breaker = CircuitBreaker()
    for left in stride(from: 4, through: 1, by: -1) {
      breaker.note(.notTaken(Self.passing), at: Self.now)
      #expect(breaker.allowance(at: Self.now) == left)
    }
    breaker.note(.unknown("timeout"), at: Self.now)
    #expect(breaker.allowance(at: Self.now) == 0)
    #expect(breaker.allowance(at: Self.now + .seconds(29)) == 0)
    #expect(breaker.allowance(at: Self.now + .seconds(30)) == 1)
    let half = breaker
    breaker.note(.notTaken(Self.passing), at: Self.now + .seconds(30))
    #expect(breaker.opensAt == Self.now + .seconds(90), "the next pause is twice as long")
    breaker = half
    breaker.note(.refused(Refusal(.other, code: "1")), at: Self.now + .seconds(30))
    #expect(breaker.allowance(at: Self.now + .seconds(30)) == nil, "it answers: all is well")
  }

  @Test func `an answer in between ends the row`() {
    var breaker = CircuitBreaker()
    for _ in 0..<20 {
      for _ in 0..<4 { breaker.note(.notTaken(Self.passing), at: Self.now) }
      breaker.note(.accepted(reference: nil), at: Self.now)
    }
    #expect(breaker.allowance(at: Self.now) == nil)
  }

  @Test func `a pace lets through its rate and no burst`() {
    var pace = Pace(rate: 10, at: .zero)
    #expect(pace.take(100, at: .zero) == 1, "a window that opens does not begin with a burst")
    #expect(pace.take(100, at: .milliseconds(500)) == 5)
    #expect(pace.take(100, at: .milliseconds(550)) == 0)
    #expect(pace.wait <= .milliseconds(100))
    #expect(pace.take(100, at: .seconds(3_600)) == 10, "what was not used is kept for a second")
    var total = 0
    for step in 1...100 { total += pace.take(3, at: .seconds(3_600) + .milliseconds(100 * step)) }
    #expect((95...105).contains(total))
  }
}
