import OutreachCore
import OutreachImport
import Testing

/// What a consent ledger becomes in FHIR, and what is read back of it.
struct ConsentExportTests {
  private static let patient = PatientID("p1")

  private func export(_ events: [ConsentEvent], purposes: [Purpose] = Purpose.all) throws -> [UInt8] {
    try ConsentExport(purposes: purposes).bundle(events, of: Self.patient)
  }

  private func readBack(_ events: [ConsentEvent], purposes: [Purpose] = Purpose.all) throws -> ImportTrial {
    try ImportTrial(
      [("bundle.json", try export(events, purposes: purposes))],
      options: ImportTrial.options(purposes: purposes))
  }

  private func event(
    _ kind: ConsentEvent.Kind, _ purpose: Purpose?, _ channel: Channel?, _ second: Int64,
    until end: Int64? = nil, _ source: ConsentEvent.Source = .patient,
    adjust: (inout ConsentEvent) -> Void = { _ in }
  ) -> ConsentEvent {
    var event = ConsentEvent(
      evidence: ResourceID("Ledger/\(second)"), kind: kind, purpose: purpose, channel: channel,
      at: Instant(secondsSinceEpoch: second), expiresAt: end.map { Instant(secondsSinceEpoch: $0) },
      source: source)
    adjust(&event)
    return event
  }

  /// A word on one purpose by one channel: all of it that FHIR can say.
  private struct Word: Hashable {
    var kind: ConsentEvent.Kind
    var purpose: Purpose
    var channel: Channel
    var at: Instant
    var end: Instant?
    var source: ConsentEvent.Source
    var grantor: String?
    var wording: String?
    var language: String?
    var reference: String?
    var isScopeStated: Bool
  }

  /// The grants and revocations of events, cell by cell, by the plainest reading: a grant ends at its end or when
  /// the clinic ended it, and one that ends as it begins is none.
  private func words(_ events: [ConsentEvent]) -> Set<Word> {
    var words: Set<Word> = []
    for purpose in Purpose.all {
      for channel in Channel.all {
        let cell = events.filter {
          ($0.purpose ?? purpose) == purpose && ($0.channel ?? channel) == channel
        }
        for event in cell where event.kind == .granted || event.kind == .revoked {
          var end = event.expiresAt
          for other in cell where other.kind == .expired && other.at >= event.at {
            end = min(end ?? .latest, other.at)
          }
          if event.kind == .revoked { end = nil }
          if let end, end <= event.at { continue }
          words.insert(
            Word(
              kind: event.kind, purpose: purpose, channel: channel, at: event.at, end: end,
              source: event.source, grantor: event.source == .proxy ? event.grantor : nil,
              wording: event.wording, language: event.wordingLanguage, reference: event.reference,
              isScopeStated: event.kind == .granted || event.isScopeStated))
        }
      }
    }
    return words
  }

  @Test func `every purpose by every channel comes back as it was granted or revoked`() throws {
    for purpose in Purpose.all.map(Optional.some) + [nil] {
      for channel in Channel.all.map(Optional.some) + [nil] {
        for kind in [ConsentEvent.Kind.granted, .revoked] {
          for source in [ConsentEvent.Source.patient, .proxy, .record, .staff] {
            let events = [event(kind, purpose, channel, 1_700_000_000, source)]
            let trial = try readBack(events)
            #expect(trial.faults.isEmpty)
            #expect(words(trial.consents) == words(events))
            #expect(trial.consents.allSatisfy { $0.method == .record && $0.number == nil })
          }
        }
      }
    }
  }

  @Test func `random ledgers come back with the same grants and revocations`() throws {
    for seed in 0..<UInt64(150 * testScale) {
      var random = SeededGenerator(state: seed)
      let events = (0..<Int.random(in: 1...8, using: &random)).map { _ in Self.random(&random) }
      let trial = try readBack(events)
      #expect(words(trial.consents) == words(events), "seed \(seed)")
      for record in trial.records {
        guard case .consent(Self.patient, _, _) = record else {
          Issue.record("seed \(seed): no consent of the patient")
          continue
        }
      }
      let again = try export(events)
      #expect(try again == export(events), "seed \(seed)")
    }
  }

  private static func random(_ random: inout SeededGenerator) -> ConsentEvent {
    let kinds: [ConsentEvent.Kind] = [
      .granted, .granted, .granted, .revoked, .pending, .expired, .transferred,
    ]
    let second = Int64.random(in: 1_600_000_000...1_600_000_020, using: &random)
    var event = ConsentEvent(
      evidence: ResourceID("Ledger/\(Int.random(in: 1...4, using: &random))"),
      kind: kinds.randomElement(using: &random) ?? .granted,
      purpose: Bool.random(using: &random) ? Purpose.all.randomElement(using: &random) : nil,
      channel: Bool.random(using: &random) ? Channel.all.randomElement(using: &random) : nil,
      at: Instant(secondsSinceEpoch: second))
    if Bool.random(using: &random) {
      event.expiresAt = event.at + .seconds(Int64.random(in: 0...20, using: &random))
    }
    event.source = [.patient, .proxy, .record, .staff].randomElement(using: &random) ?? .patient
    if event.source == .proxy {
      event.grantor = ["parent", "guardian", "daughter", nil].randomElement(using: &random) ?? nil
    }
    event.wording = ["form v3", "as agreed", "form", nil].randomElement(using: &random) ?? nil
    event.wordingLanguage = ["es", nil].randomElement(using: &random) ?? nil
    event.reference = ["scan 17", nil].randomElement(using: &random) ?? nil
    event.isScopeStated = Bool.random(using: &random)
    event.recordedBy = "front desk"
    event.number = PhoneNumber(e164: "+12015550123")
    return event
  }

  @Test func `what FHIR has no word for is proposed and grants nothing`() throws {
    for kind in [ConsentEvent.Kind.pending, .transferred] {
      let events = [event(kind, .wellness, .sms, 1_700_000_000)]
      let text = String(decoding: try export(events), as: UTF8.self)
      #expect(text.contains(#""status" : "proposed""#))
      let trial = try readBack(events)
      #expect(trial.records.count == 1)
      #expect(trial.consents.isEmpty)
    }
  }

  @Test func `a grant that the clinic ended is over when it is read back, and not revoked`() throws {
    let trial = try readBack([
      event(.granted, nil, .sms, 1_700_000_000), event(.expired, .wellness, nil, 1_700_000_100),
      event(.granted, .wellness, .sms, 1_700_000_200),
    ])
    let wellness = trial.consents.filter { $0.purpose == .wellness }
    #expect(wellness.map(\.kind) == [.granted, .granted])
    #expect(wellness.map(\.expiresAt) == [Instant(secondsSinceEpoch: 1_700_000_100), nil])
    #expect(trial.consents.filter { $0.purpose == .appointment }.map(\.expiresAt) == [nil])
  }

  @Test func `an undated revocation stays undated`() throws {
    var revocation = event(.revoked, nil, nil, 0)
    revocation.at = .earliest
    #expect(try readBack([revocation]).consents.map(\.at) == [.earliest])
  }

  @Test func `consent for one sender grants nothing when it is read back, a revocation counts for all`()
    throws
  {
    let grant = event(.granted, .wellness, .sms, 1_700_000_000) { $0.sender = "pharmacy" }
    #expect(try readBack([grant]).consents.isEmpty)
    let revocation = event(.revoked, .wellness, .sms, 1_700_000_000) { $0.sender = "pharmacy" }
    #expect(try readBack([revocation]).consents.map(\.kind) == [.revoked])
  }

  @Test func `a purpose of the clinic's own comes back where it is known, and closes where it is not`() throws
  {
    let own = Purpose("education")
    let events = [event(.granted, own, .sms, 1_700_000_000), event(.revoked, own, .voice, 1_700_000_000)]
    let trial = try readBack(events, purposes: Purpose.all + [own])
    #expect(Set(trial.consents.map(\.purpose)) == [own])
    #expect(Set(trial.consents.map(\.kind)) == [.granted, .revoked])
    let elsewhere = try ImportTrial([("bundle.json", try export(events, purposes: Purpose.all + [own]))])
    #expect(elsewhere.consents.map(\.kind) == [.revoked])
    #expect(elsewhere.consents.map(\.purpose) == [nil])
  }

  @Test func `the document is a collection with what every Consent must have, and without numbers`() throws {
    let text = String(
      decoding: try export([
        event(.granted, .wellness, .sms, 1_700_000_000, until: 1_800_000_000, .proxy) {
          $0.grantor = "parent"
          $0.wording = "form v3"
          $0.reference = "scan 17"
          $0.number = PhoneNumber(e164: "+12015550123")
          $0.recordedBy = "front desk"
        }
      ]), as: UTF8.self)
    #expect(!text.contains("5550123") && !text.contains("front desk"))
    #expect(
      text == """
        {
          "entry" : [
            {
              "resource" : {
                "category" : [
                  {
                    "coding" : [
                      {
                        "code" : "59284-0",
                        "system" : "http://loinc.org"
                      }
                    ]
                  }
                ],
                "contained" : [
                  {
                    "id" : "proxy",
                    "patient" : {
                      "reference" : "Patient/p1"
                    },
                    "relationship" : [
                      {
                        "coding" : [
                          {
                            "code" : "PRN",
                            "system" : "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
                          }
                        ],
                        "text" : "parent"
                      }
                    ],
                    "resourceType" : "RelatedPerson"
                  }
                ],
                "dateTime" : "2023-11-14T22:13:20Z",
                "id" : "Ledger-1700000000-1",
                "identifier" : [
                  {
                    "system" : "urn:outreach:evidence",
                    "value" : "Ledger/1700000000"
                  }
                ],
                "patient" : {
                  "reference" : "Patient/p1"
                },
                "performer" : [
                  {
                    "reference" : "#proxy"
                  }
                ],
                "policy" : [
                  {
                    "uri" : "urn:outreach:form:v3"
                  }
                ],
                "policyRule" : {
                  "coding" : [
                    {
                      "code" : "OPTIN",
                      "system" : "http://terminology.hl7.org/CodeSystem/v3-ActCode"
                    }
                  ]
                },
                "provision" : {
                  "code" : [
                    {
                      "coding" : [
                        {
                          "code" : "sms",
                          "system" : "urn:outreach:channel"
                        }
                      ]
                    }
                  ],
                  "period" : {
                    "end" : "2027-01-15T08:00:00Z"
                  },
                  "purpose" : [
                    {
                      "code" : "wellness",
                      "system" : "urn:outreach:purpose"
                    }
                  ],
                  "type" : "permit"
                },
                "resourceType" : "Consent",
                "scope" : {
                  "coding" : [
                    {
                      "code" : "patient-privacy",
                      "system" : "http://terminology.hl7.org/CodeSystem/consentscope"
                    }
                  ]
                },
                "sourceAttachment" : {
                  "title" : "scan 17"
                },
                "status" : "active"
              }
            }
          ],
          "resourceType" : "Bundle",
          "type" : "collection"
        }

        """)
  }
}
