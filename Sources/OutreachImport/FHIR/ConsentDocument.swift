import OutreachCore

/// The JSON that ``ConsentExport`` writes (https://hl7.org/fhir/R4/consent.html).
struct ConsentDocument: Encodable {
  var resourceType = "Bundle"
  var type = "collection"
  var entry: [Entry]

  struct Entry: Encodable {
    var resource: Consent
  }

  struct Coding: Encodable {
    var system: String
    var code: String
  }

  struct Concept: Encodable {
    var coding: [Coding]?
    var text: String?
  }

  struct Reference: Encodable {
    var reference: String?
    var display: String?
  }

  struct Identifier: Encodable {
    var system: String
    var value: String
  }

  struct Attachment: Encodable {
    var language: String?
    var title: String?
  }

  struct Policy: Encodable {
    var uri: String
  }

  struct Extension: Encodable {
    var url: String
    var valueCode: String
  }

  struct Period: Encodable {
    var end: String
  }

  struct Actor: Encodable {
    var role: Concept
    var reference: Reference
  }

  struct Provision: Encodable {
    var type: String
    var period: Period?
    var actor: [Actor]?
    var purpose: [Coding]?
    var code: [Concept]?
  }

  struct RelatedPerson: Encodable {
    var resourceType = "RelatedPerson"
    var id: String
    var patient: Reference
    var relationship: [Concept]?
  }

  struct Consent: Encodable {
    var resourceType = "Consent"
    var id: String
    var contained: [RelatedPerson]?
    var `extension`: [Extension]?
    var identifier: [Identifier]
    var status: String
    var scope: Concept
    var category: [Concept]
    var patient: Reference
    var dateTime: String?
    var performer: [Reference]?
    var sourceAttachment: Attachment?
    var policy: [Policy]?
    var policyRule: Concept
    var provision: Provision
  }
}

extension ConsentDocument.Consent {
  /// The resource that says the words.
  init(_ words: ConsentWords, of patient: PatientID, id: String) {
    let event = words.event
    let subject = ConsentDocument.Reference(reference: "Patient/\(patient.rawValue)")
    self.init(
      id: id, identifier: [.init(system: "urn:outreach:evidence", value: event.evidence.rawValue)],
      status: Self.status(event.kind),
      scope: Self.concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"),
      // Consent Document.
      category: [Self.concept("http://loinc.org", "59284-0")], patient: subject,
      policyRule: Self.concept(
        "http://terminology.hl7.org/CodeSystem/v3-ActCode", event.kind == .revoked ? "OPTOUT" : "OPTIN"),
      provision: Self.provision(words))
    if event.kind != .revoked || event.at != .earliest { dateTime = event.at.rfc3339 }
    setGiver(event, subject)
    setWording(event)
    if !event.isScopeStated { add(ConsentGiver.scopeExtension, "unstated") }
  }

  /// Who said it.
  private mutating func setGiver(_ event: ConsentEvent, _ subject: ConsentDocument.Reference) {
    switch event.source {
    case .patient: performer = [subject]
    case .proxy:
      performer = [.init(reference: "#proxy")]
      let relation = event.grantor.map { word in
        ConsentDocument.Concept(
          coding: ConsentGiver.code(ofRelation: word).map {
            [ConsentDocument.Coding(system: ConsentGiver.roleCode, code: $0)]
          }, text: word)
      }
      contained = [
        ConsentDocument.RelatedPerson(id: "proxy", patient: subject, relationship: relation.map { [$0] })
      ]
    case .staff: add(ConsentGiver.sourceExtension, "staff")
    case .record: break
    }
  }

  /// What was shown, and where the evidence is.
  private mutating func setWording(_ event: ConsentEvent) {
    if let wording = event.wording, !wording.isEmpty {
      let version = wording.dropFirst("form ".count)
      if wording.hasPrefix("form "), !version.isEmpty, !version.contains(where: \.isWhitespace) {
        policy = [ConsentDocument.Policy(uri: ConsentResource.formSystem + version)]
      } else {
        policyRule.text = wording
      }
    }
    if event.reference != nil || event.wordingLanguage != nil {
      sourceAttachment = ConsentDocument.Attachment(
        language: event.wordingLanguage, title: event.reference)
    }
  }

  private mutating func add(_ url: String, _ code: String) {
    `extension` = (`extension` ?? []) + [ConsentDocument.Extension(url: url, valueCode: code)]
  }

  private static func status(_ kind: ConsentEvent.Kind) -> String {
    switch kind {
    case .granted, .revoked: "active"
    case .expired: "inactive"
    case .pending, .transferred: "proposed"
    }
  }

  private static func provision(_ words: ConsentWords) -> ConsentDocument.Provision {
    let event = words.event
    return ConsentDocument.Provision(
      type: event.kind == .revoked || event.kind == .expired ? "deny" : "permit",
      period: event.kind == .revoked
        ? nil : event.expiresAt.map { ConsentDocument.Period(end: $0.rfc3339) },
      actor: event.sender.map { sender in
        // A limit that every reader of FHIR sees, where an extension of ours could be passed over.
        [
          ConsentDocument.Actor(
            role: concept("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "GRANTEE"),
            reference: .init(display: sender))
        ]
      },
      purpose: words.purposes.isEmpty
        ? nil : words.purposes.map { .init(system: PurposeMapping.system, code: $0.rawValue) },
      code: event.channel.map { [concept(ChannelMapping.system, $0.rawValue)] })
  }

  private static func concept(_ system: String, _ code: String) -> ConsentDocument.Concept {
    ConsentDocument.Concept(coding: [ConsentDocument.Coding(system: system, code: code)])
  }
}
