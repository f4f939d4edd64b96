import OutreachCore

/// One consent record, ready to be mapped.
struct ConsentStatement {
  /// What a provision does.
  enum Rule: String {
    case permit
    case deny
  }

  var evidence: ResourceID
  var scope: FHIR.CodeableConcept?
  /// The rule of the root provision.
  var base: Rule?
  var root: ConsentResource.Provision?
  /// `Consent.dateTime`.
  var saidAt: FHIRDateTime?
  /// `meta.lastUpdated`.
  var changedAt: Instant?
  var giver: ConsentGiver
  var wording: String?
  /// The language of the attached wording.
  var wordingLanguage: String?
  /// Where the evidence can be found.
  var reference: String?
}
