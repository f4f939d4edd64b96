import OutreachCore
import Testing

/// The traps of caps, texts, numbers and dated rules.
extension TrapTests {
  @Test func `caps are the patient's, over all campaigns and over text and voice together`() {
    for channel in [Channel.sms, .voice] {
      for campaign in ["trial", "another"] {
        let decision = Self.decision {
          $0.facts.contacts = [
            FrequencyCapRuleTests.sent($0.now - .hours(6), channel: channel, campaign: campaign)
          ]
        }
        #expect(decision.verdict == .defer, "\(channel) of \(campaign)")
        #expect(decision.reason == .frequencyCap, "\(channel) of \(campaign)")
      }
    }
  }

  @Test func `a text is measured as it goes out, in septets or code units, and not on its template`() {
    func size(_ text: String) -> [Int] {
      let encoding = TextEncoding(of: text)
      return [encoding.units, encoding.segments]
    }
    let a = String(repeating: "a", count: 160)
    #expect(size(a) == [160, 1])
    #expect(size(a.dropLast() + "€") == [161, 2])
    #expect(size(String(repeating: "á", count: 71)) == [71, 2])
    #expect(size(a.dropLast(10) + "’") == [151, 3])
    // 160 characters with a name of three letters; its template is longer and a longer name is too long.
    func decision(_ name: String, _ filling: String) -> Decision {
      Self.decision {
        $0.identity.givenName = name
        $0.candidates = [
          GuardCaseBuilder.candidate(
            message: GuardCaseBuilder.message("note", ["en": "{$patient.first_name} " + filling]))
        ]
      }
    }
    #expect(decision("Ana", String(repeating: "a", count: 156)).verdict == .send)
    #expect(decision("Anne", String(repeating: "a", count: 156)).reason == .tooLong)
    // An emoji of one grapheme is four code units.
    #expect(decision("Ana", "👍🏽" + String(repeating: "a", count: 153)).reason == .tooLong)
  }

  @Test func `what somebody is treated for has no place in a text, and no trail repeats who it is for`() {
    for channel in [Channel.sms, .voice, .email, .app] {
      for field in MessageField.allCases where field.tier == nil {
        var faults = 0
        _ = MessageTemplate("{$\(field.rawValue)}", language: "en", channels: [channel]) { _ in faults += 1 }
        #expect(faults == 1, "\(field) by \(channel)")
      }
    }
    let decision = Self.decision { _ in }
    let shown =
      ([decision.text?.description, decision.recipient?.description] + decision.rules.map(\.detail))
      .compactMap { $0 }.joined(separator: "\n")
    for secret in ["Ana", "5550123", "60601"] { #expect(!shown.contains(secret), "\(secret)") }
  }

  @Test func `"no data" of the reassigned-numbers database is no "no"`() {
    func answered(_ answer: ReassignmentAnswer) -> ContactStanding.State {
      ContactStanding(
        of: [ContactEvidence(.reassignment(answer, since: day("2026-01-03")), at: Self.now - .days(3))],
        lastKnown: at("2026-01-03T15:00:00Z"), requirement: ContactRequirement(needsReassignmentCheck: true),
        zone: .utc, at: Self.now
      ).state
    }
    #expect(answered(.no) == .unverified)
    #expect(answered(.noData) == .unchecked)
    #expect(answered(.yes) != .unverified && answered(.yes) != .unchecked)
  }

  @Test
  func `a landline cannot be told by its number, so a home line is not texted and a work line never used`() {
    func decision(_ use: ContactPoint.Use?, _ kind: PhoneNumberKind) -> Decision {
      Self.decision {
        $0.identity.contactPoints = [
          ContactPoint(
            system: .phone, use: use, typed: "typed",
            phone: GuardCaseBuilder.reading(GuardCaseBuilder.chicagoNumber, kind: kind))
        ]
      }
    }
    #expect(decision(.mobile, .fixedLineOrMobile).verdict == .send)
    #expect(decision(.home, .fixedLineOrMobile).reason == .contactMissing)
    #expect(decision(.work, .fixedLineOrMobile).reason == .contactMissing)
    #expect(decision(.mobile, .fixedLine).reason == .contactInvalid)
  }

  @Test func `a message of which nobody knows whether it left is not said again, and uses up the cap`() {
    let candidate = GuardCaseBuilder.candidate()
    let inDoubt = PastContact.Key(
      campaign: candidate.campaign.id, message: candidate.message.id, occurrence: candidate.occurrence)
    let again = Self.decision {
      $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .days(40), .inDoubt, key: inDoubt)]
    }
    #expect(again.verdict == .suppress && again.reason == .alreadySent)
    let another = Self.decision {
      $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .hours(6), .inDoubt)]
    }
    #expect(another.verdict == .defer && another.reason == .frequencyCap)
  }

  @Test func `a rule that has ended or not begun closes, whichever it is`() {
    func decision(_ provenance: Provenance, _ change: (inout Policy, Provenance) -> Void) -> Decision {
      Self.decision {
        $0.policy.addedPurposes = [AddedPurpose(Purpose("survey"))]
        $0.candidates = [GuardCaseBuilder.candidate(GuardCaseBuilder.campaign(purpose: Purpose("survey")))]
        change(&$0.policy, provenance)
      }
    }
    let rules: [(name: String, rule: String, dated: (inout Policy, Provenance) -> Void)] = [
      ("facts", "facts", { $0.facts.versions[0].provenance = $1 }),
      ("numbers", "contact", { $0.contact.versions[0].provenance = $1 }),
      ("messages", "content", { $0.message.versions[0].provenance = $1 }),
      ("replies", "reply", { $0.reply.versions[0].provenance = $1 }),
      ("hours", "quiet_hours", { $0.quietHours.rules[0].provenance = $1 }),
      ("purposes", "purpose", { $0.addedPurposes[0].provenance = $1 }),
      ("caps", "frequency_cap", { $0.caps[0].provenance = $1 }),
    ]
    for (name, rule, dated) in rules {
      let ended = decision(Provenance(until: day("2026-11-22")), dated)
      #expect(ended.verdict == .suppress, "\(name) ended")
      #expect(ended.rule(rule)?.verdict != .allow, "\(name) ended")
      // On its last day and on its first it holds.
      #expect(
        decision(Provenance(until: day("2026-11-23")), dated).verdict == .send, "\(name) on the last day")
      #expect(
        decision(Provenance(from: day("2026-11-23")), dated).verdict == .send, "\(name) on the first day")
      // A cap of later on does not hold yet, and nothing is known to be missing; all else must be there.
      let early = decision(Provenance(from: day("2026-12-23")), dated)
      #expect((early.verdict == .send) == (name == "caps"), "\(name) to come")
    }
  }

  @Test func `from its day on a new version of a rule holds, without a change of the program`() {
    // From 31 January 2027 on a bare STOP ends everything, 47 CFR 64.1200(a)(10).
    func decision(_ said: String) -> Decision {
      Self.decision {
        $0.now = at("2027-02-02T16:00:00Z")
        $0.factsAsOf = $0.now
        $0.policy.revocation = Dated(versions: [
          .init(.topic, Provenance(until: day("2027-01-30"))),
          .init(.all, Provenance(from: day("2027-01-31"))),
        ])
        $0.consents.append(
          ConsentEvent(
            evidence: ResourceID("Consent/9"), kind: .revoked, purpose: .wellness, channel: .sms,
            at: at(said), source: .patient, isScopeStated: false))
      }
    }
    #expect(decision("2027-01-30T18:00:00Z").verdict == .send)
    #expect(decision("2027-01-31T18:00:00Z").reason == .consentRevoked)
  }
}
