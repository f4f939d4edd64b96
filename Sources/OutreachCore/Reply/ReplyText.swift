/// What a patient wrote, reduced to the words that can be compared: capital letters without accents, full-width forms
/// and signs.
struct ReplyText {
  /// The words in their order.
  let words: [String]
  /// Whether it asks something.
  let isQuestion: Bool
  /// Whether it is a stop sign and nothing else.
  let isStopSign: Bool

  init(_ text: String) {
    var words: [String] = []
    var word = ""
    var isQuestion = false
    var signs: Set<Unicode.Scalar> = []
    for scalar in text.unicodeScalars {
      if Self.questionMarks.contains(scalar) { isQuestion = true }
      if Self.apostrophes.contains(scalar) || scalar.properties.isDefaultIgnorableCodePoint { continue }
      switch scalar.properties.generalCategory {
      // An accent on its own, after the letter that it belongs to.
      case .nonspacingMark, .spacingMark, .enclosingMark: continue
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .decimalNumber:
        word += Self.plain(scalar)
      default:
        if scalar.properties.isEmojiPresentation { signs.insert(scalar) }
        if !word.isEmpty { words.append(word) }
        word = ""
      }
    }
    if !word.isEmpty { words.append(word) }
    self.words = words
    self.isQuestion = isQuestion
    isStopSign = words.isEmpty && signs == ["\u{1F6D1}"]
  }

  /// Whether the words stand in it one after another.
  func contains(_ phrase: [String]) -> Bool {
    words.indices.contains { words[$0...].starts(with: phrase) }
  }

  private static func plain(_ scalar: Unicode.Scalar) -> String {
    let upper = String(scalar).uppercased()
    guard let first = upper.unicodeScalars.first, upper.unicodeScalars.count == 1 else { return upper }
    // Full-width letters and digits stand in the order of ASCII.
    if (0xFF01...0xFF5E).contains(first.value), let ascii = Unicode.Scalar(first.value - 0xFEE0) {
      return String(ascii)
    }
    return letters[first] ?? upper
  }

  private static let questionMarks: Set<Unicode.Scalar> = ["?", "¿", "？", "؟"]
  private static let apostrophes: Set<Unicode.Scalar> = ["'", "’", "‘", "`", "´", "ʼ"]

  /// The accented letters of the languages that ``ReplyWords`` has, with their plain ones.
  private static let letters: [Unicode.Scalar: String] = {
    var letters: [Unicode.Scalar: String] = [:]
    for (plain, accented) in [
      ("A", "ÀÁÂÃÄÅĀĂẠẢẤẦẨẪẬẮẰẲẴẶ"), ("C", "Ç"), ("E", "ÈÉÊËĒẸẺẼẾỀỂỄỆ"), ("I", "ÌÍÎÏĪỊỈĨ"), ("N", "Ñ"),
      ("O", "ÒÓÔÕÖŌỌỎỐỒỔỖỘỚỜỞỠỢƠ"), ("U", "ÙÚÛÜŪỤỦỨỪỬỮỰƯŨ"), ("Y", "ÝŸỲỴỶỸ"), ("D", "Đ"), ("ا", "أإآ"),
      ("Е", "Ё"),
    ] {
      for scalar in accented.unicodeScalars { letters[scalar] = plain }
    }
    return letters
  }()
}
