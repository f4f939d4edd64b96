/// The shape of a personal name.
public enum PersonName {
  /// Whether a text can be shown as somebody's given name: one to forty characters, letters of any script with
  /// the marks that belong to them, and single spaces, hyphens, apostrophes or full stops between.
  ///
  /// A full stop ends a name or a part of it (`St. John`), or stands between initials (`J.R.`). Between longer
  /// parts it would make a web address, which phones turn into a link.
  public static func isNameShaped(_ text: String) -> Bool {
    // Most names are one word of ASCII letters and need no look at each character's category.
    if (1...40).contains(text.utf8.count), text.utf8.allSatisfy({ (97...122).contains($0 | 0x20) }) {
      return true
    }
    guard (1...40).contains(text.count), let first = text.unicodeScalars.first, first.properties.isAlphabetic,
      text.unicodeScalars.allSatisfy({ isLetter($0) || joints.contains($0) })
    else { return false }
    for word in text.split(separator: " ", omittingEmptySubsequences: false) where !isWord(word) {
      return false
    }
    return true
  }

  /// Whether a text without spaces is a part of a name: `Anne-Marie`, `O'Brien`, `St.`, `J.R.`.
  private static func isWord(_ word: Substring) -> Bool {
    let pieces = word.split(omittingEmptySubsequences: false) { "-'’".contains($0) }
    return pieces.allSatisfy { piece in
      var parts = piece.split(separator: ".", omittingEmptySubsequences: false)
      if parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
      return parts.allSatisfy { !$0.isEmpty } && (parts.count == 1 || parts.allSatisfy { $0.count == 1 })
    }
  }

  private static let joints = " -'’.".unicodeScalars

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark:
      // Fillers and joiners that count as letters or marks show nothing.
      !scalar.properties.isDefaultIgnorableCodePoint
    default: false
    }
  }
}
