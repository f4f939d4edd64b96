import OutreachCore
import Testing

@Suite struct TextEncodingTests {
  /// GSM-7 as the table of 3GPP TS 23.038 numbers it, 0x00 to 0x7F; 0x1B is the escape and stands for nothing.
  private static let table: [Unicode.Scalar?] =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ".unicodeScalars.map { $0 } + [nil]
    + "ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡".unicodeScalars.map { $0 }
    + (65...90).compactMap { Unicode.Scalar($0) } + "ÄÖÑÜ§¿".unicodeScalars.map { $0 }
    + (97...122).compactMap { Unicode.Scalar($0) } + "äöñüà".unicodeScalars.map { $0 }

  private static let extended: [Unicode.Scalar] = ["\u{0C}", "^", "{", "}", "\\", "[", "~", "]", "|", "€"]

  /// Cuts a text into segments one character at a time, as a slow telephone would.
  private static func slow(_ text: String) -> (alphabet: String, units: Int, segments: Int) {
    let basic = Set(table.compactMap { $0 })
    var isPlain = true
    for scalar in text.unicodeScalars where !basic.contains(scalar) && !extended.contains(scalar) {
      isPlain = false
    }
    var pieces: [[Int]] = [[]]
    var total = 0
    for scalar in text.unicodeScalars {
      let width = isPlain ? (extended.contains(scalar) ? 2 : 1) : UTF16.width(scalar)
      total += width
      let part = isPlain ? 153 : 67
      if pieces[pieces.count - 1].reduce(0, +) + width > part { pieces.append([]) }
      pieces[pieces.count - 1].append(width)
    }
    return (isPlain ? "gsm7" : "ucs2", total, total <= (isPlain ? 160 : 70) ? 1 : pieces.count)
  }

  private func measured(_ text: String) -> (String, Int, Int) {
    let encoding = TextEncoding(of: text)
    return (encoding.alphabet.rawValue, encoding.units, encoding.segments)
  }

  @Test func `the agreed vectors`() {
    let a = { (count: Int) in String(repeating: "a", count: count) }
    #expect(measured(a(160)) == ("gsm7", 160, 1))
    #expect(measured(a(161)) == ("gsm7", 161, 2))
    #expect(measured(a(159) + "€") == ("gsm7", 161, 2))
    #expect(measured(a(158) + "€") == ("gsm7", 160, 1))
    #expect(measured(String(repeating: "á", count: 70)) == ("ucs2", 70, 1))
    #expect(measured(String(repeating: "á", count: 71)) == ("ucs2", 71, 2))
    #expect(measured(a(149) + "’") == ("ucs2", 150, 3))
    #expect(measured(a(150) + "’") == ("ucs2", 151, 3))
    #expect(measured("") == ("gsm7", 0, 1))
    #expect(measured(a(306)) == ("gsm7", 306, 2))
    #expect(measured(a(307)) == ("gsm7", 307, 3))
  }

  @Test func `the alphabet has 127 characters of one septet and ten of two`() {
    #expect(Self.table.count == 128)
    #expect(Set(Self.table.compactMap { $0 }).count == 127)
    for scalar in Self.table.compactMap({ $0 }) { #expect(measured(String(scalar)) == ("gsm7", 1, 1)) }
    for scalar in Self.extended { #expect(measured(String(scalar)) == ("gsm7", 2, 1)) }
  }

  @Test func `every other character below U+3000 and a few above travel as UCS-2`() {
    let known = Set(Self.table.compactMap { $0 }).union(Self.extended)
    for value in UInt32(0)...0x3000 {
      guard let scalar = Unicode.Scalar(value), !known.contains(scalar) else { continue }
      let encoding = TextEncoding(of: String(scalar))
      #expect(encoding.alphabet == .ucs2 && encoding.units == 1, "U+\(String(value, radix: 16))")
    }
    #expect(measured("😀") == ("ucs2", 2, 1))
  }

  @Test func `the small c with cedilla is not the capital one`() {
    #expect(measured("Ç") == ("gsm7", 1, 1))
    #expect(measured("ç") == ("ucs2", 1, 1))
  }

  @Test func `the accents of Spanish split the alphabet`() {
    for plain in ["é", "ñ", "ü", "¿", "¡", "Ñ", "É"] { #expect(TextEncoding(of: plain).alphabet == .gsm7) }
    for accented in ["á", "í", "ó", "ú", "Á", "Í", "Ó", "Ú"] {
      #expect(TextEncoding(of: accented).alphabet == .ucs2)
    }
  }

  @Test func `an accent written apart is not in the alphabet`() {
    #expect(measured("e\u{301}") == ("ucs2", 2, 1))
  }

  @Test func `an escape and its character, and two halves of a surrogate pair, stay in one segment`() {
    let a = { (count: Int) in String(repeating: "a", count: count) }
    // 152 + a pair that would straddle 153 + 152 more: the plain quotient says two segments.
    #expect(measured(a(152) + "€" + a(152)) == ("gsm7", 306, 3))
    #expect(measured(a(151) + "€" + a(153)) == ("gsm7", 306, 2))
    #expect(
      measured(String(repeating: "á", count: 66) + "😀" + String(repeating: "á", count: 66)) == (
        "ucs2", 134, 3
      ))
    #expect(
      measured(String(repeating: "á", count: 65) + "😀" + String(repeating: "á", count: 67)) == (
        "ucs2", 134, 2
      ))
    #expect(measured(String(repeating: "€", count: 80)) == ("gsm7", 160, 1))
    #expect(measured(String(repeating: "€", count: 81)) == ("gsm7", 162, 2))
    #expect(measured(String(repeating: "€", count: 153)) == ("gsm7", 306, 3))
  }

  @Test func `random texts are cut as a slow counter cuts them`() {
    let plain = Self.table.compactMap { $0 }
    for seed in SeededDice.seeds(3_000) {
      var dice = SeededDice(seed)
      var text = String.UnicodeScalarView()
      let isPlain = dice.chance(60)
      for _ in 0..<dice.pick([dice.int(0...20), dice.int(60...75), dice.int(130...165), dice.int(200...480)])
      {
        switch dice.int(0...9) {
        case 0...6: text.append(dice.pick(plain))
        case 7, 8: text.append(dice.pick(Self.extended))
        default: text.append(isPlain ? dice.pick(plain) : dice.pick(["á", "😀", "ñ", "\u{301}", "漢", "𝒳"]))
        }
      }
      #expect(measured(String(text)) == Self.slow(String(text)), "seed \(seed)")
    }
  }

  @Test func `more than one plain segment or two others is long`() {
    #expect(!TextEncoding(of: String(repeating: "a", count: 160)).isLong)
    #expect(TextEncoding(of: String(repeating: "a", count: 161)).isLong)
    #expect(!TextEncoding(of: String(repeating: "á", count: 134)).isLong)
    #expect(TextEncoding(of: String(repeating: "á", count: 135)).isLong)
  }
}
