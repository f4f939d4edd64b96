import OutreachCore
import Testing

/// Confirmation, expiry and transfer, and what no word may bring about.
@Suite struct ConsentCourseTests {
  private typealias Trial = ConsentTrial
  private let grant = Trial.word(.granted, "2026-01-05")

  // MARK: - Double opt-in

  @Test func `somebody who was asked has not agreed until a later grant`() {
    let asked = Trial.word(.pending, "2026-03-01")
    #expect(Trial([asked]).state == .pending(asked))
    let confirmed = Trial.word(.granted, "2026-03-02")
    #expect(Trial([asked, confirmed]).state == .granted(confirmed))
  }

  @Test func `a question touches neither an earlier grant nor an earlier revocation`() {
    let asked = Trial.word(.pending, "2026-03-01")
    #expect(Trial([grant, asked]).state == .granted(grant))
    let revocation = Trial.word(.revoked, "2026-02-01")
    #expect(Trial([grant, revocation, asked]).state == .revoked(revocation))
  }

  @Test func `a question that nobody answered in time is nothing`() {
    let asked = Trial.word(.pending, "2026-11-22") { $0.expiresAt = at("2026-11-23T12:00:00Z") }
    #expect(Trial([asked]).state == .missing)
    #expect(Trial([asked]) { $0.question.now -= .seconds(1) }.state == .pending(asked))
  }

  @Test func `a no to the question is a revocation`() {
    let revocation = Trial.word(.revoked, "2026-03-02")
    #expect(Trial([Trial.word(.pending, "2026-03-01"), revocation]).state == .revoked(revocation))
  }

  // MARK: - Expiry

  @Test func `an expiry ends what was granted before it, and is no revocation`() {
    let expiry = Trial.word(.expired, "2026-03-01", by: .staff)
    #expect(Trial([grant, expiry]).state == .expired(expiry))
    for source in [ConsentEvent.Source.record, .staff, .patient] {
      let again = Trial.word(.granted, "2026-04-01", by: source)
      #expect(Trial([grant, expiry, again]).state == .granted(again))
    }
    #expect(Trial([expiry]).state == .missing)
    let same = Trial.word(.granted, "2026-03-01")
    #expect(Trial([same, expiry]).state == .expired(expiry))
  }

  @Test func `an expiry speaks of its purpose, channel and sender, and does not hide a revocation`() {
    for change in [{ $0.purpose = .wellness }, { $0.channel = .email }, { $0.sender = "pharmacy" }]
      as [(inout ConsentEvent) -> Void]
    {
      #expect(
        Trial([grant, Trial.word(.expired, "2026-03-01", by: .staff, change)]).state == .granted(grant))
    }
    let revocation = Trial.word(.revoked, "2026-02-01")
    let expiry = Trial.word(.expired, "2026-03-01", by: .staff)
    #expect(Trial([grant, revocation, expiry]).state == .revoked(revocation))
  }

  // MARK: - Numbers

  private let named = Trial.word(.granted, "2026-01-05") { $0.number = Trial.number }
  private func moved(_ date: String, to number: PhoneNumber?, by source: ConsentEvent.Source = .staff)
    -> ConsentEvent
  {
    Trial.word(.transferred, date, by: source) { $0.number = number }
  }

  private func atNewNumber(_ events: [ConsentEvent]) -> ConsentState {
    Trial(events) { $0.question.number = Trial.newNumber }.state
  }

  @Test func `a grant that names a number holds for that number only`() {
    #expect(Trial([named]).state == .granted(named))
    #expect(atNewNumber([named]) == .insufficient(named, .otherNumber))
    let again = Trial.word(.granted, "2026-05-01") { $0.number = Trial.newNumber }
    #expect(atNewNumber([named, again]) == .granted(again))
    #expect(Trial([named, again]).state == .granted(named))
  }

  @Test func `a grant without a number holds for all, and a message to an address asks for none`() {
    #expect(atNewNumber([grant]) == .granted(grant))
    #expect(Trial([named]) { $0.question.number = nil }.state == .granted(named))
  }

  @Test func `a transferred consent goes on at the new number and no more at the old one`() {
    let transfer = moved("2026-05-01", to: Trial.newNumber)
    #expect(atNewNumber([named, transfer]) == .granted(named))
    #expect(Trial([named, transfer]).state == .insufficient(named, .otherNumber))
    let back = moved("2026-06-01", to: Trial.number)
    #expect(Trial([named, transfer, back]).state == .granted(named))
    #expect(atNewNumber([named, transfer, back]) == .insufficient(named, .otherNumber))
  }

  @Test func `a transfer makes no consent out of nothing, and undoes no revocation`() {
    let transfer = moved("2026-05-01", to: Trial.newNumber)
    #expect(atNewNumber([transfer]) == .missing)
    #expect(atNewNumber([moved("2026-01-01", to: Trial.newNumber), named]).isGranted == false)
    let revocation = Trial.word(.revoked, "2026-03-01")
    #expect(atNewNumber([named, revocation, transfer]) == .revoked(revocation))
    let ended = Trial.word(.expired, "2026-03-01", by: .staff)
    #expect(atNewNumber([named, ended, transfer]) == .expired(ended))
    let short = Trial.word(.granted, "2026-01-05") {
      $0.number = Trial.number
      $0.expiresAt = at("2026-02-01T00:00:00Z")
    }
    #expect(atNewNumber([short, transfer]) == .expired(short))
    #expect(atNewNumber([named, moved("2026-05-01", to: nil)]) == .insufficient(named, .otherNumber))
  }

  // MARK: - Properties

  private static func random(_ dice: inout SeededDice, _ sources: [ConsentEvent.Source]) -> ConsentEvent {
    let kinds: [ConsentEvent.Kind] = [
      .granted, .granted, .granted, .revoked, .pending, .expired, .transferred,
    ]
    let kind = dice.pick(kinds)
    var event = ConsentTrial.word(kind, "2026-11-0\(dice.int(1...9))", by: dice.pick(sources))
    event.evidence = ResourceID("Consent/\(dice.int(0...1_000_000))")
    event.purpose = dice.pick([nil, nil, .prescription, .appointment])
    event.channel = dice.pick([nil, nil, .sms, .voice])
    event.sender = dice.pick([nil, nil, nil, "main", "pharmacy"])
    event.number = dice.pick([nil, nil, ConsentTrial.number, ConsentTrial.newNumber])
    event.grantor = dice.pick([nil, "parent", "health_care_agent"])
    event.reference = dice.chance(50) ? "scan 7" : nil
    event.isScopeStated = dice.chance(70)
    event.expiresAt = dice.chance(15) ? event.at + .days(dice.int(1...30)) : nil
    if dice.chance(5) { event.at = .earliest }
    return event
  }

  private static func trial(_ dice: inout SeededDice) -> ConsentTrial {
    var trial = ConsentTrial()
    trial.events = (0..<dice.int(0...6)).map { _ in
      random(&dice, [.patient, .patient, .proxy, .record, .staff])
    }
    trial.question.number = dice.pick([nil, ConsentTrial.number, ConsentTrial.newNumber])
    trial.question.birthDate = dice.pick([nil, day("1980-03-01"), day("2008-11-05"), day("2012-03-01")])
    trial.question.revocation = Dated(dice.pick(RevocationScope.allCases))
    return trial
  }

  @Test func `adding a revocation never makes a consent of what was none`() {
    var granted = 0
    for seed in SeededDice.seeds(5_000) {
      var dice = SeededDice(seed)
      let before = Self.trial(&dice)
      if before.state.isGranted { granted += 1 }
      var after = before
      var revocation = Self.random(&dice, [.patient, .proxy, .record, .staff])
      revocation.kind = .revoked
      if dice.chance(30) {
        after.numberRevocations.append(revocation)
      } else {
        after.events.append(revocation)
      }
      #expect(before.state.isGranted || !after.state.isGranted, "seed \(seed)")
    }
    #expect(granted > SeededDice.seeds(5_000).count / 20)
  }

  @Test func `no words of records and staff undo a patient's own revocation`() {
    var revoked = 0
    for seed in SeededDice.seeds(5_000) {
      var dice = SeededDice(seed)
      let before = Self.trial(&dice)
      guard case .revoked(let event) = before.state, event.isPatients else { continue }
      revoked += 1
      var after = before
      after.events += (0..<dice.int(1...4)).map { _ in Self.random(&dice, [.record, .staff]) }
      after.events.shuffle(using: &dice)
      #expect(!after.state.isGranted, "seed \(seed)")
    }
    #expect(revoked > SeededDice.seeds(5_000).count / 20)
  }

  @Test func `the order of the ledger makes no difference`() {
    for seed in SeededDice.seeds(2_000) {
      var dice = SeededDice(seed)
      var trial = Self.trial(&dice)
      let first = trial.state.isGranted
      trial.events.shuffle(using: &dice)
      #expect(trial.state.isGranted == first, "seed \(seed)")
    }
  }
}

extension ConsentEvent {
  fileprivate var isPatients: Bool { source == .patient || source == .proxy }
}
