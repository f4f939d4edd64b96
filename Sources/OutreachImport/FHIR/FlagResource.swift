import OutreachCore

/// A warning on a record: a fact only while its status is `active`.
///
/// A bound of its period that cannot be read is none: the warning holds.
struct FlagResource: FHIRResource {
  static let type = "Flag"

  var id: String?
  var meta: FHIR.Meta?
  var status: String?
  var category: [FHIR.CodeableConcept]?
  var code: FHIR.CodeableConcept?
  var subject: FHIR.Reference?
  var period: FHIR.Period?

  func read(_ context: ReadingContext) throws(ResourceFault) -> Reading {
    let id = try recordID(context)
    if status == "entered-in-error" { return context.voided(id, subject, skipped: .enteredInError) }
    guard case .patient(let patient) = try context.subject(subject, at: "subject") else {
      return Reading([], skipped: .notAPatient)
    }
    guard status == "active" else { return Reading([.noFact(patient, id)], skipped: .notActive) }
    let flag = Flag(
      id: id, kind: FlagMapping.kind(code: code, category: category ?? []),
      startsAt: period?.start.flatMap { FHIRDateTime($0) }?.earliest(in: context.zone),
      endsAt: period?.end.flatMap { FHIRDateTime($0) }?.end(in: context.zone))
    return Reading([.fact(patient, .flag(flag))])
  }
}
