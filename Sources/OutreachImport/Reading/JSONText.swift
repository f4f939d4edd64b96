import FoundationEssentials

/// Short JSON strings taken out of a larger text.
enum JSONText {
  /// The string in `range`; nil when there is no string.
  static func string(_ bytes: [UInt8], _ range: Range<Int>) -> String? {
    guard range.count >= 2, bytes[range.lowerBound] == UInt8(ascii: "\"") else { return nil }
    let content = bytes[(range.lowerBound + 1)..<(range.upperBound - 1)]
    guard content.contains(UInt8(ascii: "\\")) else { return String(validating: content, as: UTF8.self) }
    let list = Data("[".utf8) + Data(bytes[range]) + Data("]".utf8)
    return try? JSONDecoder().decode([String].self, from: list).first
  }
}

extension JSONText {
  /// A key's text between its quotes, escapes as written.
  static func raw(_ bytes: [UInt8], _ range: Range<Int>) -> String? {
    String(validating: bytes[range], as: UTF8.self)
  }
}
