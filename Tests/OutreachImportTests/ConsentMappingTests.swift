import OutreachCore
import OutreachImport
import Testing

/// What a FHIR Consent grants and revokes.
struct ConsentMappingTests {
  private static let scope = #""scope": {"coding": [{"code": "patient-privacy"}]}"#
  private static let said =
    #""status": "active", "patient": {"reference": "Patient/p1"}, "dateTime": "2026-01-03""#

  private func events(_ members: String, purposes: [Purpose] = Purpose.all) throws -> [ConsentEvent] {
    try ImportTrial("Consent", members, options: ImportTrial.options(purposes: purposes)).consents
  }

  private func provision(_ text: String) throws -> [ConsentEvent] {
    try events(#"\#(Self.scope), \#(Self.said), "provision": \#(text)"#)
  }

  private static func purpose(_ codes: String...) -> String {
    let list = codes.map {
      #"{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "\#($0)"}"#
    }
    return #""purpose": [\#(list.joined(separator: ","))]"#
  }

  private static func own(_ purpose: String) -> String {
    #""purpose": [{"system": "urn:outreach:purpose", "code": "\#(purpose)"}]"#
  }

  private static func channel(_ code: String) -> String {
    #""code": [{"coding": [{"system": "urn:outreach:channel", "code": "\#(code)"}]}]"#
  }

  private static func mode(_ code: String) -> String {
    #"""
    "class": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode", "code": \#
    "\#(code)"}]
    """#
  }

  /// An event as `+purpose channel` or `-purpose channel`, `*` for every one.
  private func short(_ events: [ConsentEvent]) -> [String] {
    events.map {
      ($0.kind == .granted ? "+" : "-") + ($0.purpose?.rawValue ?? "*") + " " + ($0.channel?.rawValue ?? "*")
    }
  }

  // MARK: - Permits

  @Test func `treatment by text grants the eight purposes of the closed list by text`() throws {
    let events = try provision(#"{"type": "permit", \#(Self.purpose("TREAT")), \#(Self.mode("SMSWRIT"))}"#)
    #expect(short(events) == Purpose.all.map { "+\($0) sms" })
    #expect(events.allSatisfy { $0.at == at("2026-01-03") && $0.expiresAt == nil })
    #expect(events.allSatisfy { $0.evidence == ResourceID("Consent/r1") && $0.source == .record })
  }

  @Test(arguments: [
    (own("prescription"), channel("sms"), ["+prescription sms"]),
    (own("prescription"), channel("voice"), ["+prescription voice"]),
    (purpose("CAREMGT"), mode("PHONE"), ["+wellness voice", "+post_discharge voice"]),
    (own("lab_result"), mode("EMAILWRIT"), ["+lab_result email"]),
    (own("lab_result"), mode("ONLINEWRIT"), ["+lab_result app"]),
    (purpose("HMARKT"), channel("sms"), []), (purpose("HPAYMT"), channel("sms"), []),
    (purpose("HRESCH"), channel("sms"), []),
    (purpose("HOPERAT"), channel("sms"), []), (purpose("PATRQT"), channel("sms"), []),
    (purpose("NEVERHEARD"), channel("sms"), []),
    (own("billing"), channel("sms"), []), (own("prescription"), channel("pigeon"), []),
    (own("prescription"), mode("MSGWRIT"), []),
    (own("prescription"), mode("VERBAL"), []), (own("prescription"), mode("MAILWRIT"), []),
    (own("prescription"), mode("ELECTRONIC"), []),
    (own("prescription"), #""x": 1"#, []), (#""x": 1"#, channel("sms"), []), (#""x": 1"#, #""y": 1"#, []),
    (own("prescription"), #""code": [{"text": "text messages"}]"#, []),
    (#""purpose": [{"code": "TREAT"}]"#, channel("sms"), []),
    (#""purpose": [{"display": "prescription"}]"#, channel("sms"), []),
    (purpose("HMARKT", "TREAT"), channel("sms"), Purpose.all.map { "+\($0) sms" }),
  ])
  func `a permit grants the pairs it names and nothing else`(
    purpose: String, channel: String, grants: [String]
  ) throws {
    let trial = try ImportTrial(
      "Consent", #"\#(Self.scope), \#(Self.said), "provision": {"type": "permit", \#(purpose), \#(channel)}"#)
    #expect(short(trial.consents) == grants)
    #expect(trial.records.count == 1)
    #expect(trial.skipped("Consent") == (grants.isEmpty ? .nothingMapped : nil))
  }

  @Test(arguments: [
    #""actor": [{"role": {}}]"#, #""securityLabel": [{"code": "R"}]"#, #""data": [{"meaning": "instance"}]"#,
    #""dataPeriod": {"start": "2020"}"#, #""action": [{"coding": [{"code": "disclose"}]}]"#,
    #""period": {"end": "someday"}"#, #""period": {"start": "soon"}"#,
    #""period": {"start": "2026-05-01", "end": "2026-04-01"}"#,
  ])
  func `a permit limited by what outreach cannot weigh grants nothing, a denial counts in full`(limit: String)
    throws
  {
    let rest = "\(Self.own("prescription")), \(Self.channel("sms")), \(limit)"
    #expect(try provision(#"{"type": "permit", \#(rest)}"#) == [])
    #expect(short(try provision(#"{"type": "deny", \#(rest)}"#)) == ["-prescription sms"])
  }

  @Test(arguments: [
    (#"@"#, ""), ("", #", @"#), ("", #", "provision": [{"type": "permit", "provision": [{@}]}]"#),
  ])
  func `a consent with a modifier, wherever it is, takes back what it said and is named`(
    onResource: String, inProvision: String
  ) throws {
    func read(_ modifier: String) throws -> ImportTrial {
      let outer = onResource.isEmpty ? "" : ", \(modifier)"
      let inner = inProvision.replacing("@", with: modifier)
      return try ImportTrial(
        "Consent",
        #"""
        \#(Self.scope), \#(Self.said)\#(outer), "provision": {"type": "permit", \#
        \#(Self.own("wellness")), \#(Self.channel("sms"))\#(inner)}
        """#)
    }
    #expect(try !read(#""modifierExtension": []"#).consents.isEmpty)
    let trial = try read(#""modifierExtension": [{"url": "http://example.org/not", "valueBoolean": true}]"#)
    guard case .consent(_, let id, let events)? = trial.records.first else {
      Issue.record("the consent is not taken back")
      return
    }
    #expect(trial.records.count == 1 && id == ResourceID("Consent/r1") && events == [])
    #expect(trial.skipped("Consent") == .modified)
    #expect(
      trial.faults == [
        "data.ndjson:1: Consent carries a modifier that this program does not understand; skipped"
      ])
  }

  @Test func `an action that includes use is no limit`() throws {
    let rest =
      #"\#(Self.own("prescription")), \#(Self.channel("sms")), "action": [{"coding": [{"code": "use"}]}]"#
    #expect(short(try provision(#"{"type": "permit", \#(rest)}"#)) == ["+prescription sms"])
  }

  @Test func `a permit begins and expires with its period`() throws {
    let events = try provision(
      #"""
      {"type": "permit", \#(Self.own("wellness")), \#(Self.channel("sms")), "period": {"start": \#
      "2026-02-01", "end": "2026-12-31"}}
      """#
    )
    #expect(events.map(\.at) == [at("2026-02-01")])
    #expect(events.map(\.expiresAt) == [at("2027-01-01") - .seconds(1)])
  }

  @Test func `a period that began before the consent was given does not date it back`() throws {
    let events = try provision(
      #"""
      {"type": "permit", \#(Self.own("wellness")), \#(Self.channel("sms")), "period": {"start": \#
      "2020-02-01"}}
      """#
    )
    #expect(events.map(\.at) == [at("2026-01-03")])
  }

  @Test func `a purpose that the policy adds must be named itself`() throws {
    let education = Purpose("education")
    let named =
      #"""
      \#(Self.scope), \#(Self.said), "provision": {"type": "permit", \#(Self.own("education")), \#
      \#(Self.channel("sms"))}
      """#
    #expect(short(try events(named, purposes: Purpose.all + [education])) == ["+education sms"])
    #expect(try events(named) == [])
    let treatment =
      #"""
      \#(Self.scope), \#(Self.said), "provision": {"type": "permit", \#(Self.purpose("TREAT")), \#
      \#(Self.channel("sms"))}
      """#
    #expect(try events(treatment, purposes: Purpose.all + [education]).count == 8)
  }

  // MARK: - Denials

  @Test(arguments: [
    (#""x": 1"#, #""y": 1"#, ["-* *"]), (#""x": 1"#, channel("sms"), ["-* sms"]),
    (own("wellness"), #""y": 1"#, ["-wellness *"]),
    (own("wellness"), channel("voice"), ["-wellness voice"]), (purpose("TREAT"), #""y": 1"#, ["-* *"]),
    (purpose("TREAT"), mode("MSGWRIT"), ["-* sms", "-* app"]),
    (purpose("PATRQT"), channel("sms"), ["-* sms"]),
    (purpose("NEVERHEARD"), #""y": 1"#, ["-* *"]), (#""x": 1"#, mode("NEVERHEARD"), ["-* *"]),
    (own("wellness"), channel("pigeon"), ["-wellness *"]), (purpose("HMARKT"), #""y": 1"#, []),
    (purpose("HRESCH"), #""y": 1"#, []),
    (#""x": 1"#, mode("MAILWRIT"), []), (#""x": 1"#, #""code": [{"text": "text messages"}]"#, ["-* *"]),
    (purpose("HMARKT", "TREAT"), channel("sms"), ["-* sms"]),
    (#""x": 1"#, mode("WRITTEN"), ["-* sms", "-* email", "-* app"]),
  ])
  func `a denial closes what it names, and everything it leaves open`(
    purpose: String, channel: String, denials: [String]
  ) throws {
    let events = try provision(#"{"type": "deny", \#(purpose), \#(channel)}"#)
    #expect(short(events) == denials)
    #expect(events.allSatisfy { $0.at == at("2026-01-04") - .seconds(1) })
  }

  @Test(arguments: [("OPTOUT", ["-* *"]), ("OPTOUTE", ["-* *"]), ("OPTIN", []), ("UNKNOWN", [])])
  func `without provisions the policy's rule speaks`(code: String, expected: [String]) throws {
    let events = try events(
      #"\#(Self.scope), \#(Self.said), "policyRule": {"coding": [{"code": "\#(code)"}]}"#)
    #expect(short(events) == expected)
  }

  @Test func `a denial never expires`() throws {
    let events = try provision(#"{"type": "deny", "period": {"start": "2020-01-01", "end": "2021-01-01"}}"#)
    #expect(short(events) == ["-* *"] && events.allSatisfy { $0.expiresAt == nil })
  }

  @Test func `a denial of today counts now, not at the end of the day`() throws {
    let events = try events(
      #"""
      \#(Self.scope), "status": "active", "patient": {"reference": "Patient/p1"}, "dateTime": \#
      "2026-11-23", "provision": {"type": "deny"}
      """#
    )
    #expect(events.map(\.at) == [ImportTrial.now])
  }

  // MARK: - Exceptions

  @Test func `a denial inside a permit closes it`() throws {
    let events = try provision(
      #"""
      {"type": "permit", \#(Self.purpose("TREAT")), \#(Self.channel("sms")), "provision": [{"type": \#
      "deny", \#(Self.own("lab_result"))}]}
      """#
    )
    #expect(
      short(events) == Purpose.all.map { ($0 == .labResult ? "-" : "+") + "\($0) sms" })
  }

  @Test func `a permit inside a denial opens what it names, and is said after it`() throws {
    let events = try provision(
      #"""
      {"type": "deny", "provision": [{"type": "permit", \#(Self.own("prescription")), \#
      \#(Self.channel("sms"))}]}
      """#
    )
    #expect(short(events) == ["-* *", "+prescription sms"])
    #expect(events[1].at == at("2026-01-03"))
    #expect(events[0].at == at("2026-01-03") - .seconds(1))
  }

  @Test func `an exception inherits what it does not name`() throws {
    let events = try provision(
      #"""
      {"type": "deny", \#(Self.channel("sms")), "provision": [{"type": "permit", \#
      \#(Self.own("prescription"))}]}
      """#
    )
    #expect(short(events) == ["-* sms", "+prescription sms"])
  }

  @Test func `an exception cannot leave the provision around it`() throws {
    let events = try provision(
      #"""
      {"type": "deny", \#(Self.channel("sms")), "provision": [{"type": "permit", \#
      \#(Self.own("prescription")), \#(Self.channel("email"))}]}
      """#
    )
    #expect(short(events) == ["-* sms"])
  }

  @Test func `an exception to an exception holds`() throws {
    let events = try provision(
      #"""
      {"type": "deny", "provision": [{"type": "permit", \#(Self.purpose("TREAT")), \#(Self.channel("sms")),
        "provision": [{"type": "deny", \#(Self.own("wellness"))}]}]}
      """#)
    #expect(
      short(events)
        == ["-* *"] + Purpose.all.filter { $0 != .wellness }.map { "+\($0) sms" })
  }

  @Test func `of two exceptions side by side the denial holds`() throws {
    let events = try provision(
      #"""
      {"type": "deny", "provision": [
        {"type": "permit", \#(Self.own("prescription")), \#(Self.channel("sms"))},
        {"type": "deny", \#(Self.channel("sms"))}]}
      """#)
    #expect(short(events) == ["-* *"])
  }

  @Test func `a root without a type limits its exceptions and says nothing itself`() throws {
    let events = try provision(
      #"""
      {\#(Self.channel("sms")), "provision": [{"type": "permit", \#(Self.own("prescription"))}, \#
      {"type": "deny", \#(Self.own("wellness"))}, {\#(Self.own("lab_result"))}]}
      """#
    )
    #expect(short(events) == ["-wellness sms", "+prescription sms"])
  }

  @Test func `a limit of a provision limits its exceptions`() throws {
    let events = try provision(
      #"""
      {"type": "deny", "actor": [{}], "provision": [{"type": "permit", \#(Self.own("prescription")),\#
       \#(Self.channel("sms"))}]}
      """#
    )
    #expect(short(events) == ["-* *"])
  }

  @Test func `two permits of one pair at different times both hold`() throws {
    let pair = "\(Self.own("wellness")), \(Self.channel("sms"))"
    let events = try provision(
      #"""
      {"provision": [
        {"type": "permit", \#(pair), "period": {"start": "2026-02-01", "end": "2026-02-28"}},
        {"type": "permit", \#(pair), "period": {"start": "2026-04-01"}}]}
      """#)
    #expect(short(events) == ["+wellness sms", "+wellness sms"])
    #expect(events.map(\.at) == [at("2026-02-01"), at("2026-04-01")])
    #expect(events.map(\.expiresAt) == [at("2026-03-01") - .seconds(1), nil])
  }

  // MARK: - The record around the provisions

  @Test(arguments: ["draft", "proposed", "rejected", "inactive", "entered-in-error", "", "ACTIVE"])
  func `a consent that is not active says nothing`(status: String) throws {
    let trial = try ImportTrial(
      "Consent",
      #"""
      \#(Self.scope), "status": "\#(status)", "patient": {"reference": "Patient/p1"}, "dateTime": \#
      "2026-01-03", "provision": {"type": "permit", \#(Self.own("wellness")), \#
      \#(Self.channel("sms"))}
      """#
    )
    #expect(trial.records == [.consent(PatientID("p1"), ResourceID("Consent/r1"), [])])
    #expect(trial.skipped("Consent") == (status == "entered-in-error" ? .enteredInError : .notActive))
  }

  @Test(arguments: [
    ("patient-privacy", 1, 1), ("treatment", 1, 1), ("research", 0, 0), ("adr", 0, 0), ("homegrown", 0, 1),
  ])
  func `the scope decides what counts`(scope: String, permits: Int, denials: Int) throws {
    let rest = "\(Self.own("wellness")), \(Self.channel("sms"))"
    let head = #""scope": {"coding": [{"code": "\#(scope)"}]}, \#(Self.said)"#
    #expect(try events(#"\#(head), "provision": {"type": "permit", \#(rest)}"#).count == permits)
    #expect(try events(#"\#(head), "provision": {"type": "deny", \#(rest)}"#).count == denials)
  }

  @Test func `without a date nothing is granted, and a denial counts from the record's change or from ever`()
    throws
  {
    let head = #"\#(Self.scope), "status": "active", "patient": {"reference": "Patient/p1"}"#
    let pair = "\(Self.own("wellness")), \(Self.channel("sms"))"
    #expect(try events(#"\#(head), "provision": {"type": "permit", \#(pair)}"#) == [])
    #expect(try events(#"\#(head), "provision": {"type": "deny", \#(pair)}"#).map(\.at) == [.earliest])
    let changed = try events(
      #"\#(head), "meta": {"lastUpdated": "2026-05-01T00:00:00Z"}, "provision": {"type": "deny", \#(pair)}"#)
    #expect(changed.map(\.at) == [at("2026-05-01T00:00:00Z")])
  }

  @Test func `a date that cannot be read is a fault, and grants nothing`() throws {
    let trial = try ImportTrial(
      "Consent",
      #"""
      \#(Self.scope), "status": "active", "patient": {"reference": "Patient/p1"}, "dateTime": "last \#
      May", "provision": {"type": "permit", \#(Self.own("wellness")), \#(Self.channel("sms"))}
      """#
    )
    #expect(trial.consents == [])
    #expect(
      trial.faults == [
        "data.ndjson:1: Consent.dateTime is not a date or time that can be read; imported without it"
      ])
  }

  @Test(
    arguments: [
      (#""performer": [{"reference": "Patient/p1"}]"#, .patient),
      (#""performer": [{"reference": "RelatedPerson/r"}]"#, .proxy),
      (#""performer": [{"reference": "Patient/p2"}]"#, .record), (#""x": 1"#, .record),
    ] as [(String, ConsentEvent.Source)])
  func `who said it is kept`(performer: String, source: ConsentEvent.Source) throws {
    let events = try events(#"\#(Self.scope), \#(Self.said), \#(performer), "provision": {"type": "deny"}"#)
    #expect(events.map(\.source) == [source])
  }

  @Test(
    arguments: [
      (#""policy": [{"uri": "urn:outreach:form:v3"}]"#, "form v3"),
      (#""policy": [{"authority": "urn:a"}, {"uri": "http://example.org/form"}]"#, "http://example.org/form"),
      (#""policyRule": {"text": "form v2"}"#, "form v2"), (#""x": 1"#, nil),
    ] as [(String, String?)])
  func `the version of the wording is kept`(members: String, wording: String?) throws {
    let events = try events(#"\#(Self.scope), \#(Self.said), \#(members), "provision": {"type": "deny"}"#)
    #expect(events.map(\.wording) == [wording])
  }

  // MARK: - Property

  /// Any tree of provisions: nothing is granted that a brute-force reading of the same tree does not grant.
  @Test(
    arguments: [
      (#"[{"coding": [{"code": "MTH"}], "text": "mom"}]"#, "parent"),
      (#"[{"coding": [{"code": "GUARD"}]}]"#, "guardian"), (#"[{"text": "daughter"}]"#, "daughter"),
      (#"[{"coding": [{"code": "DAUC", "display": "daughter"}]}]"#, "daughter"), ("[]", nil),
    ] as [(String, String?)])
  func `of a related person inside the record the relation is kept`(relationship: String, relation: String?)
    throws
  {
    let people =
      #""contained": [{"resourceType": "RelatedPerson", "id": "r", "relationship": \#(relationship)}]"#
    let events = try events(
      #"""
      \#(Self.scope), \#(Self.said), \#(people), "performer": [{"reference": "#r"}], \#
      "provision": {"type": "deny"}
      """#)
    #expect(events.map(\.source) == [.proxy])
    #expect(events.map(\.grantor) == [relation])
  }

  @Test(arguments: [
    #"{"resourceType": "Practitioner", "id": "r"}"#,
    #"{"resourceType": "FamilyMemberHistory", "id": "r", "relationship": {"text": "mother"}}"#,
    #"{"resourceType": "RelatedPerson", "id": "other"}"#,
  ])
  func `somebody else inside the record is no proxy`(contained: String) throws {
    let events = try events(
      #"""
      \#(Self.scope), \#(Self.said), "contained": [\#(contained)], \#
      "performer": [{"reference": "#r"}], "provision": {"type": "deny"}
      """#)
    #expect(events.map(\.source) == [.record])
  }

  @Test(
    arguments: [
      (#""sourceReference": {"reference": "DocumentReference/7"}"#, "DocumentReference/7", nil),
      (#""sourceAttachment": {"title": "scan 17", "url": "x", "language": "ES"}"#, "scan 17", "es"),
      (#""sourceAttachment": {"url": "https://example.org/17"}"#, "https://example.org/17", nil),
      (#""x": 1"#, nil, nil),
    ] as [(String, String?, String?)])
  func `where the evidence is, and the language of the wording, are kept`(
    members: String, reference: String?, language: String?
  ) throws {
    let events = try events(#"\#(Self.scope), \#(Self.said), \#(members), "provision": {"type": "deny"}"#)
    #expect(events.map(\.reference) == [reference])
    #expect(events.map(\.wordingLanguage) == [language])
    #expect(events.map(\.method) == [.record])
  }

  @Test func `random trees grant exactly what a plain reading of them grants`() throws {
    for seed in 0..<UInt64(200 * testScale) {
      var random = SeededGenerator(state: seed)
      let tree = ProvisionTree.random(depth: 0, &random)
      let events = try provision(tree.json)
      for purpose in [Purpose.prescription, .wellness, .labResult] {
        for channel in [Channel.sms, .email] {
          // The latest event that speaks of the pair decides; of two at one time the denial.
          let speaking = events.filter {
            ($0.purpose == nil || $0.purpose == purpose) && ($0.channel == nil || $0.channel == channel)
          }
          let last = speaking.max { ($0.at, $0.kind.rawValue) < ($1.at, $1.kind.rawValue) }
          #expect(last?.kind == tree.plainReading(purpose, channel), "seed \(seed)")
        }
      }
    }
  }
}

/// A tree of permits and denials over few purposes and channels, with the obvious way to read it.
private struct ProvisionTree {
  var isPermit: Bool
  var purposes: [Purpose]
  var channels: [Channel]
  var exceptions: [ProvisionTree]

  static func random(depth: Int, _ random: inout SeededGenerator) -> ProvisionTree {
    let purposes = [Purpose.prescription, .wellness].filter { _ in Bool.random(using: &random) }
    let channels = [Channel.sms, .email].filter { _ in Bool.random(using: &random) }
    let count = depth < 3 ? Int.random(in: 0...2, using: &random) : 0
    return ProvisionTree(
      isPermit: .random(using: &random), purposes: purposes, channels: channels,
      exceptions: (0..<count).map { _ in .random(depth: depth + 1, &random) })
  }

  var json: String {
    var members = [#""type": "\#(isPermit ? "permit" : "deny")""#]
    let purposeList = purposes.map { #"{"system": "urn:outreach:purpose", "code": "\#($0)"}"# }
    let channelList = channels.map { #"{"system": "urn:outreach:channel", "code": "\#($0)"}"# }
    if !purposes.isEmpty { members.append(#""purpose": [\#(purposeList.joined(separator: ","))]"#) }
    if !channels.isEmpty { members.append(#""class": [\#(channelList.joined(separator: ","))]"#) }
    if !exceptions.isEmpty {
      members.append(#""provision": [\#(exceptions.map(\.json).joined(separator: ","))]"#)
    }
    return "{\(members.joined(separator: ","))}"
  }

  func plainReading(_ purpose: Purpose, _ channel: Channel) -> ConsentEvent.Kind? {
    read(purpose, channel, purposeNamed: false, channelNamed: false)
  }

  private func read(
    _ purpose: Purpose, _ channel: Channel, purposeNamed: Bool, channelNamed: Bool
  ) -> ConsentEvent.Kind? {
    guard purposes.isEmpty || purposes.contains(purpose), channels.isEmpty || channels.contains(channel)
    else {
      return nil
    }
    let isNamed = (purposeNamed || !purposes.isEmpty, channelNamed || !channels.isEmpty)
    let answers = exceptions.compactMap {
      $0.read(purpose, channel, purposeNamed: isNamed.0, channelNamed: isNamed.1)
    }
    if answers.contains(.revoked) { return .revoked }
    if answers.contains(.granted) { return .granted }
    return isPermit ? (isNamed.0 && isNamed.1 ? .granted : nil) : .revoked
  }
}
