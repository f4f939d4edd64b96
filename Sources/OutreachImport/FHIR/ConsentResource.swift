import OutreachCore

/// A consent of FHIR R4 (https://hl7.org/fhir/R4/consent.html); ``ConsentMapping`` tells what it grants.
///
/// Only an active consent says anything. The version of the wording is the first `policy.uri` (of
/// `urn:outreach:form:v3` it is `form v3`), else the text of `policyRule`; where the evidence can be
/// found is `sourceReference`, else the title or the address of `sourceAttachment`. ``ConsentGiver`` tells who
/// said it. A consent with a modifier on it or on a provision says nothing, and takes back what it said
/// before.
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

  struct Attachment: Decodable {
    var title: String?
    var url: String?
    var language: String?
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
  var sourceAttachment: Attachment?
  var sourceReference: FHIR.Reference?
  var contained: [ConsentGiver.Contained]?
  var `extension`: [FHIR.Extension]?
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
      changedAt: lastUpdated(context),
      giver: ConsentGiver(
        performers: (performer ?? []).map { context.target($0) }, contained: contained ?? [],
        extensions: `extension` ?? [], patient: person),
      wording: wording, wordingLanguage: sourceAttachment?.language.flatMap { LanguageTag.read($0) },
      reference: reference)
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

  private var reference: String? {
    let found = sourceReference?.reference ?? sourceAttachment?.title ?? sourceAttachment?.url
    return found.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The beginning of an address that names a version of the clinic's own form.
  static let formSystem = "urn:outreach:form:"

  private var wording: String? {
    if let uri = policy?.lazy.compactMap(\.uri).first {
      return uri.hasPrefix(Self.formSystem) ? "form \(uri.dropFirst(Self.formSystem.count))" : uri
    }
    return policyRule?.text
  }
}
