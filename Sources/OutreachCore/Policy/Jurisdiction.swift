/// A country or a state of one, whose rules may hold where a patient is.
public struct Jurisdiction: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The ISO 3166 code: `US-TX` for a state, `FR` for a country.
  public let rawValue: String

  /// Takes an ISO 3166 code.
  public init(_ rawValue: String) { self.rawValue = rawValue }

  /// A state, district or territory of the United States by its USPS code.
  public static func state(_ code: String) -> Jurisdiction { Jurisdiction("US-\(code)") }

  /// Whether it is a state of the country.
  func isPart(of country: Jurisdiction) -> Bool {
    // Codes of countries have two letters, those of their parts go on with a hyphen.
    let (own, whole) = (rawValue.utf8, country.rawValue.utf8)
    return own.count > whole.count && own.starts(with: whole) && own.dropFirst(whole.count).first == 0x2D
  }

  /// The ISO 3166 code.
  public var description: String { rawValue }

  /// Orders jurisdictions by their codes.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
