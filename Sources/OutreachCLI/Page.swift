/// Plain text of at most 80 columns.
struct Page {
  private(set) var text = ""
  private let width = 80

  /// Writes a heading that stands out.
  mutating func strong(_ line: String) { text += Terminal.strong(line) + "\n" }

  /// Writes a section's title, underlined.
  mutating func title(_ line: String) {
    text += Terminal.strong(line) + "\n" + String(repeating: "-", count: line.count) + "\n"
  }

  /// Writes a sentence, wrapped.
  mutating func line(_ line: String) {
    let indent = String(line.prefix { $0 == " " })
    for part in wrapped(line, to: width - indent.count) { text += indent + part + "\n" }
  }

  /// Leaves a line empty, once.
  mutating func gap() {
    if !text.hasSuffix("\n\n") { text += "\n" }
  }

  /// Writes a patient's handle, what it is about and a detail that wraps under itself.
  mutating func item(_ handle: String, _ name: String, _ detail: String) {
    let start = "  " + handle + String(repeating: " ", count: max(1, 9 - handle.count))
    hanging(start, [name, detail].filter { !$0.isEmpty }.joined(separator: "  "))
  }

  /// Writes a sentence behind a beginning of fixed width, wrapped under itself.
  mutating func hanging(_ start: String, _ sentence: String) {
    for (index, part) in wrapped(sentence, to: width - start.count).enumerated() {
      text += (index == 0 ? start : String(repeating: " ", count: start.count)) + part + "\n"
    }
  }

  /// Writes a message as a phone shows it.
  mutating func bubble(_ message: String) {
    let lines = wrapped(message, to: 60)
    let inner = lines.map(\.count).max() ?? 0
    text += "    ╭" + String(repeating: "─", count: inner + 2) + "╮\n"
    for line in lines { text += "    │ " + line + String(repeating: " ", count: inner - line.count) + " │\n" }
    text += "    ╰" + String(repeating: "─", count: inner + 2) + "╯\n"
  }

  /// Breaks a text at spaces; a word longer than a line is broken where the line ends.
  private func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      for word in paragraph.split(separator: " ") {
        var word = word
        if !line.isEmpty, line.count + 1 + word.count > width {
          lines.append(line)
          line = ""
        }
        while word.count > width {
          lines.append(String(word.prefix(width)))
          word = word.dropFirst(width)
        }
        line += (line.isEmpty ? "" : " ") + word
      }
      lines.append(line)
    }
    return lines
  }
}
