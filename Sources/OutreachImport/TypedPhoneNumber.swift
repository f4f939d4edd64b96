import OutreachCore

/// A number as typed, taken apart without knowing any numbering plan.
///
/// Allowed are ASCII digits, one `+` in front, white space, hyphens and dashes, dots, parentheses, slashes,
/// and at the end an extension: `x12`, `ext. 12`, `extension 12`, `#12` or `;ext=12`, of at most seven
/// digits.
struct TypedPhoneNumber {
  /// The `+`, where there is one, and the digits before the extension.
  var dialled: String
  /// Whether an extension follows.
  var hasExtension: Bool

  /// Why a text is no number.
  struct Refused: Error {
    var fault: PhoneNumberFault
  }

  static func read(_ text: String) -> Result<TypedPhoneNumber, Refused> {
    let scalars = Array(text.unicodeScalars)
    let end = startOfExtension(in: scalars)
    var dialled = ""
    var fault: PhoneNumberFault?
    for scalar in scalars[..<(end ?? scalars.count)] {
      switch scalar {
      case "0"..."9": dialled.unicodeScalars.append(scalar)
      case "+" where dialled.isEmpty: dialled = "+"
      case _ where isSeparator(scalar): break
      // Letters say more about what was typed than other strays do.
      case _ where scalar.properties.isAlphabetic: fault = .letters
      default: fault = fault ?? .strayCharacters
      }
    }
    if let fault { return .failure(Refused(fault: fault)) }
    let digits = dialled.utf8.count - (dialled.hasPrefix("+") ? 1 : 0)
    if digits == 0 { return .failure(Refused(fault: .notANumber)) }
    // 15 digits, an international prefix and a national one fit; the library gives up on very long texts.
    if digits > 24 { return .failure(Refused(fault: .tooLong)) }
    return .success(TypedPhoneNumber(dialled: dialled, hasExtension: end != nil))
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "-", ".", "(", ")", "/": true
    case "\u{A0}", "\u{2007}", "\u{2009}", "\u{202F}": true  // spaces that word processors put in
    case "\u{2010}"..."\u{2015}", "\u{2212}": true  // hyphens, dashes, minus
    default: false
    }
  }

  /// Where the extension starts, its mark included; nil when there is none.
  private static func startOfExtension(in scalars: [Unicode.Scalar]) -> Int? {
    var index = scalars.count
    func skipBack(while matches: (Unicode.Scalar) -> Bool) {
      while index > 0, matches(scalars[index - 1]) { index -= 1 }
    }
    skipBack(while: { $0 == " " || $0 == "\t" })
    let afterDigits = index
    skipBack(while: { ("0"..."9").contains($0) })
    guard (1...7).contains(afterDigits - index) else { return nil }
    skipBack(while: { $0 == " " || $0 == "." || $0 == ":" || $0 == "=" })
    let afterMark = index
    if index > 0, scalars[index - 1] == "#" { return index - 1 }
    skipBack(while: { ("a"..."z").contains($0) || ("A"..."Z").contains($0) })
    var mark = String.UnicodeScalarView()
    mark.append(contentsOf: scalars[index..<afterMark])
    guard ["x", "ext", "extn", "extension"].contains(String(mark).lowercased()) else { return nil }
    skipBack(while: { $0 == " " || $0 == "," || $0 == ";" })
    return index
  }
}
