import OutreachCore
import Testing

@Suite struct OptOutConfirmationTests {
  private static let stop = at("2026-11-23T16:00:00Z")

  private static func answer(
    confirmations: [Instant] = [], granted: Instant? = nil, platformAnswers: Bool = false,
    after delay: Duration = .seconds(2)
  ) -> OptOutConfirmation.Answer {
    OptOutConfirmation.answer(
      to: stop, confirmations: confirmations, granted: granted, platformAnswers: platformAnswers,
      at: stop + delay)
  }

  @Test func `a revocation is confirmed within five minutes and not later`() {
    let end = at("2026-11-23T16:05:00Z")
    #expect(Self.answer() == .say(before: end))
    #expect(Self.answer(after: .seconds(299)) == .say(before: end))
    #expect(Self.answer(after: .seconds(300)) == .nothing(.tooLate))
    #expect(Self.answer(after: .minutes(6)) == .nothing(.tooLate))
  }

  @Test func `a second STOP is not confirmed again, until there was a new consent`() {
    let earlier = Self.stop - .days(3)
    #expect(Self.answer(confirmations: [earlier]) == .nothing(.saidAlready))
    #expect(Self.answer(confirmations: [earlier], granted: earlier - .days(1)) == .nothing(.saidAlready))
    #expect(
      Self.answer(confirmations: [earlier], granted: earlier + .days(1))
        == .say(before: Self.stop + .minutes(5)))
  }

  @Test func `its text is the clinic's name and number, persuades nobody and fits one message`() {
    let clinic = Clinic(name: "Lakeside Family Care", phone: "312-555-0100", timeZone: "America/Chicago")
    for language in ["en", "es", "es-MX", "vi"] {
      let text = OptOutConfirmation.text(for: clinic, language: language)
      #expect(text.contains("Lakeside Family Care") && text.contains("312-555-0100"), "\(language)")
      #expect(text.count <= 160 && !text.contains("?") && !text.uppercased().contains("START"), "\(language)")
    }
    #expect(OptOutConfirmation.text(for: clinic, language: "es").contains("mensajes"))
  }
}

@Suite struct ConfirmationRequestsTests {
  private static let now = at("2026-11-23T16:00:00Z")

  private static func word(_ kind: ConsentEvent.Kind, daysAgo days: Int) -> ConsentEvent {
    ConsentEvent(
      evidence: ResourceID("Ledger/\(days)"), kind: kind, purpose: nil, channel: .sms, at: now - .days(days))
  }

  @Test func `nobody is asked twice within a day`() throws {
    #expect(ConfirmationRequests.refusal(after: [], at: Self.now) == nil)
    let asked = [Self.word(.pending, daysAgo: 1)]
    #expect(ConfirmationRequests.refusal(after: asked, at: Self.now) == nil)
    let refusal = try #require(ConfirmationRequests.refusal(after: asked, at: Self.now - .seconds(1)))
    #expect(refusal.contains("2026-11-23T16:00:00Z"))
  }

  @Test func `nobody is asked a fourth time without an answer`() {
    let asked = [9, 6, 3].map { Self.word(.pending, daysAgo: $0) }
    #expect(ConfirmationRequests.refusal(after: Array(asked.dropLast()), at: Self.now) == nil)
    #expect(ConfirmationRequests.refusal(after: asked, at: Self.now)?.hasPrefix("asked 3 times") == true)
  }

  @Test func `an answer, whichever it was, makes the requests before it count no more`() {
    let asked = [9, 6, 3].map { Self.word(.pending, daysAgo: $0) }
    for answer in [ConsentEvent.Kind.granted, .revoked] {
      #expect(
        ConfirmationRequests.refusal(after: asked + [Self.word(answer, daysAgo: 2)], at: Self.now) == nil)
      #expect(
        ConfirmationRequests.refusal(after: asked + [Self.word(answer, daysAgo: 10)], at: Self.now) != nil)
    }
  }
}
