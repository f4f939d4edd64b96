import OutreachCore
import Testing

/// The way of a message out, transition by transition.
@Suite struct SendStateTests {
  private static let now = Instant(secondsSinceEpoch: 1_000_000)
  private static let later = now + .seconds(60)
  private static let mine = LeaseToken(owner: 1)
  private static let other = LeaseToken(owner: 2)
  private static let optedOut = Refusal(.optedOut, code: "21610")

  /// One state of each kind.
  static let states: [SendState] = [
    .planned(wakeAt: now), .leased(mine, until: later), .sending(mine), .accepted, .refused, .retryAt(later),
    .inDoubt,
    .delivered, .undelivered, .resolved, .void,
  ]

  /// One input of each kind, with those that differ in what they come to.
  static let inputs: [(name: String, input: SendInput)] = [
    ("lease", .lease(mine, until: later)),
    ("take back at its end", .takeBack(now: later, ownerIsGone: false)),
    ("take back too early", .takeBack(now: now, ownerIsGone: false)),
    ("take back from nobody", .takeBack(now: now, ownerIsGone: true)), ("claim", .claim(mine)),
    ("claim of another", .claim(other)), ("hold", .hold(mine, until: later)), ("drop", .drop),
    ("plan again", .planAgain(wakeAt: later)), ("accepted", .answer(.accepted(reference: "R"), retryAt: nil)),
    ("refused", .answer(.refused(optedOut), retryAt: nil)),
    ("not taken", .answer(.notTaken(Obstacle(.passing, code: "429")), retryAt: later)),
    ("not taken, no more", .answer(.notTaken(Obstacle(.passing, code: "429")), retryAt: nil)),
    ("no answer", .answer(.unknown("timeout"), retryAt: nil)), ("owner gone", .ownerGone),
    ("restored", .restored),
    ("found", .lookUp(.taken(reference: "R"), now: now)), ("not found", .lookUp(.notTaken, now: now)),
    ("cannot tell", .lookUp(.cannotTell, now: now)), ("a person: left", .person(left: true, now: now)),
    ("a person: not left", .person(left: false, now: now)), ("delivered", .receipt(Receipt(.delivered))),
    ("undelivered", .receipt(Receipt(.undelivered, refusal: Refusal(.unreachable, code: "30003")))),
    ("underway", .receipt(Receipt(.underway))),
  ]

  /// What can happen: state, input, the state that follows.
  ///
  /// Everything else cannot.
  static let transitions: [(SendState.Kind, String, SendState)] = [
    (.planned, "lease", .leased(mine, until: later)), (.planned, "drop", .void),
    (.retryAt, "lease", .leased(mine, until: later)), (.retryAt, "drop", .void),
    (.leased, "take back at its end", .planned(wakeAt: later)),
    (.leased, "take back from nobody", .planned(wakeAt: now)),
    (.leased, "claim", .sending(mine)), (.leased, "hold", .planned(wakeAt: later)), (.leased, "drop", .void),
    (.void, "plan again", .planned(wakeAt: later)), (.void, "restored", .inDoubt),
    (.planned, "restored", .inDoubt),
    (.leased, "restored", .inDoubt), (.sending, "restored", .inDoubt), (.retryAt, "restored", .inDoubt),
    (.sending, "accepted", .accepted), (.sending, "refused", .refused),
    (.sending, "not taken", .retryAt(later)),
    (.sending, "not taken, no more", .refused), (.sending, "no answer", .inDoubt),
    (.sending, "owner gone", .inDoubt),
    (.inDoubt, "found", .accepted), (.inDoubt, "not found", .retryAt(now)),
    (.inDoubt, "cannot tell", .inDoubt),
    (.inDoubt, "a person: left", .resolved), (.inDoubt, "a person: not left", .retryAt(now)),
    (.sending, "delivered", .delivered), (.sending, "undelivered", .undelivered),
    (.sending, "underway", .accepted),
    (.accepted, "delivered", .delivered), (.accepted, "undelivered", .undelivered),
    (.accepted, "underway", .accepted),
    (.inDoubt, "delivered", .delivered), (.inDoubt, "undelivered", .undelivered),
    (.inDoubt, "underway", .accepted),
    (.resolved, "delivered", .delivered), (.resolved, "undelivered", .undelivered),
    (.resolved, "underway", .resolved),
    (.undelivered, "delivered", .delivered), (.undelivered, "undelivered", .undelivered),
    (.undelivered, "underway", .undelivered), (.delivered, "delivered", .delivered),
    (.delivered, "undelivered", .delivered), (.delivered, "underway", .delivered),
    (.delivered, "accepted", .delivered), (.undelivered, "accepted", .undelivered),
  ]

  @Test func `exactly these things can happen in each state`() {
    for state in Self.states {
      for (name, input) in Self.inputs {
        let expected = Self.transitions.first { $0.0 == state.kind && $0.1 == name }?.2
        var next = state
        do throws(SendFault) {
          _ = try next.receive(input)
          #expect(next == expected, "\(state.kind.name), \(name)")
        } catch {
          #expect(expected == nil, "\(state.kind.name), \(name) must be possible")
          #expect(next == state, "a refused input changes nothing")
          #expect(error.state == state.kind)
        }
      }
    }
  }

  @Test func `from where it may have left no way leads back but over in doubt`() {
    // Everything that is reachable from `sending` without the word of a provider or a person.
    let words: Set = [
      "found", "not found", "a person: not left", "a person: left", "not taken", "not taken, no more",
    ]
    var reached: Set<SendState.Kind> = [.sending]
    var isGrowing = true
    while isGrowing {
      let next = Self.transitions.filter { reached.contains($0.0) && !words.contains($0.1) }.map(\.2.kind)
      isGrowing = !reached.isSuperset(of: next)
      reached.formUnion(next)
    }
    #expect(reached.isDisjoint(with: [.planned, .leased, .retryAt, .void]))
  }

  @Test func `a message is handed over at its claim and nowhere else`() throws {
    for state in Self.states {
      for (name, input) in Self.inputs {
        var next = state
        guard let effects = try? next.receive(input) else { continue }
        #expect(effects.contains(.handOver) == (name == "claim"), "\(state.kind.name), \(name)")
      }
    }
  }

  @Test func `a refusal tells what becomes of the record of whoever it was for`() throws {
    let effects: [(Refusal.Kind, [SendEffect])] = [
      (.optedOut, [.optOut]), (.invalidRecipient, [.markInvalid]), (.unreachable, [.markUnreachable]),
      (.content, []),
      (.other, []),
    ]
    for (kind, expected) in effects {
      var state = SendState.sending(Self.mine)
      #expect(try state.receive(.answer(.refused(Refusal(kind, code: "1")), retryAt: nil)) == expected)
      state = .accepted
      #expect(
        try state.receive(.receipt(Receipt(.undelivered, refusal: Refusal(kind, code: "1")))) == expected)
    }
  }

  @Test func `what may have left counts for rules, and what did not does not`() {
    let statuses = SendState.Kind.allCases.map { ($0, $0.contactStatus) }
    for (kind, status) in statuses {
      switch kind {
      case .planned, .leased, .retryAt, .void: #expect(status == nil, "\(kind.name)")
      case .refused: #expect(status == .refused)
      case .sending, .inDoubt: #expect(status == .inDoubt)
      case .accepted, .resolved: #expect(status == .sent)
      case .delivered: #expect(status == .delivered)
      case .undelivered: #expect(status == .undelivered)
      }
    }
  }
}
