import OutreachCore

/// A vaccination: a fact only when it is completed and says on which day.
struct ImmunizationResource: FHIRResource {
  static let type = "Immunization"

  var id: String?
  var meta: FHIR.Meta?
  var status: String?
  var vaccineCode: FHIR.CodeableConcept?
  var patient: FHIR.Reference?
  var occurrenceDateTime: String?

  func read(_ context: ReadingContext) throws(ResourceFault) -> Reading {
    let id = try recordID(context)
    if status == "entered-in-error" { return context.voided(id, patient, skipped: .enteredInError) }
    guard case .patient(let patient) = try context.subject(patient, at: "patient") else {
      return Reading([], skipped: .notAPatient)
    }
    guard status == "completed" else { return Reading([.noFact(patient, id)], skipped: .notDone) }
    guard let day = try context.date(occurrenceDateTime, at: "occurrenceDateTime") else {
      return Reading([.noFact(patient, id)], skipped: .noDate)
    }
    let codes = vaccineCode?.knownCodes ?? []
    guard !codes.isEmpty else { return Reading([.noFact(patient, id)], skipped: .noKnownCode) }
    return Reading([.fact(patient, .immunization(Immunization(id: id, codes: codes, on: day)))])
  }
}
