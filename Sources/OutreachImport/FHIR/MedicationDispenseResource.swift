import OutreachCore

/// A medication that was handed over: a fact only when it is completed and says on which day.
struct MedicationDispenseResource: FHIRResource {
  static let type = "MedicationDispense"

  var id: String?
  var meta: FHIR.Meta?
  var status: String?
  var medicationCodeableConcept: FHIR.CodeableConcept?
  var medicationReference: FHIR.Reference?
  var contained: [FHIR.Contained]?
  var subject: FHIR.Reference?
  var authorizingPrescription: [FHIR.Reference]?
  var daysSupply: FHIR.Quantity?
  var whenHandedOver: String?

  func read(_ context: ReadingContext) throws(ResourceFault) -> Reading {
    let id = try recordID(context)
    if status == "entered-in-error" { return context.voided(id, subject, skipped: .enteredInError) }
    guard case .patient(let patient) = try context.subject(subject, at: "subject") else {
      return Reading([], skipped: .notAPatient)
    }
    guard status == "completed" else { return Reading([.noFact(patient, id)], skipped: .notDone) }
    guard let day = try context.date(whenHandedOver, at: "whenHandedOver") else {
      return Reading([.noFact(patient, id)], skipped: .noDate)
    }
    let orders = (authorizingPrescription ?? []).compactMap { reference -> ResourceID? in
      guard case .record(let type, let id) = context.target(reference) else { return nil }
      return ResourceID(type: type, id: id)
    }
    let medication = try context.medication(
      medicationCodeableConcept, medicationReference, contained: contained)
    guard !orders.isEmpty || !medication.codes.isEmpty || medication.record != nil else {
      return Reading([.noFact(patient, id)], skipped: .noKnownCode)
    }
    let dispense = Dispense(
      id: id, orders: orders, codes: medication.codes, medication: medication.record, handedOverOn: day,
      supplyDays: SupplyDuration.days(daysSupply, assuming: "d"))
    return Reading([.fact(patient, .dispense(dispense))])
  }
}
