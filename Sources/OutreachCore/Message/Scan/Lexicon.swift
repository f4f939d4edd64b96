/// The words of a language that tell what somebody is treated for, in a table that answers in nanoseconds.
///
/// Words are compared without capitals and accents, but never without the tilde of ñ; a hyphen is a space, and the last
/// word of a term may end in "s" or "es".
public struct Lexicon: Sendable {
  /// What a term tells, and how sure it is.
  struct Entry: Hashable {
    var rule: CheckRule
    var severity: Finding.Severity
  }

  /// The most words that a term has.
  static let longest = 6
  /// How many terms there are.
  public private(set) var count = 0
  /// A number that changes with every byte of what the lexicon was made of.
  public private(set) var fingerprint: UInt64 = WordHash.empty.value

  /// Open addressing: 0 is an empty slot.
  private var hashes: [UInt64]
  private var codes: [UInt8]
  private var used = 0
  /// Terms of one word and six letters or more, each without one of its letters in turn, for words that are nearly one.
  private var nearby = HashTable()
  private var longWords = HashTable()
  /// Ordinary words that look like a term: those of the counterexamples, and of a list where there is one.
  private var ordinary = HashTable()

  /// Makes an empty lexicon with room for so many terms.
  init(capacity: Int) {
    var size = 64
    while size < capacity * 3 { size *= 2 }
    hashes = [UInt64](repeating: 0, count: size)
    codes = [UInt8](repeating: 0, count: size)
  }

  /// Why a list of terms cannot be used.
  public struct Fault: Error, Hashable, Sendable {
    /// The line, from 1.
    public var line: Int
    /// What is wrong with it.
    public var sentence: String
  }

  /// The classes of terms as lists name them.
  static let classes: [String: CheckRule] = [
    "condition": .condition, "symptom": .symptom, "medication": .medication, "supply": .supply, "test": .test,
    "procedure": .procedure, "specialty": .specialty, "substance_use": .substanceUse,
    "mental_health": .mentalHealth,
    "sexual_health": .sexualHealth, "reproductive": .reproductive, "violence": .violence,
  ]

  /// Adds a list with a term, its class, `error` or `warning`, and two examples on each line, parted by tabs.
  mutating func add(lay bytes: [UInt8]) throws(Fault) {
    stamp(bytes)
    var number = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) where !line.isEmpty {
      number += 1
      let parts = line.split(separator: 0x09, omittingEmptySubsequences: false)
      guard parts.count == 5 else {
        throw Fault(line: number, sentence: "a line has five parts, not \(parts.count)")
      }
      let name = String(decoding: parts[1], as: UTF8.self)
      guard let rule = Self.classes[name] else {
        throw Fault(line: number, sentence: "there is no class '\(name)'")
      }
      guard let severity = Finding.Severity(rawValue: String(decoding: parts[2], as: UTF8.self)) else {
        throw Fault(line: number, sentence: "a term is an 'error' or a 'warning'")
      }
      guard add(parts[0], Entry(rule: rule, severity: severity), isLay: true) else {
        throw Fault(line: number, sentence: "a term has one to \(Self.longest) words")
      }
      add(ordinary: parts[4])
    }
  }

  /// Adds a list with a term on each line, all of one class.
  mutating func add(terms bytes: [UInt8], _ rule: CheckRule) throws(Fault) {
    stamp(bytes)
    var number = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) where !line.isEmpty {
      number += 1
      guard add(line, Entry(rule: rule, severity: .error), isLay: false) else {
        throw Fault(line: number, sentence: "a term has one to \(Self.longest) words")
      }
    }
  }

  /// Adds ordinary words, which are not taken for a misspelt term.
  mutating func add(ordinary bytes: ArraySlice<UInt8>) {
    var words = FoldedText()
    words.fold(String(decoding: bytes, as: UTF8.self))
    for token in words.tokens {
      ordinary.insert(token.hash)
    }
  }

  private mutating func stamp(_ bytes: [UInt8]) {
    var hash = WordHash(value: fingerprint)
    for byte in bytes { hash.add(byte) }
    fingerprint = hash.value
  }

  private mutating func add(_ term: ArraySlice<UInt8>, _ entry: Entry, isLay: Bool) -> Bool {
    var words = FoldedText()
    words.fold(String(decoding: term, as: UTF8.self))
    guard (1...Self.longest).contains(words.tokens.count) else { return false }
    var hash = WordHash.empty
    for (index, token) in words.tokens.enumerated() {
      if index > 0 { hash.add(0x20) }
      for byte in words.letters[token.letters] { hash.add(byte) }
      let isLast = index == words.tokens.count - 1
      insert(hash.value, isLast ? Self.code(entry) : Self.prefixMark)
    }
    if isLay, words.tokens.count == 1, words.tokens[0].letters.count >= Self.shortestNearby {
      let letters = words.letters[words.tokens[0].letters]
      longWords.insert(hash)
      for dropped in letters.indices { nearby.insert(WordHash.of(letters, without: dropped)) }
    }
    count += 1
    return true
  }

  private static let shortestNearby = 6
  private static let prefixMark: UInt8 = 0x80
  private static let warningMark: UInt8 = 0x40
  private static let rules = CheckRule.allCases

  private static func code(_ entry: Entry) -> UInt8 {
    let place = UInt8(rules.firstIndex(of: entry.rule) ?? 0) + 1
    return entry.severity == .warning ? place | warningMark : place
  }

  private mutating func insert(_ hash: UInt64, _ code: UInt8) {
    if used * 2 > hashes.count { grow() }
    var slot = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
    while hashes[slot] != 0, hashes[slot] != hash { slot = (slot + 1) & (hashes.count - 1) }
    if hashes[slot] == 0 { used += 1 }
    hashes[slot] = hash
    // The first class of a term holds: the lists written by hand come before the derived ones.
    let known = codes[slot]
    codes[slot] = known & 0x3F == 0 ? known | code : known | (code & Self.prefixMark)
  }

  private mutating func grow() {
    let (oldHashes, oldCodes) = (hashes, codes)
    hashes = [UInt64](repeating: 0, count: oldHashes.count * 2)
    codes = [UInt8](repeating: 0, count: oldHashes.count * 2)
    used = 0
    for (hash, code) in zip(oldHashes, oldCodes) where hash != 0 { insert(hash, code) }
  }

  /// What is known of words by their hash: whether they are a term, and whether a longer term begins with them.
  func look(up hash: UInt64) -> (entry: Entry?, isPrefix: Bool) {
    var slot = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
    while hashes[slot] != 0 {
      if hashes[slot] == hash {
        let code = codes[slot]
        let place = Int(code & 0x3F)
        let entry =
          place == 0
          ? nil
          : Entry(rule: Self.rules[place - 1], severity: code & Self.warningMark == 0 ? .error : .warning)
        return (entry, code & Self.prefixMark != 0)
      }
      slot = (slot + 1) & (hashes.count - 1)
    }
    return (nil, false)
  }

  /// The class of the long word that letters are one letter away from; nil where they are not away from any.
  ///
  /// One letter wrong, missing, added, or two neighbours exchanged (Damerau and Levenshtein).
  func nearTerm(_ letters: ArraySlice<UInt8>, _ whole: WordHash) -> Entry? {
    guard letters.count >= Self.shortestNearby - 1, !ordinary.contains(whole) else { return nil }
    // One letter missing.
    if nearby.contains(whole) { return near }
    for dropped in letters.indices {
      let hash = WordHash.of(letters, without: dropped)
      // One letter added.
      if longWords.contains(hash) { return look(up: hash.value).entry ?? near }
      guard nearby.contains(hash), letters.count >= Self.shortestNearby else { continue }
      // Without it both are the same, but a wrong letter and a missing one elsewhere are two faults.
      if let entry = mended(Array(letters), at: dropped - letters.startIndex) { return entry }
    }
    return nil
  }

  /// The class of the long word that letters are with another letter at a place, or with it and the next exchanged.
  private func mended(_ letters: [UInt8], at place: Int) -> Entry? {
    var changed = letters
    for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
      changed[place] = letter
      let hash = WordHash.of(changed[...], without: nil)
      if longWords.contains(hash) { return look(up: hash.value).entry ?? near }
    }
    changed = letters
    guard place + 1 < changed.count else { return nil }
    changed.swapAt(place, place + 1)
    let hash = WordHash.of(changed[...], without: nil)
    return longWords.contains(hash) ? look(up: hash.value).entry ?? near : nil
  }

  /// Whether a hash is that of a long word of a list written by hand.
  func isLongWord(_ hash: WordHash) -> Bool { longWords.contains(hash) }

  private var near: Entry { Entry(rule: .evasion, severity: .error) }
}

/// FNV-1a over 64 bits, one byte after the other.
struct WordHash: Hashable {
  var value: UInt64
  static let empty = WordHash(value: 0xCBF2_9CE4_8422_2325)

  @inline(__always)
  mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

  static func of(_ letters: ArraySlice<UInt8>, without dropped: Int?) -> WordHash {
    var hash = WordHash.empty
    for index in letters.indices where index != dropped { hash.add(letters[index]) }
    return hash
  }
}
