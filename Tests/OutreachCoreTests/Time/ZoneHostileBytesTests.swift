import OutreachCore
import Testing

struct ZoneHostileBytesTests {
  private static let names = [
    "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Europe/Dublin", "Asia/Gaza", "Etc/UTC",
  ]

  /// Asks all that a zone can be asked, at the ends of time too, and checks what must hold of any zone.
  private func interrogate(_ zone: Zone, _ random: inout TimeSeed, _ seed: UInt64) {
    let instants =
      [Instant.earliest, .latest]
      + (0..<4).map { _ in
        Instant(secondsSinceEpoch: .random(in: -62_135_000_000...253_402_000_000, using: &random))
      }
    for instant in instants {
      let local = zone.civil(at: instant)
      #expect((-90_000...93_600).contains(zone.offset(at: instant)), "seed \(seed)")
      if let next = zone.nextTransition(after: instant) { #expect(next > instant, "seed \(seed)") }
      // A day from the ends of the range the date is held there and does not lead back.
      let isWithin =
        local.date > CivilDate.earliest.adding(days: 3) && local.date < CivilDate.latest.adding(days: -3)
      switch zone.instants(of: local) {
      case .one(let found): #expect(!isWithin || zone.civil(at: found) == local, "seed \(seed)")
      case .overlap(let first, let second): #expect(!isWithin || first < second, "seed \(seed)")
      case .gap: #expect(!isWithin, "seed \(seed): a time that is shown cannot be skipped")
      }
      #expect(zone.startOfDay(local.date) <= .latest, "seed \(seed)")
      #expect(Instant(rfc3339: instant.rfc3339(in: zone)) == instant, "seed \(seed)")
    }
  }

  @Test func `a file cut at any byte is refused, or read as far as it is whole`() throws {
    for name in Self.names {
      let bytes = try ZoneFiles.bytes(name)
      let step = max(1, bytes.count / (400 * TimeSeed.scale))
      for length in Set(
        Array(stride(from: 0, to: bytes.count, by: step)) + Array(bytes.count - 20..<bytes.count))
      {
        #expect(throws: ZoneError.self, "\(name), \(length) bytes") {
          try Zone(name: name, tzif: Array(bytes[..<length]))
        }
      }
    }
  }

  @Test func `bytes changed at random are refused or make a zone that answers`() throws {
    var accepted = 0
    for seed in 0..<UInt64(1_500 * TimeSeed.scale) {
      var random = TimeSeed(seed)
      let name = Self.names[Int(seed) % Self.names.count]
      var bytes = try ZoneFiles.bytes(name)
      let secondHeader = bytes.count > 1_000 ? bytes.count / 3 : 40
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        // Headers and footer are what the reader trusts most; the rest is long and dull.
        let position =
          switch Int.random(in: 0..<4, using: &random) {
          case 0: Int.random(in: 0..<44, using: &random)
          case 1: Int.random(in: max(0, bytes.count - 40)..<bytes.count, using: &random)
          case 2: Int.random(in: secondHeader..<bytes.count, using: &random)
          default: Int.random(in: 0..<bytes.count, using: &random)
          }
        bytes[position] =
          Bool.random(using: &random) ? .random(in: 0...255, using: &random) : bytes[position] ^ 0x80
      }
      if let zone = try? Zone(name: name, tzif: bytes) {
        accepted += 1
        interrogate(zone, &random, seed)
      }
    }
    #expect(accepted > 20, "too few were accepted to have tried the zones")
  }

  @Test func `files well formed but absurd are refused or make a zone that answers`() throws {
    var accepted = 0
    let extremes: [Int64] = [.min, .min + 1, -(1 << 59), -62_135_596_800, 0, 253_402_300_799, 1 << 59, .max]
    for seed in 0..<UInt64(1_500 * TimeSeed.scale) {
      var random = TimeSeed(seed)
      let offsets = (0..<3).map { _ in Int32.random(in: -89_999...93_599, using: &random) }
      var times: Set<Int64> = []
      for _ in 0..<Int.random(in: 0...8, using: &random) {
        let time =
          Bool.random(using: &random)
          ? extremes.randomElement(using: &random) ?? 0
          : .random(in: -70_000_000_000...260_000_000_000, using: &random)
        times.insert(time)
      }
      let changes = times.sorted().map { (at: $0, type: UInt8.random(in: 0..<3, using: &random)) }
      func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }
      func day() -> String {
        switch number(0...2) {
        case 0: "J\(number(1...365))"
        case 1: "\(number(0...365))"
        default: "M\(number(1...12)).\(number(1...5)).\(number(0...6))"
        }
      }
      let standard = "AAA\(number(-24...24))BBB\(number(-24...24))"
      let rule = "\(standard),\(day())/\(number(-167...167)),\(day())/\(number(-167...167))"
      let footer = Bool.random(using: &random) ? "" : rule
      let bytes = TZifBytes.file(offsets: offsets, changes: changes, footer: footer)
      if let zone = try? Zone(name: "Test/Absurd", tzif: bytes) {
        accepted += 1
        interrogate(zone, &random, seed)
      }
    }
    #expect(accepted > 500, "too few were accepted to have tried the zones")
  }

  @Test func `what is wrong with a file is said`() throws {
    func reason(_ bytes: [UInt8]) -> String? {
      do {
        _ = try Zone(name: "Test/Wrong", tzif: bytes)
        return nil
      } catch {
        guard case .invalid("Test/Wrong", let reason) = error else { return "\(error)" }
        return reason
      }
    }
    let two: [(at: Int64, type: UInt8)] = [(at: 100, type: 0), (at: 100, type: 0)]
    #expect(reason([]) == "it is cut short")
    #expect(reason(Array("TZid".utf8) + [UInt8](repeating: 0, count: 200)) == "it is not a TZif file")
    #expect(reason(TZifBytes.file(offsets: [], changes: [], footer: "")) == "it has no local time type")
    #expect(
      reason(TZifBytes.file(offsets: [0], changes: two, footer: "")) == "its changes are not in order of time"
    )
    #expect(
      reason(TZifBytes.file(offsets: [0], changes: [(at: 1, type: 1)], footer: ""))
        == "a change names a local time type that is not there")
    #expect(
      reason(TZifBytes.file(offsets: [.min], changes: [], footer: "")) == "it has an offset of over a day")
    #expect(
      reason(TZifBytes.file(offsets: [0], changes: [], footer: "", leapSeconds: 1))
        == "it counts leap seconds, which the clocks here do not")
  }

  @Test func `a file of version 1 is read, its last offset for ever`() throws {
    let bytes = TZifBytes.version1(
      offsets: [3_600, -7_200], changes: [(at: -100, type: 1), (at: 50, type: 0)])
    let zone = try Zone(name: "Test/Old", tzif: bytes)
    #expect(zone.offset(at: Instant(secondsSinceEpoch: -101)) == 3_600)
    #expect(zone.offset(at: Instant(secondsSinceEpoch: -100)) == -7_200)
    #expect(zone.offset(at: Instant(secondsSinceEpoch: 50)) == 3_600)
    #expect(zone.offset(at: .latest) == 3_600)
    #expect(zone.nextTransition(after: Instant(secondsSinceEpoch: 50)) == nil)
  }
}
