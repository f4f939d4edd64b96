/// What a telephone number's prefix tells, by area code under country code 1 and by country code elsewhere.
///
/// The tables are taken apart once, so that a look-up is one index.
struct PrefixTable<Entry: Sendable>: Sendable {
  /// By area code, 0–999; arrays of one line share their storage.
  let northAmerica: [[Entry]]
  /// By country code, 0–999.
  let countries: [[Entry]]

  /// Reads lines of `entry entry: code code`.
  init(northAmerica: String, countries: String, entry: (String) -> Entry) {
    self.northAmerica = Self.parse(northAmerica, entry)
    self.countries = Self.parse(countries, entry)
  }

  /// What the number's prefix tells; empty when it is not known.
  subscript(_ number: PhoneNumber) -> [Entry] {
    let digits = number.e164.utf8.dropFirst()
    if digits.first == UInt8(ascii: "1") {
      guard digits.count == 11, let code = Self.code(digits.dropFirst().prefix(3)) else { return [] }
      return northAmerica[code]
    }
    // Country codes are prefix-free, so at most one of the lengths finds something.
    for length in 1...3 {
      if let code = Self.code(digits.prefix(length)), !countries[code].isEmpty { return countries[code] }
    }
    return []
  }

  /// FNV-1a (64 bits) of both texts with a line feed between them.
  static func checksum(northAmerica: String, countries: String) -> UInt64 {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in "\(northAmerica)\n\(countries)".utf8 {
      value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return value
  }

  /// The number that up to three ASCII digits write; nil for anything else.
  private static func code(_ digits: some Collection<UInt8>) -> Int? {
    guard (1...3).contains(digits.count) else { return nil }
    var value = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }

  private static func parse(_ text: String, _ entry: (String) -> Entry) -> [[Entry]] {
    var entries = [[Entry]](repeating: [], count: 1000)
    for line in text.split(separator: "\n") {
      let halves = line.split(separator: ":", maxSplits: 1)
      guard halves.count == 2 else { continue }
      let found = halves[0].split(separator: " ").map { entry(String($0)) }
      for word in halves[1].split(separator: " ") {
        if let code = code(word.utf8) { entries[code] = found }
      }
    }
    return entries
  }
}
