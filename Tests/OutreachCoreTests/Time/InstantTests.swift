import OutreachCore
import Testing

struct InstantTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0),
      ("2026-11-23T15:00:00Z", 1_795_446_000),
      ("2026-11-23T09:00:00-06:00", 1_795_446_000),
      ("2026-11-23T20:45:00.999999999+05:45", 1_795_446_000),
      ("2026-11-23t15:00:00z", 1_795_446_000),
      ("2026-11-23T15:00:00-00:00", 1_795_446_000),
      // RFC 3339, section 5.8.
      ("1985-04-12T23:20:50.52Z", 482_196_050),
      ("1996-12-19T16:39:57-08:00", 851_042_397),
      ("1990-12-31T23:59:60Z", 662_688_000),
      ("1990-12-31T15:59:60-08:00", 662_688_000),
      ("1937-01-01T12:00:27.87+00:20", -1_041_337_173),
      ("1969-12-31T23:59:59Z", -1),
      ("2000-02-29T00:00:00Z", 951_782_400),
      ("0001-01-01T00:00:00Z", -62_135_596_800),
      ("9999-12-31T23:59:59Z", 253_402_300_799),
    ] as [(String, Int64)])
  func `RFC 3339 is read`(text: String, seconds: Int64) {
    #expect(Instant(rfc3339: text)?.secondsSinceEpoch == seconds)
  }

  @Test(arguments: [
    "", "2026-11-23", "2026-11-23T15:00:00", "2026-11-23T15:00Z", "2026-11-23 15:00:00Z",
    "2026-11-23T24:00:00Z",
    "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-23T15:60:00Z", "2026-11-23T15:00:61Z",
    "2026-11-23T15:00:60Z", "2026-11-23T15:00:00.Z", "2026-11-23T15:00:00,5Z", "2026-11-23T15:00:00+24:00",
    "2026-11-23T15:00:00+0600", "2026-11-23T15:00:00+06:60", "2026-11-23T15:00:00Zx", " 2026-11-23T15:00:00Z",
    "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "9999-12-31T23:59:60Z",
    "+2026-11-23T15:00:00Z", "2026-11-23T15:00:00Ｚ", "２026-11-23T15:00:00Z", "2026-1-23T15:00:00Z",
  ])
  func `what is not RFC 3339 is refused`(text: String) {
    #expect(Instant(rfc3339: text) == nil)
  }

  @Test func `every instant is written so that it reads back, in UTC and in any zone`() throws {
    let seed: UInt64 = 3_339
    var random = TimeSeed(seed)
    let zones = try [
      "America/Chicago", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Africa/Monrovia",
    ]
    .map(ZoneFiles.zone)
    for _ in 0..<2_000 * TimeSeed.scale {
      let instant = Instant(secondsSinceEpoch: .random(in: -62_135_596_800...253_402_300_799, using: &random))
      #expect(Instant(rfc3339: instant.rfc3339) == instant, "seed \(seed)")
      for zone in zones {
        #expect(Instant(rfc3339: instant.rfc3339(in: zone)) == instant, "seed \(seed): \(zone)")
      }
    }
  }

  @Test func `an instant is written on the clocks of a zone with their offset`() throws {
    let instant = Instant(secondsSinceEpoch: 1_795_446_000)
    #expect(instant.rfc3339 == "2026-11-23T15:00:00Z")
    #expect(instant.description == "2026-11-23T15:00:00Z")
    #expect(instant.rfc3339(in: try ZoneFiles.zone("America/Chicago")) == "2026-11-23T09:00:00-06:00")
    #expect(instant.rfc3339(in: try ZoneFiles.zone("Asia/Kathmandu")) == "2026-11-23T20:45:00+05:45")
    #expect(instant.rfc3339(in: try ZoneFiles.zone("America/St_Johns")) == "2026-11-23T11:30:00-03:30")
    #expect(instant.rfc3339(in: .utc) == "2026-11-23T15:00:00+00:00")
    // New York kept local mean time, 4 h 56 min 2 s behind, until 1883.
    let old = try #require(Instant(rfc3339: "1883-01-01T12:00:00Z"))
    #expect(old.rfc3339(in: try ZoneFiles.zone("America/New_York")) == "1883-01-01T07:04:00-04:56")
  }

  @Test func `arithmetic is in whole seconds and stops at the ends of time`() {
    let instant = Instant(secondsSinceEpoch: 100)
    #expect(instant + .seconds(20) == Instant(secondsSinceEpoch: 120))
    #expect(instant - .seconds(120) == Instant(secondsSinceEpoch: -20))
    #expect(instant + .milliseconds(1_999) == Instant(secondsSinceEpoch: 101))
    #expect(instant - .milliseconds(1_999) == Instant(secondsSinceEpoch: 99))
    #expect(Instant(secondsSinceEpoch: 90) - instant == .seconds(-10))
    #expect(Instant.latest + .seconds(1) == .latest)
    #expect(Instant.earliest - .seconds(Int64.max) == .earliest)
    #expect(Instant.earliest + .seconds(Int64.min) == .earliest)
    #expect(instant + .seconds(Int64.max) == .latest)
    #expect(instant - .seconds(Int64.min) == .latest)
    #expect(Instant(secondsSinceEpoch: .max) == .latest)
    #expect(Instant.earliest < instant && instant < .latest)
    var moved = instant
    moved += .seconds(5)
    moved -= .seconds(7)
    #expect(moved == Instant(secondsSinceEpoch: 98))
  }
}
