/// The countries and states to which a telephone number's prefix belongs.
///
/// Like its zones, they tell where the number was first given out: candidates, whose rules hold besides those
/// of the address. A number of a state has its country too. Codes laid over others share their places. The
/// tables are in `NumberPlaces+Data.swift`.
public enum NumberPlaces {
  /// All places, in order, to which the number's area code or country code belongs.
  ///
  /// Empty when nothing is known: toll-free, premium and personal numbers, satellite networks, and codes
  /// opened after the tables were made.
  public static func places(for number: PhoneNumber) -> [Jurisdiction] { table[number] }

  /// FNV-1a (64 bits) of the tables as this program has them, to be compared with `checksum`.
  package static func computedChecksum() -> UInt64 {
    PrefixTable<Jurisdiction>.checksum(northAmerica: northAmerica, countries: countries)
  }

  /// The places whose numbers can be in a zone, in order.
  static func places(keeping zone: String) -> [Jurisdiction] { placesByZone[zone] ?? [] }

  private static let table = PrefixTable(
    northAmerica: northAmerica, countries: countries, entry: Jurisdiction.init)

  private static let placesByZone = NumberZones.byZone(of: table).mapValues { $0.sorted() }
}
