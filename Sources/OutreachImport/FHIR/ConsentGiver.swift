import OutreachCore

/// Who gave or withdrew a consent, by the `performer` of its record.
///
/// | performer | source |
/// | --- | --- |
/// | the patient | the patient |
/// | a RelatedPerson, of the source or contained | a proxy; of a contained one the relation is read too |
/// | anybody else, or nobody | a record that does not say |
///
/// Two extensions of the program's own say what FHIR has no place for: that the staff said it without a word of
/// the patient's, and that who withdrew did not say from what.
struct ConsentGiver {
  /// Who said it.
  var source: ConsentEvent.Source
  /// What a proxy is to the patient, such as `parent`.
  var relation: String?
  /// Whether the one who withdrew said from what.
  var isScopeStated: Bool

  /// The extension whose code `staff` says that the staff said it.
  static let sourceExtension = "urn:outreach:consent-source"
  /// The extension whose code `unstated` says that nobody said what it is about.
  static let scopeExtension = "urn:outreach:consent-scope"

  /// A resource inside the consent; only people related to the patient are looked for.
  struct Contained: Decodable {
    var resourceType: String?
    var id: String?
    var relationship: [FHIR.CodeableConcept]?

    private enum CodingKeys: CodingKey {
      case resourceType, id, relationship
    }

    /// Passes over what another kind of resource means by the same names.
    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: CodingKeys.self)
      resourceType = try? fields.decode(String.self, forKey: .resourceType)
      id = try? fields.decode(String.self, forKey: .id)
      relationship = try? fields.decode([FHIR.CodeableConcept].self, forKey: .relationship)
    }
  }

  init(
    performers: [FHIRReference], contained: [Contained], extensions: [FHIR.Extension], patient: PatientID
  ) {
    isScopeStated = !extensions.contains { $0.url == Self.scopeExtension && $0.valueCode == "unstated" }
    if performers.contains(.record(type: "Patient", id: patient.rawValue)) {
      source = .patient
      return
    }
    for performer in performers {
      switch performer {
      case .record("RelatedPerson", _): source = .proxy
      case .contained(let id):
        guard let person = contained.first(where: { $0.id == id && $0.resourceType == "RelatedPerson" })
        else { continue }
        source = .proxy
        relation = (person.relationship ?? []).lazy.compactMap(Self.relation).first
      default: continue
      }
      return
    }
    let isStaff = extensions.contains { $0.url == Self.sourceExtension && $0.valueCode == "staff" }
    source = isStaff ? .staff : .record
  }

  /// What somebody is to the patient: the program's word for a code of v3-RoleCode, else the record's own.
  ///
  /// The record says what the related person is to the patient, as `RelatedPerson.relationship` does.
  private static func relation(_ concept: FHIR.CodeableConcept) -> String? {
    let known = (concept.coding ?? []).lazy.compactMap(\.code).compactMap { relations[$0] }.first
    return known ?? concept.words
  }

  /// The system of codes for what people are to each other.
  static let roleCode = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"

  private static let relations: [String: String] = [
    "PRN": "parent", "MTH": "parent", "FTH": "parent", "NPRN": "parent", "NMTH": "parent",
    "NFTH": "parent", "ADOPTP": "parent", "ADOPTM": "parent", "ADOPTF": "parent", "STPPRN": "parent",
    "STPMTH": "parent", "STPFTH": "parent", "PRNFOST": "parent", "MTHFOST": "parent",
    "FTHFOST": "parent", "GUARD": "guardian",
  ]

  /// The code for one of the program's own words.
  static func code(ofRelation relation: String) -> String? {
    switch relation {
    case "parent": "PRN"
    case "guardian": "GUARD"
    default: nil
    }
  }
}
