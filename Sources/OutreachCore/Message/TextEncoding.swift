/// How a text travels as a text message, and in how many pieces.
public struct TextEncoding: Hashable, Sendable {
  /// The two alphabets of text messages.
  public enum Alphabet: String, Hashable, Sendable {
    /// The 7-bit alphabet of 3GPP TS 23.038.
    case gsm7
    /// Two bytes for each UTF-16 code unit.
    case ucs2
  }

  /// The alphabet that the text needs: one character outside GSM-7 turns the whole text to UCS-2.
  public var alphabet: Alphabet
  /// The length in the alphabet's units: septets, an extension character counting two, or UTF-16 units.
  public var units: Int
  /// The number of pieces the carrier cuts it into.
  public var segments: Int

  /// Measures a text as it will be sent.
  public init(of text: String) {
    let septets = text.unicodeScalars.map(Self.septets)
    if !septets.contains(0) {
      alphabet = .gsm7
      units = septets.reduce(0, +)
      segments = Self.segments(of: septets, whole: 160, part: 153)
    } else {
      let widths = text.unicodeScalars.map { $0.value > 0xFFFF ? 2 : 1 }
      alphabet = .ucs2
      units = widths.reduce(0, +)
      segments = Self.segments(of: widths, whole: 70, part: 67)
    }
  }

  /// Whether the text takes more pieces than a short message should: one in GSM-7, two in UCS-2.
  public var isLong: Bool { segments > (alphabet == .gsm7 ? 1 : 2) }

  /// Counts the pieces; a character of two units is never cut in half, so a piece can end one unit early.
  private static func segments(of widths: [Int], whole: Int, part: Int) -> Int {
    if widths.reduce(0, +) <= whole { return 1 }
    var segments = 1
    var used = 0
    for width in widths {
      if used + width > part {
        segments += 1
        used = 0
      }
      used += width
    }
    return segments
  }

  /// The septets of one character in GSM-7; 0 where it has none.
  private static func septets(of scalar: Unicode.Scalar) -> Int {
    if basic.contains(scalar) { return 1 }
    return extended.contains(scalar) ? 2 : 0
  }

  // 3GPP TS 23.038, 6.2.1. 0x09 is Ç there; the Unicode mapping file reads it as ç, so ç goes as UCS-2, which
  // every handset shows right.
  private static let basic = Set(
    ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
      + "abcdefghijklmnopqrstuvwxyzäöñüà").unicodeScalars)
  private static let extended = Set("\u{0C}^{}\\[~]|€".unicodeScalars)
}
