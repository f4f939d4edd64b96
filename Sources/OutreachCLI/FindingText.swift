import FoundationEssentials
import Outreach

/// Findings for people: what is wrong, the line that it stands in, and the place underlined.
struct FindingText {
  /// The lines of the files that were asked for so far.
  private var files: [String: [String]] = [:]
  /// How much of a line is shown.
  private static let width = 72

  /// The finding on one line, then the line of the file with the place underlined, where there is one.
  mutating func text(of finding: Finding) -> String {
    var text = "\(finding)\n"
    guard let column = finding.position.column, let line = line(finding.position) else { return text }
    let shown = Self.window(on: line, around: column, finding.length)
    text += "    \(shown.text)\n    \(shown.mark)\n"
    return text
  }

  /// The line at a place; nil where the file cannot be read any more.
  private mutating func line(_ position: SourcePosition) -> String? {
    if files[position.file] == nil {
      let text = (try? String(contentsOfFile: position.file, encoding: .utf8)) ?? ""
      // A carriage return and a line feed are one character here, and one end of a line.
      files[position.file] = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        .map(String.init)
    }
    guard let lines = files[position.file], lines.indices.contains(position.line - 1) else { return nil }
    return lines[position.line - 1]
  }

  /// The part of a line that fits, and under it a mark of the place.
  static func window(on line: String, around column: Int, _ length: Int) -> (text: String, mark: String) {
    let characters = line.map { $0 == "\t" || isUnprintable($0) ? " " : $0 }
    let place = min(column - 1, characters.count)
    let indent = characters.prefix { $0 == " " }.count
    var start = min(indent, place)
    if place + length - start > width { start = max(start, place - width / 4) }
    let shown = characters[start..<min(start + width, characters.count)]
    let marked = max(1, min(length, start + width - place))
    return (
      String(shown),
      String(repeating: " ", count: place - start) + "^" + String(repeating: "~", count: marked - 1)
    )
  }

  /// Whether a character could steer a terminal or show nothing.
  private static func isUnprintable(_ character: Character) -> Bool {
    character.unicodeScalars.contains {
      $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
    }
  }
}
