/// What makes a value sensitive, by HL7's codes (v3-ActCode, InformationSensitivityPolicy; public domain).
public enum SensitivityCode: String, Hashable, Sendable {
  /// Who somebody is.
  case demographics = "DEMO"
  /// When somebody was born.
  case birthDate = "DOB"
  /// What somebody has.
  case diagnosis = "DIA"
  /// What somebody takes.
  case medication = "DRGIS"
  /// Where somebody is or will be.
  case location = "PATLOC"
  /// Substance use.
  case substanceUse = "SUD"
  /// HIV and sexual health.
  case sexualHealth = "SEX"
  /// Mental health.
  case mentalHealth = "MH"
  /// Pregnancy.
  case pregnancy = "PREGNANT"
  /// Abuse and assault.
  case violence = "VIO"
}
