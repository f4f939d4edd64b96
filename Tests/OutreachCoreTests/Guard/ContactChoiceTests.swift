import OutreachCore
import Testing

@Suite struct ContactChoiceTests {
  private static let main = "+13125550123"
  private static let second = "+13125550188"

  private func decision(_ points: [ContactPoint], on channel: Channel = .sms) -> Decision {
    GuardCaseBuilder().with {
      $0.identity.contactPoints = points
      $0.consents = [GuardCaseBuilder.grant(at: at("2026-01-03T15:00:00Z"), channel: nil)]
      let texts = ["en": "Please call {$clinic.phone}. {$opt_out}"]
      var message = GuardCaseBuilder.message("note", texts)
      let body = GuardCaseBuilder.template("Please call {$clinic.phone}.")
      message.variants.append(Variant(language: "en", channel: .email, body: body))
      $0.candidates = [
        GuardCaseBuilder.candidate(GuardCaseBuilder.campaign(channels: [channel]), message: message)
      ]
    }.decision
  }

  @Test func `rank goes before the order of the source, and a mobile before others of its rank`() {
    let ranked = decision([
      GuardCaseBuilder.mobile(Self.main, rank: 2), GuardCaseBuilder.mobile(Self.second, rank: 1),
    ])
    #expect(ranked.recipient?.revealed == Self.second)
    let unranked = decision([GuardCaseBuilder.mobile(Self.main), GuardCaseBuilder.mobile(Self.second)])
    #expect(unranked.recipient?.revealed == Self.main)
    let plain = decision([GuardCaseBuilder.mobile(Self.main, use: nil), GuardCaseBuilder.mobile(Self.second)])
    #expect(plain.recipient?.revealed == Self.second)
    let rankedPlain = decision([
      GuardCaseBuilder.mobile(Self.main), GuardCaseBuilder.mobile(Self.second, rank: 9, use: nil),
    ])
    #expect(rankedPlain.recipient?.revealed == Self.second)
  }

  @Test func `a number that cannot be used gives way to the next`() {
    var spoiled = GuardCaseBuilder.mobile(Self.main, rank: 1)
    spoiled.phone = .unreadable(.tooShort)
    #expect(decision([spoiled, GuardCaseBuilder.mobile(Self.second)]).recipient?.revealed == Self.second)
    let alone = decision([spoiled])
    #expect(alone.reason == .contactInvalid)
    #expect(alone.rule("contact")?.detail == "the number is too short")
  }

  @Test func `a number with an extension is refused for its extension`() {
    var extended = GuardCaseBuilder.mobile(Self.main)
    extended.phone?.fault = .hasExtension
    let refused = decision([extended])
    #expect(refused.reason == .contactInvalid)
    #expect(refused.rule("contact")?.detail == "the number has an extension")
  }

  @Test(arguments: [ContactPoint.System.phone, .sms])
  func `a work number is neither texted nor called`(system: ContactPoint.System) {
    var work = GuardCaseBuilder.mobile(Self.main, use: .work)
    work.system = system
    #expect(decision([work]).reason == .contactMissing)
    #expect(decision([work], on: .voice).reason == .contactMissing)
  }

  @Test func `a home number is called, and texted only when it was given for texts`() {
    var home = GuardCaseBuilder.mobile(Self.main, use: .home)
    #expect(decision([home]).reason == .contactMissing)
    #expect(decision([home], on: .voice).verdict == .send)
    home.system = .sms
    #expect(decision([home]).verdict == .send)
    #expect(decision([home], on: .voice).reason == .contactMissing)
  }

  @Test func `a number is used from its first day to its last`() {
    func lasting(from start: String?, to end: String?) -> Decision {
      var point = GuardCaseBuilder.mobile(Self.main)
      point.startsOn = start.map(day)
      point.endsOn = end.map(day)
      return decision([point])
    }
    #expect(lasting(from: "2026-11-23", to: "2026-11-23").verdict == .send)
    #expect(lasting(from: "2026-11-24", to: nil).reason == .contactMissing)
    #expect(lasting(from: nil, to: "2026-11-22").reason == .contactMissing)
    #expect(decision([GuardCaseBuilder.mobile(Self.main, use: .old)]).reason == .contactMissing)
  }

  @Test func `the first day of a number says that it is the patient's`() {
    let builder = GuardCaseBuilder().with { $0.consents = [GuardCaseBuilder.grant(at: $0.now - .days(600))] }
    #expect(builder.decision.reason == .contactStale)
    #expect(
      builder.with { $0.identity.contactPoints[0].startsOn = day("2026-10-01") }.decision.verdict == .send)
    #expect(
      builder.with { $0.identity.contactPoints[0].startsOn = day("2020-10-01") }.decision.reason
        == .contactStale)
  }

  @Test func `a delivery or a reply on the channel says that the number is the patient's`() {
    let builder = GuardCaseBuilder().with { $0.consents = [GuardCaseBuilder.grant(at: $0.now - .days(600))] }
    func after(_ status: PastContact.Status, _ channel: Channel? = .sms) -> Decision {
      builder.with {
        $0.facts.contacts = [GuardCaseBuilder.contact($0.now - .days(30), status, channel: channel)]
      }.decision
    }
    #expect(after(.delivered).verdict == .send)
    #expect(after(.inboundClosed).verdict == .send)
    for status in [PastContact.Status.sent, .undelivered, .inDoubt, .refused] {
      #expect(after(status).reason == .contactStale)
    }
    #expect(after(.delivered, .email).reason == .contactStale)
    #expect(after(.delivered, nil).reason == .contactStale)
  }

  @Test func `a withdrawn consent is no evidence of a number`() {
    let decision = GuardCaseBuilder().with {
      $0.consents = [GuardCaseBuilder.grant(at: $0.now - .days(600))]
      $0.consents.append(GuardCaseBuilder.revocation(at: $0.now - .days(1), purpose: .appointment))
    }.decision
    #expect(decision.reason == .contactStale)
  }

  @Test func `an app and a fax have no address here`() {
    let fax = ContactPoint(system: .other, typed: "+13125550123")
    for channel in [Channel.sms, .voice, .email, .app, Channel("fax")] {
      #expect(decision([fax], on: channel).reason == .contactMissing)
    }
  }

  @Test func `an added channel uses the addresses that its program brings`() {
    let point = ContactPoint(system: .added, typed: "@ana:example.org")
    #expect(decision([point], on: Channel("matrix")).recipient == .address("@ana:example.org"))
    for channel in [Channel.sms, .voice, .email, .app] {
      #expect(decision([point], on: channel).reason == .contactMissing)
    }
  }

  @Test(arguments: [
    "a@example.com", "ana.lópez+clinic@mail.example.org", "o'brien@example.com", "x@xn--bcher-kva.example",
  ])
  func `a plain e-mail address is used`(address: String) {
    let decision = decision([ContactPoint(system: .email, typed: address)], on: .email)
    #expect(decision.recipient == .address(address))
    #expect(decision.verdict == .send)
  }

  @Test(arguments: [
    "", "a", "@example.com", "a@", "a@example", "a@@example.com", "a b@example.com", "a@exam ple.com",
    "a@example..com", "a@.com", "Ana <a@example.com>", "a@example.com,b@example.com",
    "a@example.com\nBcc: b@example.com",
    "a\r\nb@example.com", "a@example.com;b", "\"a\"@example.com", "a@[127.0.0.1]",
  ])
  func `what is no e-mail address is refused`(address: String) {
    #expect(decision([ContactPoint(system: .email, typed: address)], on: .email).reason == .contactInvalid)
  }

  @Test func `an address is refused beyond its greatest length`() {
    func sized(_ local: Int, _ domain: Int) -> Decision {
      let labels = String(repeating: "d.", count: domain / 2 - 2) + "com"
      let typed = String(repeating: "a", count: local) + "@" + labels
      return decision([ContactPoint(system: .email, typed: typed)], on: .email)
    }
    #expect(sized(64, 100).verdict == .send)
    #expect(sized(65, 100).reason == .contactInvalid)
    #expect(sized(64, 250).reason == .contactInvalid)
  }
}
