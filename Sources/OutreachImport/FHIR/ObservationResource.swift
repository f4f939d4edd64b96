import OutreachCore

/// A measurement with its components.
///
/// A fact only when it is final, amended or corrected, has an exact number and says when: a value with a
/// comparator such as `<` is not a number that a campaign may compare. A period stands for its end.
struct ObservationResource: FHIRResource {
  static let type = "Observation"

  struct Component: Decodable {
    var code: FHIR.CodeableConcept?
    var valueQuantity: FHIR.Quantity?
    var valueInteger: Int?
  }

  var id: String?
  var meta: FHIR.Meta?
  var status: String?
  var code: FHIR.CodeableConcept?
  var subject: FHIR.Reference?
  var effectiveDateTime: String?
  var effectiveInstant: String?
  var effectivePeriod: FHIR.Period?
  var valueQuantity: FHIR.Quantity?
  var valueInteger: Int?
  var component: [Component]?

  func read(_ context: ReadingContext) throws(ResourceFault) -> Reading {
    let id = try recordID(context)
    if status == "entered-in-error" { return context.voided(id, subject, skipped: .enteredInError) }
    guard case .patient(let patient) = try context.subject(subject, at: "subject") else {
      return Reading([], skipped: .notAPatient)
    }
    guard ["final", "amended", "corrected"].contains(status) else {
      return Reading([.noFact(patient, id)], skipped: .notDone)
    }
    guard let at = try time(context) else { return Reading([.noFact(patient, id)], skipped: .noDate) }
    let parts =
      [Component(code: code, valueQuantity: valueQuantity, valueInteger: valueInteger)] + (component ?? [])
    let numbers = parts.compactMap { part in
      number(part).map { (codes: part.code?.knownCodes ?? [], value: $0.value, unit: $0.unit) }
    }
    guard !numbers.isEmpty else { return Reading([.noFact(patient, id)], skipped: .noNumber) }
    let observations = numbers.filter { !$0.codes.isEmpty }
      .map { Observation(id: id, codes: $0.codes, value: $0.value, unit: $0.unit, at: at) }
    guard !observations.isEmpty else { return Reading([.noFact(patient, id)], skipped: .noKnownCode) }
    return Reading([.fact(patient, .observations(observations))])
  }

  private func time(_ context: ReadingContext) throws(ResourceFault) -> Instant? {
    try context.firstInstant([
      (effectiveDateTime, "effectiveDateTime"), (effectiveInstant, "effectiveInstant"),
      (effectivePeriod?.end, "effectivePeriod.end"), (effectivePeriod?.start, "effectivePeriod.start"),
    ])
  }

  private func number(_ part: Component) -> (value: Double, unit: String)? {
    if let quantity = part.valueQuantity, quantity.comparator == nil, let value = quantity.value {
      return (value, quantity.code ?? quantity.unit ?? "")
    }
    return part.valueInteger.map { (Double($0), "") }
  }
}
