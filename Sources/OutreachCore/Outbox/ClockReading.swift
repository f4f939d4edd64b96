/// What the machine's clocks showed at one moment, to see later whether somebody moved the clock on the wall.
///
/// Quiet hours, caps and consents are kept by the wall's clock. One that was set wrong would send at night, or once more
/// what was said yesterday; so sending stops until a person has looked.
public struct ClockReading: Hashable, Sendable {
  /// The clock on the wall.
  public var wall: Instant
  /// The time since the machine started, which nobody can set.
  public var sinceStart: Duration
  /// What names this start of the machine.
  public var start: String

  /// Makes a reading.
  public init(wall: Instant, sinceStart: Duration, start: String) {
    self.wall = wall
    self.sinceStart = sinceStart
    self.start = start
  }

  /// How the clock on the wall moved against the one that nobody can set.
  public enum Jump: Hashable, Sendable {
    /// It shows an earlier time than it should, or than it showed.
    case back(Duration)
    /// It shows a time that is a day or more ahead of the one it should.
    case ahead(Duration)
  }

  /// What a clock may be corrected by without anybody's notice; time servers do it in small steps.
  ///
  /// Our choice.
  public static let tolerance = Duration.seconds(120)

  /// Whether the clock was moved since an earlier reading.
  ///
  /// After a new start of the machine only a step back can be seen: how long it was off nobody knows.
  public func jump(since earlier: ClockReading) -> Jump? {
    let moved = wall - earlier.wall
    if moved < .zero - Self.tolerance { return .back(.zero - moved) }
    guard start == earlier.start else { return nil }
    let drift = moved - (sinceStart - earlier.sinceStart)
    if drift < .zero - Self.tolerance { return .back(.zero - drift) }
    if drift >= .seconds(86_400) { return .ahead(drift) }
    return nil
  }
}
