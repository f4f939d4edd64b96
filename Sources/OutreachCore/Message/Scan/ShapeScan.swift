/// Numbers and addresses that identify somebody, and numbers that are doses or results, by their shape.
enum ShapeScan {
  /// The hits in a text whose words are folded already.
  static func hits(in text: String, _ folded: FoldedText) -> [ScanHit] {
    let bytes = Array(text.utf8)
    let hasDigits = bytes.contains(where: isDigit)
    var hits: [ScanHit] = []
    func add(_ rule: CheckRule, _ range: Range<Int>, _ severity: Finding.Severity = .error) {
      guard !hits.contains(where: { $0.range.overlaps(range) }) else { return }
      hits.append(
        ScanHit(
          rule: rule, severity: severity, range: range, word: String(decoding: bytes[range], as: UTF8.self)))
    }
    if bytes.contains(0x40) { for range in addresses(in: bytes) { add(.identifier, range) } }
    if hasLink(bytes) { for range in links(in: bytes) { add(.link, range) } }
    for run in hasDigits ? DigitRun.runs(in: bytes) : [] {
      if run.isIdentifier { add(.identifier, run.range) }
      if run.isFullDate { add(.identifier, run.range) }
      if run.isPressure { add(.result, run.range) }
      if run.isShare { add(.result, run.range, run.hasFraction ? .error : .warning) }
    }
    for (index, token) in folded.tokens.enumerated() {
      guard
        isNumeric(token, of: folded) || counted.contains(token.hash)
          || hasDigits && recorded.contains(token.hash)
          || hasDigits && monthNames.contains(token.hash)
      else { continue }
      if let end = dose(at: index, of: folded) {
        add(.dose, token.source.lowerBound..<folded.tokens[end].source.upperBound)
      }
      if let end = record(at: index, of: folded) {
        add(.identifier, token.source.lowerBound..<folded.tokens[end].source.upperBound)
      }
      if let end = writtenDate(at: index, of: folded) {
        add(.identifier, token.source.lowerBound..<folded.tokens[end].source.upperBound)
      }
      if isMedicareNumber(at: index, of: folded) { add(.identifier, token.source) }
    }
    return hits
  }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func word(_ index: Int, of folded: FoldedText) -> String {
    guard folded.tokens.indices.contains(index) else { return "" }
    return String(decoding: folded.letters[folded.tokens[index].letters], as: UTF8.self)
  }

  // MARK: Doses

  private static let units: Set<String> = [
    "mg", "mcg", "ml", "cc", "iu", "unit", "units", "puff", "puffs", "tablet", "tablets", "tab", "tabs",
    "pill", "pills",
    "capsule", "capsules", "drop", "drops", "dose", "doses", "patch", "patches", "spray", "sprays",
    "injection",
    "injections", "shot", "shots", "milligrams", "milliliters", "unidad", "unidades", "tableta", "tabletas",
    "pastilla",
    "pastillas", "pildora", "pildoras", "capsula", "capsulas", "gota", "gotas", "dosis", "inyeccion",
    "inyecciones",
    "inhalacion", "inhalaciones", "comprimido", "comprimidos", "parche", "parches", "mililitros",
    "miligramos",
  ]
  private static let counts: Set<String> = [
    "half", "one", "two", "three", "four", "five", "six", "ten", "a", "an", "media", "medio", "una", "un",
    "dos", "tres",
    "cuatro", "cinco", "seis", "diez",
  ]

  /// The words that a dose, a record's number or a date can begin with, for a quick look.
  private static let counted = HashTable(counts)
  private static let recorded = HashTable(recordWords)
  private static let monthNames = HashTable(months)

  private static func isNumeric(_ token: FoldedText.Token, of folded: FoldedText) -> Bool {
    isDigit(folded.letters[token.letters.lowerBound])
  }

  /// Whether a full stop stands between two letters or digits, or a colon before two slashes.
  private static func hasLink(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > 2 else { return false }
    func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) }
    return (1..<(bytes.count - 1)).contains { index in
      bytes[index] == 0x2E && isWord(bytes[index - 1]) && isWord(bytes[index + 1])
        || bytes[index] == 0x3A && bytes[index + 1] == 0x2F
    }
  }

  /// The last word of a dose that begins at a word.
  private static func dose(at index: Int, of folded: FoldedText) -> Int? {
    let token = folded.tokens[index]
    let letters = folded.letters[token.letters]
    guard let first = letters.first else { return nil }
    if isDigit(first) {
      if token.isNumber { return units.contains(word(index + 1, of: folded)) ? index + 1 : nil }
      let unit = String(decoding: letters.drop(while: isDigit), as: UTF8.self)
      return units.contains(unit) ? index : nil
    }
    guard letters.count <= 6, counts.contains(word(index, of: folded)) else { return nil }
    // "half a tablet", "media pastilla"
    for next in [index + 1, index + 2] where units.contains(word(next, of: folded)) {
      let isOne = ["a", "an", "un", "una", "one"].contains(word(index, of: folded))
      // A unit or a drop can be many things; a tablet cannot.
      if isOne,
        ["unit", "unidad", "drop", "gota", "patch", "parche", "spray"].contains(word(next, of: folded))
      {
        return nil
      }
      return next == index + 1 || ["a", "an", "de"].contains(word(index + 1, of: folded)) ? next : nil
    }
    return nil
  }

  // MARK: Identifiers

  private static let recordWords: Set<String> = [
    "mrn", "record", "member", "account", "acct", "policy", "chart", "patient", "expediente", "cuenta",
    "poliza", "afiliado",
    "historia", "paciente", "ssn", "id",
  ]
  private static let fillers: Set<String> = ["no", "number", "num", "numero", "id", "is", "es", "nr", "de"]

  /// The number behind words such as "member number".
  private static func record(at index: Int, of folded: FoldedText) -> Int? {
    guard folded.tokens[index].letters.count <= 10, recordWords.contains(word(index, of: folded)) else {
      return nil
    }
    var next = index + 1
    while fillers.contains(word(next, of: folded)) || recordWords.contains(word(next, of: folded)) {
      next += 1
    }
    guard folded.tokens.indices.contains(next) else { return nil }
    let letters = folded.letters[folded.tokens[next].letters]
    return letters.count >= 4 && letters.count(where: isDigit) >= 3 ? next : nil
  }

  private static let months: Set<String> = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "enero", "febrero",
    "marzo", "abril",
    "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre", "ene", "abr",
    "ago", "dic",
  ]

  /// A day with its year in words: `May 4, 1961`, `4 de mayo de 1961`.
  private static func writtenDate(at index: Int, of folded: FoldedText) -> Int? {
    func isYear(_ place: Int) -> Bool {
      let text = word(place, of: folded)
      return text.utf8.count == 4 && (text.hasPrefix("19") || text.hasPrefix("20"))
        && text.utf8.allSatisfy(isDigit)
    }
    func isDay(_ place: Int) -> Bool { Int(word(place, of: folded)).map { (1...31).contains($0) } ?? false }
    if months.contains(word(index, of: folded)), isDay(index + 1), isYear(index + 2) { return index + 2 }
    guard isDay(index) else { return nil }
    var next = index + 1
    if word(next, of: folded) == "de" { next += 1 }
    guard months.contains(word(next, of: folded)) else { return nil }
    next += 1
    if word(next, of: folded) == "de" || word(next, of: folded) == "del" { next += 1 }
    return isYear(next) ? next : nil
  }

  /// The shape of a Medicare Beneficiary Identifier (CMS): eleven places, each a digit, a letter or either.
  private static func isMedicareNumber(at index: Int, of folded: FoldedText) -> Bool {
    let token = folded.tokens[index]
    var letters = Array(folded.letters[token.letters])
    // It is often written in groups of four, three and four.
    if letters.count == 4, folded.tokens.indices.contains(index + 2) {
      letters +=
        folded.letters[folded.tokens[index + 1].letters] + folded.letters[folded.tokens[index + 2].letters]
    }
    guard letters.count == 11 else { return false }
    let excluded = Array("sloibz".utf8)
    return zip(letters, "1AXNAXNAANN").allSatisfy { byte, kind in
      let isLetter = (0x61...0x7A).contains(byte) && !excluded.contains(byte)
      return switch kind {
      case "1": isDigit(byte) && byte != 0x30
      case "N": isDigit(byte)
      case "A": isLetter
      default: isLetter || isDigit(byte)
      }
    }
  }

  /// E-mail addresses: an `@` with letters before and a dotted host behind.
  private static func addresses(in bytes: [UInt8]) -> [Range<Int>] {
    bytes.indices.compactMap { place in
      guard bytes[place] == 0x40 else { return nil }
      let start = bytes[..<place].lastIndex { !isInAddress($0) }.map { $0 + 1 } ?? 0
      let end = bytes[(place + 1)...].firstIndex { !isInAddress($0) } ?? bytes.count
      guard start < place, bytes[(place + 1)..<end].dropLast().contains(0x2E) else { return nil }
      return start..<end
    }
  }

  private static func isInAddress(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2E || byte == 0x2D || byte == 0x5F
      || byte == 0x2B
  }

  /// What a phone makes a link of: a scheme, `www.`, or a name with a dot and a top-level domain.
  private static func links(in bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var place = 0
    while place < bytes.count {
      guard bytes[place] > 0x20 else {
        place += 1
        continue
      }
      let end = bytes[place...].firstIndex { $0 <= 0x20 } ?? bytes.count
      let word = String(decoding: bytes[place..<end], as: UTF8.self).lowercased()
      if word.contains("://") || word.hasPrefix("www.") || hasDomain(word) { ranges.append(place..<end) }
      place = end
    }
    return ranges
  }

  private static let domains: Set<Substring> = [
    "com", "org", "net", "edu", "gov", "io", "co", "us", "info", "biz", "health", "care", "clinic", "app",
    "me", "ly", "gl", "mx",
    "es", "eu", "uk", "ca", "dev", "link", "page", "site", "online", "example",
  ]

  private static func hasDomain(_ word: String) -> Bool {
    let host = word.prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" }
    let labels = host.drop { !$0.isLetter && !$0.isNumber }.split(
      separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, let last = labels.last?.prefix(while: \.isLetter), domains.contains(last) else {
      return false
    }
    return labels.dropLast().allSatisfy { label in
      label.count >= 2 && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
    }
  }
}
