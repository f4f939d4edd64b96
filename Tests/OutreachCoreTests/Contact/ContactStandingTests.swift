import OutreachCore
import Testing

@Suite struct ContactStandingTests {
  private static let now = at("2026-11-23T12:00:00Z")
  private static let known = at("2026-06-01T12:00:00Z")

  private static func item(_ kind: ContactEvidence.Kind, _ date: String) -> ContactEvidence {
    ContactEvidence(kind, at: at("\(date)T12:00:00Z"))
  }

  private func standing(
    _ evidence: [ContactEvidence] = [], known: Instant? = ContactStandingTests.known, word: Instant? = nil,
    needsCheck: Bool = false, at now: Instant = ContactStandingTests.now
  ) -> ContactStanding {
    ContactStanding(
      of: evidence, lastKnown: known, lastWord: word,
      requirement: ContactRequirement(needsReassignmentCheck: needsCheck), zone: .utc, at: now)
  }

  @Test func `a number is unverified while something recent says it is the patient's, and then stale`() {
    #expect(standing().state == .unverified)
    #expect(standing().lastKnown == Self.known)
    #expect(standing(known: Self.now - .days(540)).state == .unverified)
    let old = Self.now - .days(540) - .seconds(1)
    #expect(standing(known: old).state == .stale(since: old))
    #expect(standing(known: nil).state == .stale(since: nil))
  }

  @Test func `a confirmed number is verified, and freshly known`() {
    let confirmed = Self.item(.confirmed, "2026-11-01")
    #expect(standing([confirmed], known: nil).state == .verified(confirmed))
    #expect(standing([confirmed], known: nil).lastKnown == confirmed.at)
    let long = Self.item(.confirmed, "2024-11-01")
    #expect(standing([long]).state == .unverified)
    #expect(standing([Self.item(.confirmationAsked, "2026-11-01")], known: nil).state == .stale(since: nil))
  }

  @Test(arguments: [ContactEvidence.Kind.wrongNumber, .suspended])
  func `a number stays out of use until a later confirmation or reinstatement`(kind: ContactEvidence.Kind) {
    let closed = Self.item(kind, "2026-11-10")
    #expect(standing([closed]).state == .suspended(closed))
    let confirmed = Self.item(.confirmed, "2026-11-11")
    #expect(standing([closed, confirmed]).state == .verified(confirmed))
    #expect(standing([Self.item(.reinstated, "2026-11-11"), closed]).state == .unverified)
    for earlier in [ContactEvidence.Kind.confirmed, .reinstated] {
      #expect(standing([Self.item(earlier, "2026-11-09"), closed]).state == .suspended(closed))
      #expect(standing([Self.item(earlier, "2026-11-10"), closed]).state == .suspended(closed))
    }
    // The patient's own messages do not put it back: they may come from whoever it was.
    #expect(standing([closed], word: Self.now).state == .suspended(closed))
    for other in [ContactEvidence.Kind.confirmationAsked, .reassignment(.no, since: day("2026-01-01"))] {
      #expect(standing([closed, Self.item(other, "2026-11-11")]).state == .suspended(closed))
    }
  }

  @Test func `what closes a number counts up to a day ahead, and what opens it never early`() {
    let ahead = Self.item(.wrongNumber, "2026-11-24")
    #expect(standing([ahead]).state == .suspended(ahead))
    #expect(standing([Self.item(.wrongNumber, "2026-11-25")]).state == .unverified)
    let closed = Self.item(.wrongNumber, "2026-11-10")
    #expect(standing([closed, Self.item(.reinstated, "2026-11-24")]).state == .suspended(closed))
    #expect(standing([Self.item(.confirmed, "2026-11-24")], known: nil).state == .stale(since: nil))
    #expect(
      standing([Self.item(.reassignment(.no, since: day("2026-01-01")), "2026-11-24")], needsCheck: true)
        .state == .unchecked)
  }

  // MARK: - The reassigned-numbers database

  @Test func `yes takes a number out of use until it is confirmed or the patient's own word is later`() {
    let answer = Self.item(.reassignment(.yes, since: day("2026-05-01")), "2026-11-10")
    #expect(standing([answer]).state == .reassigned(answer))
    let confirmed = Self.item(.confirmed, "2026-11-11")
    #expect(standing([answer, confirmed]).state == .verified(confirmed))
    #expect(standing([answer], word: at("2026-11-10T12:00:01Z")).state == .unverified)
    #expect(standing([answer], word: at("2026-11-10T12:00:00Z")).state == .reassigned(answer))
    // A delivery reaches whoever has the number now.
    #expect(standing([answer], known: Self.now).state == .reassigned(answer))
    #expect(standing([answer, Self.item(.reinstated, "2026-11-11")]).state == .reassigned(answer))
    let no = Self.item(.reassignment(.no, since: day("2026-06-01")), "2026-11-12")
    #expect(standing([answer, no]).state == .reassigned(answer))
  }

  @Test func `no keeps a number fresh for thirty days, where it was asked since a day on which it was known`()
  {
    let old = at("2024-06-01T12:00:00Z")
    func after(_ since: String, _ answered: String) -> ContactStanding.State {
      standing([Self.item(.reassignment(.no, since: day(since)), answered)], known: old).state
    }
    #expect(after("2024-06-01", "2026-10-24") == .unverified)
    #expect(after("2024-05-01", "2026-10-24") == .unverified)
    #expect(after("2024-06-01", "2026-10-23") == .stale(since: at("2026-10-23T12:00:00Z")))
    #expect(after("2024-06-02", "2026-11-22") == .stale(since: old))
    let unknown = [Self.item(.reassignment(.no, since: day("2024-06-01")), "2026-11-22")]
    #expect(standing(unknown, known: nil).state == .stale(since: nil))
  }

  @Test func `answers follow one another, in whatever order they are kept`() {
    let old = at("2024-06-01T12:00:00Z")
    let first = Self.item(.reassignment(.no, since: day("2024-06-01")), "2026-06-01")
    let second = Self.item(.reassignment(.no, since: day("2026-06-01")), "2026-11-20")
    #expect(standing([second, first], known: old).state == .unverified)
    #expect(standing([second], known: old).state == .stale(since: old))
  }

  @Test func `no data is no safe harbour`() {
    let answer = Self.item(.reassignment(.noData, since: day("2024-06-01")), "2026-11-22")
    let old = at("2024-06-01T12:00:00Z")
    #expect(standing([answer], known: old).state == .stale(since: old))
    #expect(standing([answer], needsCheck: true).state == .unchecked)
    #expect(standing([answer]).state == .unverified)
  }

  @Test func `where an answer is needed, only a no of the last thirty days serves`() {
    func after(_ answered: String, since: String = "2026-06-01") -> ContactStanding.State {
      standing([Self.item(.reassignment(.no, since: day(since)), answered)], needsCheck: true).state
    }
    #expect(standing(needsCheck: true).state == .unchecked)
    #expect(after("2026-10-24") == .unverified)
    #expect(after("2026-10-23") == .unchecked)
    #expect(after("2026-11-22", since: "2026-06-02") == .unchecked)
    let confirmed = Self.item(.confirmed, "2026-11-20")
    #expect(standing([confirmed], needsCheck: true).state == .unchecked)
  }

  @Test func `no evidence that closes a number ever opens one`() {
    let closing: [ContactEvidence.Kind] = [
      .wrongNumber, .suspended, .reassignment(.yes, since: day("2026-01-01")),
    ]
    let kinds =
      closing + [
        .confirmed, .reinstated, .confirmationAsked, .reassignment(.no, since: day("2026-01-01")),
        .reassignment(.noData, since: day("2026-01-01")),
      ]
    var open = 0
    for seed in SeededDice.seeds(3_000) {
      var dice = SeededDice(seed)
      var evidence = (0..<dice.int(0...6)).map { _ in
        ContactEvidence(dice.pick(kinds), at: Self.now - .hours(dice.int(-30...1_000)))
      }
      let known = dice.pick([nil, Self.known, at("2024-01-01T00:00:00Z")])
      let word = dice.pick([nil, Self.now - .hours(dice.int(0...1_000))])
      let needsCheck = dice.chance(20)
      func isOpen() -> Bool {
        switch standing(evidence, known: known, word: word, needsCheck: needsCheck).state {
        case .verified, .unverified: true
        case .suspended, .reassigned, .unchecked, .stale: false
        }
      }
      let before = isOpen()
      if before { open += 1 }
      evidence.append(ContactEvidence(dice.pick(closing), at: Self.now - .hours(dice.int(-30...1_000))))
      evidence.shuffle(using: &dice)
      #expect(before || !isOpen(), "seed \(seed)")
    }
    #expect(open > SeededDice.seeds(3_000).count / 20)
  }
}
