/// A text reduced to the words that are compared: small letters without accents, and digits.
///
/// Its memory is used again for the next text.
struct FoldedText {
  /// One word.
  struct Token {
    /// Its letters among ``FoldedText/letters``.
    var letters: Range<Int>
    /// Where it stands in the text, in bytes of UTF-8.
    var source: Range<Int>
    /// Whether a character of it only looks like a letter, or was something else: wide, circled, of another alphabet.
    var isDisguised = false
    /// Whether every character is a digit.
    var isNumber = true
    /// The hash of its letters.
    var hash = WordHash.empty
  }

  /// The letters of all words, one after the other; ñ is a byte of its own.
  private(set) var letters: [UInt8] = []
  /// The words in their order.
  private(set) var tokens: [Token] = []

  /// The byte that stands for ñ.
  static let enye: UInt8 = 0xF1

  /// Signs that stand for a letter in words that are to slip past a list.
  enum Signs {
    /// They part words, as in every ordinary text.
    case part
    /// They are read as letters: `1` as `i`, or as `l` for the second reading.
    case asLetters(one: UInt8)
  }

  /// Reads a text anew.
  mutating func fold(_ text: String, signs: Signs = .part) {
    letters.removeAll(keepingCapacity: true)
    tokens.removeAll(keepingCapacity: true)
    var token = Token(letters: 0..<0, source: 0..<0)
    var isOpen = false
    var offset = 0
    for scalar in text.unicodeScalars {
      let start = offset
      offset += UTF8.width(scalar)
      var isDisguised = false
      let letter: UInt8?
      if scalar.value < 0x80 {
        letter = Self.ascii(UInt8(scalar.value), signs)
      } else {
        switch Self.other(scalar) {
        case .letter(let plain): letter = plain
        case .disguised(let plain): (letter, isDisguised) = (plain, true)
        case .nothing:
          // An apostrophe or an accent on its own belongs to the word around it.
          if isOpen { token.source = token.source.lowerBound..<offset }
          continue
        case .gap: letter = nil
        }
      }
      guard let letter else {
        if scalar == "'" { continue }
        if isOpen { tokens.append(token) }
        isOpen = false
        continue
      }
      if !isOpen {
        token = Token(letters: letters.count..<letters.count, source: start..<start)
        isOpen = true
      }
      letters.append(letter)
      token.hash.add(letter)
      token.letters = token.letters.lowerBound..<letters.count
      token.source = token.source.lowerBound..<offset
      if isDisguised { token.isDisguised = true }
      if !(0x30...0x39).contains(letter) { token.isNumber = false }
    }
    if isOpen { tokens.append(token) }
  }

  private static func ascii(_ byte: UInt8, _ signs: Signs) -> UInt8? {
    switch byte {
    case 0x61...0x7A: return byte
    case 0x41...0x5A: return byte | 0x20
    case 0x30...0x39, 0x21, 0x24, 0x40, 0x2B, 0x7C:
      guard case .asLetters(let one) = signs else { return (0x30...0x39).contains(byte) ? byte : nil }
      switch byte {
      case UInt8(ascii: "0"): return UInt8(ascii: "o")
      case UInt8(ascii: "1"), UInt8(ascii: "!"), UInt8(ascii: "|"): return one
      case UInt8(ascii: "3"): return UInt8(ascii: "e")
      case UInt8(ascii: "4"), UInt8(ascii: "@"): return UInt8(ascii: "a")
      case UInt8(ascii: "5"), UInt8(ascii: "$"): return UInt8(ascii: "s")
      case UInt8(ascii: "7"), UInt8(ascii: "+"): return UInt8(ascii: "t")
      case UInt8(ascii: "8"): return UInt8(ascii: "b")
      case UInt8(ascii: "9"), UInt8(ascii: "6"): return UInt8(ascii: "g")
      default: return UInt8(ascii: "z")
      }
    default: return nil
    }
  }

  private enum Other {
    case letter(UInt8)
    case disguised(UInt8)
    case nothing
    case gap
  }

  private static func other(_ scalar: Unicode.Scalar) -> Other {
    if let letter = LetterShapes.accented[scalar] { return .letter(letter) }
    switch scalar.value {
    case 0x2019, 0x2018, 0x2BC: return .nothing
    default: break
    }
    if scalar.properties.isDefaultIgnorableCodePoint { return .nothing }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return .nothing
    default: return LetterShapes.lookalike(of: scalar).map(Other.disguised) ?? .gap
    }
  }
}
