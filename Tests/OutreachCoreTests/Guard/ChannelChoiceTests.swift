import OutreachCore
import Testing

@Suite struct ChannelChoiceTests {
  /// A patient with a mobile number and an e-mail address, and a campaign that prefers texts, then calls, then e-mail.
  private static func reachable(_ change: (inout GuardCaseBuilder) -> Void = { _ in }) -> GuardCaseBuilder {
    GuardCaseBuilder().with {
      $0.identity.contactPoints.append(ContactPoint(system: .email, typed: "ana@example.com"))
      $0.consents = [GuardCaseBuilder.grant(at: at("2026-01-03T15:00:00Z"), channel: nil)]
      var message = GuardCaseBuilder.message()
      message.variants.append(
        Variant(
          language: "en", channel: .email, subject: GuardCaseBuilder.template("A note from {$clinic.name}"),
          body: GuardCaseBuilder.template("Please call {$clinic.phone}. {$opt_out}")))
      $0.candidates = [
        GuardCaseBuilder.candidate(
          GuardCaseBuilder.campaign(channels: [.sms, .voice, .email]), message: message)
      ]
      change(&$0)
    }
  }

  @Test func `the first channel is used when everything allows it`() {
    #expect(Self.reachable().decision.channel == .sms)
  }

  @Test func `a channel without consent is passed over`() {
    let decision = Self.reachable {
      $0.consents.append(GuardCaseBuilder.revocation(at: $0.now - .days(1), channel: .sms))
    }.decision
    #expect(decision.verdict == .send)
    #expect(decision.channel == .voice)
  }

  @Test func `a channel without a usable number is passed over`() {
    let decision = Self.reachable { $0.identity.contactPoints.removeFirst() }.decision
    #expect(decision.channel == .email)
    #expect(decision.recipient == .address("ana@example.com"))
    #expect(decision.text?.subject == "A note from Lakeside Clinic")
    #expect(decision.text?.revealed == "Please call 312-555-0100. Reply STOP to opt out.")
  }

  @Test func `a channel whose content is refused is passed over`() {
    let decision = Self.reachable { $0.identity.givenName = nil }.decision
    #expect(decision.channel == .email)
  }

  @Test func `a quiet hour does not make the message change its channel`() {
    let decision = Self.reachable { $0.now = at("2026-11-23T03:00:00Z") }.decision
    #expect(decision.channel == .sms)
    #expect(decision.verdict == .defer)
  }

  @Test func `where no channel serves, the first one gives the reason`() {
    let decision = Self.reachable {
      $0.consents = [GuardCaseBuilder.revocation(at: $0.now - .days(1), channel: .sms)]
      $0.identity.contactPoints = []
    }.decision
    #expect(decision.channel == .sms)
    #expect(decision.reason == .consentRevoked)
  }

  @Test func `a channel that the script asks for is the only one tried`() {
    let asked = Self.reachable { $0.candidates[0].intent.channel = .email }
    #expect(asked.decision.channel == .email)
    let refused = asked.with { $0.identity.contactPoints.removeLast() }.decision
    #expect(refused.reason == .contactMissing)
    #expect(refused.channel == .email)
  }

  @Test func `a landline is called and not texted`() {
    let decision = Self.reachable {
      $0.identity.contactPoints = [GuardCaseBuilder.mobile("+13125550123", use: .home)]
    }.decision
    #expect(decision.verdict == .send)
    #expect(decision.channel == .voice)
    #expect(decision.text?.revealed.hasSuffix("Press 9 to stop these calls.") == true)
  }
}
