/// Something in a text that tells what it must not.
public struct ScanHit: Hashable, Sendable {
  /// The rule that it breaks.
  public var rule: CheckRule
  /// How sure that is.
  public var severity: Finding.Severity
  /// Where it stands, in bytes of the text's UTF-8.
  public var range: Range<Int>
  /// As it is written.
  public var word: String
}

/// Looks for what a text must not tell: the second net, behind labels and below people.
///
/// It keeps its memory from text to text, so one scanner serves one worker.
public struct TextScanner {
  private let lexicon: Lexicon
  private let language: String
  /// Whether the ordinary words beside the terms are known; where they are not, a near miss is only doubtful.
  private var knowsNeighbours: Bool { language.hasPrefix("en") }
  private var folded = FoldedText()
  private var read = FoldedText()

  /// Makes a scanner for a language; nil where the catalogue has none.
  public init?(language: String, catalogue: LexiconCatalogue) {
    guard let lexicon = catalogue[language] else { return nil }
    self.lexicon = lexicon
    self.language = language
  }

  /// Everything in a text that tells what it must not, in the order of the text.
  ///
  /// - Parameter allowed: parts that may stand in it as they are, such as the clinic's own number.
  public mutating func hits(in text: String, allowing allowed: [String] = []) -> [ScanHit] {
    let text = Self.blanked(text, allowed)
    var hits = RepertoireScan.hits(in: text)
    folded.fold(text)
    hits += words(of: folded, in: text)
    hits += disguises(in: text, besides: hits)
    hits += ShapeScan.hits(in: text, folded)
    return Self.ordered(hits)
  }

  /// What only shows when two texts are read one after the other: a word that is split between them.
  public mutating func hits(acrossBreak first: String, _ second: String) -> [ScanHit] {
    let joined = first + " " + second
    folded.fold(joined)
    let place = first.utf8.count
    let crossing = words(of: folded, in: joined) + splits(of: folded, in: joined)
    return crossing.filter { $0.range.lowerBound < place && $0.range.upperBound > place + 1 }
  }

  /// What the name of a sender, host, clinic, place or person tells; parts of words count too.
  public mutating func hits(inName name: String) -> [ScanHit] {
    var hits = hits(in: name)
    for token in folded.tokens where token.letters.count >= 8 {
      let word = String(decoding: folded.letters[token.letters], as: UTF8.self)
      guard let stem = Self.stems.first(where: { word.contains($0.stem) }),
        !hits.contains(where: { $0.range.overlaps(token.source) })
      else { continue }
      hits.append(hit(Lexicon.Entry(rule: stem.rule, severity: .error), token.source, in: name))
    }
    return Self.ordered(hits)
  }

  // MARK: Words

  /// The terms of a text, without those that lie within a weightier one, and without doubts about what is sure.
  private func words(of folded: FoldedText, in text: String) -> [ScanHit] {
    var hits: [ScanHit] = []
    for start in folded.tokens.indices {
      for (entry, count) in terms(at: start, of: folded) {
        let tokens = folded.tokens[start..<(start + count)]
        let range = tokens[start].source.lowerBound..<tokens[start + count - 1].source.upperBound
        let isDisguised = tokens.contains(where: \.isDisguised)
        hits.append(
          hit(isDisguised ? Lexicon.Entry(rule: .evasion, severity: .error) : entry, range, in: text))
      }
    }
    if hits.count < 2 { return hits }
    var kept: [ScanHit] = []
    for hit in hits.sorted(by: { Self.weight(of: $0).lexicographicallyPrecedes(Self.weight(of: $1)) }) {
      let isSaid = kept.contains { other in
        if Self.holds(other.range, hit.range) { return true }
        return hit.severity == .warning && other.severity == .error && other.range.overlaps(hit.range)
          && !Self.holds(hit.range, other.range)
      }
      if !isSaid { kept.append(hit) }
    }
    return kept
  }

  private static func holds(_ outer: Range<Int>, _ inner: Range<Int>) -> Bool {
    outer.lowerBound <= inner.lowerBound && outer.upperBound >= inner.upperBound
  }

  /// What goes first among terms that overlap: what is sure, what nobody can allow, the longer, the earlier.
  ///
  /// A restricted word stays one within a longer term that two people could allow.
  private static func weight(of hit: ScanHit) -> [Int] {
    [
      hit.severity == .error ? 0 : 1, hit.rule.canBeOverridden ? 1 : 0, -hit.range.count,
      hit.range.lowerBound,
    ]
  }

  /// The terms that begin at a word, with how many words each has.
  private func terms(at start: Int, of folded: FoldedText) -> [(Lexicon.Entry, Int)] {
    var found: [(Lexicon.Entry, Int)] = []
    var hash = WordHash.empty
    for index in start..<min(start + Lexicon.longest, folded.tokens.count) {
      if index > start { hash.add(0x20) }
      let letters = folded.letters[folded.tokens[index].letters]
      // Without a last "s" or "es" it may be a term too.
      var (beforeLast, beforeTwo) = (hash, hash)
      for (place, byte) in letters.enumerated() {
        if place == letters.count - 2 { beforeTwo = hash }
        if place == letters.count - 1 { beforeLast = hash }
        hash.add(byte)
      }
      let known = lexicon.look(up: hash.value)
      if let entry = known.entry {
        found.append((entry, index - start + 1))
      } else if letters.last == UInt8(ascii: "s"), letters.count > 2 {
        if let entry = lexicon.look(up: beforeLast.value).entry {
          found.append((entry, index - start + 1))
        } else if letters.count > 4, letters[letters.endIndex - 2] == UInt8(ascii: "e"),
          let entry = lexicon.look(up: beforeTwo.value).entry
        {
          found.append((entry, index - start + 1))
        }
      }
      guard known.isPrefix else { break }
    }
    return found
  }

  // MARK: Disguises

  private mutating func disguises(in text: String, besides known: [ScanHit]) -> [ScanHit] {
    var hits = splits(of: folded, in: text)
    if Self.mixesSigns(text) {
      for one in [UInt8(ascii: "i"), UInt8(ascii: "l")] {
        read.fold(text, signs: .asLetters(one: one))
        // A word is in disguise only where letters and signs are mixed.
        for found in words(of: read, in: text) + splits(of: read, in: text)
        where found.word.utf8.contains(where: Self.isSign) && found.word.contains(where: \.isLetter) {
          hits.append(found)
        }
      }
    }
    for token in folded.tokens where !token.isNumber && token.letters.count >= 5 {
      guard var entry = lexicon.nearTerm(folded.letters[token.letters], token.hash) else { continue }
      if !knowsNeighbours { entry.severity = .warning }
      hits.append(hit(entry, token.source, in: text))
    }
    if hits.isEmpty { return hits }
    return hits.filter { found in !known.contains { $0.range.overlaps(found.range) } }.map { found in
      // What is only doubtful in plain letters is doubtful in disguise.
      ScanHit(rule: .evasion, severity: found.severity, range: found.range, word: found.word)
    }
  }

  /// Words whose letters are spread: spelt with gaps, or cut in two or three.
  private func splits(of folded: FoldedText, in text: String) -> [ScanHit] {
    var hits: [ScanHit] = []
    let tokens = folded.tokens
    var index = 0
    while index < tokens.count {
      // Single letters in a row.
      var end = index
      while end < tokens.count, tokens[end].letters.count == 1 { end += 1 }
      if end - index >= 2, let found = speltTerm(in: index..<end, of: folded) {
        hits.append(hit(found.entry, found.source, in: text))
        index = end
        continue
      }
      // Words that are one word of a list when the gaps between them are taken out.
      var hash = tokens[index].hash
      for next in (index + 1)..<min(index + 3, tokens.count) where next < tokens.count {
        var beforeLast = hash
        for byte in folded.letters[tokens[next].letters] {
          beforeLast = hash
          hash.add(byte)
        }
        let isPlural = folded.letters[tokens[next].letters.upperBound - 1] == UInt8(ascii: "s")
        let known =
          lexicon.isLongWord(hash) ? hash : isPlural && lexicon.isLongWord(beforeLast) ? beforeLast : nil
        guard let known, let entry = lexicon.look(up: known.value).entry else { continue }
        hits.append(hit(entry, tokens[index].source.lowerBound..<tokens[next].source.upperBound, in: text))
      }
      index += 1
    }
    return hits
  }

  /// The longest term that single letters in a row spell.
  private func speltTerm(
    in range: Range<Int>, of folded: FoldedText
  ) -> (entry: Lexicon.Entry, source: Range<Int>)? {
    let tokens = folded.tokens
    for start in range.lowerBound..<(range.upperBound - 1) {
      for end in stride(from: range.upperBound, to: start + 1, by: -1) {
        let letters = folded.letters[tokens[start].letters.lowerBound..<tokens[end - 1].letters.upperBound]
        var entry = lexicon.look(up: WordHash.of(letters, without: nil).value).entry
        if entry == nil, letters.last == UInt8(ascii: "s") {
          entry = lexicon.look(up: WordHash.of(letters.dropLast(), without: nil).value).entry
        }
        // Two letters are a word of their own too often to doubt them.
        guard let entry, letters.count >= 3 || entry.severity == .error else { continue }
        return (entry, tokens[start].source.lowerBound..<tokens[end - 1].source.upperBound)
      }
    }
    return nil
  }

  /// Whether a sign that can stand for a letter stands beside a letter.
  private static func mixesSigns(_ text: String) -> Bool {
    var wasSign = false
    var wasLetter = false
    for byte in text.utf8 {
      let isLetter = (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80
      let isSign = isSign(byte)
      if isSign && wasLetter || isLetter && wasSign { return true }
      (wasSign, wasLetter) = (isSign, isLetter)
    }
    return false
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x21, 0x24, 0x40, 0x2B, 0x7C: true
    default: false
    }
  }

  // MARK: Parts of words

  /// Beginnings and middles of words that tell the same in every word they are in.
  private static let stems: [(stem: String, rule: CheckRule)] = [
    ("oncolog", .specialty), ("nephrol", .specialty), ("dialys", .procedure), ("psychiat", .mentalHealth),
    ("psicolog", .mentalHealth), ("psycholog", .mentalHealth), ("psiquiat", .mentalHealth),
    ("cardiol", .specialty),
    ("urolog", .specialty), ("neurolog", .specialty), ("gastroent", .specialty), ("hepatol", .specialty),
    ("hematol", .specialty), ("endocrin", .specialty), ("pulmonol", .specialty), ("rheumat", .specialty),
    ("dermatol", .specialty), ("gynecol", .reproductive), ("ginecol", .reproductive),
    ("obstetri", .reproductive),
    ("fertilit", .reproductive), ("matern", .reproductive), ("diabet", .condition),
    ("methadon", .substanceUse),
    ("metadon", .substanceUse), ("addiction", .substanceUse), ("adiccion", .substanceUse),
    ("recover", .substanceUse),
    ("cancer", .condition), ("transplant", .procedure), ("hospice", .specialty), ("infectio", .specialty),
  ]

  // MARK: Hits

  private func hit(_ entry: Lexicon.Entry, _ range: Range<Int>, in text: String) -> ScanHit {
    ScanHit(
      rule: entry.rule, severity: entry.severity, range: range,
      word: String(decoding: Array(text.utf8)[range], as: UTF8.self))
  }

  /// The hits in the order of the text, each once.
  private static func ordered(_ hits: [ScanHit]) -> [ScanHit] {
    if hits.count < 2 { return hits }
    var seen: Set<ScanHit> = []
    return hits.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    .filter { seen.insert($0).inserted }
  }

  /// The text with blanks in place of what is allowed, as many bytes as before.
  private static func blanked(_ text: String, _ allowed: [String]) -> String {
    var bytes = Array(text.utf8)
    var isChanged = false
    for part in allowed where !part.isEmpty {
      let part = Array(part.utf8)
      var place = 0
      while place + part.count <= bytes.count {
        if bytes[place] == part[0], bytes[place..<(place + part.count)].elementsEqual(part) {
          for index in place..<(place + part.count) { bytes[index] = 0x20 }
          isChanged = true
          place += part.count
        } else {
          place += 1
        }
      }
    }
    return isChanged ? String(decoding: bytes, as: UTF8.self) : text
  }
}
