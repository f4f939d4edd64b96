import OutreachCore
import Testing

/// Ways to spell a word so that a list does not find it.
enum Evasion: String, CaseIterable, Sendable {
  case zeroWidth, fullWidth, mathematical, circled, spaced, dotted, leet, struck, homoglyph, transposed,
    reversed, split

  /// The word in disguise; nil where it cannot be disguised so.
  func disguise(_ word: String, _ dice: inout SeededDice) -> String? {
    let letters = Array(word)
    func mapped(_ change: (Unicode.Scalar) -> UInt32?) -> String? {
      var text = String.UnicodeScalarView()
      var isChanged = false
      for scalar in word.unicodeScalars {
        if let value = change(scalar), let other = Unicode.Scalar(value) {
          text.append(other)
          isChanged = true
        } else {
          text.append(scalar)
        }
      }
      return isChanged ? String(text) : nil
    }
    func small(_ scalar: Unicode.Scalar) -> UInt32? {
      ("a"..."z").contains(scalar) ? scalar.value - 0x61 : nil
    }
    switch self {
    case .zeroWidth:
      let place = dice.int(1...max(1, letters.count - 1))
      return letters.count < 2 ? nil : String(letters[..<place]) + "\u{200B}" + String(letters[place...])
    case .fullWidth: return mapped { small($0).map { 0xFF41 + $0 } }
    case .mathematical: return mapped { small($0).map { 0x1D41A + $0 } }
    case .circled: return mapped { small($0).map { 0x24D0 + $0 } }
    case .spaced:
      return letters.contains(" ") || letters.count < 3
        ? nil : letters.map(String.init).joined(separator: " ")
    case .dotted:
      return letters.contains(" ") || letters.count < 3
        ? nil : letters.map(String.init).joined(separator: ".")
    case .leet:
      let signs: [Character: Character] = ["o": "0", "i": "1", "e": "3", "a": "4", "s": "5", "t": "7"]
      let places = letters.indices.filter { signs[letters[$0]] != nil }
      guard !places.isEmpty, letters.allSatisfy(\.isLetter) else { return nil }
      var changed = letters
      let place = dice.pick(places)
      changed[place] = signs[letters[place]] ?? letters[place]
      return String(changed)
    case .struck: return String(letters.flatMap { [$0, "\u{336}"].map(String.init) }.joined())
    case .homoglyph:
      let twins: [Character: Character] = [
        "a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "i": "і", "x": "х", "y": "у",
      ]
      let places = letters.indices.filter { twins[letters[$0]] != nil }
      guard !places.isEmpty else { return nil }
      var changed = letters
      let place = dice.pick(places)
      changed[place] = twins[letters[place]] ?? letters[place]
      return String(changed)
    case .transposed:
      // What is shorter has too many neighbours among ordinary words to be found by one letter.
      guard letters.count >= 6, letters.allSatisfy({ $0.isLetter && $0.isASCII }) else { return nil }
      let places = letters.indices.dropFirst().dropLast().filter { letters[$0] != letters[$0 + 1] }
      guard !places.isEmpty else { return nil }
      var changed = letters
      let place = dice.pick(Array(places))
      changed.swapAt(place, place + 1)
      return String(changed)
    case .reversed: return "\u{202E}" + String(letters.reversed()) + "\u{202C}"
    case .split:
      guard letters.count >= 6, letters.allSatisfy({ $0.isLetter }) else { return nil }
      let place = dice.int(2...(letters.count - 2))
      return String(letters[..<place]) + "\n" + String(letters[place...])
    }
  }
}

@Suite struct EvasionTests {
  @Test(arguments: ["en", "es"]) func `a word in disguise is refused or caught`(language: String) throws {
    var scanner = try #require(TextScanner(language: language, catalogue: ShippedLists.catalogue))
    let words = ShippedLists.entries(language).filter { !$0.term.contains("-") }.map(\.term)
    let step = SeededDice.seeds(1).count >= 20 ? 1 : 7
    for evasion in Evasion.allCases {
      var tried = 0
      var missed: [String] = []
      for (index, word) in words.enumerated() where index % step == 0 {
        var dice = SeededDice(index)
        guard let disguised = evasion.disguise(word, &dice) else { continue }
        tried += 1
        let hits = scanner.hits(in: "Your \(disguised) is here")
        if hits.isEmpty { missed.append(disguised) }
      }
      let rate = 1 - Double(missed.count) / Double(max(1, tried))
      #expect(tried > 50, "\(evasion): \(tried)")
      switch evasion {
      case .homoglyph, .zeroWidth, .reversed, .fullWidth, .mathematical, .circled, .struck:
        #expect(missed == [], "\(evasion)")
      default: #expect(rate >= 0.999, "\(evasion): \(missed.prefix(20)) of \(tried)")
      }
    }
  }
}
