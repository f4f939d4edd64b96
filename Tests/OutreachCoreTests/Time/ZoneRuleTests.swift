import OutreachCore
import Testing

struct ZoneRuleTests {
  /// A zone that has nothing but the rule in its footer.
  private func zone(_ footer: String) throws -> Zone {
    try Zone(name: "Test/Rule", tzif: TZifBytes.file(offsets: [0], changes: [], footer: footer))
  }

  private func changes(_ footer: String, in year: Int) throws -> [String] {
    let zone = try zone(footer)
    var instant = try #require(Instant(rfc3339: "\(year - 1)-12-31T12:00:00Z"))
    let end = try #require(Instant(rfc3339: "\(year)-12-31T12:00:00Z"))
    var changes: [String] = []
    while let next = zone.nextTransition(after: instant), next < end {
      changes.append("\(next.rfc3339(in: zone))")
      instant = next
    }
    return changes
  }

  @Test(arguments: [
    // Weekdays of months, the present American rule.
    ("EST5EDT,M3.2.0,M11.1.0", ["2026-03-08T03:00:00-04:00", "2026-11-01T01:00:00-05:00"]),
    // A quoted name, minutes in the offset and a daylight offset of half an hour.
    ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", ["2026-04-05T01:30:00+10:30", "2026-10-04T02:30:00+11:00"]),
    // A time before midnight belongs to the day before.
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", ["2026-03-29T00:00:00-01:00", "2026-10-24T23:00:00-02:00"]),
    // A time beyond the day, up to a week.
    ("EET-2EEST,M4.5.5/0,M10.5.4/24", ["2026-04-24T01:00:00+03:00", "2026-10-29T23:00:00+02:00"]),
    ("IST-2IDT,M3.4.4/26,M10.5.0", ["2026-03-27T03:00:00+03:00", "2026-10-25T01:00:00+02:00"]),
    ("AAA0BBB,M1.1.1/167,M6.1.1/-167", ["2026-01-12T00:00:00+01:00", "2026-05-25T00:00:00+00:00"]),
    // Days of the year, with 29 February never counted, in a common year.
    ("AAA3BBB,J60,J300/1:30:15", ["2026-03-01T03:00:00-02:00", "2026-10-27T00:30:15-03:00"]),
    // Negative daylight saving time: standard time is that of the summer.
    ("IST-1GMT0,M10.5.0,M3.5.0/1", ["2026-03-29T02:00:00+01:00", "2026-10-25T01:00:00+00:00"]),
    // Daylight saving time that ends as the next begins is never interrupted; nor is standard time.
    ("EST5EDT,0/0,J365/25", []),
    ("EST5EDT,J1/0,J365/24:59:59", ["2025-12-31T23:59:59-05:00", "2026-01-01T01:00:00-04:00"]),
    ("<+01>-1", []),
  ])
  func `a rule changes the clocks on the days it names`(footer: String, expected: [String]) throws {
    #expect(try changes(footer, in: 2026) == expected)
  }

  @Test func `days of the year count 29 February, or not, as the rule says`() throws {
    #expect(try changes("AAA0BBB,J60/0,J61/0", in: 2028).first == "2028-03-01T01:00:00+01:00")
    #expect(try changes("AAA0BBB,59/0,60/0", in: 2028).first == "2028-02-29T01:00:00+01:00")
    #expect(try changes("AAA0BBB,59/0,60/0", in: 2026).first == "2026-03-01T01:00:00+01:00")
  }

  @Test func `a permanent rule holds in the past and in the far future`() throws {
    let permanent = try zone("EST5EDT,0/0,J365/25")
    let seasonal = try zone("EST5EDT,M3.2.0,M11.1.0")
    for year in [1, 2, 399, 1582, 1899, 1969, 1972, 2026, 2372, 2771, 5000, 9998, 9999] {
      let text = String(String(10_000 + year).dropFirst())
      let january = try #require(Instant(rfc3339: "\(text)-01-15T12:00:00Z"))
      let july = try #require(Instant(rfc3339: "\(text)-07-15T12:00:00Z"))
      #expect(permanent.offset(at: january) == -4 * 3_600, "\(year)")
      #expect(permanent.offset(at: july) == -4 * 3_600, "\(year)")
      #expect(seasonal.offset(at: january) == -5 * 3_600, "\(year)")
      #expect(seasonal.offset(at: july) == -4 * 3_600, "\(year)")
    }
  }

  @Test(arguments: [
    "EST", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0", "ES5",
    "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J300", "EST5EDT,J366,J300", "EST5EDT,366,300", "EST25", "<EST5",
    "<E>5",
    "EST5EDT,M3.2.0/168,M11.1.0", "EST5EDT,M3.2.0,M11.1.0x", "EST5:60", "EST5EDT,M3.2.0/,M11.1.0", " ",
  ])
  func `a footer that is no rule is refused`(footer: String) throws {
    #expect(
      throws: ZoneError.invalid(name: "Test/Rule", reason: "the rule in its footer is not one of POSIX")
    ) {
      try zone(footer)
    }
  }

  @Test func `a footer that contradicts the last change is refused`() throws {
    let changes: [(at: Int64, type: UInt8)] = [(at: 1_700_000_000, type: 1)]
    let agreeing = TZifBytes.file(offsets: [0, -18_000], changes: changes, footer: "EST5EDT,M3.2.0,M11.1.0")
    #expect(
      try Zone(name: "Test/Rule", tzif: agreeing).offset(at: Instant(secondsSinceEpoch: 1_720_000_000))
        == -14_400)
    let contradicting = TZifBytes.file(
      offsets: [0, -18_000], changes: changes, footer: "CST6CDT,M3.2.0,M11.1.0")
    #expect(throws: ZoneError.self) { try Zone(name: "Test/Rule", tzif: contradicting) }
  }
}
