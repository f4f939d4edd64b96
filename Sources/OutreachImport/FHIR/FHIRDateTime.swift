import OutreachCore

/// A FHIR `date`, `dateTime` or `instant` as it was written.
///
/// Read more kindly than the standard writes it: seconds and offset may be missing.
enum FHIRDateTime {
  /// A date of which parts may be unknown.
  case partial(PartialDate)
  /// A time with an offset that is a clock's on a wall: the date is the one that was written.
  case local(Instant, date: CivilDate)
  /// A time in UTC, which says nothing of the date where it was.
  case universal(Instant)
  /// A time without an offset, which is the clinic's.
  case floating(CivilDateTime)

  init?(_ text: String) {
    if let date = PartialDate(text) {
      self = .partial(date)
    } else if let instant = Instant(rfc3339: text) ?? Instant(rfc3339: Self.withSeconds(text)) {
      if text.hasSuffix("Z") || text.hasSuffix("z") {
        self = .universal(instant)
      } else if let date = CivilDate(String(text.prefix(10))) {
        self = .local(instant, date: date)
      } else {
        return nil
      }
    } else if let clock = CivilDateTime(text) {
      self = .floating(clock)
    } else {
      return nil
    }
  }

  /// `2026-11-23T09:00Z` with the seconds that RFC 3339 wants.
  private static func withSeconds(_ text: String) -> String {
    guard text.utf8.count >= 17 else { return text }
    let minutes = text.index(text.startIndex, offsetBy: 16, limitedBy: text.endIndex) ?? text.endIndex
    return text[..<minutes] + ":00" + text[minutes...]
  }

  /// The date it names; nil when only the year or the month is known.
  func date(in zone: Zone) -> CivilDate? {
    switch self {
    case .partial(let date): date.date
    case .local(_, let date): date
    case .universal(let instant): zone.date(at: instant)
    case .floating(let clock): clock.date
    }
  }

  /// The first and the last date it may be.
  func dates(in zone: Zone) -> ClosedRange<CivilDate> {
    if case .partial(let date) = self { return date.earliest...date.latest }
    let date = date(in: zone) ?? .earliest
    return date...date
  }

  /// The instant it names, a whole date being its first instant; nil when only the year or the month is
  /// known.
  func start(in zone: Zone) -> Instant? {
    switch self {
    case .partial(let date): date.date.map { zone.startOfDay($0) }
    case .local(let instant, _), .universal(let instant): instant
    case .floating(let clock): zone.instant(clock)
    }
  }

  /// The last instant it may be, as the end of a period: the last second of a date, month or year.
  func end(in zone: Zone) -> Instant {
    switch self {
    case .partial(let date): zone.startOfDay(date.latest.adding(days: 1)) - .seconds(1)
    case .local(let instant, _), .universal(let instant): instant
    case .floating(let clock): zone.instant(clock)
    }
  }

  /// The first instant it may be.
  func earliest(in zone: Zone) -> Instant {
    start(in: zone) ?? zone.startOfDay(dates(in: zone).lowerBound)
  }
}

extension Zone {
  /// The instant of a clock without an offset: an hour later where the clocks skip it, the first where they
  /// repeat it.
  fileprivate func instant(_ clock: CivilDateTime) -> Instant {
    instant(of: clock, gap: .shiftForward, overlap: .first)
  }
}
