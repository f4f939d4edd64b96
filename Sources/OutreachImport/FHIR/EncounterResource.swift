import OutreachCore

/// A visit or stay.
///
/// One that goes on (`arrived`, `triaged`, `in-progress`, `onleave`, or `unknown` without an end) counts even when it does not say since
/// when, so that a patient in hospital is left alone; it then began when the record was last changed.
struct EncounterResource: FHIRResource {
  static let type = "Encounter"

  var id: String?
  var meta: FHIR.Meta?
  var status: String?
  var `class`: FHIR.Coding?
  var type: [FHIR.CodeableConcept]?
  var subject: FHIR.Reference?
  var period: FHIR.Period?

  func read(_ context: ReadingContext) throws(ResourceFault) -> Reading {
    let id = try recordID(context)
    if status == "entered-in-error" { return context.voided(id, subject, skipped: .enteredInError) }
    guard case .patient(let patient) = try context.subject(subject, at: "subject") else {
      return Reading([], skipped: .notAPatient)
    }
    let goesOn =
      ["arrived", "triaged", "in-progress", "onleave"].contains(status)
      || status == "unknown" && period?.end == nil
    // Somebody may be in hospital since a date that nobody can read.
    let start =
      goesOn
      ? period?.start.flatMap { FHIRDateTime($0) } : try context.dateTime(period?.start, at: "period.start")
    guard
      let startedAt = start?.earliest(in: context.zone)
        ?? (goesOn ? lastUpdated(context) ?? context.options.now : nil)
    else { return Reading([.noFact(patient, id)], skipped: .noDate) }
    let encounter = Encounter(
      id: id, status: status ?? "", kind: `class`?.code ?? "", codes: (type ?? []).flatMap(\.knownCodes),
      startedAt: startedAt,
      endedAt: try context.dateTime(period?.end, at: "period.end")?.end(in: context.zone))
    return Reading([.fact(patient, .encounter(encounter))])
  }
}
