import Foundation
import OutreachCore
import Testing

struct ZoneDataTests {
  @Test func `every zone agrees with zdump before and after every change from 2000 to 2037`() throws {
    let names = try ZoneFiles.names()
    try Self.compare(names, from: TimeSeed.scale > 1 ? 1900 : 2000, to: 2037)
  }

  @Test func `the rule in the footer agrees with zdump for centuries after the last change listed`() throws {
    let names = [
      "America/New_York", "America/Santiago", "America/St_Johns", "Australia/Lord_Howe", "Australia/Sydney",
      "Africa/Cairo", "Africa/Casablanca", "Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem", "Europe/Dublin",
      "America/Nuuk", "Pacific/Chatham", "Europe/Chisinau", "America/Havana", "Asia/Kathmandu",
    ]
    try Self.compare(names, from: 2037, to: TimeSeed.scale > 1 ? 3200 : 2500)
  }

  /// Compares the instants zdump lists, and that there are no other changes between them.
  private static func compare(_ names: [String], from first: Int, to end: Int) throws {
    let lines = Dictionary(grouping: try ZdumpLine.lines(zones: names, from: first, to: end), by: \.zone)
    let start = try #require(Instant(rfc3339: "\(first)-01-01T00:00:00Z"))
    let stop = try #require(Instant(rfc3339: "\(end)-01-01T00:00:00Z"))
    var compared = 0
    for name in names {
      let zone = try ZoneFiles.zone(name)
      let expected = (lines[name] ?? []).filter { $0.instant > start && $0.instant < stop }
      for line in expected {
        #expect(zone.offset(at: line.instant) == line.offset, "\(name) at \(line.instant)")
        #expect(zone.civil(at: line.instant) == line.local, "\(name) at \(line.instant)")
        compared += 1
      }
      // zdump also lists changes of the abbreviation alone.
      let changes = zip(expected, expected.dropFirst())
        .filter { $0.instant + .seconds(1) == $1.instant && $0.offset != $1.offset }.map(\.1.instant)
      var found: [Instant] = []
      var instant = start
      while let next = zone.nextTransition(after: instant), next < stop {
        found.append(next)
        instant = next
      }
      #expect(found == changes, "\(name)")
    }
    #expect(compared > 5_000)
  }

  @Test func `slim files compiled by zic say the same as fat ones`() throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
      "zones-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    let source = ZoneFiles.directory + "/tzdata.zi"
    var catalogues: [ZoneCatalogue] = []
    for form in ["slim", "fat"] {
      let target = directory.appendingPathComponent(form).path
      _ = try ZoneFiles.run("zic", ["-b", form, "-d", target, source])
      catalogues.append(ZoneCatalogue(source: DirectorySource(directory: target)))
    }
    var random = TimeSeed(20261123)
    var compared = 0
    for name in try ZoneFiles.names() {
      guard case .success(let slim) = catalogues[0].zone(named: name) else { continue }
      let fat = try catalogues[1].zone(named: name).get()
      compared += 1
      // Slim files of zones that follow Ramadan do not list all that the fat ones do after 2070.
      Self.expectEqual(slim, fat, from: "1850-01-01T00:00:00Z", to: "2070-01-01T00:00:00Z", &random)
    }
    #expect(compared > 300)
  }

  @Test func `a file cut in 2027 goes on by its footer alone`() throws {
    var random = TimeSeed(20370101)
    var compared = 0
    let cut = try #require(Instant(rfc3339: "2027-01-01T00:00:00Z"))
    let end = try #require(Instant(rfc3339: "2038-01-01T00:00:00Z"))
    for name in try ZoneFiles.names() {
      let bytes = try ZoneFiles.bytes(name)
      // A few zones list changes beyond 2037, because no rule says when Ramadan is.
      guard let last = TZifBytes.lastChange(bytes), last < end.secondsSinceEpoch,
        TZifBytes.footer(bytes).contains(",")
      else { continue }
      let fat = try Zone(name: name, tzif: bytes)
      let slim = try Zone(name: name, tzif: TZifBytes.cut(bytes, from: cut.secondsSinceEpoch))
      Self.expectEqual(slim, fat, from: "2000-01-01T00:00:00Z", to: "2037-12-31T00:00:00Z", &random)
      compared += 1
    }
    #expect(compared > 100)
  }

  private static func expectEqual(
    _ left: Zone, _ right: Zone, from start: String, to end: String, _ random: inout TimeSeed
  ) {
    guard let start = Instant(rfc3339: start), let end = Instant(rfc3339: end) else {
      Issue.record("\(start) or \(end) is no instant")
      return
    }
    var instant = start
    while let next = right.nextTransition(after: instant), next < end {
      #expect(left.nextTransition(after: instant) == next, "\(left) after \(instant)")
      #expect(left.offset(at: next) == right.offset(at: next), "\(left) at \(next)")
      instant = next
    }
    for _ in 0..<20 * TimeSeed.scale {
      let instant = Instant(
        secondsSinceEpoch: .random(in: start.secondsSinceEpoch..<end.secondsSinceEpoch, using: &random))
      #expect(left.offset(at: instant) == right.offset(at: instant), "\(left) at \(instant)")
    }
  }
}
