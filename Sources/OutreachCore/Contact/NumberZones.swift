/// The time zones a telephone number may be in, by its area code or country code.
///
/// A number tells where it was first given out, not where its owner is: these zones are candidates to be used
/// together with those of the address and of what the patient said. Numbers move between exchanges, so an
/// area code has all zones of its territory, and so has each code laid over it. The tables are in
/// `NumberZones+Data.swift`.
public enum NumberZones {
  /// All zones, as IANA names in order, that the number's area code or country code may be in.
  ///
  /// Empty when nothing is known: toll-free, premium and personal numbers, satellite networks, and codes
  /// opened after the tables were made. Nothing known means that the number gives no leave to write at any
  /// hour.
  public static func zones(for number: PhoneNumber) -> [String] {
    let digits = number.e164.utf8.dropFirst()
    if digits.first == UInt8(ascii: "1") {
      guard digits.count == 11, let code = AreaTable.code(digits.dropFirst().prefix(3)) else { return [] }
      return table.northAmerica[code]
    }
    // Country codes are prefix-free, so at most one of the lengths finds something.
    for length in 1...3 {
      if let code = AreaTable.code(digits.prefix(length)), !table.countries[code].isEmpty {
        return table.countries[code]
      }
    }
    return []
  }

  /// FNV-1a (64 bits) of the tables as this program has them, to be compared with `checksum`.
  package static func computedChecksum() -> UInt64 {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in "\(northAmerica)\n\(countries)".utf8 {
      value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return value
  }

  /// Every zone that some number can be in, in order.
  package static func allZones() -> [String] {
    Set((table.northAmerica + table.countries).joined()).sorted()
  }

  private static let table = AreaTable(northAmerica: northAmerica, countries: countries)
}

/// The tables, taken apart once so that a look-up is one index.
private struct AreaTable {
  /// By area code, 0–999; arrays of one line share their storage.
  var northAmerica: [[String]]
  /// By country code, 0–999.
  var countries: [[String]]

  init(northAmerica: String, countries: String) {
    self.northAmerica = Self.parse(northAmerica)
    self.countries = Self.parse(countries)
  }

  /// The number that up to three ASCII digits write; nil for anything else.
  static func code(_ digits: some Collection<UInt8>) -> Int? {
    guard (1...3).contains(digits.count) else { return nil }
    var value = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }

  /// Reads lines of `zone zone: code code`.
  private static func parse(_ text: String) -> [[String]] {
    var zones = [[String]](repeating: [], count: 1000)
    for line in text.split(separator: "\n") {
      let halves = line.split(separator: ":", maxSplits: 1)
      guard halves.count == 2 else { continue }
      let names = halves[0].split(separator: " ").map(String.init)
      for word in halves[1].split(separator: " ") {
        if let code = code(word.utf8) { zones[code] = names }
      }
    }
    return zones
  }
}
