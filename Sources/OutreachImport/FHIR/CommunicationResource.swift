import OutreachCore

/// A message that went to a patient or came from one; past ones count toward frequency caps.
///
/// | in the record | here |
/// | --- | --- |
/// | `sender` is the patient | came in: closed when `completed`, else open |
/// | `completed` with `received` | delivered |
/// | `completed` | sent |
/// | `in-progress`, `stopped`, `unknown`, no status | in doubt: it may have left |
/// | `preparation`, `on-hold` | nothing yet |
/// | `not-done`, `statusReason` `recipient-unavailable` | undelivered |
/// | `not-done` for another reason or none | refused: it never left |
/// | `sent`, else `received`, else `meta.lastUpdated` | when |
/// | `medium` | ``ChannelMapping``; no medium is no channel, and counts for all |
/// | `identifier` of `urn:outreach:send`, `campaign\|message\|occurrence` | which message it was |
/// | the same as the identifier of an `inResponseTo` | which message a reply answers |
/// | `reasonCode` of the system `urn:outreach:reply` | the reply's code |
/// | `reasonCode` of the system `urn:outreach:purpose` | what it was for |
/// | the one `payload`, a `contentString` | the fingerprint of its text, which is not kept |
///
/// Messages between others, and letters, faxes and meetings, state nothing.
struct CommunicationResource: FHIRResource {
  static let type = "Communication"
  /// The system of the identifiers of messages that campaigns sent.
  static let sendSystem = "urn:outreach:send"
  /// The system of the codes of replies.
  static let replySystem = "urn:outreach:reply"

  var id: String?
  var meta: FHIR.Meta?
  var identifier: [FHIR.Identifier]?
  var inResponseTo: [FHIR.Reference]?
  var status: String?
  var statusReason: FHIR.CodeableConcept?
  var medium: [FHIR.CodeableConcept]?
  var subject: FHIR.Reference?
  var sent: String?
  var received: String?
  var recipient: [FHIR.Reference]?
  var sender: FHIR.Reference?
  var reasonCode: [FHIR.CodeableConcept]?
  var payload: [Payload]?

  struct Payload: Decodable {
    var contentString: String?
  }

  func read(_ context: ReadingContext) throws(ResourceFault) -> Reading {
    let id = try recordID(context)
    let recipients = (recipient ?? []).map { context.target($0) }
    let from = sender.map { context.target($0) }
    guard let patient = try patient(context, from: from, to: recipients) else {
      return status == "entered-in-error"
        ? Reading([.deleted(id)], skipped: .enteredInError) : Reading([], skipped: .notAPatient)
    }
    if status == "entered-in-error" { return Reading([.noFact(patient, id)], skipped: .enteredInError) }
    let person = FHIRReference.record(type: "Patient", id: patient.rawValue)
    let isInbound = from == person
    let isToOthers = !recipients.isEmpty && recipients.allSatisfy(Self.isStaff)
    let medium = ChannelMapping(channels: context.options.channels).medium(medium ?? [])
    guard isInbound || !isToOthers, medium != .notOurs else {
      return Reading([.noFact(patient, id)], skipped: .notAMessage)
    }
    guard let standing = isInbound ? inboundStatus : outboundStatus else {
      return Reading([.noFact(patient, id)], skipped: .notDone)
    }
    let times = [try context.dateTime(sent, at: "sent"), try context.dateTime(received, at: "received")]
    let time = times.lazy.compactMap { $0 }.first
    guard let at = time?.end(in: context.zone) ?? lastUpdated(context) else {
      throw ResourceFault(.missing, at: "sent")
    }
    var channel: Channel?
    if case .channel(let named) = medium { channel = named }
    let key =
      isInbound ? (inResponseTo ?? []).lazy.compactMap(\.identifier).compactMap(Self.key).first : ownKey
    let contact = PastContact(
      id: id, at: at, channel: channel, status: standing, key: key, replyCode: isInbound ? replyCode : nil,
      purpose: purpose(among: context.options.purposes), text: isInbound ? nil : fingerprint)
    return Reading([.fact(patient, .contact(contact))])
  }

  /// The patient it is about, else the one who got or wrote it; nil when it is about nobody or somebody else.
  private func patient(
    _ context: ReadingContext, from: FHIRReference?, to recipients: [FHIRReference]
  ) throws(ResourceFault) -> PatientID? {
    if let subject {
      guard case .patient(let patient) = try context.subject(subject, at: "subject") else { return nil }
      return patient
    }
    let patients = Set(
      (recipients + [from].compactMap { $0 }).compactMap { reference -> PatientID? in
        if case .record("Patient", let id) = reference { PatientID(id) } else { nil }
      })
    guard patients.count <= 1 else { throw ResourceFault(.severalPatients, at: "recipient") }
    if patients.isEmpty, recipients.contains(.unresolved) || from == .unresolved {
      throw ResourceFault(.unresolvedReference, at: from == .unresolved ? "sender" : "recipient")
    }
    return patients.first
  }

  private var inboundStatus: PastContact.Status? { status == "completed" ? .inboundClosed : .inboundOpen }

  private var outboundStatus: PastContact.Status? {
    switch status {
    case "completed": received == nil ? .sent : .delivered
    case "preparation", "on-hold": nil
    case "not-done": statusReason?.has("recipient-unavailable") == true ? .undelivered : .refused
    default: .inDoubt
    }
  }

  private var ownKey: PastContact.Key? { (identifier ?? []).lazy.compactMap(Self.key).first }

  private var replyCode: String? {
    (reasonCode ?? []).lazy.flatMap { $0.coding ?? [] }.first { $0.system == Self.replySystem }?.code
  }

  private func purpose(among known: [Purpose]) -> Purpose? {
    let codes = (reasonCode ?? []).flatMap { $0.coding ?? [] }.filter { $0.system == PurposeMapping.system }
    return known.first { purpose in codes.contains { $0.code == purpose.rawValue } }
  }

  private var fingerprint: TextFingerprint? {
    guard let payload, payload.count == 1 else { return nil }
    return payload[0].contentString.map { TextFingerprint(of: $0) }
  }

  private static func key(_ identifier: FHIR.Identifier) -> PastContact.Key? {
    guard identifier.system == sendSystem, let value = identifier.value else { return nil }
    let parts = value.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    return PastContact.Key(
      campaign: CampaignID(parts[0]), message: MessageID(parts[1]), occurrence: Occurrence(parts[2]))
  }

  /// Whether a recipient is certainly neither the patient nor somebody who answers for them.
  private static func isStaff(_ reference: FHIRReference) -> Bool {
    guard case .record(let type, _) = reference else { return false }
    return ["Practitioner", "PractitionerRole", "Organization", "CareTeam", "Device", "HealthcareService"]
      .contains(type)
  }
}
