/// The forms that words take with a number, by CLDR 44.
public enum PluralCategory: String, Hashable, Sendable {
  /// As with 1.
  case one
  /// As with a million in Spanish: "un millón de pasos".
  case many
  /// As with every other number.
  case other

  /// The form that goes with a number as it is shown.
  ///
  /// - Parameters:
  ///   - whole: the whole part, without its sign.
  ///   - hasFraction: whether digits follow the decimal point, which makes "1.0" another form than "1" in English.
  ///   - isOne: whether the value is exactly 1.
  ///   - language: a BCP 47 tag.
  public init(whole: UInt64, hasFraction: Bool, isOne: Bool, in language: String) {
    if language == "es" || language.hasPrefix("es-") {
      // es: n = 1 is one; i ≠ 0 and i % 1000000 = 0 and v = 0 is many.
      if isOne {
        self = .one
      } else {
        self = whole != 0 && whole % 1_000_000 == 0 && !hasFraction ? .many : .other
      }
    } else {
      // en: i = 1 and v = 0.
      self = whole == 1 && !hasFraction ? .one : .other
    }
  }
}
