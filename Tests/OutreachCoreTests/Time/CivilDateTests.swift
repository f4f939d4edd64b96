import OutreachCore
import Testing

struct CivilDateTests {
  @Test func `counting the days one by one agrees with the arithmetic`() throws {
    let years = TimeSeed.scale > 1 ? 1...9999 : 1590...2410
    let first = try #require(CivilDate(year: years.lowerBound, month: 1, day: 1))
    var days = first.daysSinceEpoch
    var weekday = first.weekday.rawValue
    for year in years {
      let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      #expect(CivilDate.isLeapYear(year) == isLeap)
      for (index, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        for day in 1...length {
          let date = CivilDate(daysSinceEpoch: days)
          guard date.year == year, date.month == index + 1, date.day == day, date.daysSinceEpoch == days,
            date.weekday.rawValue == weekday
          else {
            Issue.record("\(days) days after 1970-01-01 is not \(date), \(date.weekday)")
            return
          }
          days += 1
          weekday = weekday % 7 + 1
        }
        #expect(CivilDate(year: year, month: index + 1, day: length + 1) == nil)
      }
    }
  }

  @Test func `known days have their numbers and weekdays`() throws {
    let known: [(String, Int, Weekday)] = [
      ("1970-01-01", 0, .thursday), ("2026-11-23", 20_780, .monday), ("2000-02-29", 11_016, .tuesday),
      ("1969-12-31", -1, .wednesday), ("0001-01-01", -719_162, .monday), ("9999-12-31", 2_932_896, .friday),
    ]
    for (text, days, weekday) in known {
      let date = try #require(CivilDate(text))
      #expect(date.daysSinceEpoch == days)
      #expect(date.weekday == weekday)
      #expect(date.description == text)
    }
  }

  @Test(arguments: [
    "", "2026", "2026-11", "2026-02-29", "2100-02-29", "2026-00-10", "2026-13-01", "2026-04-31", "0000-01-01",
    "2026-11-23T", "2026-11-231", "26-11-23", "2026/11/23", "-2026-11-23", "2026-11-2x", "２０26-11-23",
  ])
  func `a text that is no date is refused`(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test func `adding stays in the calendar and stops at its ends`() throws {
    let date = try #require(CivilDate("2024-01-31"))
    #expect(date.adding(days: 30).description == "2024-03-01")
    #expect(date.adding(days: -31).description == "2023-12-31")
    #expect(date.adding(months: 1).description == "2024-02-29")
    #expect(date.adding(months: 13).description == "2025-02-28")
    #expect(date.adding(months: -2).description == "2023-11-30")
    #expect(date.adding(months: -1).description == "2023-12-31")
    #expect(date.adding(months: 0) == date)
    #expect(date.adding(days: .max) == .latest)
    #expect(date.adding(days: .min) == .earliest)
    #expect(date.adding(months: .max) == .latest)
    #expect(date.adding(months: .min) == .earliest)
    #expect(CivilDate.latest.adding(months: 1) == .latest)
    #expect(CivilDate.earliest.adding(months: -1) == .earliest)
    #expect(date.days(until: try #require(CivilDate("2025-01-31"))) == 366)
    #expect(date.days(until: try #require(CivilDate("2024-01-30"))) == -1)
    #expect(CivilDate.earliest.description == "0001-01-01")
    #expect(CivilDate.latest.description == "9999-12-31")
  }

  @Test(arguments: [
    ("2008-02-29", "2026-02-28", 17), ("2008-02-29", "2026-03-01", 18), ("2008-02-29", "2028-02-28", 19),
    ("2008-02-29", "2028-02-29", 20), ("2008-11-23", "2026-11-22", 17), ("2008-11-23", "2026-11-23", 18),
    ("2026-11-23", "2026-11-23", 0), ("2026-11-23", "2026-11-22", -1), ("2008-02-28", "2026-02-28", 18),
    ("1926-12-31", "2026-01-01", 99),
  ])
  func `an age is the years completed`(birth: String, on date: String, age: Int) throws {
    #expect(try #require(CivilDate(birth)).age(on: try #require(CivilDate(date))) == age)
  }

  @Test func `dates, times and weekdays are in order`() throws {
    let dates = try ["0999-12-31", "2025-12-31", "2026-01-30", "2026-02-01"].map {
      try #require(CivilDate($0))
    }
    #expect(dates.shuffled().sorted() == dates)
    #expect(Weekday.monday < .sunday)
    #expect(Weekday.sunday.rawValue == 7)
    let times = try ["2026-01-01T09:00", "2026-01-01T09:00:01", "2026-01-02T00:00"]
      .map { try #require(CivilDateTime($0)) }
    #expect(times.shuffled().sorted() == times)
  }

  @Test func `a date and time is read with or without seconds and written with them`() {
    #expect(CivilDateTime("2026-11-23T09:00")?.description == "2026-11-23T09:00:00")
    #expect(CivilDateTime("2026-11-23T09:00:07")?.description == "2026-11-23T09:00:07")
    for text in [
      "2026-11-23", "2026-11-23T9:00", "2026-11-23T24:00", "2026-11-23T09:00Z", "2026-11-23T09:00:",
    ] {
      #expect(CivilDateTime(text) == nil)
    }
  }
}

struct PartialDateTests {
  @Test(arguments: [
    ("2026", "2026-01-01", "2026-12-31"), ("2024-02", "2024-02-01", "2024-02-29"),
    ("9999-12", "9999-12-01", "9999-12-31"), ("0001", "0001-01-01", "0001-12-31"),
    ("2026-11-23", "2026-11-23", "2026-11-23"),
  ])
  func `a date of which a part is known covers the days it may be`(text: String, first: String, last: String)
    throws
  {
    let partial = try #require(PartialDate(text))
    #expect(partial.description == text)
    #expect(partial.earliest.description == first)
    #expect(partial.latest.description == last)
    #expect(partial.date == (first == last ? CivilDate(first) : nil))
  }

  @Test(arguments: [
    "", "0000", "202", "20261", "2026-", "2026-13", "2026-1", "2026-11-", "2026-11-31", "2026-11-23T",
  ])
  func `a text that is no part of a date is refused`(text: String) {
    #expect(PartialDate(text) == nil)
  }
}
