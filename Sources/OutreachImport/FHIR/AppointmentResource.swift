import OutreachCore

/// An appointment, whatever its status; one without a start is no fact yet.
struct AppointmentResource: FHIRResource {
  static let type = "Appointment"

  struct Participant: Decodable {
    var actor: FHIR.Reference?
    var status: String?
  }

  var id: String?
  var meta: FHIR.Meta?
  var status: String?
  var serviceType: [FHIR.CodeableConcept]?
  var appointmentType: FHIR.CodeableConcept?
  var start: String?
  var end: String?
  var participant: [Participant]?

  func read(_ context: ReadingContext) throws(ResourceFault) -> Reading {
    let id = try recordID(context)
    var patients: [(id: PatientID, declined: Bool)] = []
    var location: ResourceID?
    var unresolved = false
    for participant in participant ?? [] {
      guard let actor = participant.actor else { continue }
      switch context.target(actor) {
      case .record("Patient", let id): patients.append((PatientID(id), participant.status == "declined"))
      case .record("Location", let id): location = location ?? ResourceID(type: "Location", id: id)
      case .record: break
      case .contained, .unresolved: unresolved = true
      }
    }
    if status == "entered-in-error" {
      let records = patients.map { ImportedRecord.noFact($0.id, id) }
      return Reading(records.isEmpty ? [.deleted(id)] : records, skipped: .enteredInError)
    }
    guard let patient = patients.first else {
      throw ResourceFault(unresolved ? .unresolvedReference : .missing, at: "participant")
    }
    guard !patients.contains(where: { $0.id != patient.id }) else {
      throw ResourceFault(.severalPatients, at: "participant")
    }
    guard let startsAt = try context.instant(start, at: "start") else {
      return Reading([.noFact(patient.id, id)], skipped: .noDate)
    }
    let appointment = Appointment(
      id: id, status: status ?? "", startsAt: startsAt, endsAt: try context.instant(end, at: "end"),
      kind: serviceType?.lazy.compactMap(\.words).first ?? appointmentType?.words, location: location,
      patientDeclined: patients.contains { $0.declined })
    return Reading([.fact(patient.id, .appointment(appointment))])
  }
}
