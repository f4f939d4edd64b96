extension MessageParser {
  mutating func readQuotedPattern() throws(Stop) -> [MessageModel.Part] {
    let start = place
    advance(2)
    let parts = try readPattern(isQuoted: true)
    guard isAt("}}") else {
      throw fault(.syntax, start..<(start + 2), "'{{' is never closed; write '}}'", isPlaces: true)
    }
    advance(2)
    return parts
  }

  /// Reads words and values up to the end, or to the `}}` of a quoted pattern.
  mutating func readPattern(isQuoted: Bool) throws(Stop) -> [MessageModel.Part] {
    var parts: [MessageModel.Part] = []
    var text = String.UnicodeScalarView()
    var textStart = place
    func endText(_ end: Int) {
      if !text.isEmpty { parts.append(.text(String(text), offsets[textStart]..<offsets[end])) }
      text = String.UnicodeScalarView()
    }
    while let scalar = peek {
      if text.isEmpty { textStart = place }
      switch scalar {
      case "\\":
        if let escaped = readEscape() { text.append(escaped) }
      case "{":
        endText(place)
        if let part = readPlaceholder() { parts.append(part) }
      case "}":
        if isQuoted, isAt("}}") {
          endText(place)
          return parts
        }
        _ = fault(.syntax, place..<(place + 1), "'}' without '{'; write '\\}' for a brace", isPlaces: true)
        advance()
      case "\0":
        _ = fault(.syntax, place..<(place + 1), "U+0000 cannot stand in a text", isPlaces: true)
        advance()
      default:
        text.append(scalar)
        advance()
      }
    }
    endText(place)
    return parts
  }

  /// Reads `\\`, `\{`, `\|` or `\}`; nil after reporting anything else.
  mutating func readEscape() -> Unicode.Scalar? {
    let start = place
    advance()
    guard let escaped = peek, "\\{|}".unicodeScalars.contains(escaped) else {
      _ = fault(
        .syntax, start..<(start + 1),
        "a backslash stands before '\\', '{', '|' or '}' only; write '\\\\' for a backslash",
        isPlaces: true)
      return nil
    }
    advance()
    return escaped
  }

  /// Reads a value or mark in braces; after a fault goes on behind the brace that closes it.
  mutating func readPlaceholder() -> MessageModel.Part? {
    let start = place
    do {
      return try readPlaceholderStrictly()
    } catch {
      let isDouble = scalars[start...].starts(with: "{{".unicodeScalars)
      place = max(place, start + 1)
      while let scalar = peek, scalar != "}" { advance() }
      if peek == "}" { advance() }
      if isDouble, peek == "}" { advance() }
      return nil
    }
  }

  mutating func readPlaceholderStrictly() throws(Stop) -> MessageModel.Part {
    let start = place
    advance()
    skipBlank()
    guard let first = peek else { throw unclosed(start) }
    if first == "#" || first == "/" { return try readMarkup(start) }
    if first == "{" {
      throw fault(
        .syntax, start..<(start + 2),
        "'{{' begins a text only at its beginning; values are written '{$name}', and '\\{' is a brace",
        isPlaces: true)
    }
    var expression = MessageModel.Expression(operand: nil, function: nil, attributes: [], range: 0..<0)
    var isSpaced = true
    if first == "$" {
      guard let variable = readVariable() else {
        throw fault(.syntax, from: place, "'$' is followed by a name")
      }
      expression.operand = .variable(variable)
      isSpaced = skipSpace()
    } else if first != ":" {
      let literalStart = place
      guard let literal = try readLiteral() else { throw noValue(start) }
      expression.operand = .literal(literal, range(from: literalStart))
      isSpaced = skipSpace()
    }
    if peek == ":", isSpaced {
      expression.function = try readFunction()
      isSpaced = skipSpace()
    }
    expression.attributes = try readAttributes(&isSpaced)
    skipBlank()
    guard peek == "}" else {
      if place >= scalars.count { throw unclosed(start) }
      if case .literal? = expression.operand { throw noValue(start) }
      throw fault(
        .syntax, from: place,
        "this cannot stand in a value; values are written '{$name}' or '{$name :function option=value}'")
    }
    advance()
    expression.range = range(from: start)
    return .expression(expression)
  }

  /// Words in braces that are no value: most often somebody who knows another template language.
  mutating func noValue(_ start: Int) -> Stop {
    var end = place
    while end < scalars.count, scalars[end] != "}", scalars[end] != "{" { end += 1 }
    guard end < scalars.count, scalars[end] == "}" else { return unclosed(start) }
    let words = String(String.UnicodeScalarView(scalars[(start + 1)..<end]))
    return fault(
      .syntax, start..<(end + 1), "'{\(words)}' is not a value; values are written '{$name}'", isPlaces: true)
  }

  mutating func unclosed(_ start: Int) -> Stop {
    fault(
      .syntax, start..<(start + 1), "'{' is never closed; write '{$name}', or '\\{' for a brace",
      isPlaces: true)
  }

  mutating func readMarkup(_ start: Int) throws(Stop) -> MessageModel.Part {
    let isClosing = peek == "/"
    advance()
    guard readIdentifier() != nil else { throw fault(.syntax, from: place, "markup has a name: {#name}") }
    while true {
      let back = place
      guard skipSpace(), let scalar = peek, scalar != "}", scalar != "/", scalar != "@" else {
        place = back
        break
      }
      _ = try readOption()
    }
    var isSpaced = skipSpace()
    _ = try readAttributes(&isSpaced)
    skipBlank()
    if peek == "/", !isClosing { advance() }
    guard peek == "}" else { throw fault(.syntax, from: place, "markup ends with '}'") }
    advance()
    return .markup(range(from: start))
  }

  mutating func readFunction() throws(Stop) -> MessageModel.Function {
    let start = place
    advance()
    guard let name = readIdentifier() else {
      throw fault(.syntax, from: start, "':' is followed by the name of a function")
    }
    var function = MessageModel.Function(name: name, options: [], range: range(from: start))
    while true {
      let back = place
      guard skipSpace(), let scalar = peek, scalar != "}", scalar != "@", scalar != "/" else {
        place = back
        return function
      }
      function.options.append(try readOption())
    }
  }

  mutating func readOption() throws(Stop) -> MessageModel.Option {
    let start = place
    guard let name = readIdentifier() else {
      throw fault(.syntax, from: place, "an option is a name, '=' and a value: length=short")
    }
    skipBlank()
    guard peek == "=" else {
      throw fault(.syntax, from: place, "an option is a name, '=' and a value: length=short")
    }
    advance()
    skipBlank()
    let valueStart = place
    let value: MessageModel.Operand
    if peek == "$" {
      guard let variable = readVariable() else {
        throw fault(.syntax, from: place, "'$' is followed by a name")
      }
      value = .variable(variable)
    } else if let literal = try readLiteral() {
      value = .literal(literal, range(from: valueStart))
    } else {
      throw fault(.syntax, from: place, "the option '\(name)' has no value")
    }
    return MessageModel.Option(name: name, value: value, range: range(from: start))
  }

  mutating func readAttributes(_ isSpaced: inout Bool) throws(Stop) -> [String] {
    var names: [String] = []
    while peek == "@", isSpaced {
      advance()
      guard let name = readIdentifier() else {
        throw fault(.syntax, from: place, "'@' is followed by a name")
      }
      let back = place
      skipBlank()
      if peek == "=" {
        advance()
        skipBlank()
        guard try readLiteral() != nil else {
          throw fault(.syntax, from: place, "the attribute '\(name)' has no value")
        }
      } else {
        place = back
      }
      names.append(name)
      isSpaced = skipSpace()
    }
    return names
  }
}
