import OutreachCore
import Testing

/// Traps in what patients write back.
extension TrapTests {
  @Test func `CANCEL and YES mean other things to carriers, so no message may offer them as answers`() {
    // A patient who answers CANCEL to change a visit would be opted out of everything.
    #expect(ReplyMeaning(of: "CANCEL") == .revocation(everything: false))
    #expect(ReplyMeaning(of: "cancel my visit") == .unclear)
    // And one who answers YES to confirm it would be opted in again.
    #expect(ReplyMeaning(of: "YES") == .other)
    #expect(ReplyWords.optIn.isDisjoint(with: ["YES", "Y", "SI", "OK"]))
    #expect(ReplyWords.taken.isSuperset(of: ["CANCEL", "END", "YES", "STOP", "HELP", "START"]))
    #expect(ReplyWords.taken.isDisjoint(with: ["C", "R", "X", "1", "2"]))
  }

  @Test func `"STOP PLEASE" and "no más" are revocations, and "stop by Tuesday?" is for a person`() {
    for text in ["STOP PLEASE", "please stop", "no mas", "no más", "STOP."] {
      #expect(ReplyMeaning(of: text) == .revocation(everything: false), "\(text)")
    }
    for text in ["stop by Tuesday?", "don't text before 5, call me"] {
      #expect(ReplyMeaning(of: text) == .unclear, "\(text)")
    }
  }

  @Test func `what a person has to read holds everything back until they have`() {
    for status in [PastContact.Status.inboundOpen, .inboundClosed] {
      let decision = Self.decision {
        $0.facts.contacts = [GuardCaseBuilder.contact(Self.now - .hours(5), status)]
      }
      #expect(decision.verdict == (status == .inboundOpen ? .defer : .send), "\(status)")
    }
  }

  @Test func `an opt-out is confirmed once: by us or by the platform, not by both`() {
    let stop = Self.now - .seconds(10)
    func answer(_ confirmations: [Instant], _ platformAnswers: Bool) -> OptOutConfirmation.Answer {
      OptOutConfirmation.answer(
        to: stop, confirmations: confirmations, granted: nil, platformAnswers: platformAnswers, at: Self.now)
    }
    #expect(answer([], false) == .say(before: stop + .minutes(5)))
    #expect(answer([], true) == .nothing(.platformAnswers))
    #expect(answer([Self.now - .seconds(1)], false) == .nothing(.saidAlready))
  }
}
