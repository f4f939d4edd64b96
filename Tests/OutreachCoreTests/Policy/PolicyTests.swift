import OutreachCore
import Testing

@Suite struct PolicyTests {
  @Test func `the default policy is the agreed one`() {
    let policy = Policy()
    #expect(policy.quietHours == QuietHours([OpenHours()]))
    #expect(policy.quietHours.rules.map(\.window) == [TimeWindow(hours: 9..<20)])
    #expect(policy.quietHours.rules.map(\.weekdays) == [Set(Weekday.allCases).subtracting([.sunday])])
    #expect(policy.quietHours.rules.map(\.rests) == [[.federal]])
    #expect(QuietHours.hardBound == TimeWindow(hours: 8..<21))
    #expect(policy.message.only.maximumCharacters == 160)
    #expect(policy.addedPurposes.isEmpty)
    let spoken = policy.caps.filter { $0.channels == [.sms, .voice] }
    #expect(spoken.map(\.limit) == [1, 1, 3])
    #expect(spoken.map(\.window) == [.calendarDay, .rolling(.hours(24)), .rolling(.days(7))])
    #expect(policy.caps.filter { $0.channels == [.email, .app] }.count == 3)
    #expect(policy.caps.count == 6)
    #expect(policy.caps.allSatisfy { $0.holder == .patient && $0.each == .all && $0.reserve == nil })
    #expect(policy.exemptions.isEmpty)
    #expect(policy.fatigue.map(\.channels) == [[.sms], [.voice]])
    #expect(policy.fatigue.map(\.limit) == [10, 2])
    #expect(policy.fatigue.map(\.span) == [.days(365), .days(365)])
    #expect(policy.message.only.sameTextPause == .days(2))
    #expect(policy.reply.only == ReplyHold(hold: .hours(1), urgent: []))
  }

  @Test func `a purpose's own age of facts goes before the common one`() {
    let policy = Policy()
    #expect(policy.facts.only.maximumAge(for: .appointment) == .days(1))
    #expect(policy.facts.only.maximumAge(for: .prescription) == .days(3))
  }
}
