import OutreachCore
import Testing

struct FederalHolidaysTests {
  /// The days off as the Office of Personnel Management publishes them.
  @Test(arguments: [
    (
      2022,
      "2021-12-31 2022-01-17 2022-02-21 2022-05-30 2022-06-20 2022-07-04 2022-09-05 2022-10-10 2022-11-11 "
        + "2022-11-24 2022-12-26"
    ),
    (
      2026,
      "2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-10-12 2026-11-11 "
        + "2026-11-26 2026-12-25"
    ),
    (
      2027,
      "2027-01-01 2027-01-18 2027-02-15 2027-05-31 2027-06-18 2027-07-05 2027-09-06 2027-10-11 2027-11-11 "
        + "2027-11-25 2027-12-24"
    ),
    (
      2028,
      "2027-12-31 2028-01-17 2028-02-21 2028-05-29 2028-06-19 2028-07-04 2028-09-04 2028-10-09 2028-11-10 "
        + "2028-11-23 2028-12-25"
    ),
  ])
  func `the days off are those published`(year: Int, expected: String) {
    let observed = FederalHolidays.holidays(in: year).map(\.observed.description)
    #expect(observed == expected.split(separator: " ").map(String.init))
  }

  @Test func `a day is a holiday if it is one or stands in for one, and otherwise not`() throws {
    var holidays: Set<CivilDate> = []
    for year in 1978...2101 {
      for holiday in FederalHolidays.holidays(in: year) {
        holidays.formUnion([holiday.date, holiday.observed])
      }
    }
    let first = try #require(CivilDate("1978-01-01"))
    let last = try #require(CivilDate("2100-12-31"))
    for days in 0...first.days(until: last) {
      let date = first.adding(days: days)
      #expect(FederalHolidays.isHoliday(date) == holidays.contains(date), "\(date)")
    }
  }

  @Test func `no day off falls on a weekend`() {
    for year in 1978...2100 {
      for holiday in FederalHolidays.holidays(in: year) {
        #expect(holiday.observed.weekday < .saturday, "\(holiday.name) \(year)")
        #expect(abs(holiday.date.days(until: holiday.observed)) <= 1, "\(holiday.name) \(year)")
      }
    }
  }

  @Test func `holidays begin with the law that made them`() {
    func names(_ year: Int) -> [String] { FederalHolidays.holidays(in: year).map(\.name) }
    #expect(!names(1985).contains("Birthday of Martin Luther King, Jr."))
    #expect(names(1986).contains("Birthday of Martin Luther King, Jr."))
    #expect(!names(2020).contains("Juneteenth National Independence Day"))
    #expect(names(2021).contains("Juneteenth National Independence Day"))
    #expect(names(2020).count == 10)
    #expect(names(2026).count == 11)
    #expect(CivilDate("2020-06-19").map(FederalHolidays.isHoliday) == false)
  }
}
