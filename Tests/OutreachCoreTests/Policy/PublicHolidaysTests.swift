import OutreachCore
import Testing

@Suite struct PublicHolidaysTests {
  private func days(_ place: String, _ year: Int) -> Set<String> {
    Set(
      PublicHolidays.holidays(in: year, of: Jurisdiction(place)).flatMap { [$0.date, $0.observed] }
        .map(\.description))
  }

  /// All days of a year, with the days on which they are observed.
  @Test(arguments: [
    (
      "US-AL", 2026,
      """
      01-01 01-19 02-16 02-17 04-27 05-25 06-01 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25
      """
    ),
    (
      "US-UT", 2027,
      "01-01 01-18 02-15 05-31 06-19 06-21 07-04 07-05 07-23 07-24 09-06 10-11 11-11 11-25 12-24 12-25"
    ),
    ("US-UT", 2026, "01-01 01-19 02-16 05-25 06-15 06-19 07-03 07-04 07-24 09-07 10-12 11-11 11-26 12-25"),
    (
      "US-TX", 2026,
      "01-01 01-19 02-16 03-02 04-21 05-25 06-19 07-04 08-27 09-07 11-11 11-26 11-27 12-24 12-25 12-26"
    ),
    ("US-RI", 2026, "01-01 01-19 05-25 06-19 07-04 08-10 09-07 10-12 11-03 11-11 11-26 12-25"),
    (
      "US-PA", 2026,
      "01-01 01-19 02-16 04-03 05-25 06-14 06-15 06-19 07-04 09-07 10-12 11-03 11-11 11-26 12-25"
    ),
    ("FR", 2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25"),
    ("DE", 2027, "01-01 03-26 03-29 05-01 05-06 05-17 10-03 12-25 12-26"),
    ("GB", 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-25 12-26 12-27 12-28"),
    ("IE", 2030, "01-01 02-01 03-17 04-22 05-06 06-03 08-05 10-28 12-25 12-26"),
    ("CA", 2027, "01-01 03-26 05-24 07-01 09-06 09-30 10-11 11-11 12-25 12-26 12-27 12-28"),
    ("NL", 2025, "01-01 04-18 04-20 04-21 04-26 04-27 05-05 05-29 06-08 06-09 12-25 12-26"),
  ])
  func `the days are those of the calendar`(place: String, year: Int, expected: String) {
    #expect(
      days(place, year) == Set(expected.split(whereSeparator: \.isWhitespace).map { "\(year)-\($0)" }))
  }

  @Test(arguments: [
    "1818-03-22", "1943-04-25", "2000-04-23", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28",
    "2038-04-25", "2100-03-28", "2285-03-22",
  ])
  func `Easter is where the tables have it`(date: String) {
    #expect(PublicHolidays.isHoliday(day(date), in: Jurisdiction("IT")))
    let sunday = PublicHolidays.holidays(in: day(date).year, of: Jurisdiction("IT"))
      .filter { $0.name == "Easter Sunday" }
    #expect(sunday.map(\.date) == [day(date)])
  }

  @Test func `a day is a holiday if it is one or stands in for one, and otherwise not`() {
    for place in PublicHolidays.jurisdictions {
      var kept: Set<CivilDate> = []
      for year in 2023...2035 {
        for holiday in PublicHolidays.holidays(in: year, of: place) {
          kept.formUnion([holiday.date, holiday.observed])
        }
      }
      for offset in 0..<365 * 10 {
        let date = day("2024-06-01").adding(days: offset)
        if PublicHolidays.isHoliday(date, in: place) != kept.contains(date) {
          Issue.record("\(place) \(date)")
          return
        }
      }
    }
  }

  @Test func `holidays are kept in the years of their laws`() {
    #expect(days("US-DC", 2029).contains("2029-01-20"))
    #expect(!days("US-DC", 2028).contains("2028-01-20"))
    #expect(!days("US-RI", 2027).contains("2027-11-02"))
    #expect(!days("IT", 2025).contains("2025-10-04") && days("IT", 2026).contains("2026-10-04"))
    #expect(!days("PL", 2024).contains("2024-12-24") && days("PL", 2025).contains("2025-12-24"))
  }

  @Test func `a place without rules of its own has none`() {
    #expect(PublicHolidays.holidays(in: 2026, of: Jurisdiction("US-OH")).isEmpty)
    #expect(!PublicHolidays.isHoliday(day("2026-12-25"), in: Jurisdiction("JP")))
    let known = PublicHolidays.jurisdictions.map(\.rawValue)
    for place in ["US-AL", "US-LA", "US-RI", "US-UT", "US-PA", "US-MS", "FR", "GB", "CA"] {
      #expect(known.contains(place))
    }
  }
}
