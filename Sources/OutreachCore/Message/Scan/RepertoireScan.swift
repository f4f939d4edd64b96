/// The characters that texts in a language of this program are made of.
///
/// English and Spanish share one repertoire: their own letters, those with which Latin alphabets write names of places,
/// the punctuation of both, and a few emoji that tell nothing. It follows the exemplar and auxiliary sets of CLDR 44.
enum RepertoireScan {
  /// A hit for each character that does not belong, and one for each word that mixes alphabets.
  static func hits(in text: String) -> [ScanHit] {
    guard !text.utf8.allSatisfy({ $0 < 0x80 && ($0 >= 0x20 || $0 == 0x0A) && $0 != 0x7F }) else { return [] }
    var hits: [ScanHit] = []
    var offset = 0
    var word = Word(start: 0)
    for scalar in text.unicodeScalars {
      let start = offset
      offset += UTF8.width(scalar)
      if scalar.properties.isAlphabetic {
        word.take(isLatin: isLatin(scalar))
      } else if !isMark(scalar) {
        word.end(at: start, into: &hits, of: text)
        word = Word(start: offset)
      }
      if let rule = rule(against: scalar) {
        hits.append(hit(rule, start..<offset, text))
      }
    }
    word.end(at: offset, into: &hits, of: text)
    // A word that mixes alphabets is told once, and not each of its letters again.
    let mixed = hits.filter { $0.rule == .mixedScript }
    if mixed.isEmpty { return hits }
    return hits.filter { found in
      found.rule != .repertoire || !mixed.contains { $0.range.overlaps(found.range) }
    }
  }

  private struct Word {
    let start: Int
    private var hasLatin = false
    private var hasOther = false

    init(start: Int) { self.start = start }

    mutating func take(isLatin: Bool) { if isLatin { hasLatin = true } else { hasOther = true } }

    func end(at end: Int, into hits: inout [ScanHit], of text: String) {
      if hasLatin, hasOther { hits.append(hit(.mixedScript, start..<end, text)) }
    }
  }

  private static func hit(_ rule: CheckRule, _ range: Range<Int>, _ text: String) -> ScanHit {
    ScanHit(
      rule: rule, severity: .error, range: range,
      word: String(decoding: Array(text.utf8)[range], as: UTF8.self))
  }

  /// The rule that a character breaks by itself, or nil.
  private static func rule(against scalar: Unicode.Scalar) -> CheckRule? {
    if scalar.value < 0x80 {
      return (scalar.value >= 0x20 && scalar.value != 0x7F) || scalar == "\n" ? nil : .invisible
    }
    if isBelonging(scalar) { return nil }
    switch scalar.value {
    case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: return .direction
    case 0xFE0F: return nil
    default: break
    }
    if isMark(scalar) { return .composition }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
      return .invisible
    default: return scalar.properties.isDefaultIgnorableCodePoint ? .invisible : .repertoire
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: !scalar.properties.isDefaultIgnorableCodePoint
    default: false
    }
  }

  private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xAA, 0xBA, 0xC0...0x24F, 0x1E00...0x1EFF: true
    default: false
    }
  }

  private static func isBelonging(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // Letters of Western European alphabets, without the signs of multiplication and division.
    case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0xFF, 0x152, 0x153, 0x160, 0x161, 0x178, 0x17D, 0x17E: true
    default: signs.contains(scalar)
    }
  }

  private static let signs: Set<Unicode.Scalar> = Set(
    "¿¡ªº°·«»‘’“”–—…•€£¢©®™☎📞📱📅🗓⏰🕐✅✔⭐🎉🙏👋🙂😀👍❤".unicodeScalars)
}
