import OutreachCore
import Testing

/// Every reason that the guard itself can give, brought about by one change to a case that would be sent.
@Suite struct GuardRefusalTests {
  private static func spoiled(_ change: (inout GuardCaseBuilder) -> Void) -> Decision {
    GuardCaseBuilder().with(change).decision
  }

  private func expect(
    _ decision: Decision, _ reason: Reason, by rule: String, _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(decision.verdict == .suppress, sourceLocation: location)
    #expect(decision.reason == reason, sourceLocation: location)
    #expect(decision.sendAt == nil, sourceLocation: location)
    #expect(decision.rule(rule)?.verdict == .suppress, sourceLocation: location)
    #expect(decision.rule(rule)?.reason == reason, sourceLocation: location)
  }

  @Test func `nothing stands against the case that all others are made from`() {
    let decision = GuardCaseBuilder().decision
    #expect(decision.verdict == .send)
    #expect(decision.reason == nil)
    #expect(decision.sendAt == at("2026-11-23T16:00:00Z"))
    #expect(decision.channel == .sms)
    #expect(decision.recipient?.revealed == "+13125550123")
    #expect(decision.text?.revealed == "Hi Ana, it's Lakeside Clinic: 312-555-0100. Reply STOP to opt out.")
    #expect(decision.zones == ["America/Chicago"])
    #expect(decision.read == ["age"])
    #expect(decision.rules.allSatisfy { $0.verdict == .allow && $0.reason == nil })
  }

  @Test func `facts of no import or of an old one are stale`() {
    expect(Self.spoiled { $0.factsAsOf = nil }, .factsStale, by: "facts")
    expect(Self.spoiled { $0.factsAsOf = $0.now - .days(3) - .seconds(1) }, .factsStale, by: "facts")
    #expect(Self.spoiled { $0.factsAsOf = $0.now - .days(3) }.verdict == .send)
  }

  @Test func `facts age faster for a purpose that the policy names`() {
    func aged(_ hours: Int) -> Decision {
      Self.spoiled {
        $0.factsAsOf = $0.now - .hours(hours)
        $0.candidates = [GuardCaseBuilder.candidate(GuardCaseBuilder.campaign(purpose: .appointment))]
      }
    }
    #expect(aged(24).verdict == .send)
    expect(aged(25), .factsStale, by: "facts")
  }

  @Test(arguments: [RecordStanding.replaced, .deleted, .cyclic])
  func `a record that does not speak for itself is inactive`(standing: RecordStanding) {
    expect(Self.spoiled { $0.standing = standing }, .patientInactive, by: "patient")
  }

  @Test func `the dead, the inactive and test records are not written to`() {
    expect(Self.spoiled { $0.facts.isDeceased = true }, .patientInactive, by: "patient")
    expect(Self.spoiled { $0.facts.isActive = false }, .patientInactive, by: "patient")
    expect(Self.spoiled { $0.facts.isTest = true }, .patientInactive, by: "patient")
  }

  @Test func `a do-not-contact flag holds from its beginning up to its end`() {
    func flagged(_ kind: Flag.Kind, from start: String?, to end: String?) -> Decision {
      Self.spoiled {
        $0.facts.flags = [
          Flag(id: ResourceID("Flag/1"), kind: kind, startsAt: start.map(at), endsAt: end.map(at))
        ]
      }
    }
    expect(flagged(.doNotContact, from: nil, to: nil), .patientInactive, by: "patient")
    expect(flagged(.doNotContact, from: "2026-11-23T16:00:00Z", to: nil), .patientInactive, by: "patient")
    expect(
      flagged(.doNotContact, from: "2026-11-01T00:00:00Z", to: "2026-11-23T16:00:01Z"), .patientInactive,
      by: "patient")
    #expect(flagged(.doNotContact, from: nil, to: "2026-11-23T16:00:00Z").verdict == .send)
    #expect(flagged(.doNotContact, from: "2026-11-23T16:00:01Z", to: nil).verdict == .send)
    #expect(flagged(.other, from: nil, to: nil).verdict == .send)
  }

  @Test func `a patient in hospital is left alone until the stay has ended`() {
    func staying(_ kind: String, _ status: String, from start: String, to end: String? = nil) -> Decision {
      Self.spoiled {
        $0.facts.encounters = [
          Encounter(
            id: ResourceID("Encounter/1"), status: status, kind: kind, codes: [], startedAt: at(start),
            endedAt: end.map(at))
        ]
      }
    }
    for kind in ["IMP", "ACUTE", "NONAC", "OBSENC", "EMER", "SS"] {
      expect(staying(kind, "in-progress", from: "2026-11-20T00:00:00Z"), .patientInactive, by: "patient")
    }
    for status in ["arrived", "triaged", "onleave"] {
      expect(staying("IMP", status, from: "2026-11-20T00:00:00Z"), .patientInactive, by: "patient")
    }
    #expect(staying("AMB", "in-progress", from: "2026-11-20T00:00:00Z").verdict == .send)
    #expect(staying("IMP", "finished", from: "2026-11-20T00:00:00Z").verdict == .send)
    #expect(staying("IMP", "planned", from: "2026-11-20T00:00:00Z").verdict == .send)
    #expect(staying("IMP", "in-progress", from: "2026-11-24T00:00:00Z").verdict == .send)
    #expect(
      staying("IMP", "in-progress", from: "2026-11-20T00:00:00Z", to: "2026-11-23T16:00:00Z").verdict == .send
    )
  }

  @Test func `a campaign that nobody has approved as it stands does not send`() {
    expect(Self.spoiled { $0.approval = .needed(approved: []) }, .notApproved, by: "approval")
    expect(Self.spoiled { $0.approval = .needed(approved: ["hash-of-other"]) }, .notApproved, by: "approval")
    #expect(Self.spoiled { $0.approval = .needed(approved: ["hash-of-trial"]) }.verdict == .send)
  }

  @Test func `a purpose off the closed list is refused until the policy adds it`() {
    let survey = GuardCaseBuilder.candidate(GuardCaseBuilder.campaign(purpose: Purpose("survey")))
    expect(Self.spoiled { $0.candidates = [survey] }, .purposeRefused, by: "purpose")
    let added = Self.spoiled {
      $0.candidates = [survey]
      $0.policy.addedPurposes = [AddedPurpose(Purpose("survey"))]
    }
    #expect(added.verdict == .send)
  }

  @Test func `consent that is missing, withdrawn or run out refuses`() {
    expect(Self.spoiled { $0.consents = [] }, .consentMissing, by: "consent")
    expect(
      Self.spoiled { $0.consents.append(GuardCaseBuilder.revocation(at: $0.now)) }, .consentRevoked,
      by: "consent")
    expect(
      Self.spoiled { $0.consents = [GuardCaseBuilder.grant(at: at("2026-01-03T15:00:00Z"), until: $0.now)] },
      .consentExpired, by: "consent")
  }

  @Test func `no number, an unreadable one and one that cannot be texted refuse`() {
    expect(Self.spoiled { $0.identity.contactPoints = [] }, .contactMissing, by: "contact")
    expect(
      Self.spoiled {
        $0.identity.contactPoints = [
          ContactPoint(system: .phone, use: .mobile, typed: "call me", phone: .unreadable(.letters))
        ]
      }, .contactInvalid, by: "contact")
    expect(
      Self.spoiled {
        $0.identity.contactPoints[0].phone = GuardCaseBuilder.reading(
          GuardCaseBuilder.chicagoNumber, kind: .fixedLine)
      }, .contactInvalid, by: "contact")
  }

  @Test func `a number that another patient has too refuses`() throws {
    let number = try #require(GuardCaseBuilder.chicagoNumber)
    expect(Self.spoiled { $0.sharedNumbers = [number] }, .contactShared, by: "contact")
  }

  @Test func `a number that nothing recent ties to the patient refuses`() {
    expect(
      Self.spoiled { $0.consents = [GuardCaseBuilder.grant(at: $0.now - .days(540) - .seconds(1))] },
      .contactStale,
      by: "contact")
    #expect(Self.spoiled { $0.consents = [GuardCaseBuilder.grant(at: $0.now - .days(540))] }.verdict == .send)
  }

  @Test func `what is no name is not said, and a missing name refuses the content`() {
    #expect(Self.spoiled { $0.identity.givenName = "4na" }.text?.revealed.hasPrefix("Hi there, ") == true)
    expect(Self.spoiled { $0.identity.givenName = nil }, .valueMissing, by: "content")
    expect(Self.spoiled { $0.identity.givenName = "" }, .valueMissing, by: "content")
  }

  @Test func `a language without a wording refuses`() {
    expect(Self.spoiled { $0.facts.language = "vi" }, .languageMissing, by: "content")
  }

  @Test func `a text is measured with its values, in characters`() {
    func sized(_ extra: Int) -> Decision {
      Self.spoiled {
        let text = "{$patient.first_name}" + String(repeating: "a", count: 157 + extra)
        $0.candidates = [GuardCaseBuilder.candidate(message: GuardCaseBuilder.message("note", ["en": text]))]
      }
    }
    #expect(sized(0).verdict == .send)
    expect(sized(1), .tooLong, by: "content")
  }

  @Test func `what was said is not said again, and what a provider refused stays refused`() {
    let key = PastContact.Key(campaign: CampaignID("trial"), message: MessageID("note"), occurrence: .once)
    func said(_ status: PastContact.Status, channel: Channel? = .sms) -> Decision {
      Self.spoiled {
        $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .days(90), status, channel: channel, key: key)]
      }
    }
    for status in [PastContact.Status.sent, .delivered, .undelivered, .inDoubt] {
      expect(said(status), .alreadySent, by: "occurrence")
      expect(said(status, channel: .email), .alreadySent, by: "occurrence")
    }
    expect(said(.refused), .providerRefused, by: "occurrence")
    for order in [[PastContact.Status.refused, .sent], [.sent, .refused]] {
      let both = Self.spoiled { builder in
        builder.facts.contacts = order.map {
          GuardCaseBuilder.contact(builder.now - .days(90), $0, channel: .sms, key: key)
        }
      }
      expect(both, .alreadySent, by: "occurrence")
    }
  }

  @Test func `another campaign, message or occurrence does not count as said`() {
    for key in [
      PastContact.Key(campaign: CampaignID("other"), message: MessageID("note"), occurrence: .once),
      PastContact.Key(campaign: CampaignID("trial"), message: MessageID("other"), occurrence: .once),
    ] {
      #expect(
        Self.spoiled { $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .days(90), key: key)] }.verdict
          == .send)
    }
    let refill = Subject.refill(order: ResourceID("MedicationRequest/1"), dueOn: day("2026-11-25"))
    let decision = Self.spoiled {
      let earlier = PastContact.Key(
        campaign: CampaignID("trial"), message: MessageID("note"), occurrence: Occurrence("refill 2026-10-25")
      )
      $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .days(30), key: earlier)]
      $0.candidates = [GuardCaseBuilder.candidate(occurrence: Occurrence("refill 2026-11-25"), about: refill)]
    }
    #expect(decision.verdict == .send)
  }

  @Test func `a message without a fact is repeated only after the campaign's pause`() {
    let last = at("2026-10-26T16:00:00Z")
    func repeated(after pause: Duration?, at now: Instant) -> Decision {
      Self.spoiled {
        $0.now = now
        $0.factsAsOf = now
        let key = PastContact.Key(
          campaign: CampaignID("trial"), message: MessageID("note"), occurrence: Occurrence("no. 1"))
        $0.facts.contacts = [GuardCaseBuilder.contact(last, key: key)]
        $0.candidates = [
          GuardCaseBuilder.candidate(
            GuardCaseBuilder.campaign(repeatAfter: pause), occurrence: Occurrence("no. 2"))
        ]
      }
    }
    expect(repeated(after: nil, at: last + .days(28)), .alreadySent, by: "occurrence")
    expect(repeated(after: .days(28), at: last + .days(28) - .seconds(1)), .alreadySent, by: "occurrence")
    #expect(repeated(after: .days(28), at: last + .days(28)).reason != .alreadySent)
  }

  @Test func `a message past its time is expired`() {
    expect(
      Self.spoiled { $0.candidates = [GuardCaseBuilder.candidate(expires: $0.now)] }, .expired,
      by: "occurrence")
    #expect(
      Self.spoiled { $0.candidates = [GuardCaseBuilder.candidate(expires: $0.now + .seconds(1))] }.verdict
        == .send)
  }

  @Test func `not knowing where the patient is refuses`() {
    let tollFree = GuardCaseBuilder.mobile("+18005550123")
    expect(
      Self.spoiled {
        $0.identity.addresses = []
        $0.identity.contactPoints = [tollFree]
      }, .zoneUnknown, by: "quiet_hours")
    expect(Self.spoiled { $0.identity.timeZone = "Mars/Olympus" }, .zoneUnknown, by: "quiet_hours")
    expect(Self.spoiled { $0.identity.addresses[0].state = "ZZ" }, .zoneUnknown, by: "quiet_hours")
  }

  @Test func `an appointment in a zone that does not exist refuses instead of telling the clinic's time`() {
    let visit = Appointment(
      id: ResourceID("Appointment/1"), status: "booked", startsAt: at("2026-11-30T20:30:00Z"))
    func about(_ zone: String) -> Decision {
      Self.spoiled {
        $0.candidates = [
          GuardCaseBuilder.candidate(
            message: GuardCaseBuilder.message("note", ["en": "At {$appointment.time}"]),
            occurrence: Occurrence("appointment"), about: .appointment(visit, zone: zone))
        ]
      }
    }
    #expect(about("America/Denver").text?.revealed == "At 1:30 PM")
    expect(about("Mars/Olympus"), .zoneUnknown, by: "content")
    #expect(about("Mars/Olympus").text == nil)
  }
}
