import OutreachCore
import Testing

/// Several campaigns, one patient.
@Suite struct ArbitrationTests {
  private func decisions(_ candidates: [Candidate]) -> [Decision] {
    GuardCaseBuilder().with { $0.candidates = candidates }.decisions()
  }

  private func named(
    _ id: String, priority: Int = 5, due: Instant? = nil, message: String = "note", channel: Channel = .sms
  ) -> Candidate {
    GuardCaseBuilder.candidate(
      GuardCaseBuilder.campaign(id, channels: [channel], priority: priority),
      message: GuardCaseBuilder.message(message, ["en": "\(message) \(id). {$opt_out}"]), due: due)
  }

  @Test func `a channel that no cap knows is held to all of them by itself`() {
    let pager = Channel("pager")
    let decided = GuardCaseBuilder().with {
      $0.candidates = [named("a", channel: pager), named("b", channel: pager), named("c")]
      $0.consents.append(GuardCaseBuilder.grant(at: at("2026-01-03T15:00:00Z"), channel: pager))
      $0.identity.contactPoints.append(ContactPoint(system: .added, typed: "unit 7"))
    }.decisions()
    #expect(decided.map(\.channel) == [pager, pager, .sms])
    #expect(decided.map(\.verdict) == [.send, .defer, .send])
    #expect(decided[1].reason == .frequencyCap)
    #expect(decided[1].sendAt == at("2026-11-24T16:00:00Z"))
  }

  @Test func `priority decides before due time, and due time before names`() {
    let early = at("2026-11-20T00:00:00Z")
    let late = at("2026-11-21T00:00:00Z")
    let decided = decisions([
      named("b"), named("a", priority: 9, due: early), named("d", due: early), named("c", due: late),
      named("z", priority: 1, due: late), named("b", message: "other"), named("a"),
    ])
    #expect(decided.map(\.campaign.rawValue) == ["z", "a", "b", "b", "d", "c", "a"])
    #expect(decided[2...3].map(\.message?.rawValue) == ["note", "other"])
  }

  @Test func `the second waits for the cap that the first one uses up, the third for both`() {
    let decided = decisions([named("c"), named("b"), named("a")])
    #expect(decided.map(\.campaign.rawValue) == ["a", "b", "c"])
    #expect(decided.map(\.verdict) == [.send, .defer, .defer])
    #expect(decided.map(\.reason) == [nil, .frequencyCap, .frequencyCap])
    // 24 hours apart; Thursday 26 November is Thanksgiving.
    #expect(
      decided.map(\.sendAt) == [
        at("2026-11-23T16:00:00Z"), at("2026-11-24T16:00:00Z"), at("2026-11-25T16:00:00Z"),
      ])
  }

  @Test func `the fourth of a week waits until the week of the first is over`() {
    let decided = decisions(["a", "b", "c", "d"].map { named($0) })
    #expect(decided.last?.reason == .frequencyCap)
    #expect(decided.last?.verdict == .suppress, "seven days on, the message has expired")
    let patient = GuardCaseBuilder().with {
      $0.candidates = ["a", "b", "c", "d"].map { named($0) }
      $0.policy.message.only.expiresAfter = .days(8)
    }
    #expect(patient.decisions().last?.sendAt == at("2026-11-30T16:00:00Z"))
  }

  @Test func `a refused message uses up nothing`() {
    var refused = named("a")
    refused.message.variants = []
    let decided = decisions([refused, named("b")])
    #expect(decided.map(\.verdict) == [.suppress, .send])
  }

  @Test func `a message planned for later keeps its room from one that could go now`() {
    let planned = named("a", priority: 1, due: at("2026-11-23T20:00:00Z"))
    let decided = decisions([named("b"), planned])
    #expect(decided.map(\.campaign.rawValue) == ["a", "b"])
    #expect(decided[0].sendAt == at("2026-11-23T20:00:00Z"))
    #expect(decided[1].reason == .frequencyCap)
    #expect(decided[1].sendAt == at("2026-11-24T20:00:00Z"))
  }

  @Test func `what would not be proposed any more is dropped and frees its room`() {
    let builder = GuardCaseBuilder().with {
      $0.candidates = [named("a"), named("b"), named("c")]
    }
    var asked: [(String, Instant)] = []
    let decided = builder.decisions { candidate, instant in
      asked.append((candidate.campaign.id.rawValue, instant))
      return candidate.campaign.id.rawValue != "b"
    }
    #expect(decided.map(\.reason) == [nil, .noLongerDue, .frequencyCap])
    #expect(decided[1].verdict == .suppress)
    #expect(decided[1].sendAt == nil)
    #expect(decided[1].rules.map(\.rule) == Guard.ruleNames + ["decide"])
    #expect(decided[2].sendAt == at("2026-11-24T16:00:00Z"))
    #expect(asked.map(\.0) == ["b", "c"], "what goes out now needs no second question")
    #expect(asked.allSatisfy { $0.1 == at("2026-11-24T16:00:00Z") })
  }

  @Test func `e-mail has room of its own`() {
    var email = named("b", channel: .email)
    email.message.variants = [
      Variant(
        language: "en", channel: .email, body: GuardCaseBuilder.template("Please call {$clinic.phone}."))
    ]
    let builder = GuardCaseBuilder().with {
      $0.candidates = [named("a"), email]
      $0.identity.contactPoints.append(ContactPoint(system: .email, typed: "ana@example.com"))
      $0.consents = [GuardCaseBuilder.grant(at: at("2026-01-03T15:00:00Z"), channel: nil)]
    }
    #expect(builder.decisions().map(\.verdict) == [.send, .send])
  }

  @Test func `an error of the question about later stops the decision`() {
    struct Broken: Error {}
    let builder = GuardCaseBuilder().with { $0.candidates = [named("a"), named("b")] }
    #expect(throws: Broken.self) {
      try Guard(environment: builder.environment).decide(builder.candidates, for: builder.patient) { _, _ in
        throw Broken()
      }
    }
  }
}
