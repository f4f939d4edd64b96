import OutreachCore

/// A problem or diagnosis.
///
/// It is active when `clinicalStatus` says active, recurrence or relapse and `verificationStatus` does not
/// say refuted; a record without a clinical status is not.
struct ConditionResource: FHIRResource {
  static let type = "Condition"

  var id: String?
  var meta: FHIR.Meta?
  var clinicalStatus: FHIR.CodeableConcept?
  var verificationStatus: FHIR.CodeableConcept?
  var code: FHIR.CodeableConcept?
  var subject: FHIR.Reference?
  var onsetDateTime: String?

  func read(_ context: ReadingContext) throws(ResourceFault) -> Reading {
    let id = try recordID(context)
    if verificationStatus?.has("entered-in-error") == true {
      return context.voided(id, subject, skipped: .enteredInError)
    }
    guard case .patient(let patient) = try context.subject(subject, at: "subject") else {
      return Reading([], skipped: .notAPatient)
    }
    let codes = code?.knownCodes ?? []
    guard !codes.isEmpty else { return Reading([.noFact(patient, id)], skipped: .noKnownCode) }
    let isActive =
      ["active", "recurrence", "relapse"].contains { clinicalStatus?.has($0) ?? false }
      && verificationStatus?.has("refuted") != true
    let condition = Condition(
      id: id, codes: codes, isActive: isActive, onset: try context.date(onsetDateTime, at: "onsetDateTime"))
    return Reading([.fact(patient, .condition(condition))])
  }
}
