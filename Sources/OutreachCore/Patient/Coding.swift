/// A system of clinical codes that value sets can name.
public enum CodeSystem: UInt8, Hashable, Sendable, CaseIterable {
  /// ICD-10-CM and ICD-10, `http://hl7.org/fhir/sid/icd-10-cm` and `…/icd-10`.
  case icd10 = 1
  /// SNOMED CT, `http://snomed.info/sct`.
  case snomed = 2
  /// RxNorm, `http://www.nlm.nih.gov/research/umls/rxnorm`.
  case rxnorm = 3
  /// LOINC, `http://loinc.org`.
  case loinc = 4
  /// CVX vaccine codes, `http://hl7.org/fhir/sid/cvx`.
  case cvx = 5

  /// The system that a FHIR `Coding.system` names, or nil for one that value sets cannot use.
  public init?(url: String) {
    switch url {
    case "http://hl7.org/fhir/sid/icd-10-cm", "http://hl7.org/fhir/sid/icd-10": self = .icd10
    case "http://snomed.info/sct": self = .snomed
    case "http://www.nlm.nih.gov/research/umls/rxnorm": self = .rxnorm
    case "http://loinc.org": self = .loinc
    case "http://hl7.org/fhir/sid/cvx": self = .cvx
    default: return nil
    }
  }

  /// The name by which `valuesets.lua` and CSV files call the system.
  public var name: String {
    switch self {
    case .icd10: "icd10"
    case .snomed: "snomed"
    case .rxnorm: "rxnorm"
    case .loinc: "loinc"
    case .cvx: "cvx"
    }
  }

  /// The system of that name in `valuesets.lua`.
  public init?(name: String) {
    guard let system = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = system
  }
}

/// One clinical code and the system it belongs to.
public struct Coding: Hashable, Sendable {
  /// The code's system.
  public var system: CodeSystem
  /// The code as the system writes it, such as `E11.9`.
  public var code: String

  /// Takes a code of a system.
  public init(_ system: CodeSystem, _ code: String) {
    self.system = system
    self.code = code
  }
}
