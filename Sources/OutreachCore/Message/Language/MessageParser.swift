/// Reads a message text by the grammar of Unicode MessageFormat 2 (LDML 48, `message.abnf`).
///
/// It reads the whole grammar, what this program leaves out too, so that a fault can say what is left out. After a fault
/// it goes on where the text makes sense again, at the end of the braces.
package struct MessageParser {
  private let scalars: [Unicode.Scalar]
  private let offsets: [Int]
  private var place = 0
  private var faults: [MessageFault] = []

  /// Thrown out of a part that cannot be read on.
  private struct Stop: Error {}

  private init(_ source: String) {
    scalars = Array(source.unicodeScalars)
    var offsets: [Int] = []
    offsets.reserveCapacity(scalars.count + 1)
    var offset = 0
    for scalar in scalars {
      offsets.append(offset)
      offset += UTF8.width(scalar)
    }
    offsets.append(offset)
    self.offsets = offsets
  }

  /// Reads a text.
  ///
  /// - Returns: what it says, and the faults of syntax in the order of the text; with a fault the model lacks what
  ///   could not be read.
  package static func parse(_ source: String) -> (model: MessageModel, faults: [MessageFault]) {
    var parser = MessageParser(source)
    var model = MessageModel()
    do {
      try parser.readMessage(into: &model)
    } catch {
      // The fault is on the list.
    }
    return (model, parser.faults)
  }

  // MARK: The message

  private mutating func readMessage(into model: inout MessageModel) throws(Stop) {
    skipBlank()
    guard peek == "." || isAt("{{") else {
      place = 0
      let parts = try readPattern(isQuoted: false)
      model.variants = [MessageModel.Variant(keys: [], keyRange: 0..<0, parts: parts)]
      return
    }
    while isAt(".input") || isAt(".local") {
      if let declaration = try readDeclaration() { model.declarations.append(declaration) }
      skipBlank()
    }
    if isAt(".match") {
      try readMatcher(into: &model)
    } else if isAt("{{") {
      let parts = try readQuotedPattern()
      model.variants = [MessageModel.Variant(keys: [], keyRange: 0..<0, parts: parts)]
    } else if peek == "." {
      let start = place
      advance()
      let word = String(String.UnicodeScalarView(readName() ?? []))
      throw fault(
        .syntax, from: start,
        "there is no statement '.\(word)'; statements are .input, .local and .match, and a text that begins with a full "
          + "stop is written {{.…}}")
    } else {
      throw fault(
        .syntax, from: place, "after declarations the text stands in double braces: {{…}}")
    }
    skipBlank()
    if place < scalars.count { _ = fault(.syntax, from: place, "nothing can follow the last '}}'") }
  }

  private mutating func readDeclaration() throws(Stop) -> MessageModel.Declaration? {
    let start = place
    let isInput = isAt(".input")
    advance(6)
    if isInput {
      skipBlank()
      guard peek == "{", !isAt("{{") else {
        throw fault(.syntax, from: place, "'.input' takes a value in braces: .input {$name :function}")
      }
      guard case .expression(let expression)? = readPlaceholder() else { return nil }
      guard case .variable(let variable)? = expression.operand else {
        _ = fault(.syntax, expression.range, "'.input' takes a value with a name: .input {$name :function}")
        return nil
      }
      return MessageModel.Declaration(
        name: variable.name, value: expression, isInput: true, range: range(from: start))
    }
    guard skipSpace(), let variable = readVariable() else {
      throw fault(.syntax, from: place, "'.local' takes a name: .local $name = {…}")
    }
    skipBlank()
    guard peek == "=" else {
      throw fault(.syntax, from: place, "'.local $name' is followed by '=' and a value in braces")
    }
    advance()
    skipBlank()
    guard peek == "{", !isAt("{{") else {
      throw fault(.syntax, from: place, "'.local $name =' is followed by a value in braces: {…}")
    }
    guard let part = readPlaceholder() else { return nil }
    guard case .expression(let expression) = part else {
      if case .markup(let range) = part { _ = fault(.syntax, range, "'.local' takes a value, not markup") }
      return nil
    }
    return MessageModel.Declaration(
      name: variable.name, value: expression, isInput: false, range: range(from: start))
  }

  private mutating func readMatcher(into model: inout MessageModel) throws(Stop) {
    let start = place
    advance(6)
    while true {
      let back = place
      guard skipSpace(), peek == "$" else {
        place = back
        break
      }
      guard let variable = readVariable() else {
        throw fault(.syntax, from: place, "'$' is followed by a name")
      }
      model.selectors.append(variable)
    }
    guard !model.selectors.isEmpty else {
      throw fault(.syntax, from: start, "'.match' takes the names it chooses by: .match $tier")
    }
    guard skipSpace() || place == scalars.count else {
      throw fault(.syntax, from: place, "a space stands before the first variant")
    }
    while place < scalars.count {
      model.variants.append(try readVariant())
      skipBlank()
    }
    if model.variants.isEmpty {
      _ = fault(
        .syntax, start..<(start + 6), "'.match' has no variant; write * {{…}}", isPlaces: true)
    }
  }

  private mutating func readVariant() throws(Stop) -> MessageModel.Variant {
    let start = place
    var keys: [MessageModel.Key] = []
    while true {
      if peek == "*" {
        advance()
        keys.append(.any)
      } else if let literal = try readLiteral() {
        keys.append(.literal(literal))
      } else {
        throw fault(.syntax, from: place, "a variant is keys and a text in double braces: sealed {{…}}")
      }
      let end = place
      let isSpaced = skipSpace()
      if !isSpaced { skipBlank() }
      if isAt("{{") {
        let keyRange = offsets[start]..<offsets[end]
        return MessageModel.Variant(keys: keys, keyRange: keyRange, parts: try readQuotedPattern())
      }
      guard isSpaced, place < scalars.count else {
        throw fault(
          .syntax, from: place < scalars.count ? place : start,
          "a variant is keys and a text in double braces: sealed {{…}}")
      }
    }
  }

  // MARK: Patterns

  private mutating func readQuotedPattern() throws(Stop) -> [MessageModel.Part] {
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
  private mutating func readPattern(isQuoted: Bool) throws(Stop) -> [MessageModel.Part] {
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
  private mutating func readEscape() -> Unicode.Scalar? {
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
  private mutating func readPlaceholder() -> MessageModel.Part? {
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

  private mutating func readPlaceholderStrictly() throws(Stop) -> MessageModel.Part {
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
      isSpaced = skipSpaceAfterOptions()
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
  private mutating func noValue(_ start: Int) -> Stop {
    var end = place
    while end < scalars.count, scalars[end] != "}", scalars[end] != "{" { end += 1 }
    guard end < scalars.count, scalars[end] == "}" else { return unclosed(start) }
    let words = String(String.UnicodeScalarView(scalars[(start + 1)..<end]))
    return fault(
      .syntax, start..<(end + 1), "'{\(words)}' is not a value; values are written '{$name}'", isPlaces: true)
  }

  private mutating func unclosed(_ start: Int) -> Stop {
    fault(
      .syntax, start..<(start + 1), "'{' is never closed; write '{$name}', or '\\{' for a brace",
      isPlaces: true)
  }

  private mutating func readMarkup(_ start: Int) throws(Stop) -> MessageModel.Part {
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

  private mutating func readFunction() throws(Stop) -> MessageModel.Function {
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

  private mutating func skipSpaceAfterOptions() -> Bool { skipSpace() }

  private mutating func readOption() throws(Stop) -> MessageModel.Option {
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

  private mutating func readAttributes(_ isSpaced: inout Bool) throws(Stop) -> [String] {
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

  // MARK: Names and literals

  /// A name with its `$`; nil, at the same place, for anything else.
  private mutating func readVariable() -> MessageModel.Variable? {
    let start = place
    guard peek == "$" else { return nil }
    advance()
    guard let name = readName() else {
      place = start
      return nil
    }
    return MessageModel.Variable(name: text(name), range: range(from: start))
  }

  /// A name, or two joined by a colon.
  private mutating func readIdentifier() -> String? {
    guard let first = readName() else { return nil }
    let back = place
    if peek == ":" {
      advance()
      if let second = readName() { return "\(text(first)):\(text(second))" }
      place = back
    }
    return text(first)
  }

  /// `name` of the grammar, without the one mark of direction that it may have before and after.
  private mutating func readName() -> [Unicode.Scalar]? {
    let back = place
    skipDirection()
    guard let first = peek, Self.startsName(first) else {
      place = back
      return nil
    }
    let start = place
    while let scalar = peek, Self.isInName(scalar) { advance() }
    let name = Array(scalars[start..<place])
    skipDirection()
    return name
  }

  /// A literal between bars, or a word of the letters that names have; nil for anything else.
  private mutating func readLiteral() throws(Stop) -> String? {
    guard let first = peek else { return nil }
    if first == "|" {
      let start = place
      advance()
      var literal = String.UnicodeScalarView()
      while let scalar = peek, scalar != "|" {
        if scalar == "\\" {
          guard let escaped = readEscape() else { throw Stop() }
          literal.append(escaped)
        } else if scalar == "\0" {
          throw fault(.syntax, from: place, "U+0000 cannot stand in a text")
        } else {
          literal.append(scalar)
          advance()
        }
      }
      guard peek == "|" else {
        throw fault(.syntax, start..<(start + 1), "'|' is never closed", isPlaces: true)
      }
      advance()
      return String(literal)
    }
    guard Self.isInName(first) else { return nil }
    let start = place
    while let scalar = peek, Self.isInName(scalar) { advance() }
    return text(Array(scalars[start..<place]))
  }

  /// `name-start` of the grammar.
  private static func startsName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0x2B, 0x5F, 0xA1...0x61B, 0x61D...0x167F, 0x1681...0x1FFF, 0x200B...0x200D,
      0x2010...0x2027, 0x2030...0x205E, 0x2060...0x2065, 0x206A...0x2FFF, 0x3001...0xD7FF, 0xE000...0xFDCF,
      0xFDF0...0xFFFD:
      true
    // Every plane but its last two code points, which are no characters.
    case 0x10000...0x10FFFD: scalar.value & 0xFFFF < 0xFFFE
    default: false
    }
  }

  /// `name-char` of the grammar.
  private static func isInName(_ scalar: Unicode.Scalar) -> Bool {
    startsName(scalar) || (0x30...0x39).contains(scalar.value) || scalar == "-" || scalar == "."
  }

  // MARK: Blanks

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0x09, 0x0A, 0x0D, 0x3000: true
    default: false
    }
  }

  private static func turnsDirection(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x61C, 0x200E, 0x200F, 0x2066...0x2069: true
    default: false
    }
  }

  private mutating func skipDirection() {
    if let scalar = peek, Self.turnsDirection(scalar) { advance() }
  }

  private mutating func skipBlank() {
    while let scalar = peek, Self.isBlank(scalar) || Self.turnsDirection(scalar) { advance() }
  }

  /// Skips blanks and says whether there was one that parts words.
  private mutating func skipSpace() -> Bool {
    let start = place
    skipBlank()
    return scalars[start..<place].contains(where: Self.isBlank)
  }

  // MARK: Places

  private var peek: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

  private mutating func advance(_ count: Int = 1) { place = min(place + count, scalars.count) }

  private func isAt(_ text: String) -> Bool {
    scalars[place...].starts(with: text.unicodeScalars)
  }

  private func text(_ scalars: [Unicode.Scalar]) -> String { String(String.UnicodeScalarView(scalars)) }

  private func range(from start: Int) -> Range<Int> { offsets[start]..<offsets[place] }

  private mutating func fault(_ rule: CheckRule, from start: Int, _ sentence: String) -> Stop {
    fault(rule, start..<max(min(start + 1, scalars.count), place), sentence, isPlaces: true)
  }

  /// Puts a fault on the list; the range is in bytes, or in places of this parser.
  private mutating func fault(
    _ rule: CheckRule, _ range: Range<Int>, _ sentence: String, isPlaces: Bool = false
  ) -> Stop {
    let range = isPlaces ? offsets[range.lowerBound]..<offsets[range.upperBound] : range
    faults.append(MessageFault(rule, range, sentence))
    return Stop()
  }
}
