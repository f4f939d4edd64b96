import OutreachCore
import Testing

extension QuietHours {
  fileprivate func isOpen(_ instant: Instant, in zone: Zone) -> Bool {
    closure(at: instant, Question(zones: [zone])) == nil
  }
}

@Suite struct QuietHoursTests {
  private static let chicago = InstalledZones.zone("America/Chicago")

  private func earliest(
    _ hours: QuietHours, from start: String, days: Int = 30, zones: [String],
    within narrower: TimeWindow? = nil
  ) -> Instant? {
    hours.earliest(
      from: at(start), before: at(start) + .days(days),
      QuietHours.Question(zones: zones.map(InstalledZones.zone), windows: narrower.map { [$0] } ?? []))
  }

  @Test func `the weekday is that of the patient's place`() {
    // Sunday 18:00 in Chicago is Monday in UTC; Saturday 19:00 in Honolulu is Sunday in UTC.
    #expect(!QuietHours().isOpen(at("2026-11-23T00:00:00Z"), in: Self.chicago))
    #expect(
      QuietHours().isOpen(at("2026-11-22T05:00:00Z"), in: InstalledZones.zone("Pacific/Honolulu"))
    )
    let fridays = QuietHours(weekdays: [.friday])
    #expect(
      earliest(fridays, from: "2026-11-23T00:00:00Z", zones: ["America/Los_Angeles"])
        == at("2026-11-27T17:00:00Z"))
  }

  @Test func `the hour follows the clock through its changes`() {
    // 2027-03-14 and 2026-11-01 are Sundays of change.
    #expect(
      earliest(QuietHours(), from: "2027-03-13T06:00:00Z", zones: ["America/Chicago"])
        == at("2027-03-13T15:00:00Z"))
    #expect(
      earliest(QuietHours(), from: "2027-03-14T06:00:00Z", zones: ["America/Chicago"])
        == at("2027-03-15T14:00:00Z"))
    #expect(
      earliest(QuietHours(), from: "2026-10-31T06:00:00Z", zones: ["America/Chicago"])
        == at("2026-10-31T14:00:00Z"))
    #expect(
      earliest(QuietHours(), from: "2026-11-01T06:00:00Z", zones: ["America/Chicago"])
        == at("2026-11-02T15:00:00Z"))
  }

  @Test func `hours over midnight are kept inside the hard bound`() {
    let night = QuietHours(
      window: TimeWindow(from: "19:00", to: "10:00") ?? .wholeDay, weekdays: Set(Weekday.allCases),
      restsOnFederalHolidays: false)
    let zone = Self.chicago
    func allows(_ local: String) -> Bool {
      CivilDateTime("2026-11-24T\(local)").map {
        night.isOpen(zone.instant(of: $0, gap: .firstAfter, overlap: .first), in: zone)
      } ?? false
    }
    #expect(!allows("07:59") && allows("08:00") && allows("09:59") && !allows("10:00"))
    #expect(!allows("18:59") && allows("19:00") && allows("20:59") && !allows("21:00") && !allows("02:00"))
    #expect(
      earliest(night, from: "2026-11-24T16:00:00Z", zones: ["America/Chicago"]) == at("2026-11-25T01:00:00Z"))
    #expect(
      earliest(night, from: "2026-11-25T03:00:00Z", zones: ["America/Chicago"]) == at("2026-11-25T14:00:00Z"))
  }

  @Test func `all zones must be open at once`() {
    let zones = ["America/New_York", "America/Los_Angeles", "Pacific/Honolulu"]
    // 09:00 in Honolulu is 14:00 in New York, in winter.
    #expect(earliest(QuietHours(), from: "2026-11-23T10:00:00Z", zones: zones) == at("2026-11-23T19:00:00Z"))
    #expect(earliest(QuietHours(), from: "2026-11-24T01:00:00Z", zones: zones) == at("2026-11-24T19:00:00Z"))
  }

  @Test func `a start that is allowed is its own answer, and the end is not included`() {
    #expect(
      earliest(QuietHours(), from: "2026-11-23T16:00:07Z", zones: ["America/Chicago"])
        == at("2026-11-23T16:00:07Z"))
    let zones = [Self.chicago]
    let opening = at("2026-11-24T15:00:00Z")
    #expect(
      QuietHours().earliest(
        from: at("2026-11-24T04:00:00Z"), before: opening, QuietHours.Question(zones: zones))
        == nil)
    #expect(
      QuietHours().earliest(
        from: at("2026-11-24T04:00:00Z"), before: opening + .seconds(1), QuietHours.Question(zones: zones))
        == opening)
    #expect(QuietHours().earliest(from: opening, before: opening, QuietHours.Question(zones: zones)) == nil)
  }

  @Test func `a narrower window that never meets the hours has no answer`() {
    #expect(
      earliest(
        QuietHours(), from: "2026-11-23T10:00:00Z", days: 400, zones: ["America/Chicago"],
        within: TimeWindow(hours: 0..<9)) == nil)
  }

  @Test func `the intersection of all American zones is empty in July`() {
    // rules: 42 zones from Guam to St John's leave no common hour between 09 and 20 in summer.
    let zones = [
      "Pacific/Guam", "Pacific/Honolulu", "America/Los_Angeles", "America/New_York", "America/St_Johns",
    ]
    #expect(earliest(QuietHours(), from: "2027-07-13T00:00:00Z", days: 7, zones: zones) == nil)
  }

  @Test func `both the day of a holiday and the day on which it is kept are closed`() {
    // 4 July 2026 is a Saturday, kept on Friday; 3 July evening in UTC is still Friday in Chicago.
    #expect(
      earliest(QuietHours(), from: "2026-07-03T06:00:00Z", zones: ["America/Chicago"])
        == at("2026-07-06T14:00:00Z"))
    let any = QuietHours(restsOnFederalHolidays: false)
    #expect(
      earliest(any, from: "2026-07-03T06:00:00Z", zones: ["America/Chicago"]) == at("2026-07-03T14:00:00Z"))
  }

  @Test func `Fridays at 20:00 in Los Angeles are Fridays there`() {
    let hours = QuietHours([
      OpenHours(weekdays: [.friday], window: TimeWindow(hours: 20..<21), rests: [])
    ])
    #expect(
      earliest(hours, from: "2026-11-23T00:00:00Z", zones: ["America/Los_Angeles"])
        == at("2026-11-28T04:00:00Z"))
    #expect(!hours.isOpen(at("2026-11-27T04:00:00Z"), in: InstalledZones.zone("America/Los_Angeles")))
  }

  @Test func `the search for an opening that never comes ends with the time it is given`() {
    // A century, in which no clock shows both.
    let hours = QuietHours([OpenHours(window: TimeWindow(hours: 9..<10), rests: [])])
    #expect(
      earliest(
        hours, from: "2026-11-23T10:00:00Z", days: 36_500, zones: ["America/Chicago"],
        within: TimeWindow(hours: 10..<11)) == nil)
  }
}
