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
    if let septets = Self.septets(ofASCII: text) {
      (alphabet, units, segments) = (.gsm7, septets.total, septets.pieces)
      return
    }
    let widths = Self.widths
    var septets = PieceCount(whole: 160, part: 153)
    for scalar in text.unicodeScalars {
      let width = scalar.value < widths.count ? Int(widths[Int(scalar.value)]) : 0
      guard width > 0 else {
        var units = PieceCount(whole: 70, part: 67)
        for scalar in text.unicodeScalars { units.add(scalar.value > 0xFFFF ? 2 : 1) }
        (alphabet, self.units, segments) = (.ucs2, units.total, units.pieces)
        return
      }
      septets.add(width)
    }
    (alphabet, units, segments) = (.gsm7, septets.total, septets.pieces)
  }

  /// The septets of a text of ASCII that GSM-7 has, which most are; nil for another.
  private static func septets(ofASCII text: String) -> PieceCount? {
    widths.withUnsafeBufferPointer { widths in
      text.utf8.withContiguousStorageIfAvailable { bytes in
        var septets = PieceCount(whole: 160, part: 153)
        for byte in bytes {
          let width = byte < 0x80 ? widths[Int(byte)] : 0
          if width == 0 { return nil }
          septets.add(Int(width))
        }
        return septets
      } ?? nil
    }
  }

  /// Whether the text takes more pieces than a short message should: one in GSM-7, two in UCS-2.
  public var isLong: Bool { segments > (alphabet == .gsm7 ? 1 : 2) }

  /// Counts the pieces; a character of two units is never cut in half, so a piece can end one unit early.
  private struct PieceCount {
    let whole: Int
    let part: Int
    private(set) var total = 0
    private var used = 0
    private var parts = 1

    init(whole: Int, part: Int) {
      self.whole = whole
      self.part = part
    }

    var pieces: Int { total <= whole ? 1 : parts }

    mutating func add(_ width: Int) {
      total += width
      if used + width > part {
        parts += 1
        used = 0
      }
      used += width
    }
  }

  /// The septets of each character in GSM-7 by its code; 0 where it has none, as all beyond have.
  private static let widths: [UInt8] = {
    var widths = [UInt8](repeating: 0, count: 0x20AD)
    for scalar in basic { widths[Int(scalar.value)] = 1 }
    for scalar in extended { widths[Int(scalar.value)] = 2 }
    return widths
  }()

  // 3GPP TS 23.038, 6.2.1. 0x09 is Ç there; the Unicode mapping file reads it as ç, so ç goes as UCS-2, which
  // every handset shows right.
  private static let basic =
    ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    + "abcdefghijklmnopqrstuvwxyzäöñüà").unicodeScalars
  private static let extended = "\u{0C}^{}\\[~]|€".unicodeScalars
}
