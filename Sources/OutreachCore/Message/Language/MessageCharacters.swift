/// The characters that can stand in a text at all, in whatever language.
enum MessageCharacters {
  /// A fault for each character that shows nothing or turns the direction of the text around.
  static func faults(of source: String, in model: MessageModel) -> [MessageFault] {
    var faults: [MessageFault] = []
    var offset = 0
    for scalar in source.unicodeScalars {
      let range = offset..<(offset + UTF8.width(scalar))
      offset = range.upperBound
      guard let rule = rule(against: scalar) else { continue }
      // Between the parts of a text tabs and line ends are only spacing.
      if scalar.properties.generalCategory == .control, !isShown(range, in: model) { continue }
      let code = String(scalar.value, radix: 16, uppercase: true)
      let name = "U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code)"
      faults.append(
        MessageFault(
          rule, range,
          rule == .direction
            ? "\(name) turns the direction of the text and cannot be sent"
            : "\(name) is invisible or reserved and cannot be sent"))
    }
    return faults
  }

  private static func isShown(_ range: Range<Int>, in model: MessageModel) -> Bool {
    // Where nothing could be read, everything counts.
    if model.variants.isEmpty { return true }
    return model.variants.contains { variant in
      variant.parts.contains { part in
        if case .text(_, let text) = part { text.overlaps(range) } else { false }
      }
    }
  }

  /// The rule that a character breaks, or nil.
  private static func rule(against scalar: Unicode.Scalar) -> CheckRule? {
    switch scalar.value {
    case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: return .direction
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control where scalar == "\n": return nil
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
      return .invisible
    // Fillers and selectors show nothing either; U+FE0F is part of how emoji are written.
    default: return scalar.properties.isDefaultIgnorableCodePoint && scalar != "\u{FE0F}" ? .invisible : nil
    }
  }
}
