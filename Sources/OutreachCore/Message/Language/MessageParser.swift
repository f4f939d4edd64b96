/// Reads a message text by the grammar of Unicode MessageFormat 2 (LDML 48, `message.abnf`).
///
/// It reads the whole grammar, what this program leaves out too, so that a fault can say what is left out. After a fault
/// it goes on where the text makes sense again, at the end of the braces.
package struct MessageParser {
  let scalars: [Unicode.Scalar]
  let offsets: [Int]
  var place = 0
  private var faults: [MessageFault] = []

  /// Thrown out of a part that cannot be read on.
  struct Stop: Error {}

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

  // MARK: Places

  var peek: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

  mutating func advance(_ count: Int = 1) { place = min(place + count, scalars.count) }

  func isAt(_ text: String) -> Bool {
    scalars[place...].starts(with: text.unicodeScalars)
  }

  func text(_ scalars: [Unicode.Scalar]) -> String { String(String.UnicodeScalarView(scalars)) }

  func range(from start: Int) -> Range<Int> { offsets[start]..<offsets[place] }

  mutating func fault(_ rule: CheckRule, from start: Int, _ sentence: String) -> Stop {
    fault(rule, start..<max(min(start + 1, scalars.count), place), sentence, isPlaces: true)
  }

  /// Puts a fault on the list; the range is in bytes, or in places of this parser.
  mutating func fault(
    _ rule: CheckRule, _ range: Range<Int>, _ sentence: String, isPlaces: Bool = false
  ) -> Stop {
    let range = isPlaces ? offsets[range.lowerBound]..<offsets[range.upperBound] : range
    faults.append(MessageFault(rule, range, sentence))
    return Stop()
  }
}
