import OutreachCore
import Testing

/// What consent, wishes, contact evidence and flags bring about in decisions.
@Suite struct PeopleRulesTests {
  private static let now = GuardCaseBuilder().now
  private static let number = ConsentTrial.number

  /// The decision on a case of which something was changed, the patient last.
  private func decision(
    _ change: (inout GuardCaseBuilder) -> Void = { _ in }, patient spoil: (inout GuardedPatient) -> Void
  ) -> Decision {
    let builder = GuardCaseBuilder().with(change)
    var patient = builder.patient
    spoil(&patient)
    return Guard(environment: builder.environment).decide(builder.candidates, for: patient) { _, _ in true }[
      0]
  }

  private func expect(
    _ decision: Decision, _ reason: Reason, by rule: String, _ detail: String,
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(decision.verdict == .suppress, sourceLocation: location)
    #expect(decision.reason == reason, sourceLocation: location)
    #expect(decision.rule(rule)?.reason == reason, sourceLocation: location)
    #expect(decision.rule(rule)?.detail == detail, sourceLocation: location)
  }

  private func word(
    _ kind: ConsentEvent.Kind, _ date: String, by source: ConsentEvent.Source = .patient,
    _ change: (inout ConsentEvent) -> Void = { _ in }
  ) -> ConsentEvent {
    ConsentTrial.word(kind, date, by: source, change)
  }

  /// A message that shows nothing of the patient.
  private static let open = GuardCaseBuilder.candidate(
    message: GuardCaseBuilder.message("note", ["en": "Please call {$clinic.phone}. {$opt_out}"]))

  // MARK: - Consent

  @Test func `each state of consent gives its reason and says on which day what was said`() {
    func consent(_ events: [ConsentEvent], born: String? = nil) -> Decision {
      decision { builder in
        builder.facts.birthDate = born.map(day)
      } patient: {
        $0.consents = events
      }
    }
    expect(
      consent([word(.pending, "2026-11-20")]), .consentMissing, by: "consent",
      "asked on 2026-11-20, not confirmed yet")
    expect(
      consent([word(.granted, "2026-01-05"), word(.expired, "2026-11-20", by: .staff)]), .consentExpired,
      by: "consent", "the clinic ended it on 2026-11-20")
    expect(
      consent([word(.granted, "2026-01-05") { $0.sender = "pharmacy" }]), .consentMissing, by: "consent",
      "granted 2026-01-05, but for another sender")
    expect(
      consent([word(.granted, "2026-01-05") { $0.number = ConsentTrial.newNumber }]), .consentMissing,
      by: "consent", "granted 2026-01-05, but for another number")
    expect(
      consent([word(.granted, "2026-01-05", by: .staff) { $0.reference = nil }]), .consentMissing,
      by: "consent", "granted 2026-01-05, but by the staff alone and without a reference to the evidence")
    expect(
      consent([word(.granted, "2026-01-05")], born: "2010-01-01"), .consentMissing, by: "consent",
      "granted 2026-01-05, but a minor's own consent needs a parent's")
    let parent = word(.granted, "2026-01-05", by: .proxy) { $0.grantor = "parent" }
    expect(
      consent([parent], born: "2008-11-23"), .consentExpired, by: "consent",
      "a parent's consent ended when the patient came of age")
    #expect(consent([parent], born: "2008-11-24").verdict == .send)
    expect(
      consent([parent]), .consentMissing, by: "consent",
      "granted 2026-01-05, but nothing tells whether the patient is of age")
  }

  @Test func `the patient's place decides when they come of age`() {
    let parent = word(.granted, "2026-01-05", by: .proxy) { $0.grantor = "parent" }
    func place(_ state: String) -> Decision {
      decision { builder in
        builder.facts.birthDate = day("2008-06-01")
        builder.identity.addresses[0] = PostalAddress(state: state, postalCode: nil, country: "US")
        builder.identity.contactPoints = [GuardCaseBuilder.mobile("+12055550123")]
        builder.policy.majority = Dated(Majority(byPlace: [.state("AL"): 19]))
      } patient: {
        $0.consents = [parent]
      }
    }
    #expect(place("AL").reason == nil)
    #expect(place("IL").reason == .consentExpired)
  }

  @Test func `the sender of the clinic and the number in use are those that consent is asked for`() {
    let named = word(.granted, "2026-01-05") {
      $0.sender = "pharmacy"
      $0.number = Self.number
    }
    let sent = decision {
      $0.clinic.sender = "pharmacy"
    } patient: {
      $0.consents = [named]
    }
    #expect(sent.verdict == .send)
    #expect(
      decision {
        $0.consents = [named]
      } patient: { _ in
      }.reason == .consentMissing)
  }

  @Test func `an opt-out on one sender's number closes the other senders too`() {
    let stop = word(.revoked, "2026-11-01") {
      $0.sender = "pharmacy"
      $0.isScopeStated = false
    }
    let refused = decision {
      $0.consents.append(stop)
    } patient: { _ in
    }
    expect(refused, .consentRevoked, by: "consent", "refused or withdrawn 2026-11-01")
  }

  @Test func `what another person revoked at the number refuses it, and no other number`() {
    let stop = word(.revoked, "2026-11-01")
    let refused = decision { $0.numberRevocations = [Self.number: [stop]] }
    expect(refused, .consentRevoked, by: "consent", "whoever has this number revoked on 2026-11-01")
    #expect(decision { $0.numberRevocations = [ConsentTrial.newNumber: [stop]] }.verdict == .send)
  }

  @Test func `the policy's rule of bare revocations reaches the guard`() {
    let stop = word(.revoked, "2026-11-01") {
      $0.purpose = .appointment
      $0.isScopeStated = false
    }
    func ruled(_ scope: RevocationScope) -> Decision {
      decision { builder in
        builder.consents.append(stop)
        builder.policy.revocation = Dated(scope)
      } patient: { _ in
      }
    }
    #expect(ruled(.topic).verdict == .send)
    #expect(ruled(.all).reason == .consentRevoked)
  }

  // MARK: - Wishes

  @Test func `what the patient does not wish is refused, consent or not`() {
    func wished(_ change: (inout Preferences) -> Void) -> Decision {
      decision { change(&$0.preferences) }
    }
    expect(
      wished { $0.refusedPurposes = [.prescription] }, .consentRevoked, by: "consent",
      "the patient wishes no messages for 'prescription'")
    expect(
      wished { $0.refusedCampaigns = [CampaignID("trial")] }, .consentRevoked, by: "consent",
      "the patient wishes no messages of 'trial'")
    expect(
      wished { $0.channels = [.email] }, .consentRevoked, by: "consent",
      "the patient wishes no messages by sms")
    #expect(wished { $0.channels = [.email, .sms] }.verdict == .send)
    #expect(wished { $0.refusedPurposes = [.wellness] }.verdict == .send)
    #expect(wished { $0.refusedCampaigns = [CampaignID("other")] }.verdict == .send)
  }

  @Test func `the patient's channels are used in the patient's order, and no other`() {
    func wished(_ channels: [Channel]) -> Channel? {
      let decided = decision { builder in
        builder.consents = [GuardCaseBuilder.grant(at: Self.now - .days(30), channel: nil)]
        builder.candidates = [
          GuardCaseBuilder.candidate(GuardCaseBuilder.campaign(channels: [.sms, .voice]))
        ]
      } patient: {
        $0.preferences.channels = channels
      }
      return decided.verdict == .send ? decided.channel : nil
    }
    #expect(wished([]) == .sms)
    #expect(wished([.voice, .sms]) == .voice)
    #expect(wished([.voice]) == .voice)
    #expect(wished([.email]) == nil)
  }

  @Test func `a text shows no more than the patient wishes`() {
    func shown(_ most: DisclosureTier?, _ text: String) -> Decision {
      decision { builder in
        builder.candidates = [
          GuardCaseBuilder.candidate(message: GuardCaseBuilder.message("note", ["en": text]))
        ]
      } patient: {
        $0.preferences.disclosure = most
      }
    }
    let named = "Hi {$patient.first_name}, {$clinic.name}. {$opt_out}"
    #expect(shown(nil, named).text?.revealed == "Hi Ana, Lakeside Clinic. Reply STOP to opt out.")
    #expect(shown(.generic, named).text == shown(nil, named).text)
    #expect(shown(.sealed, named).text?.revealed == "Hi there, our office. Reply STOP to opt out.")
    #expect(
      shown(.sealed, named).rules.first { $0.rule == "content" }?.detail
        == "en, 1 segment gsm7, sealed: the patient wishes it so")
  }

  @Test func `a day that the patient does not want shown refuses the message`() {
    let visit = Appointment(
      id: ResourceID("Appointment/1"), status: "booked", startsAt: at("2026-11-30T20:30:00Z"))
    func shown(_ most: DisclosureTier) -> Decision {
      decision { builder in
        builder.candidates = [
          GuardCaseBuilder.candidate(
            message: GuardCaseBuilder.message("note", ["en": "At {$appointment.time}. {$opt_out}"]),
            occurrence: Occurrence("appointment"), about: .appointment(visit, zone: "America/Chicago"))
        ]
      } patient: {
        $0.preferences.disclosure = most
      }
    }
    expect(
      shown(.sealed), .contentRefused, by: "content",
      "'appointment.time' shows at the tier 'generic', and the message is 'sealed'")
    #expect(shown(.generic).verdict == .send)
  }

  // MARK: - Numbers

  @Test func `each standing of a number gives its reason and its day`() {
    func known(_ kind: ContactEvidence.Kind, needsCheck: Bool = false) -> Decision {
      decision { builder in
        builder.policy.contact = Dated(ContactRequirement(needsReassignmentCheck: needsCheck))
      } patient: {
        $0.evidence = [Self.number: [ContactEvidence(kind, at: at("2026-11-20T18:00:00Z"))]]
      }
    }
    expect(
      known(.wrongNumber), .contactInvalid, by: "contact",
      "taken out of use on 2026-11-20 after a wrong-number reply")
    expect(known(.suspended), .contactInvalid, by: "contact", "taken out of use on 2026-11-20 by the staff")
    expect(
      known(.reassignment(.yes, since: day("2026-01-01"))), .contactStale, by: "contact",
      "given up by its owner, the reassigned-numbers database said on 2026-11-20")
    #expect(known(.confirmed).rule("contact")?.detail == "confirmed on 2026-11-20")
    let noAnswer = "no answer of the reassigned-numbers database within 30 days"
    expect(known(.confirmationAsked, needsCheck: true), .contactStale, by: "contact", noAnswer)
    expect(
      known(.reassignment(.noData, since: day("2026-01-01")), needsCheck: true), .contactStale, by: "contact",
      noAnswer)
    #expect(known(.reassignment(.no, since: day("2026-01-01")), needsCheck: true).verdict == .send)
  }

  @Test func `a wrong-number reply takes the number from everybody who has it, and from no other number`() {
    let evidence = [ContactEvidence(.wrongNumber, at: Self.now - .days(3))]
    for handle in ["P-7K2M", "P-9Q4T"] {
      let other = decision {
        $0.handle = PatientHandle(handle)
        $0.evidence = [Self.number: evidence]
      }
      #expect(other.reason == .contactInvalid)
    }
    #expect(decision { $0.evidence = [ConsentTrial.newNumber: evidence] }.verdict == .send)
  }

  @Test func `an incoming message or a grant that names the number brings a reassigned one back`() {
    let answer = ContactEvidence(.reassignment(.yes, since: day("2026-01-01")), at: Self.now - .days(10))
    func after(_ change: (inout GuardedPatient) -> Void) -> Decision {
      decision {
        $0.evidence = [Self.number: [answer]]
        change(&$0)
      }
    }
    func contact(_ status: PastContact.Status, _ number: PhoneNumber?) -> PastContact {
      var contact = GuardCaseBuilder.contact(Self.now - .days(5), status)
      contact.number = number
      return contact
    }
    #expect(after { $0.facts.contacts = [contact(.inboundClosed, Self.number)] }.verdict == .send)
    #expect(after { $0.facts.contacts = [contact(.inboundClosed, nil)] }.reason == .contactStale)
    #expect(
      after { $0.facts.contacts = [contact(.inboundClosed, ConsentTrial.newNumber)] }.reason == .contactStale)
    #expect(after { $0.facts.contacts = [contact(.delivered, Self.number)] }.reason == .contactStale)
    for (source, verdict) in [
      (ConsentEvent.Source.patient, Decision.Verdict.send), (.record, .suppress), (.staff, .suppress),
    ] {
      let grant = word(.granted, "2026-11-20", by: source) { $0.number = Self.number }
      #expect(after { $0.consents.append(grant) }.verdict == verdict, "\(source)")
    }
  }

  @Test func `what names another number keeps this one no fresher`() {
    func known(_ change: (inout GuardedPatient) -> Void) -> Reason? {
      decision {
        $0.consents = [GuardCaseBuilder.grant(at: Self.now - .days(600))]
        change(&$0)
      }.reason
    }
    #expect(known { _ in } == .contactStale)
    for (number, reason) in [(ConsentTrial.newNumber, Reason.contactStale), (Self.number, nil)] {
      let grant = word(.granted, "2026-11-01") { $0.number = number }
      #expect(known { $0.consents.append(grant) } == reason)
      var delivered = GuardCaseBuilder.contact(Self.now - .days(30), .delivered)
      delivered.number = number
      #expect(known { $0.facts.contacts = [delivered] } == reason)
      let moved = word(.transferred, "2026-11-01", by: .staff) { $0.number = number }
      #expect(known { $0.consents.append(moved) } == reason)
    }
    // What names the number counts by whichever channel it came.
    var called = GuardCaseBuilder.contact(Self.now - .days(30), .inboundClosed, channel: .voice)
    called.number = Self.number
    #expect(known { $0.facts.contacts = [called] } == nil)
  }

  @Test func `a number is not good where no rule says how long it stays so`() {
    let refused = decision {
      $0.policy.contact = Dated(ContactRequirement(), Provenance(until: day("2026-11-22")))
    } patient: { _ in
    }
    expect(
      refused, .contactStale, by: "contact", "no rule says how long numbers stay good on 2026-11-23")
  }

  @Test func `a shared number is used only for messages that show nothing of anybody`() {
    func shared(_ candidate: Candidate) -> Decision {
      decision {
        $0.candidates = [candidate]
      } patient: {
        $0.sharedNumbers = [Self.number]
      }
    }
    #expect(shared(Self.open).verdict == .send)
    expect(
      shared(GuardCaseBuilder.candidate()), .contactShared, by: "contact",
      "another patient has the same number")
    let visit = Appointment(
      id: ResourceID("Appointment/1"), status: "booked", startsAt: at("2026-11-30T20:30:00Z"))
    func about(_ text: String) -> Decision {
      shared(
        GuardCaseBuilder.candidate(
          message: GuardCaseBuilder.message("note", ["en": text]), occurrence: Occurrence("appointment"),
          about: .appointment(visit, zone: "America/Chicago")))
    }
    #expect(about("See you on {$appointment.date}. {$opt_out}").reason == .contactShared)
    #expect(about("Please call {$clinic.phone}. {$opt_out}").verdict == .send)
  }

  @Test func `a shared number that is out of use, given up or stale is refused for that`() {
    func shared(_ change: (inout GuardedPatient) -> Void) -> Reason? {
      decision {
        $0.candidates = [Self.open]
      } patient: {
        $0.sharedNumbers = [Self.number]
        change(&$0)
      }.reason
    }
    let at = Self.now - .days(3)
    #expect(shared { $0.evidence = [Self.number: [ContactEvidence(.suspended, at: at)]] } == .contactInvalid)
    #expect(
      shared { $0.consents = [GuardCaseBuilder.grant(at: Self.now - .days(600))] } == .contactStale)
  }

  // MARK: - Flags

  @Test func `a safety flag lets only messages go that show nothing of the patient`() {
    func flagged(_ candidate: Candidate, from start: String? = nil, to end: String? = nil) -> Decision {
      decision { builder in
        builder.candidates = [candidate]
        builder.facts.flags = [
          Flag(id: ResourceID("Flag/1"), kind: .safety, startsAt: start.map(at), endsAt: end.map(at))
        ]
      } patient: { _ in
      }
    }
    expect(
      flagged(GuardCaseBuilder.candidate()), .contentRefused, by: "content",
      "the record is flagged 'safety', and the message shows something of the patient")
    #expect(flagged(Self.open).verdict == .send)
    #expect(flagged(GuardCaseBuilder.candidate(), to: "2026-11-23T16:00:00Z").verdict == .send)
    #expect(flagged(GuardCaseBuilder.candidate(), to: "2026-11-23T16:00:01Z").verdict == .suppress)
    #expect(flagged(GuardCaseBuilder.candidate(), from: "2026-11-23T16:00:01Z").verdict == .send)
  }

  @Test func `a safety flag leaves the channel whose words show nothing`() {
    let decided = decision { builder in
      builder.identity.contactPoints.append(ContactPoint(system: .email, typed: "ana@example.com"))
      builder.consents = [GuardCaseBuilder.grant(at: Self.now - .days(30), channel: nil)]
      builder.facts.flags = [Flag(id: ResourceID("Flag/1"), kind: .safety)]
      var message = GuardCaseBuilder.message()
      message.variants.append(
        Variant(
          language: "en", channel: .email, subject: GuardCaseBuilder.template("A note"),
          body: GuardCaseBuilder.template("Please call {$clinic.phone}. {$opt_out}")))
      builder.candidates = [
        GuardCaseBuilder.candidate(GuardCaseBuilder.campaign(channels: [.sms, .email]), message: message)
      ]
    } patient: { _ in
    }
    #expect(decided.verdict == .send)
    #expect(decided.channel == .email)
  }

  // MARK: - Rules that do not hold

  @Test func `a rule about facts that no longer holds closes`() {
    let refused = decision {
      $0.policy.facts = Dated(FactsRequirement(), Provenance(until: day("2026-11-22")))
    } patient: { _ in
    }
    expect(refused, .factsStale, by: "facts", "no rule says how old facts may be on 2026-11-23")
  }

  @Test func `a purpose is refused before its first day and after its last`() {
    func added(_ provenance: Provenance) -> Decision {
      decision { builder in
        let survey = Purpose("survey")
        builder.candidates = [GuardCaseBuilder.candidate(GuardCaseBuilder.campaign(purpose: survey))]
        builder.policy.addedPurposes = [AddedPurpose(survey, provenance)]
      } patient: { _ in
      }
    }
    expect(
      added(Provenance(from: day("2026-11-24"))), .purposeRefused, by: "purpose",
      "messages for 'survey' are allowed from 2026-11-24 on")
    expect(
      added(Provenance(until: day("2026-11-22"))), .purposeRefused, by: "purpose",
      "messages for 'survey' were allowed until 2026-11-22")
    #expect(added(Provenance(from: day("2026-11-23"), until: day("2026-11-23"))).verdict == .send)
  }
}
