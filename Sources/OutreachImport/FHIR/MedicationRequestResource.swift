import OutreachCore

/// A prescription.
///
/// It is active when its status is `active` and its intent an order's: `order`, `original-order`,
/// `reflex-order`, `filler-order` or `instance-order`; a proposal or a plan is not.
struct MedicationRequestResource: FHIRResource {
  static let type = "MedicationRequest"

  struct DispenseRequest: Decodable {
    var validityPeriod: FHIR.Period?
    var numberOfRepeatsAllowed: Int?
    var expectedSupplyDuration: FHIR.Quantity?
  }

  var id: String?
  var meta: FHIR.Meta?
  var status: String?
  var intent: String?
  var doNotPerform: Bool?
  var medicationCodeableConcept: FHIR.CodeableConcept?
  var medicationReference: FHIR.Reference?
  var contained: [FHIR.Contained]?
  var subject: FHIR.Reference?
  var authoredOn: String?
  var dispenseRequest: DispenseRequest?

  func read(_ context: ReadingContext) throws(ResourceFault) -> Reading {
    let id = try recordID(context)
    if status == "entered-in-error" { return context.voided(id, subject, skipped: .enteredInError) }
    guard case .patient(let patient) = try context.subject(subject, at: "subject") else {
      return Reading([], skipped: .notAPatient)
    }
    if doNotPerform == true { return Reading([.noFact(patient, id)], skipped: .prohibition) }
    let medication = try context.medication(
      medicationCodeableConcept, medicationReference, contained: contained)
    guard !medication.codes.isEmpty || medication.record != nil else {
      return Reading([.noFact(patient, id)], skipped: .noKnownCode)
    }
    let validity = try context.dateTime(
      dispenseRequest?.validityPeriod?.end, at: "dispenseRequest.validityPeriod.end")
    let order = MedicationOrder(
      id: id, codes: medication.codes, medication: medication.record,
      isActive: status == "active" && Self.orders.contains(intent ?? ""),
      authoredOn: try context.date(authoredOn, at: "authoredOn"),
      validUntil: validity?.dates(in: context.zone).upperBound,
      supplyDays: SupplyDuration.days(dispenseRequest?.expectedSupplyDuration),
      repeatsAllowed: dispenseRequest?.numberOfRepeatsAllowed)
    return Reading([.fact(patient, .medicationOrder(order))])
  }

  private static let orders: Set<String> = [
    "order", "original-order", "reflex-order", "filler-order", "instance-order",
  ]
}
