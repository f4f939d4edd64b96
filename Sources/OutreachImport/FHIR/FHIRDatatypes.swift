import OutreachCore

/// The parts of FHIR R4 datatypes that an import reads (https://hl7.org/fhir/R4/datatypes.html).
///
/// Every field is optional, because exports leave out what the standard asks for; fields that are not named
/// here are passed over.
enum FHIR {
  struct Coding: Decodable {
    var system: String?
    var code: String?
    var display: String?
  }

  struct CodeableConcept: Decodable {
    var coding: [Coding]?
    var text: String?
  }

  struct Period: Decodable {
    var start: String?
    var end: String?
  }

  struct Identifier: Decodable {
    var system: String?
    var value: String?
  }

  struct Reference: Decodable {
    var reference: String?
    var identifier: Identifier?
  }

  struct Quantity: Decodable {
    var value: Double?
    var comparator: String?
    var unit: String?
    var system: String?
    var code: String?
  }

  struct Extension: Decodable {
    var url: String?
    var valueCode: String?
    var valueString: String?
  }

  struct Meta: Decodable {
    var lastUpdated: String?
    var security: [Coding]?
    var tag: [Coding]?
  }

  struct Address: Decodable {
    var use: String?
    var text: String?
    var line: [String?]?
    var city: String?
    var district: String?
    var state: String?
    var postalCode: String?
    var country: String?
    var period: Period?
    var `extension`: [Extension]?
  }

  /// A resource inside another one; only medications are looked for there.
  struct Contained: Decodable {
    var id: String?
    var code: CodeableConcept?
  }
}

extension FHIR.CodeableConcept {
  /// Whether one of the codes is `code`, whatever its system says.
  func has(_ code: String) -> Bool {
    coding?.contains { $0.code == code } ?? false
  }

  /// Its codes of systems that value sets can name.
  var knownCodes: [OutreachCore.Coding] {
    (coding ?? []).compactMap { coding in
      guard let url = coding.system, let code = coding.code, !code.isEmpty else { return nil }
      return CodeSystem(fhir: url).map { OutreachCore.Coding($0, code) }
    }
  }

  /// What it says in words: the text, else the first code's display.
  var words: String? {
    let words = text ?? coding?.lazy.compactMap(\.display).first
    return words.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension CodeSystem {
  /// The system of a FHIR `Coding.system`, by its address or by its object identifier.
  ///
  /// Object identifiers as in https://terminology.hl7.org: ICD-10-CM, ICD-10, SNOMED CT, RxNorm, LOINC, CVX.
  init?(fhir system: String) {
    switch system {
    case "urn:oid:2.16.840.1.113883.6.90", "urn:oid:2.16.840.1.113883.6.3": self = .icd10
    case "urn:oid:2.16.840.1.113883.6.96": self = .snomed
    case "urn:oid:2.16.840.1.113883.6.88": self = .rxnorm
    case "urn:oid:2.16.840.1.113883.6.1": self = .loinc
    case "urn:oid:2.16.840.1.113883.12.292": self = .cvx
    default: self.init(url: system)
    }
  }
}

extension Sequence<FHIR.Extension> {
  /// The IANA zone of the extension `http://hl7.org/fhir/StructureDefinition/timezone`, unchecked.
  var timeZone: String? {
    lazy.filter { $0.url == "http://hl7.org/fhir/StructureDefinition/timezone" }
      .compactMap { $0.valueCode ?? $0.valueString }
      .first { !$0.isEmpty }
  }
}
