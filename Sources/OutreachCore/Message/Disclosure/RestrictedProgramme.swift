/// Care that the law protects beyond other care: its messages are sealed, whoever gets them.
///
/// A campaign says which it belongs to; one that reads codes of such care without saying so does not load.
public enum RestrictedProgramme: String, CaseIterable, Hashable, Sendable {
  /// Treatment of substance use, 42 CFR Part 2.
  case substanceUse = "substance_use"
  /// HIV and other sexually transmitted infections.
  case sexualHealth = "sexual_health"
  /// Psychiatric care.
  case mentalHealth = "mental_health"
  /// Pregnancy, contraception and fertility.
  case reproductive = "reproductive"
  /// Abuse and assault.
  case violence = "violence"

  /// The sensitivity code that HL7 has for it (v3-ActCode).
  public var sensitivity: SensitivityCode {
    switch self {
    case .substanceUse: .substanceUse
    case .sexualHealth: .sexualHealth
    case .mentalHealth: .mentalHealth
    case .reproductive: .pregnancy
    case .violence: .violence
    }
  }

  /// The programme that a code belongs to; nil for other care and for systems other than ICD-10.
  ///
  /// By the chapters and blocks of ICD-10-CM: F10–F19; A50–A64, B20, Z20.2, Z20.6, Z21, Z72.5; the rest of F20–F99 and R45.85; O, Z30–Z39, N97;
  /// T74, T76, Y07.
  public init?(of code: Coding) {
    guard code.system == .icd10 else { return nil }
    let text = code.code.uppercased()
    func begins(_ prefixes: String...) -> Bool { prefixes.contains { text.hasPrefix($0) } }
    func isBetween(_ letter: Character, _ range: ClosedRange<Int>) -> Bool {
      text.first == letter && Int(text.dropFirst().prefix(2)).map(range.contains) == true
    }
    if isBetween("F", 10...19) {
      self = .substanceUse
    } else if isBetween("A", 50...64)
      || begins("B20", "Z20.2", "Z202", "Z20.6", "Z206", "Z21", "Z72.5", "Z725")
    {
      self = .sexualHealth
    } else if isBetween("F", 20...99) || begins("R45.85", "R4585") {
      self = .mentalHealth
    } else if text.first == "O" || isBetween("Z", 30...39) || begins("N97") {
      self = .reproductive
    } else if begins("T74", "T76", "Y07") {
      self = .violence
    } else {
      return nil
    }
  }
}
