extension PublicHolidays {
  /// The legal holidays of states, the district and territories that keep others than the federal ones.
  static let states: [Jurisdiction: [HolidayRule]] = {
    let lines: [(code: String, observance: HolidayRule.Observance, holidays: [HolidayRule])] = [
      // Alaska Statutes 44.12.010, 44.12.020
      (
        "AK", .nearest,
        usual + [juneteenth, last("Seward's Day", .monday, 3), fixed("Alaska Day", 10, 18)]
      ),
      // Code of Alabama 1-3-8; Mardi Gras in Mobile and Baldwin counties
      (
        "AL", .nearest,
        usual + [
          juneteenth, columbus, mardiGras, nth("Confederate Memorial Day", 4, .monday, 4),
          nth("Jefferson Davis' Birthday", 1, .monday, 6),
        ]
      ),
      // California Government Code 6700, 6701; of Saturdays it moves 11 November only
      (
        "CA", .nearest,
        usual + [
          juneteenth, columbus, lincoln, dayAfterThanksgiving, fixed("Cesar Chavez Day", 3, 31),
          fixed("Admission Day", 9, 9), nth("Native American Day", 4, .friday, 9),
        ]
      ),
      // Connecticut General Statutes 1-4
      ("CT", .nearest, usual + [juneteenth, columbus, lincoln, goodFriday]),
      // D.C. Code 1-612.02, 28-2701
      (
        "DC", .nearest,
        usual + [
          juneteenth, columbus, fixed("Emancipation Day", 4, 16, since: 2005),
          every(4, remainder: 1, fixed("Inauguration Day", 1, 20)),
        ]
      ),
      // Delaware Code title 1, 501
      (
        "DE", .nearest,
        common + [juneteenth, goodFriday, dayAfterThanksgiving, every(2, remainder: 0, electionDay)]
      ),
      // 1 Guam Code Annotated 1000
      (
        "GU", .nearest,
        common + [
          nth("Guam History and Chamorro Heritage Day", 1, .monday, 3), fixed("Liberation Day", 7, 21),
          fixed("All Souls' Day", 11, 2), fixed("Our Lady of Camarin Day", 12, 8),
        ]
      ),
      // Hawaii Revised Statutes 8-1, 8-2
      (
        "HI", .nearest,
        usual + [
          fixed("Prince Kuhio Day", 3, 26), goodFriday, fixed("Kamehameha Day", 6, 11),
          nth("Statehood Day", 3, .friday, 8), every(2, remainder: 0, electionDay),
        ]
      ),
      // Louisiana Revised Statutes 1:55; Mardi Gras in some parishes; the governor proclaims others
      (
        "LA", .nearest,
        usual + [
          juneteenth, columbus, mardiGras, goodFriday, fixed("Battle of New Orleans", 1, 8),
          fixed("Huey P. Long Day", 8, 30), fixed("All Saints' Day", 11, 1),
          every(2, remainder: 0, electionDay), dayAfterThanksgiving,
        ]
      ),
      // Massachusetts General Laws chapter 4, section 7; two of them in Suffolk County
      (
        "MA", .sunday,
        usual + [
          juneteenth, columbus, patriots, fixed("Evacuation Day", 3, 17), fixed("Bunker Hill Day", 6, 17),
        ]
      ),
      // Maryland General Provisions 1-111
      (
        "MD", .sunday,
        usual + [
          juneteenth, columbus, lincoln, goodFriday, fixed("Maryland Day", 3, 25),
          fixed("Defenders' Day", 9, 12), every(2, remainder: 0, electionDay), dayAfterThanksgiving,
        ]
      ),
      // Maine Revised Statutes title 4, 1051
      ("ME", .sunday, usual + [juneteenth, columbus, patriots]),
      // Missouri Revised Statutes 9.010
      ("MO", .sunday, usual + [juneteenth, columbus, lincoln, fixed("Truman Day", 5, 8)]),
      // Mississippi Code 3-3-7
      ("MS", .sunday, usual + [last("Confederate Memorial Day", .monday, 4)]),
      // Nebraska Revised Statutes 62-301
      (
        "NE", .nearest,
        usual + [juneteenth, columbus, last("Arbor Day", .friday, 4), dayAfterThanksgiving]
      ),
      // New Jersey Statutes 36:1-1
      (
        "NJ", .sunday,
        usual + [
          nth("Juneteenth", 3, .friday, 6, since: 2021), columbus, lincoln, goodFriday, electionDay,
        ]
      ),
      // Nevada Revised Statutes 236.015
      ("NV", .nearest, usual + [juneteenth, last("Nevada Day", .friday, 10), dayAfterThanksgiving]),
      // New York General Construction Law 24
      (
        "NY", .sunday,
        usual + [juneteenth, columbus, lincoln, nth("Flag Day", 2, .sunday, 6), electionDay]
      ),
      // 44 Pennsylvania Statutes 11
      (
        "PA", .sunday,
        usual + [juneteenth, columbus, goodFriday, fixed("Flag Day", 6, 14), electionDay]
      ),
      // 1 Laws of Puerto Rico 84 and after
      (
        "PR", .sunday,
        usual + [
          juneteenth, columbus, goodFriday, fixed("Three Kings' Day", 1, 6),
          fixed("American Citizenship Day", 3, 2), fixed("Emancipation Day", 3, 22),
          fixed("Constitution Day", 7, 25), fixed("Discovery Day", 11, 19),
          every(4, remainder: 0, electionDay),
        ]
      ),
      // Rhode Island General Laws 25-1-1
      (
        "RI", .sunday,
        common + [
          juneteenth, columbus, nth("Victory Day", 2, .monday, 8), every(2, remainder: 0, electionDay),
        ]
      ),
      // Tennessee Code 15-1-101
      ("TN", .nearest, usual + [juneteenth, columbus, goodFriday]),
      // Texas Government Code 662.003
      (
        "TX", .none,
        usual + [
          fixed("Confederate Heroes Day", 1, 19), fixed("Texas Independence Day", 3, 2),
          fixed("San Jacinto Day", 4, 21), fixed("Emancipation Day in Texas", 6, 19),
          fixed("Lyndon Baines Johnson Day", 8, 27), dayAfterThanksgiving, fixed("Christmas Eve", 12, 24),
          fixed("Day after Christmas", 12, 26),
        ]
      ),
      // Utah Code 63G-1-301
      (
        "UT", .nearest,
        usual + [
          fixed("Juneteenth", 6, 19, since: 2022, .mondayOfWeek), columbus, fixed("Pioneer Day", 7, 24),
        ]
      ),
      // 1 Virgin Islands Code 171
      (
        "VI", .sunday,
        usual + [
          juneteenth, columbus, fixed("Three Kings' Day", 1, 6), fixed("Transfer Day", 3, 31),
          easter("Holy Thursday", -3), goodFriday, easter("Easter Monday", 1),
          fixed("Emancipation Day", 7, 3), fixed("Liberty Day", 11, 1), fixed("Christmas Second Day", 12, 26),
        ]
      ),
      // 1 Vermont Statutes 371
      (
        "VT", .nearest,
        usual + [
          juneteenth, columbus, nth("Town Meeting Day", 1, .tuesday, 3),
          fixed("Bennington Battle Day", 8, 16),
        ]
      ),
      // Revised Code of Washington 1.16.050
      ("WA", .nearest, usual + [juneteenth, dayAfterThanksgiving]),
      // West Virginia Code 2-2-1
      (
        "WV", .nearest,
        usual + [
          juneteenth, columbus, fixed("West Virginia Day", 6, 20), dayAfterThanksgiving,
          every(2, remainder: 0, nth("Primary Election Day", 2, .tuesday, 5)),
          every(2, remainder: 0, electionDay),
        ]
      ),
    ]
    return Dictionary(
      uniqueKeysWithValues: lines.map { (.state($0.code), observing($0.observance, $0.holidays)) })
  }()

  /// The holidays that all of these places keep.
  private static let common = [
    fixed("New Year's Day", 1, 1),
    nth("Martin Luther King, Jr., Day", 3, .monday, 1, since: 1986),
    last("Memorial Day", .monday, 5),
    fixed("Independence Day", 7, 4),
    nth("Labor Day", 1, .monday, 9),
    fixed("Veterans Day", 11, 11),
    nth("Thanksgiving Day", 4, .thursday, 11),
    fixed("Christmas Day", 12, 25),
  ]

  /// What most of them keep besides.
  private static let usual = common + [nth("Washington's Birthday", 3, .monday, 2)]

  private static let juneteenth = fixed("Juneteenth", 6, 19, since: 2021)
  private static let columbus = nth("Columbus or Indigenous Peoples' Day", 2, .monday, 10)
  private static let lincoln = fixed("Lincoln's Birthday", 2, 12)
  private static let patriots = nth("Patriots' Day", 3, .monday, 4)
  private static let mardiGras = easter("Mardi Gras", -47)
  private static let goodFriday = easter("Good Friday", -2)
  private static let dayAfterThanksgiving = nth("Day after Thanksgiving", 4, .thursday, 11, plus: 1)
  /// The Tuesday after the first Monday of November.
  private static let electionDay = nth("Election Day", 1, .monday, 11, plus: 1)

  private static func every(_ years: Int, remainder: Int, _ holiday: HolidayRule) -> HolidayRule {
    var holiday = holiday
    holiday.years = (every: years, remainder: remainder)
    return holiday
  }
}
