/// How many years of school a text takes, by counting words, sentences and syllables.
///
/// English by Flesch and Kincaid's grade level; Spanish by Fernández Huerta's ease of reading, whose steps are read as
/// grades. On a single short text these numbers jump, so they are taken over all texts of a campaign together, without
/// values, numbers and the words of the host.
public struct Readability: Sendable {
  private let isSpanish: Bool
  private var words = 0
  private var sentences = 0
  private var syllables = 0

  /// Begins to count for a language.
  public init(language: String) { isSpanish = language == "es" || language.hasPrefix("es-") }

  /// Adds the words of a text.
  public mutating func add(_ text: String) {
    var hasWords = false
    var word: [UInt8] = []
    for scalar in text.unicodeScalars {
      if scalar.properties.isAlphabetic {
        word.append(Self.vowelOrLetter(scalar))
      } else if scalar != "'" && scalar != "’" {
        if take(&word) { hasWords = true }
        if ".!?:;\n…".unicodeScalars.contains(scalar), hasWords {
          sentences += 1
          hasWords = false
        }
      }
    }
    if take(&word) { hasWords = true }
    if hasWords { sentences += 1 }
  }

  /// Counts a word and forgets its letters; false where there are none.
  private mutating func take(_ word: inout [UInt8]) -> Bool {
    guard !word.isEmpty else { return false }
    words += 1
    syllables += isSpanish ? Self.spanishSyllables(word) : Self.englishSyllables(word)
    word.removeAll(keepingCapacity: true)
    return true
  }

  /// The grade; nil for fewer than ten words, which say too little.
  public var grade: Double? {
    guard words >= 10, sentences > 0 else { return nil }
    let length = Double(words) / Double(sentences)
    let density = Double(syllables) / Double(words)
    if !isSpanish { return max(0, 0.39 * length + 11.8 * density - 15.59) }
    // Fernández Huerta 1959, with the correction of Garais: 206.84 − 60 P − 1.02 F.
    let ease = 206.84 - 60 * density - 1.02 * length
    return switch ease {
    case 90...: 4
    case 80..<90: 5
    case 70..<80: 6
    case 60..<70: 8
    case 50..<60: 10
    default: 12
    }
  }

  // MARK: Syllables

  /// A letter as a byte; those with accents that part a pair of vowels in Spanish are capital.
  private static func vowelOrLetter(_ scalar: Unicode.Scalar) -> UInt8 {
    switch scalar {
    case "í", "Í": UInt8(ascii: "I")
    case "ú", "Ú": UInt8(ascii: "U")
    default:
      LetterShapes.accented[scalar] ?? (scalar.isASCII ? UInt8(scalar.value) | 0x20 : UInt8(ascii: "x"))
    }
  }

  /// Groups of vowels, without a silent "e" at the end.
  private static func englishSyllables(_ word: [UInt8]) -> Int {
    var count = 0
    var wasVowel = false
    for byte in word {
      let isVowel = "aeiouyIU".utf8.contains(byte)
      if isVowel, !wasVowel { count += 1 }
      wasVowel = isVowel
    }
    let text = String(decoding: word, as: UTF8.self)
    if count > 1, text.hasSuffix("e"), !text.hasSuffix("le") { count -= 1 }
    if count > 1, text.hasSuffix("ed"), !text.hasSuffix("ted"), !text.hasSuffix("ded") { count -= 1 }
    return max(1, count)
  }

  /// Vowels, where a weak one beside another is no syllable of its own unless it carries the accent.
  private static func spanishSyllables(_ word: [UInt8]) -> Int {
    var count = 0
    var before: UInt8?
    for byte in word {
      let isStrong = "aeo".utf8.contains(byte)
      let isWeak = byte == UInt8(ascii: "i") || byte == UInt8(ascii: "u")
      let isStressed = byte == UInt8(ascii: "I") || byte == UInt8(ascii: "U")
      if isStrong || isWeak || isStressed {
        let joins = before.map { last in
          let lastIsStrong = "aeo".utf8.contains(last)
          let lastIsStressed = last == UInt8(ascii: "I") || last == UInt8(ascii: "U")
          return !isStressed && !lastIsStressed && !(isStrong && lastIsStrong)
        }
        if joins != true { count += 1 }
        before = byte
      } else {
        before = nil
      }
    }
    return max(1, count)
  }
}
