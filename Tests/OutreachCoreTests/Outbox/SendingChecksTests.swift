import OutreachCore
import Testing

/// What stops sending before it begins: a clock that was moved, a run that is far too large.
@Suite struct SendingChecksTests {
  private static func reading(_ wall: Int64, _ since: Int64, start: String = "a") -> ClockReading {
    ClockReading(wall: Instant(secondsSinceEpoch: wall), sinceStart: .seconds(since), start: start)
  }

  @Test func `a clock that goes on as it should is trusted, and small corrections are`() {
    let first = Self.reading(1_000_000, 100)
    #expect(Self.reading(1_000_050, 150).jump(since: first) == nil)
    #expect(Self.reading(1_000_000 + 300_000, 100 + 300_000).jump(since: first) == nil, "days pass")
    #expect(Self.reading(1_000_050 - 120, 150).jump(since: first) == nil)
    #expect(Self.reading(1_000_050 + 86_399, 150).jump(since: first) == nil)
  }

  @Test func `a clock that was set back, or a day ahead, is not`() {
    let first = Self.reading(1_000_000, 100)
    #expect(Self.reading(1_000_050 - 121, 150).jump(since: first) == .back(.seconds(121)))
    #expect(Self.reading(999_000, 150).jump(since: first) == .back(.seconds(1_000)))
    #expect(Self.reading(1_000_050 + 86_400, 150).jump(since: first) == .ahead(.seconds(86_400)))
  }

  @Test func `after a new start only a step back can be seen`() {
    let first = Self.reading(1_000_000, 100)
    #expect(Self.reading(999_000, 5, start: "b").jump(since: first) == .back(.seconds(1_000)))
    #expect(Self.reading(9_000_000, 5, start: "b").jump(since: first) == nil)
  }

  @Test func `a run of more than twice the usual number must be confirmed`() {
    let usual = [100, 90, 110, 105, 95]
    #expect(RunBrake.usual(planned: 200, recent: usual) == nil)
    #expect(RunBrake.usual(planned: 201, recent: usual) == 100)
    #expect(RunBrake.usual(planned: 5_000, recent: [100, 100]) == nil, "two runs make no habit")
    #expect(RunBrake.usual(planned: 20, recent: [1, 1, 1]) == nil, "so few are never stopped")
    #expect(RunBrake.usual(planned: 21, recent: [1, 1, 1]) == 1)
  }

  @Test func `an agreement holds from its first day to its last, and a file needs none`() throws {
    let (signed, expires) = (try #require(CivilDate("2026-01-05")), try #require(CivilDate("2027-01-05")))
    var vendor = ProviderSettings(name: "twilio", kind: .twilio, channels: [.sms])
    #expect(vendor.obstacle(on: signed) != nil)
    vendor.agreement = ProviderSettings.Agreement(signed: signed, expires: expires)
    #expect(vendor.obstacle(on: signed.adding(days: -1)) != nil)
    #expect(vendor.obstacle(on: signed) == nil)
    #expect(vendor.obstacle(on: expires) == nil)
    #expect(vendor.obstacle(on: expires.adding(days: 1)) != nil)
    #expect(ProviderSettings.file.obstacle(on: signed) == nil)
  }
}
