/// The time zones of the states, districts and territories of the United States.
///
/// The boundaries are those of 49 CFR part 71, and the zones those that tz keeps for the places; where a
/// place is known to keep its neighbours' time against the rule, both are in. A state that is divided gives
/// all of its zones unless the postal code settles it. The table is in `StateZones+Table.swift`.
public enum StateZones {
  /// All zones, as IANA names in order, that an address may be in.
  ///
  /// `state` is a USPS code in either case; military codes (AA, AE, AP) say nothing of the place. Nil for one
  /// that is not known. `postalCode` is a ZIP code of five digits or ZIP+4; any other text, and one that is
  /// not known to lie on one side, narrows nothing.
  public static func zones(state: String, postalCode: String?) -> [String]? {
    guard let entry = table[state] ?? table[trimmed(state).uppercased()] else { return nil }
    guard let zip = postalCode.flatMap(fiveDigits),
      let part = entry.parts.first(where: { $0.zips.contains(zip) })
    else { return entry.zones }
    return part.zones
  }

  /// The USPS codes that are known, in order.
  public static var states: [String] { table.keys.sorted() }

  /// The states, as USPS codes, in which an address with a postal code and no state may be.
  ///
  /// More than one where a sectional centre (the first three digits) serves places across a border; none for
  /// a text that is no ZIP code, a military one, and one that no state has.
  public static func states(postalCode: String) -> [String] {
    guard let zip = fiveDigits(postalCode) else { return [] }
    return postalAreas.first { $0.zips.contains(zip) }?.states ?? []
  }

  /// The states, as USPS codes in order, parts of which keep the time of a zone; links count as their zones.
  public static func states(keeping zone: String) -> [String] { statesByZone[links[zone] ?? zone] ?? [] }

  /// A state as a place whose rules may hold.
  static func jurisdiction(of state: String) -> Jurisdiction {
    // In free association: countries with USPS codes.
    ["FM", "MH", "PW"].contains(state) ? Jurisdiction(state) : .state(state)
  }

  /// The code as the table has it, of a text in either case; nil for one that is not known.
  static func code(of state: String) -> String? {
    if table[state] != nil { return state }
    let code = trimmed(state).uppercased()
    return table[code] == nil ? nil : code
  }

  private static let statesByZone: [String: [String]] = {
    var found: [String: [String]] = [:]
    for state in states {
      for zone in table[state]?.zones ?? [] { found[zone, default: []].append(state) }
    }
    return found
  }()

  /// A state's zones and the parts of it that are known by their postal codes.
  struct Entry: Sendable {
    var zones: [String]
    var parts: [Part] = []
  }

  /// Postal codes that lie wholly on one side of a boundary.
  struct Part: Sendable {
    var zips: ClosedRange<Int>
    var zones: [String]
  }

  private static func trimmed(_ text: String) -> Substring {
    let start = text.drop { $0 == " " }
    guard let end = start.lastIndex(where: { $0 != " " }) else { return "" }
    return start[...end]
  }

  /// The first five digits of `12345`, `12345-6789` or `123456789`.
  private static func fiveDigits(_ text: String) -> Int? {
    let bytes = Array(trimmed(text).utf8)
    func areDigits(_ part: ArraySlice<UInt8>) -> Bool {
      part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    guard bytes.count >= 5, areDigits(bytes[..<5]) else { return nil }
    var rest = bytes[5...]
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    guard rest.count == 4 && areDigits(rest) || bytes.count == 5 else { return nil }
    return bytes[..<5].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}
