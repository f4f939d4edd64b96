import OutreachCore
import OutreachImport
import Testing

/// What past messages become.
struct CommunicationResourceTests {
  private func contact(_ members: String) throws -> PastContact? {
    let trial = try ImportTrial("Communication", members)
    guard case .contact(let contact) = trial.fact else { return nil }
    return contact
  }

  private static let outgoing =
    #"""
    "subject": {"reference": "Patient/p1"}, "recipient": [{"reference": "Patient/p1"}], "sent": \#
    "2026-11-20T15:00:00Z"
    """#

  @Test(
    arguments: [
      (#""status": "completed""#, .sent),
      (#""status": "completed", "received": "2026-11-20T15:01:00Z""#, .delivered),
      (#""status": "in-progress""#, .inDoubt), (#""status": "stopped""#, .inDoubt),
      (#""status": "unknown""#, .inDoubt),
      (#""status": "not-done""#, .refused),
      (#""status": "not-done", "statusReason": {"coding": [{"code": "invalid-phone-number"}]}"#, .refused),
      (
        #""status": "not-done", "statusReason": {"coding": [{"code": "recipient-unavailable"}]}"#,
        .undelivered
      ),
      (#""status": "preparation""#, nil), (#""status": "on-hold""#, nil),
    ] as [(String, PastContact.Status?)])
  func `what became of an outgoing message`(members: String, status: PastContact.Status?) throws {
    #expect(try contact("\(Self.outgoing), \(members)")?.status == status)
  }

  @Test(
    arguments: [
      ("SMSWRIT", .sms), ("MMSWRIT", .sms), ("PHONE", .voice), ("EMAILWRIT", .email), ("APPWRIT", .app),
      ("ONLINEWRIT", .app),
      ("MSGWRIT", nil), ("ELECTRONIC", nil), ("SOMETHING", nil),
    ] as [(String, Channel?)])
  func `the medium is the channel, and in doubt none`(code: String, channel: Channel?) throws {
    let contact = try contact(
      #"""
      \#(Self.outgoing), "status": "completed", "medium": [{"coding": [{"system": \#
      "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode", "code": "\#(code)"}]}]
      """#
    )
    #expect(contact != nil && contact?.channel == channel)
  }

  @Test(arguments: ["MAILWRIT", "FAXWRIT", "FACE", "VIDEOCONF"])
  func `a letter, a fax or a meeting is no message`(code: String) throws {
    let trial = try ImportTrial(
      "Communication",
      #"""
      \#(Self.outgoing), "status": "completed", "medium": [{"coding": [{"system": \#
      "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode", "code": "\#(code)"}]}]
      """#
    )
    #expect(trial.records == [.noFact(PatientID("p1"), ResourceID("Communication/r1"))])
    #expect(trial.skipped("Communication") == .notAMessage)
  }

  @Test func `a campaign's message is known by its identifier`() throws {
    let contact = try contact(
      #"""
      \#(Self.outgoing), "status": "completed", "identifier": [{"system": "urn:x", "value": \#
      "a|b|c"}, {"system": "urn:outreach:send", "value": "diabetes|refill_due|refill 2026-11-25"}]
      """#
    )
    #expect(
      contact?.key
        == PastContact.Key(
          campaign: CampaignID("diabetes"), message: MessageID("refill_due"),
          occurrence: Occurrence("refill 2026-11-25")))
    #expect(contact?.at == at("2026-11-20T15:00:00Z"))
  }

  @Test(arguments: ["diabetes|refill_due", "diabetes||x", "", "|a|b"])
  func `an identifier that is no send is none`(value: String) throws {
    let contact = try contact(
      #"""
      \#(Self.outgoing), "status": "completed", "identifier": [{"system": "urn:outreach:send", \#
      "value": "\#(value)"}]
      """#
    )
    #expect(contact != nil && contact?.key == nil)
  }

  @Test(arguments: [
    ("completed", PastContact.Status.inboundClosed), ("in-progress", .inboundOpen), ("unknown", .inboundOpen),
  ])
  func `a reply came in and names what it answers`(status: String, expected: PastContact.Status) throws {
    let contact = try contact(
      #"""
      "status": "\#(status)", "sender": {"reference": "Patient/p1"}, "received": "2026-11-20T15:05:00Z",
      "inResponseTo": [{"identifier": {"system": "urn:outreach:send", "value": "d|m|once"}}],
      "reasonCode": [{"coding": [{"system": "urn:outreach:reply", "code": "confirmed"}]}]
      """#)
    #expect(contact?.status == expected && contact?.replyCode == "confirmed")
    #expect(contact?.key?.occurrence == .once && contact?.isInbound == true)
  }

  @Test func `talk between others about the patient is no message`() throws {
    let trial = try ImportTrial(
      "Communication",
      #"""
      "status": "completed", "subject": {"reference": "Patient/p1"}, "sender": {"reference": \#
      "Practitioner/a"}, "recipient": [{"reference": "Practitioner/b"}], "sent": \#
      "2026-11-20T15:00:00Z"
      """#
    )
    #expect(trial.skipped("Communication") == .notAMessage)
  }

  @Test func `without a time the record's own change counts, and without that it is a fault`() throws {
    let members = #""status": "completed", "recipient": [{"reference": "Patient/p1"}]"#
    let dated = try contact(#"\#(members), "meta": {"lastUpdated": "2026-11-19T00:00:00Z"}"#)
    #expect(dated?.at == at("2026-11-19T00:00:00Z"))
    let undated = try ImportTrial("Communication", members)
    #expect(undated.faults == ["data.ndjson:1: Communication.sent is missing or empty; skipped"])
  }

  @Test func `a message to several patients is for the source to tell apart`() throws {
    let trial = try ImportTrial(
      "Communication",
      #"""
      "status": "completed", "sent": "2026-11-20T15:00:00Z", "recipient": [{"reference": \#
      "Patient/p1"}, {"reference": "Patient/p2"}]
      """#
    )
    #expect(trial.skipped("Communication") == .severalPatients && trial.records == [])
  }

  @Test func `what a message was for and the fingerprint of its text are kept, and not the text`() throws {
    let sent = try contact(
      #"""
      \#(Self.outgoing), "status": "completed", "payload": [{"contentString": "Please  call us"}],
      "reasonCode": [{"coding": [{"system": "urn:outreach:purpose", "code": "prescription"}]}]
      """#)
    #expect(sent?.purpose == .prescription)
    #expect(sent?.text == TextFingerprint(of: "please call us"))
    let two = try contact(
      #"\#(Self.outgoing), "status": "completed", "payload": [{"contentString": "a"}, {"contentString": "b"}]"#
    )
    #expect(two != nil && two?.text == nil && two?.purpose == nil)
  }
}
