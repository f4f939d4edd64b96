import Outreach

/// What people type for others to read.
enum Typed {
  /// One line of it, without control characters; nil where nothing is left.
  static func line(_ text: String) -> String? {
    let scalars = text.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control ? " " : Character(scalar)
    }
    let words = String(scalars).split(whereSeparator: \.isWhitespace)
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}
