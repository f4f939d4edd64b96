extension Zone {
  /// What calendar and clock show at `instant`.
  ///
  /// Within a day of the ends of ``Instant``'s range the date may be held at ``CivilDate``'s own end.
  public func civil(at instant: Instant) -> CivilDateTime {
    CivilDateTime(secondsSinceEpoch: instant.secondsSinceEpoch + Int64(offset(at: instant)))
  }

  /// The date at `instant`.
  public func date(at instant: Instant) -> CivilDate {
    civil(at: instant).date
  }

  /// The instants at which calendar and clock show `local`.
  public func instants(of local: CivilDateTime) -> LocalResult {
    let clock = local.secondsSinceEpoch
    let second = table.cycled(clock)
    let shift = clock - second
    func instant(_ second: Int64) -> Instant { Instant(secondsSinceEpoch: second + shift) }

    let starts = table.starts
    let offsets = table.offsets
    let first = table.index(at: second - table.greatestOffset)
    var found: Int64?
    var position = first
    while position < starts.count, starts[position] <= second - table.smallestOffset {
      let candidate = second - Int64(offsets[position])
      let isLast = position + 1 == starts.count
      if (candidate >= starts[position] || position == 0) && (isLast || candidate < starts[position + 1]) {
        if let found { return .overlap(first: instant(found), second: instant(candidate)) }
        found = candidate
      }
      position += 1
    }
    if let found { return .one(instant(found)) }

    // Skipped: the gap ends with the first offset whose own clock starts later.
    var next = first + 1
    while next + 1 < starts.count, starts[next] + Int64(offsets[next]) <= second { next += 1 }
    guard next < starts.count else { return .one(instant(second - Int64(offsets[first]))) }
    return .gap(
      before: instant(second - Int64(offsets[next])),
      after: instant(second - Int64(offsets[next - 1])),
      transition: instant(starts[next]))
  }

  /// The instant at which calendar and clock show `local`, by the policies named where they skip or repeat
  /// it.
  public func instant(of local: CivilDateTime, gap: GapPolicy, overlap: OverlapPolicy) -> Instant {
    switch (instants(of: local), gap, overlap) {
    case (.one(let instant), _, _): instant
    case (.gap(_, _, let transition), .firstAfter, _): transition
    case (.gap(_, let after, _), .shiftForward, _): after
    case (.overlap(let first, _), _, .first): first
    case (.overlap(_, let second), _, .second): second
    }
  }

  /// The first instant of a local date.
  ///
  /// Where the clocks skip midnight that is later than 00:00. Of a date that was skipped altogether (30
  /// December 2011 in Apia) it is the first instant of the next one, so that the skipped date has no length.
  public func startOfDay(_ date: CivilDate) -> Instant {
    instant(of: CivilDateTime(date: date, time: .midnight), gap: .firstAfter, overlap: .first)
  }
}
