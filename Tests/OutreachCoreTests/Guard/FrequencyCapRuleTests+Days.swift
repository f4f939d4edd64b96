import OutreachCore
import Testing

/// Caps and exemptions that hold between two days, and marks of fatigue.
extension FrequencyCapRuleTests {
  @Test func `an exemption outside of its days is as if it were not there`() {
    var exemption = CapExemption(obeys: false, counts: true)
    func said() -> RuleResult? {
      cap([FrequencyCap(name: "1 in 9 days", limit: 1, window: .rolling(.days(9)), channels: nil)]) {
        $0.policy.exemptions = [exemption]
        $0.facts.contacts = [Self.sent($0.now - .hours(1))]
      }
    }
    #expect(said()?.verdict == .allow)
    exemption.provenance.until = CivilDate("2026-11-22")
    #expect(said()?.allowsFrom == Self.now + .hours(215))
    exemption.provenance = Provenance(from: CivilDate("2026-11-25"))
    #expect(said()?.allowsFrom == at("2026-11-25T06:00:00Z"), "the clinic's midnight, when it begins")
  }

  @Test func `a cap that begins on a later day holds for what is put off to that day`() {
    var later = FrequencyCap(name: "1 in 3 days", limit: 1, window: .rolling(.days(3)), channels: nil)
    later.provenance.from = CivilDate("2026-11-24")
    func sendAt(due: Instant) -> Instant? {
      decision([later]) {
        $0.facts.contacts = [Self.sent($0.now - .hours(1))]
        $0.candidates[0].intent.due = due
      }.sendAt
    }
    #expect(sendAt(due: Self.now) == Self.now)
    #expect(sendAt(due: Self.now + .hours(9)) == Self.now + .hours(9))
    // Thursday is a holiday.
    #expect(sendAt(due: at("2026-11-24T16:00:00Z")) == at("2026-11-27T15:00:00Z"))
  }

  @Test func `a cap that begins later keeps its room for what is planned under it`() {
    for (window, free) in [
      (FrequencyCap.Window.rolling(.days(3)), at("2026-11-27T16:00:00Z")),
      (.calendarWeek, at("2026-11-30T15:00:00Z")),
    ] {
      var later = FrequencyCap(name: "one", limit: 1, window: window, channels: nil)
      later.provenance.from = CivilDate("2026-11-24")
      let decided = GuardCaseBuilder().with {
        $0.policy.caps = [later]
        $0.candidates = [
          GuardCaseBuilder.candidate(
            GuardCaseBuilder.campaign("a", priority: 1), due: at("2026-11-24T16:00:00Z")),
          GuardCaseBuilder.candidate(
            GuardCaseBuilder.campaign("b"), message: GuardCaseBuilder.message("other", ["en": "Other."])),
        ]
      }.decisions()
      #expect(decided.map(\.sendAt) == [at("2026-11-24T16:00:00Z"), free])
    }
  }

  @Test func `a cap that has ended lets nothing pass until one of its name has taken its place`() {
    var old = Self.day
    old.provenance.until = CivilDate("2026-11-22")
    let shut = decision([old]) { _ in }
    #expect(shut.verdict == .suppress)
    #expect(shut.reason == .frequencyCap)
    #expect(
      shut.rule("frequency_cap")?.detail
        == "1 a day: the rule held until 2026-11-22, and none has taken its place")
    #expect(shut.rule("frequency_cap")?.allowsFrom == nil)
    var new = Self.day
    new.limit = 2
    new.provenance.from = CivilDate("2026-11-23")
    #expect(decision([old, new]) { _ in }.verdict == .send)
    new.provenance.from = CivilDate("2026-11-25")
    #expect(decision([old, new]) { _ in }.sendAt == at("2026-11-25T15:00:00Z"))
    new.name = "another"
    #expect(decision([old, new]) { _ in }.verdict == .suppress)
    new = old
    new.provenance = Provenance()
    new.channels = [.email]
    old.channels = [.sms]
    #expect(
      decision([old, new]) { _ in }.verdict == .suppress, "a cap on e-mail takes the place of none on texts")
  }

  @Test func `somebody looks at the tenth text and at the second call of a year`() {
    func flagged(_ count: Int, channel: Channel?, age: Duration = .days(300)) -> Decision {
      decision([]) {
        $0.facts.contacts = (0..<count).map { Self.sent(Self.now - age + .hours($0), channel: channel) }
      }
    }
    #expect(!flagged(8, channel: .sms).isFatigued)
    #expect(flagged(9, channel: .sms).isFatigued)
    #expect(flagged(9, channel: nil).isFatigued)
    #expect(!flagged(20, channel: .voice).isFatigued)
    #expect(!flagged(9, channel: .sms, age: .days(365)).isFatigued, "the first is a whole year old")
    #expect(
      flagged(9, channel: .sms).rule("frequency_cap")?.detail
        == "room in every cap; 10 by sms in 365 days: somebody should look")
    let refused = decision([]) {
      $0.consents = []
      $0.facts.contacts = (0..<9).map { Self.sent(Self.now - .days($0 + 1)) }
    }
    #expect(!refused.isFatigued, "a message that does not go is not the tenth")
    let later = decision([]) {
      $0.policy.fatigue[0].provenance.from = CivilDate("2026-11-24")
      $0.facts.contacts = (0..<9).map { Self.sent(Self.now - .days($0 + 1)) }
    }
    #expect(!later.isFatigued)
  }
}
