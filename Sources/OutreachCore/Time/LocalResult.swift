/// The instants at which the clocks of a zone show a given date and time.
public enum LocalResult: Sendable, Hashable {
  /// The clocks show it once.
  case one(Instant)
  /// The clocks skip it, being put forward at `transition`.
  ///
  /// `after` is as long after the transition as the time is after the start of the gap (02:30 becomes 03:30 if
  /// 02:00 to 03:00 is skipped); `before` is as long before the transition as the time is before the end of
  /// the gap (02:30 becomes 01:30).
  case gap(before: Instant, after: Instant, transition: Instant)
  /// The clocks show it twice, being put back in between.
  case overlap(first: Instant, second: Instant)
}

/// What to take for a time of day that the clocks skip.
public enum GapPolicy: Sendable, Hashable {
  /// The first instant after the gap: 02:30 becomes 03:00 where 02:00 to 03:00 is skipped.
  case firstAfter
  /// As much later as the clocks are put forward: 02:30 becomes 03:30 (as RFC 5545, 3.3.5, has it).
  case shiftForward
}

/// What to take for a time of day that the clocks repeat.
public enum OverlapPolicy: Sendable, Hashable {
  /// The first of the two instants.
  case first
  /// The second of the two instants.
  case second
}
