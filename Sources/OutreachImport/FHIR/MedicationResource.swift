import OutreachCore

/// A medication that orders and dispenses refer to.
struct MedicationResource: FHIRResource {
  static let type = "Medication"

  var id: String?
  var meta: FHIR.Meta?
  var status: String?
  var code: FHIR.CodeableConcept?

  func read(_ context: ReadingContext) throws(ResourceFault) -> Reading {
    let id = try recordID(context)
    if status == "entered-in-error" { return Reading([.deleted(id)], skipped: .enteredInError) }
    let codes = code?.knownCodes ?? []
    return Reading([.medication(id, codes)], skipped: codes.isEmpty ? .noKnownCode : nil)
  }
}
