/// The one part of a link that differs from patient to patient: it stands for a row that is kept sealed, and tells
/// nothing by itself.
public struct LinkToken: Hashable, Sendable {
  /// Twenty of these letters hold 96 bits: 28^20 is above 2^96.
  ///
  /// There are no vowels, so that it spells nothing, and none of 0, 1, l and o, which are taken for one another.
  static let alphabet = Array("23456789bcdfghjkmnpqrstvwxyz".utf8)
  /// The letters of a token.
  public static let length = 20

  /// The letters.
  public let rawValue: String

  /// Makes a token of random bytes, or none where they do not suffice.
  ///
  /// A byte stands for a letter only below the largest multiple of the alphabet's size, so that all are equally likely.
  ///
  /// - Parameters:
  ///   - isRefused: whether the letters happen to spell something; then the next ones are tried.
  ///   - random: gives so many random bytes.
  public init(isRefused: (String) -> Bool, random: (Int) throws -> [UInt8]) rethrows {
    while true {
      var letters: [UInt8] = []
      while letters.count < Self.length {
        for byte in try random(Self.length * 2) where byte < 252 && letters.count < Self.length {
          letters.append(Self.alphabet[Int(byte) % Self.alphabet.count])
        }
      }
      let text = String(decoding: letters, as: UTF8.self)
      if !isRefused(text) {
        rawValue = text
        return
      }
    }
  }

  /// Reads a token as it stands in a link; nil for anything else.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == Self.length, text.utf8.allSatisfy(Self.alphabet.contains) else { return nil }
    rawValue = String(text)
  }

  /// The whole link: https, the host, one letter that says what it is for, and the token.
  public func link(host: String) -> String { "https://\(host)/m/\(rawValue)" }

  /// How a link is shown where no token was made for it, as in a preview.
  public static func shape(host: String) -> String {
    "https://\(host)/m/\(String(repeating: "x", count: length))"
  }
}
