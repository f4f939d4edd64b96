import OutreachCore
import Testing

@Suite struct RevocationTests {
  private typealias Trial = ConsentTrial
  private let grant = Trial.word(.granted, "2026-01-05")
  private let stop = Trial.word(.revoked, "2026-03-01") { $0.isScopeStated = false }

  // MARK: - Who may undo what

  @Test(arguments: [ConsentEvent.Source.patient, .proxy])
  func `a patient's own revocation is undone by neither an import nor the staff`(source: ConsentEvent.Source)
  {
    let revocation = Trial.word(.revoked, "2026-03-01", by: source)
    for later in [ConsentEvent.Source.record, .staff] {
      let events = [grant, revocation, Trial.word(.granted, "2026-04-01", by: later)]
      #expect(Trial(events).state == .revoked(revocation), "\(later)")
    }
  }

  @Test func `the staff cannot overwrite an opt-out with a note and a reference`() {
    let revocation = Trial.word(.revoked, "2026-03-01")
    var note = Trial.word(.granted, "2026-11-01", by: .staff)
    note.wording = "patient agreed on the phone"
    #expect(Trial([revocation, note]).state == .revoked(revocation))
  }

  @Test func `a patient's own revocation ends by a later grant of the patient or a proxy`() {
    let revocation = Trial.word(.revoked, "2026-03-01")
    let again = Trial.word(.granted, "2026-04-01")
    let agent = Trial.word(.granted, "2026-04-01", by: .proxy) { $0.grantor = "health_care_agent" }
    #expect(Trial([grant, revocation, again]).state == .granted(again))
    #expect(Trial([grant, revocation, agent]).state == .granted(agent))
    #expect(Trial([grant, revocation]).state == .revoked(revocation))
  }

  @Test func `a record's revocation ends by any later grant but the staff's`() {
    let revocation = Trial.word(.revoked, "2026-03-01", by: .record)
    for source in [ConsentEvent.Source.record, .patient] {
      let again = Trial.word(.granted, "2026-04-01", by: source)
      #expect(Trial([revocation, again]).state == .granted(again))
    }
    let note = Trial.word(.granted, "2026-04-01", by: .staff)
    #expect(Trial([revocation, note]).state == .revoked(revocation))
  }

  @Test func `an import between a revocation and the patient's new grant does not count`() {
    let imported = Trial.word(.granted, "2026-04-01", by: .record)
    let again = Trial.word(.granted, "2026-05-01") { $0.number = Trial.newNumber }
    let events = [Trial.word(.revoked, "2026-03-01"), imported, again]
    #expect(Trial(events).state == .insufficient(again, .otherNumber))
    let later = Trial.word(.granted, "2026-06-01", by: .record)
    #expect(Trial(events + [later]).state == .granted(later))
  }

  @Test func `a word of the patient's and a revocation of one instant leave the revocation`() {
    let revocation = Trial.word(.revoked, "2026-03-01")
    let same = Trial.word(.granted, "2026-03-01")
    #expect(Trial([same, revocation]).state == .revoked(revocation))
    #expect(Trial([revocation, same]).state == .revoked(revocation))
  }

  @Test func `what the staff say needs a reference, and that nobody ever revoked`() {
    var note = Trial.word(.granted, "2026-02-01", by: .staff)
    #expect(Trial([note]).state == .granted(note))
    #expect(Trial([note, Trial.word(.revoked, "2026-01-01", by: .record)]).state.isGranted == false)
    note.reference = nil
    #expect(Trial([note]).state == .insufficient(note, .noReference))
    let appointments = Trial.word(.revoked, "2026-01-01") { $0.purpose = .appointment }
    note.reference = "note 12"
    #expect(Trial([note, appointments]).state == .granted(note))
  }

  // MARK: - Sender and number

  @Test func `a revocation to one sender counts for every sender`() {
    let revocation = Trial.word(.revoked, "2026-03-01") { $0.sender = "billing line" }
    #expect(Trial([grant, revocation]).state == .revoked(revocation))
  }

  @Test func `a grant to one sender holds for that sender only`() {
    let other = Trial.word(.granted, "2026-03-01") { $0.sender = "pharmacy" }
    #expect(Trial([other]).state == .insufficient(other, .otherSender))
    #expect(Trial([other]) { $0.question.sender = "pharmacy" }.state == .granted(other))
    let revocation = Trial.word(.revoked, "2026-02-01")
    #expect(Trial([grant, revocation, other]).state == .revoked(revocation))
  }

  @Test func `changing the number keeps the opt-out with the person`() {
    let revocation = Trial.word(.revoked, "2026-03-01") { $0.number = Trial.number }
    for number in [Trial.number, Trial.newNumber, nil] {
      #expect(Trial([grant, revocation]) { $0.question.number = number }.state == .revoked(revocation))
    }
  }

  @Test func `changing the number keeps the opt-out with the old number, whoever has it now`() {
    let stranger = Trial.word(.revoked, "2026-03-01") { $0.evidence = ResourceID("Reply/of-another") }
    let trial = Trial([grant]) { $0.numberRevocations = [stranger] }
    #expect(trial.state == .numberRevoked(stranger))
    #expect(Trial([grant]).state == .granted(grant))
  }

  @Test func `a revocation at a number ends by a later grant of this patient that names the number`() {
    let stranger = Trial.word(.revoked, "2026-03-01") { $0.evidence = ResourceID("Reply/of-another") }
    func after(_ again: ConsentEvent) -> ConsentState {
      Trial([grant, again]) { $0.numberRevocations = [stranger] }.state
    }
    let named = Trial.word(.granted, "2026-04-01") { $0.number = Trial.number }
    #expect(after(named) == .granted(named))
    #expect(after(Trial.word(.granted, "2026-04-01")) == .numberRevoked(stranger))
    for source in [ConsentEvent.Source.record, .staff] {
      let other = Trial.word(.granted, "2026-04-01", by: source) { $0.number = Trial.number }
      #expect(after(other) == .numberRevoked(stranger))
    }
    let earlier = Trial.word(.granted, "2026-02-01") { $0.number = Trial.number }
    #expect(after(earlier) == .numberRevoked(stranger))
    let elsewhere = Trial.word(.granted, "2026-04-01") { $0.number = Trial.newNumber }
    #expect(after(elsewhere) == .numberRevoked(stranger))
  }

  @Test func `a patient's own words at the number are theirs, and not somebody else's`() {
    let own = Trial.word(.revoked, "2026-03-01") { $0.number = Trial.number }
    let again = Trial.word(.granted, "2026-04-01")
    #expect(Trial([own, again]) { $0.numberRevocations = [own] }.state == .granted(again))
    #expect(Trial([own]) { $0.numberRevocations = [own] }.state == .revoked(own))
  }

  @Test func `a revocation at a number speaks of its own purpose and channel`() {
    let voice = Trial.word(.revoked, "2026-03-01") { $0.channel = .voice }
    #expect(Trial([grant]) { $0.numberRevocations = [voice] }.state == .granted(grant))
  }

  // MARK: - What a bare STOP ends

  /// What a bare STOP of the day, to a text about appointments, ends of prescription texts, prescription calls
  /// and appointment calls, under a rule.
  private func ended(_ rule: Dated<RevocationScope>, _ change: (inout ConsentEvent) -> Void = { _ in })
    -> [Bool]
  {
    var said = stop
    said.purpose = .appointment
    said.channel = .sms
    change(&said)
    let asked: [(Purpose, Channel)] = [
      (.prescription, .sms), (.prescription, .voice), (.appointment, .voice),
    ]
    return asked.map { purpose, channel in
      !Trial([grant, said]) {
        $0.question.purpose = purpose
        $0.question.channel = channel
        $0.question.revocation = rule
      }.state.isGranted
    }
  }

  @Test func `a bare STOP ends what the policy says: the topic, the channel or everything`() {
    #expect(ended(Dated(.topic)) == [false, false, true])
    #expect(ended(Dated(.channel)) == [true, false, false])
    #expect(ended(Dated(.all)) == [true, true, true])
    #expect(ended(Dated(.topic)) { $0.purpose = nil } == [true, true, true])
    #expect(ended(Dated(.channel)) { $0.channel = nil } == [true, true, true])
  }

  @Test func `where no rule says what a bare STOP ends, it ends everything`() {
    let past = Dated(RevocationScope.topic, Provenance(until: day("2026-02-28")))
    #expect(ended(past) == [true, true, true])
    #expect(ended(Dated(versions: [])) == [true, true, true])
  }

  @Test func `a revocation that says what it is about ends that and no more, whatever the policy`() {
    for scope in RevocationScope.allCases {
      #expect(ended(Dated(scope)) { $0.isScopeStated = true } == [false, false, false])
    }
  }

  @Test func `from 31 January 2027 on a bare STOP revokes everything, and one said before keeps its topic`() {
    let rule = Dated(versions: [
      .init(RevocationScope.topic, Provenance(until: day("2027-01-30"))),
      .init(RevocationScope.all, Provenance(source: "47 CFR 64.1200(a)(10)", from: day("2027-01-31"))),
    ])
    func state(_ instant: String, zone: Zone = .utc) -> ConsentState {
      var said = stop
      said.purpose = .appointment
      said.channel = .sms
      said.at = at(instant)
      return Trial([grant, said]) {
        $0.question.revocation = rule
        $0.question.zone = zone
        $0.question.now = at("2027-03-01T12:00:00Z")
      }.state
    }
    #expect(state("2027-01-30T23:59:59Z").isGranted)
    #expect(!state("2027-01-31T00:00:00Z").isGranted)
    // The day is the clinic's.
    let chicago = InstalledZones.zone("America/Chicago")
    #expect(state("2027-01-31T05:59:59Z", zone: chicago).isGranted)
    #expect(!state("2027-01-31T06:00:00Z", zone: chicago).isGranted)
  }
}
