extension Duration {
  /// The duration in the largest unit that says it: `3 days`, `26 hours`, `20 minutes`.
  package var inWords: String {
    let seconds = components.seconds
    let (count, unit): (Int64, String) =
      switch abs(seconds) {
      case 172_800...: (seconds / 86_400, "day")
      case 7_200...: (seconds / 3_600, "hour")
      case 60...: (seconds / 60, "minute")
      default: (seconds, "second")
      }
    return "\(count) \(unit)\(abs(count) == 1 ? "" : "s")"
  }
}
