/// Finds the name somebody probably meant.
public enum Suggestion {
  /// ` (did you mean 'x'?)` when a known name is close, else nothing.
  public static func sentence(for name: String, among known: some Sequence<String>) -> String {
    nearest(to: name, among: known).map { " (did you mean '\($0)'?)" } ?? ""
  }

  /// The closest known name within a third of its length, the first in order of name among equals.
  public static func nearest(to name: String, among known: some Sequence<String>) -> String? {
    let written = Array(name.lowercased().unicodeScalars)
    return known.sorted()
      .map { (name: $0, distance: distance(written, Array($0.lowercased().unicodeScalars))) }
      .filter { $0.distance <= max(1, max(written.count, $0.name.unicodeScalars.count) / 3) }
      .min { $0.distance < $1.distance }?.name
  }

  /// The number of insertions, deletions, replacements and swaps of neighbours between two words.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var previous = Array(0...right.count)
    for i in 0..<left.count {
      var current = [i + 1] + Array(repeating: 0, count: right.count)
      for j in 0..<right.count {
        current[j + 1] = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          current[j + 1] = min(current[j + 1], before[j - 1] + 1)
        }
      }
      before = previous
      previous = current
    }
    return previous[right.count]
  }
}
