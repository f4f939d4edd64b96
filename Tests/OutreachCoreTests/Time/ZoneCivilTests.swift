import OutreachCore
import Testing

struct ZoneCivilTests {
  private func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }
  private func local(_ text: String) throws -> CivilDateTime { try #require(CivilDateTime(text)) }

  struct Gap: Sendable {
    var zone: String
    var local: String
    var before: String
    var after: String
    var transition: String
  }

  @Test(arguments: [
    Gap(
      zone: "America/New_York", local: "2026-03-08T02:30", before: "2026-03-08T06:30:00Z",
      after: "2026-03-08T07:30:00Z", transition: "2026-03-08T07:00:00Z"),
    Gap(
      zone: "Australia/Lord_Howe", local: "2026-10-04T02:15", before: "2026-10-03T15:15:00Z",
      after: "2026-10-03T15:45:00Z", transition: "2026-10-03T15:30:00Z"),
    Gap(
      zone: "Australia/Sydney", local: "2026-10-04T02:00", before: "2026-10-03T15:00:00Z",
      after: "2026-10-03T16:00:00Z", transition: "2026-10-03T16:00:00Z"),
    Gap(
      zone: "Africa/Cairo", local: "2026-04-24T00:59:59", before: "2026-04-23T21:59:59Z",
      after: "2026-04-23T22:59:59Z", transition: "2026-04-23T22:00:00Z"),
    Gap(
      zone: "America/Santiago", local: "2026-09-06T00:30", before: "2026-09-06T03:30:00Z",
      after: "2026-09-06T04:30:00Z", transition: "2026-09-06T04:00:00Z"),
    Gap(
      zone: "Pacific/Apia", local: "2011-12-30T09:00", before: "2011-12-29T19:00:00Z",
      after: "2011-12-30T19:00:00Z", transition: "2011-12-30T10:00:00Z"),
    Gap(
      zone: "Asia/Kathmandu", local: "1986-01-01T00:05", before: "1985-12-31T18:20:00Z",
      after: "1985-12-31T18:35:00Z", transition: "1985-12-31T18:30:00Z"),
    Gap(
      zone: "Africa/Casablanca", local: "2026-03-22T02:30", before: "2026-03-22T01:30:00Z",
      after: "2026-03-22T02:30:00Z", transition: "2026-03-22T02:00:00Z"),
  ])
  func `a time that the clocks skip is told as a gap and resolved by policy`(gap: Gap) throws {
    let zone = try ZoneFiles.zone(gap.zone)
    let (before, after, transition) = try (instant(gap.before), instant(gap.after), instant(gap.transition))
    let skipped = try local(gap.local)
    #expect(zone.instants(of: skipped) == .gap(before: before, after: after, transition: transition))
    #expect(zone.instant(of: skipped, gap: .firstAfter, overlap: .first) == transition)
    #expect(zone.instant(of: skipped, gap: .shiftForward, overlap: .first) == after)
    #expect(zone.civil(at: transition - .seconds(1)) < skipped)
    #expect(skipped < zone.civil(at: transition))
  }

  @Test(arguments: [
    ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"),
    ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"),
    ("Australia/Sydney", "2026-04-05T02:00", "2026-04-04T15:00:00Z", "2026-04-04T16:00:00Z"),
    ("Africa/Cairo", "2026-10-29T23:59:59", "2026-10-29T20:59:59Z", "2026-10-29T21:59:59Z"),
    ("America/Santiago", "2026-04-04T23:00", "2026-04-05T02:00:00Z", "2026-04-05T03:00:00Z"),
    ("America/St_Johns", "2006-10-29T00:00", "2006-10-29T02:30:00Z", "2006-10-29T03:30:00Z"),
    ("Africa/Casablanca", "2026-02-15T02:30", "2026-02-15T01:30:00Z", "2026-02-15T02:30:00Z"),
  ])
  func `a time that the clocks repeat is told as an overlap and resolved by policy`(
    name: String, time: String, first: String, second: String
  ) throws {
    let zone = try ZoneFiles.zone(name)
    let (first, second, repeated) = try (instant(first), instant(second), local(time))
    #expect(zone.instants(of: repeated) == .overlap(first: first, second: second))
    #expect(zone.instant(of: repeated, gap: .firstAfter, overlap: .first) == first)
    #expect(zone.instant(of: repeated, gap: .firstAfter, overlap: .second) == second)
  }

  @Test func `the seconds around a gap and an overlap happen once`() throws {
    let zone = try ZoneFiles.zone("America/New_York")
    for (time, expected) in [
      ("2026-03-08T01:59:59", "2026-03-08T06:59:59Z"), ("2026-03-08T03:00:00", "2026-03-08T07:00:00Z"),
      ("2026-11-01T00:59:59", "2026-11-01T04:59:59Z"), ("2026-11-01T02:00:00", "2026-11-01T07:00:00Z"),
    ] {
      #expect(zone.instants(of: try local(time)) == .one(try instant(expected)))
    }
  }

  @Test(arguments: [
    // Midnight is skipped: the day begins at 01:00, 00:15, and so on.
    ("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z"),
    ("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z"),
    ("Asia/Kathmandu", "1986-01-01", "1985-12-31T18:30:00Z"),
    ("Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z"),
    ("America/Havana", "2026-03-08", "2026-03-08T05:00:00Z"),
    // The clocks go back at midnight: the new day does not begin before it stays.
    ("Africa/Cairo", "2026-10-30", "2026-10-29T22:00:00Z"),
    ("America/Santiago", "2026-04-05", "2026-04-05T04:00:00Z"),
    // Midnight comes twice on the same night; the date begins with the first.
    ("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"),
    ("America/St_Johns", "2006-10-29", "2006-10-29T02:30:00Z"),
    // A day that never was has no length.
    ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"),
    ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"),
    ("America/New_York", "2026-11-23", "2026-11-23T05:00:00Z"),
  ])
  func `a day starts at the first instant of its date`(name: String, date: String, expected: String) throws {
    let zone = try ZoneFiles.zone(name)
    #expect(zone.startOfDay(try #require(CivilDate(date))) == (try instant(expected)))
  }

  @Test func `every day of every zone starts with its date and after another`() throws {
    let first = try #require(CivilDate("2025-12-28"))
    for name in try ZoneFiles.names() {
      let zone = try ZoneFiles.zone(name)
      for date in (0..<370).map({ first.adding(days: $0) }) {
        let start = zone.startOfDay(date)
        #expect(zone.date(at: start) == date, "\(name) \(date)")
        #expect(zone.date(at: start - .seconds(1)) < date, "\(name) \(date)")
      }
    }
  }

  @Test func `a civil time leads back to its instant, in every zone`() throws {
    let seed: UInt64 = 1_119
    var random = TimeSeed(seed)
    for name in try ZoneFiles.names() {
      let zone = try ZoneFiles.zone(name)
      for step in 0..<200 * TimeSeed.scale {
        var instant = Instant(secondsSinceEpoch: .random(in: -6_000_000_000...20_000_000_000, using: &random))
        // Half of them near a change, where it matters.
        if step % 2 == 0, let change = zone.nextTransition(after: instant) {
          instant = change + .seconds(Int64.random(in: -90_000...90_000, using: &random))
        }
        let local = zone.civil(at: instant)
        let leadsBack =
          switch zone.instants(of: local) {
          case .one(let only): only == instant
          case .overlap(let first, let second): first == instant || second == instant
          case .gap: false
          }
        #expect(leadsBack, "seed \(seed): \(name) at \(instant)")
      }
    }
  }

  @Test func `zones made at random resolve every time as trying all offsets does`() throws {
    let seed: UInt64 = 77
    var random = TimeSeed(seed)
    for _ in 0..<300 * TimeSeed.scale {
      let offsets = (0..<4).map { _ in Int32.random(in: -56...56, using: &random) * 900 }
      var changes: [(at: Int64, type: UInt8)] = []
      for _ in 0..<12 {
        // Two days and more apart, so that no time happens three times.
        let at = (changes.last?.at ?? 0) + .random(in: 200_000...400_000, using: &random)
        changes.append((at: at, type: .random(in: 0..<4, using: &random)))
      }
      let zone = try Zone(
        name: "Test/Random", tzif: TZifBytes.file(offsets: offsets, changes: changes, footer: ""))
      for _ in 0..<100 {
        let clock = Int64.random(in: 0...4_000_000, using: &random)
        let local = Zone.utc.civil(at: Instant(secondsSinceEpoch: clock))
        let matches = Set(offsets).map { Instant(secondsSinceEpoch: clock - Int64($0)) }
          .filter { zone.civil(at: $0) == local }.sorted()
        switch zone.instants(of: local) {
        case .one(let instant):
          #expect(matches == [instant], "seed \(seed)")
        case .overlap(let first, let second):
          #expect(matches == [first, second], "seed \(seed)")
        case .gap(let before, let after, let transition):
          #expect(matches.isEmpty, "seed \(seed)")
          #expect(before < transition && transition <= after, "seed \(seed)")
          #expect(zone.civil(at: transition - .seconds(1)) < local, "seed \(seed)")
          #expect(local < zone.civil(at: transition), "seed \(seed)")
        }
      }
    }
  }

  @Test func `UTC has no offset and no changes, to the ends of time`() {
    for instant in [Instant.earliest, Instant(secondsSinceEpoch: 0), .latest] {
      #expect(Zone.utc.offset(at: instant) == 0)
      #expect(Zone.utc.nextTransition(after: instant) == nil)
      #expect(Zone.utc.instants(of: Zone.utc.civil(at: instant)) == .one(instant))
    }
  }

  @Test func `zones are equal if their name and their data are`() throws {
    let bytes = try ZoneFiles.bytes("America/Chicago")
    let zone = try Zone(name: "America/Chicago", tzif: bytes)
    let same = try Zone(name: "America/Chicago", tzif: bytes)
    let renamed = try Zone(name: "US/Central", tzif: bytes)
    let other = try Zone(name: "America/Chicago", tzif: ZoneFiles.bytes("America/Denver"))
    #expect(zone == same)
    #expect(zone.hashValue == same.hashValue)
    #expect(zone != renamed)
    #expect(zone != other)
  }
}
