/// Stops a run that would send far more than the campaign usually does: a changed threshold, a set with one code too
/// many, an import that doubled everybody.
public enum RunBrake {
  /// How many times the usual number a person must confirm; our choice.
  public static let factor = 2
  /// How many runs it takes before there is a usual number.
  public static let leastRuns = 3
  /// A run of so few messages is never stopped.
  public static let smallRun = 20

  /// The usual number, when a run of `planned` messages is over ``factor`` times that; nil when it may go ahead.
  ///
  /// - Parameter recent: the numbers of the campaign's last runs, in any order.
  public static func usual(planned: Int, recent: [Int]) -> Int? {
    guard planned > smallRun, recent.count >= leastRuns else { return nil }
    let sorted = recent.sorted()
    // Of an even number the larger of the two in the middle: one quiet day does not halve what is usual.
    let median = sorted[sorted.count / 2]
    return planned > factor * median ? median : nil
  }
}
