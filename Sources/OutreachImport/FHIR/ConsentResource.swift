import OutreachCore

/// A consent of FHIR R4 (https://hl7.org/fhir/R4/consent.html); ``ConsentMapping`` tells what it grants.
///
/// Only an active consent says anything. The version of the wording is the first `policy.uri` (of
/// `urn:outreach:form:v3` it is `form v3`), else the text of `policyRule`. Who said it is the `performer`:
/// the patient, or a proxy for a RelatedPerson. A consent with a modifier on it or on a provision says
/// nothing, and takes back what it said before.
struct ConsentResource: FHIRResource {
  static let type = "Consent"

  struct Policy: Decodable {
    var uri: String?
  }

  struct Provision: Decodable {
    var type: String?
    var period: FHIR.Period?
    var actor: [Present]?
    var action: [FHIR.CodeableConcept]?
    var securityLabel: [Present]?
    var purpose: [FHIR.Coding]?
    var `class`: [FHIR.Coding]?
    var code: [FHIR.CodeableConcept]?
    var dataPeriod: Present?
    var data: [Present]?
    var provision: [Provision]?
    var modifierExtension: [Present]?

    /// Whether it or an exception inside it carries a modifier.
    var isModified: Bool {
      !(modifierExtension ?? []).isEmpty || (provision ?? []).contains { $0.isModified }
    }
  }

  /// Something of which only its presence matters.
  struct Present: Decodable {
    init(from decoder: any Decoder) {}
  }

  var id: String?
  var meta: FHIR.Meta?
  var status: String?
  var scope: FHIR.CodeableConcept?
  var patient: FHIR.Reference?
  var dateTime: String?
  var performer: [FHIR.Reference]?
  var policy: [Policy]?
  var policyRule: FHIR.CodeableConcept?
  var provision: Provision?

  func read(_ context: ReadingContext) throws(ResourceFault) -> Reading {
    try read(context, isModified: provision?.isModified ?? false)
  }

  func readModified(_ context: ReadingContext) throws(ResourceFault) -> Reading {
    try read(context, isModified: true)
  }

  private func read(_ context: ReadingContext, isModified: Bool) throws(ResourceFault) -> Reading {
    let id = try recordID(context)
    if status == "entered-in-error", patient == nil {
      return Reading([.deleted(id)], skipped: .enteredInError)
    }
    guard case .patient(let person) = try context.subject(patient, at: "patient") else {
      return Reading([], skipped: .notAPatient)
    }
    if isModified { return Reading([.consent(person, id, [])], skipped: .modified) }
    guard status == "active" else {
      return Reading(
        [.consent(person, id, [])], skipped: status == "entered-in-error" ? .enteredInError : .notActive)
    }
    let saidAt = dateTime.flatMap { FHIRDateTime($0) }
    let statement = ConsentStatement(
      evidence: id, scope: scope, base: base, root: provision, saidAt: saidAt,
      changedAt: lastUpdated(context), source: source(person, context), wording: wording)
    let events = context.consents.events(of: statement, zone: context.zone, now: context.options.now)
    let lost = dateTime != nil && saidAt == nil ? [ResourceFault(.unreadableDate, at: "dateTime")] : []
    return Reading(
      [.consent(person, id, events)], skipped: events.isEmpty ? .nothingMapped : nil, lost: lost)
  }

  /// The rule that holds where no provision says otherwise: the root's type, else the policy's.
  ///
  /// R4 gives the root no type, but most servers write one.
  private var base: ConsentStatement.Rule? {
    if let type = provision?.type { return ConsentStatement.Rule(rawValue: type) }
    let codes = Set((policyRule?.coding ?? []).compactMap(\.code))
    if !codes.isDisjoint(with: ["OPTOUT", "OPTOUTE"]) { return .deny }
    return codes.isDisjoint(with: ["OPTIN", "OPTINR"]) ? nil : .permit
  }

  private func source(_ patient: PatientID, _ context: ReadingContext) -> ConsentEvent.Source {
    let performers = (performer ?? []).map { context.target($0) }
    if performers.contains(.record(type: "Patient", id: patient.rawValue)) { return .patient }
    let isProxy = performers.contains { if case .record("RelatedPerson", _) = $0 { true } else { false } }
    return isProxy ? .proxy : .record
  }

  private var wording: String? {
    if let uri = policy?.lazy.compactMap(\.uri).first {
      let own = "urn:outreach:form:"
      return uri.hasPrefix(own) ? "form \(uri.dropFirst(own.count))" : uri
    }
    return policyRule?.text
  }
}
