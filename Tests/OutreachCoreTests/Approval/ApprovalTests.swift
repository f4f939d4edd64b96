import OutreachCore
import Testing

@Suite struct ApprovalTests {
  private static let subject = ApprovalSubject(
    campaign: CampaignID("a"), contentHash: "c", messageHashes: [MessageID("m"): "1", MessageID("n"): "2"],
    languages: ["en", "es"], policyHash: "p", lexiconVersion: "l")

  private static func approval(_ subject: ApprovalSubject = subject, by who: String = "Dr. Ruiz") -> Approval
  {
    Approval(subject: subject, by: who, account: "ruiz", at: at("2026-11-20T15:00:00Z"))
  }

  @Test func `what was approved is approved until anything of it changes`() {
    #expect(ApprovalStanding(of: Self.subject, among: []) == .never)
    #expect(ApprovalStanding(of: Self.subject, among: [Self.approval()]).isApproved)
    let changes: [(WritableKeyPath<ApprovalSubject, String>, String)] = [
      (\.contentHash, "the script"), (\.policyHash, "the policy"), (\.lexiconVersion, "the lexicons"),
    ]
    for (path, words) in changes {
      var changed = Self.subject
      changed[keyPath: path] = "another"
      #expect(
        ApprovalStanding(of: changed, among: [Self.approval()]) == .void(Self.approval(), changes: [words]))
    }
    var changed = Self.subject
    changed.messageHashes[MessageID("n")] = "3"
    changed.contentHash = "d"
    #expect(
      ApprovalStanding(of: changed, among: [Self.approval()])
        == .void(Self.approval(), changes: ["the message n"]))
    changed = Self.subject
    changed.languages.remove("es")
    #expect(
      ApprovalStanding(of: changed, among: [Self.approval()])
        == .void(Self.approval(), changes: ["the languages"]))
  }

  @Test func `an approval of long ago holds when everything is as it was then`() {
    var other = Self.subject
    other.contentHash = "d"
    #expect(ApprovalStanding(of: Self.subject, among: [Self.approval(), Self.approval(other)]).isApproved)
  }

  private static let scope = WordingOverride.Scope(
    campaign: CampaignID("a"), message: MessageID("m"), text: "Your screening", language: "en", channel: nil,
    rule: .test,
    word: "screening", lexiconVersion: "l")

  private static func signature(_ name: String, _ account: String, days: Int = 0) -> WordingOverride.Signature
  {
    WordingOverride.Signature(by: name, account: account, at: at("2026-11-20T15:00:00Z") + .days(days))
  }

  private static let asked = WordingOverride(
    number: 1, scope: scope, reason: "a screening is offered to everybody",
    requested: signature("Ann Bo", "ann"),
    expiresAt: at("2026-11-20T15:00:00Z") + .days(90))

  @Test func `a word is allowed by two people, for a while, until one takes it back`() {
    let soon = at("2026-11-21T15:00:00Z")
    #expect(!Self.asked.holds(at: soon), "one person is not enough")
    var allowed = Self.asked
    allowed.confirmed = Self.signature("Cy Dee", "cy")
    #expect(allowed.holds(at: soon))
    #expect(!allowed.holds(at: at("2027-02-18T15:00:00Z")), "it runs out")
    #expect(allowed.holds(at: at("2027-02-18T14:59:59Z")))
    allowed.withdrawn = Self.signature("Ann Bo", "ann", days: 1)
    #expect(!allowed.holds(at: soon))
  }

  @Test func `nobody is two people`() {
    #expect(Self.asked.refusal(of: Self.signature("Cy Dee", "cy")) == nil)
    for (name, account) in [("Ann Bo", "cy"), ("ann bo", "cy"), ("AnnBo", "cy"), ("Cy Dee", "ann")] {
      #expect(
        Self.asked.refusal(of: Self.signature(name, account))?.contains("second person") == true, "\(name)")
    }
    #expect(Self.asked.refusal(of: Self.signature("Cy Dee", "cy", days: 90)) == "it has run out")
    var allowed = Self.asked
    allowed.confirmed = Self.signature("Cy Dee", "cy")
    #expect(allowed.refusal(of: Self.signature("Ed Fox", "ed")) == "it was confirmed already")
  }

  @Test func `identifiers, restricted classes and disguises can be allowed by nobody`() {
    for rule in CheckRule.allCases {
      var scope = Self.scope
      scope.rule = rule
      let refusal = WordingOverride.refusal(of: scope, reason: "it is needed here", for: .days(30))
      #expect((refusal == nil) == rule.canBeOverridden, "\(rule)")
    }
    for rule in [
      CheckRule.identifier, .evasion, .substanceUse, .mentalHealth, .sexualHealth, .reproductive, .violence,
    ] {
      #expect(!rule.canBeOverridden)
    }
    #expect(WordingOverride.refusal(of: Self.scope, reason: "it is needed here", for: .days(91)) != nil)
    #expect(WordingOverride.refusal(of: Self.scope, reason: "it is needed here", for: .zero) != nil)
    #expect(WordingOverride.refusal(of: Self.scope, reason: "because", for: .days(1)) != nil)
  }

  @Test func `every rule says why it is there`() {
    for rule in CheckRule.allCases { #expect(rule.why.split(separator: " ").count > 8, "\(rule)") }
  }
}
