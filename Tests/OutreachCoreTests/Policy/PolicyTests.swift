import OutreachCore
import Testing

@Suite struct PolicyTests {
  @Test func `the default policy is the agreed one`() {
    let policy = Policy()
    #expect(policy.quietHours.window == TimeWindow(hours: 9..<20))
    #expect(policy.quietHours.weekdays == Set(Weekday.allCases).subtracting([.sunday]))
    #expect(policy.quietHours.restsOnFederalHolidays)
    #expect(QuietHours.hardBound == TimeWindow(hours: 8..<21))
    #expect(policy.maximumCharacters == 160)
    #expect(policy.addedPurposes.isEmpty)
    let spoken = policy.caps.filter { $0.channels == [.sms, .voice] }
    #expect(spoken.map(\.limit) == [1, 1, 3])
    #expect(spoken.map(\.window) == [.calendarDay, .rolling(.hours(24)), .rolling(.days(7))])
    #expect(policy.caps.filter { $0.channels == [.email, .app] }.count == 3)
    #expect(policy.caps.count == 6)
  }

  @Test func `a purpose's own age of facts goes before the common one`() {
    let policy = Policy()
    #expect(policy.factsMaximumAge(for: .appointment) == .days(1))
    #expect(policy.factsMaximumAge(for: .prescription) == .days(3))
  }
}
