extension PublicHolidays {
  /// The holidays that are kept in all of a country; those of single regions are left out.
  static let countries: [Jurisdiction: [HolidayRule]] = [
    // Feiertagsruhegesetz 1957, section 1
    "AT": western + [
      epiphany, labourDay, ascension, whitMonday, corpusChristi, assumption, fixed("National Day", 10, 26),
      allSaints, immaculateConception, secondChristmasDay,
    ],
    // Law of 4 January 1974 on holidays; royal decree of 18 April 1974
    "BE": western + [
      labourDay, ascension, whitMonday, fixed("National Day", 7, 21), assumption, allSaints, armistice,
    ],
    // Holidays Act, R.S.C. 1985, c. H-5; Canada Labour Code, section 166
    "CA": [
      fixed("New Year's Day", 1, 1, .monday), goodFriday,
      HolidayRule(name: "Victoria Day", day: .before(.monday, month: 5, day: 25)),
      fixed("Canada Day", 7, 1, .monday), nth("Labour Day", 1, .monday, 9),
      fixed("National Day for Truth and Reconciliation", 9, 30, since: 2021, .monday),
      nth("Thanksgiving Day", 2, .monday, 10), fixed("Remembrance Day", 11, 11, .monday),
      fixed("Christmas Day", 12, 25, .twoDaysLater), fixed("Boxing Day", 12, 26, .twoDaysLater),
    ],
    // The laws of all Länder and, for 3 October, the Unification Treaty, article 2
    "DE": western + [
      goodFriday, labourDay, ascension, whitMonday, fixed("Day of German Unity", 10, 3, since: 1990),
      secondChristmasDay,
    ],
    // Real Decreto 2001/1983, article 45; regions may move some
    "ES": [
      fixed("New Year's Day", 1, 1), epiphany, goodFriday, labourDay, assumption,
      fixed("National Day", 10, 12), allSaints, fixed("Constitution Day", 12, 6), immaculateConception,
      christmas,
    ],
    // Code du travail, L3133-1
    "FR": western + [
      labourDay, fixed("Victory Day", 5, 8), ascension, whitMonday, fixed("National Day", 7, 14), assumption,
      allSaints, armistice,
    ],
    // Banking and Financial Dealings Act 1971, schedule 1, as kept in England and Wales
    "GB": [
      fixed("New Year's Day", 1, 1, .monday), goodFriday, easterMonday,
      nth("Early May Bank Holiday", 1, .monday, 5), last("Spring Bank Holiday", .monday, 5),
      last("Summer Bank Holiday", .monday, 8), fixed("Christmas Day", 12, 25, .twoDaysLater),
      fixed("Boxing Day", 12, 26, .twoDaysLater),
    ],
    // Organisation of Working Time Act 1997, schedule 2; S.I. 50 of 2022
    "IE": western + [
      HolidayRule(name: "Saint Brigid's Day", since: 2023, day: .firstMondayOrFriday(month: 2)),
      fixed("Saint Patrick's Day", 3, 17), nth("May Holiday", 1, .monday, 5),
      nth("June Holiday", 1, .monday, 6), nth("August Holiday", 1, .monday, 8),
      last("October Holiday", .monday, 10), fixed("Saint Stephen's Day", 12, 26),
    ],
    // Law 260 of 27 May 1949; law 151 of 8 October 2025 for Saint Francis
    "IT": western + [
      epiphany, easterSunday, fixed("Liberation Day", 4, 25), labourDay, fixed("Republic Day", 6, 2),
      assumption, fixed("Saint Francis of Assisi", 10, 4, since: 2026), allSaints, immaculateConception,
      secondChristmasDay,
    ],
    // Algemene termijnenwet, article 3
    "NL": western + [
      goodFriday, easterSunday, fixed("King's Day", 4, 27, since: 2014, .saturday),
      fixed("Liberation Day", 5, 5), ascension, whitSunday, whitMonday, secondChristmasDay,
    ],
    // Law of 18 January 1951 on days off work; Christmas Eve since 2025
    "PL": western + [
      epiphany, easterSunday, labourDay, fixed("Constitution Day", 5, 3), whitSunday, corpusChristi,
      assumption, allSaints, fixed("Independence Day", 11, 11), fixed("Christmas Eve", 12, 24, since: 2025),
      secondChristmasDay,
    ],
    // Código do Trabalho, article 234
    "PT": [
      fixed("New Year's Day", 1, 1), goodFriday, easterSunday, fixed("Freedom Day", 4, 25), labourDay,
      corpusChristi, fixed("Portugal Day", 6, 10), assumption, fixed("Republic Day", 10, 5), allSaints,
      fixed("Restoration of Independence", 12, 1), immaculateConception, christmas,
    ],
  ].reduce(into: [:]) { $0[Jurisdiction($1.key)] = $1.value }

  private static let western = [fixed("New Year's Day", 1, 1), easterMonday, christmas]
  private static let epiphany = fixed("Epiphany", 1, 6)
  private static let labourDay = fixed("Labour Day", 5, 1)
  private static let assumption = fixed("Assumption", 8, 15)
  private static let allSaints = fixed("All Saints' Day", 11, 1)
  private static let armistice = fixed("Armistice Day", 11, 11)
  private static let immaculateConception = fixed("Immaculate Conception", 12, 8)
  private static let christmas = fixed("Christmas Day", 12, 25)
  private static let secondChristmasDay = fixed("Second Day of Christmas", 12, 26)
  private static let goodFriday = easter("Good Friday", -2)
  private static let easterSunday = easter("Easter Sunday", 0)
  private static let easterMonday = easter("Easter Monday", 1)
  private static let ascension = easter("Ascension Day", 39)
  private static let whitSunday = easter("Whit Sunday", 49)
  private static let whitMonday = easter("Whit Monday", 50)
  private static let corpusChristi = easter("Corpus Christi", 60)
}
