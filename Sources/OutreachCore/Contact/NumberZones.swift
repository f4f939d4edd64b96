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
  public static func zones(for number: PhoneNumber) -> [String] { table[number] }

  /// FNV-1a (64 bits) of the tables as this program has them, to be compared with `checksum`.
  package static func computedChecksum() -> UInt64 {
    PrefixTable<String>.checksum(northAmerica: northAmerica, countries: countries)
  }

  /// Every zone that some number can be in, in order.
  package static func allZones() -> [String] {
    Set((table.northAmerica + table.countries).joined()).sorted()
  }

  /// What another table tells of the codes that can be in a zone, by zone.
  static func byZone<Entry: Hashable>(of other: PrefixTable<Entry>) -> [String: Set<Entry>] {
    var found: [String: Set<Entry>] = [:]
    for (zones, entries) in zip(
      table.northAmerica + table.countries, other.northAmerica + other.countries)
    {
      for zone in zones { found[zone, default: []].formUnion(entries) }
    }
    return found
  }

  private static let table = PrefixTable(northAmerica: northAmerica, countries: countries) { $0 }
}
