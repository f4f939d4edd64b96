import OutreachCore
import Testing

@Suite struct TierChoiceTests {
  private static func tier(
    _ rule: DisclosureRule? = DisclosureRule(), channel: Channel = .sms,
    programme: RestrictedProgramme? = nil,
    isMinor: Bool = false, wish: DisclosureTier? = nil, isVerified: Bool = false
  ) -> DisclosureTier {
    TierChoice(
      TierChoice.Question(
        rule: rule, channel: channel, programme: programme, isMinor: isMinor, wish: wish,
        isVerified: isVerified)
    ).tier
  }

  @Test func `who has said nothing gets the generic tier`() {
    #expect(Self.tier() == .generic)
    #expect(Self.tier(DisclosureRule(unasked: .sealed)) == .sealed)
  }

  @Test func `more than the generic tier takes the patient's word, a confirmed number and a cleared channel`()
  {
    let cleared = DisclosureRule(clearance: [.app: .overt])
    for tier in [DisclosureTier.logistics, .overt] {
      #expect(Self.tier(cleared, channel: .app, wish: tier, isVerified: true) == tier)
      #expect(Self.tier(cleared, channel: .app, wish: tier) == .generic)
      #expect(Self.tier(cleared, channel: .app, isVerified: true) == .generic)
    }
    #expect(Self.tier(DisclosureRule(), channel: .sms, wish: .overt, isVerified: true) == .logistics)
    #expect(
      Self.tier(DisclosureRule(), channel: Channel("pager"), wish: .overt, isVerified: true) == .generic)
    // A policy file cannot say so, and code that does is held to the patient's word all the same.
    #expect(Self.tier(DisclosureRule(otherwise: .overt, unasked: .overt), isVerified: true) == .generic)
  }

  @Test func `a wish for less always holds`() {
    for isVerified in [false, true] { #expect(Self.tier(wish: .sealed, isVerified: isVerified) == .sealed) }
  }

  @Test func `restricted programmes and minors are sealed, whatever was wished`() {
    let cleared = DisclosureRule(otherwise: .overt)
    for programme in RestrictedProgramme.allCases {
      #expect(Self.tier(cleared, programme: programme, wish: .overt, isVerified: true) == .sealed)
    }
    #expect(Self.tier(cleared, isMinor: true, wish: .overt, isVerified: true) == .sealed)
  }

  @Test func `without a rule everything is sealed`() {
    #expect(Self.tier(nil, wish: .overt, isVerified: true) == .sealed)
  }

  @Test(arguments: [
    ("F10.20", RestrictedProgramme.substanceUse), ("F19", .substanceUse), ("F32.1", .mentalHealth),
    ("F20", .mentalHealth),
    ("F99", .mentalHealth), ("R45.851", .mentalHealth), ("B20", .sexualHealth), ("Z21", .sexualHealth),
    ("A54.9", .sexualHealth),
    ("Z20.6", .sexualHealth), ("O24.4", .reproductive), ("Z33.1", .reproductive), ("Z30", .reproductive),
    ("N97", .reproductive),
    ("T74.11", .violence), ("Y07.0", .violence),
  ])
  func `codes of restricted care are known by their blocks`(code: String, programme: RestrictedProgramme) {
    #expect(RestrictedProgramme(of: Coding(.icd10, code)) == programme)
  }

  @Test(arguments: [
    "E11.9", "I10", "F03.90x".replacing("F03", with: "G30"), "A49", "A65", "Z29", "Z40", "B19", "T73", "N96",
  ])
  func `other codes belong to none`(code: String) {
    #expect(RestrictedProgramme(of: Coding(.icd10, code)) == nil)
  }

  @Test func `a minor's message is sealed, and an adult's is not`() {
    func shown(_ birthDate: String) -> String? {
      var builder = GuardCaseBuilder()
      builder.facts.birthDate = day(birthDate)
      builder.candidates = [GuardCaseBuilder.candidate()]
      return builder.decision.text?.revealed
    }
    #expect(shown("1980-01-01")?.hasPrefix("Hi Ana, it's Lakeside Clinic") == true)
    #expect(shown("2010-01-01")?.hasPrefix("Hi there, it's our office") == true)
  }

  @Test func `a message of a restricted programme names nobody`() {
    var builder = GuardCaseBuilder()
    var campaign = GuardCaseBuilder.campaign()
    campaign.programme = .substanceUse
    builder.candidates = [GuardCaseBuilder.candidate(campaign)]
    let decision = builder.decision
    #expect(decision.text?.revealed == "Hi there, it's our office: 312-555-0100. Reply STOP to opt out.")
    #expect(decision.rules.first { $0.rule == "content" }?.detail.contains("substance_use") == true)
  }
}
