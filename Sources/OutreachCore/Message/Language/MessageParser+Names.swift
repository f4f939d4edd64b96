extension MessageParser {
  /// A name with its `$`; nil, at the same place, for anything else.
  mutating func readVariable() -> MessageModel.Variable? {
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
  mutating func readIdentifier() -> String? {
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
  mutating func readName() -> [Unicode.Scalar]? {
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
  mutating func readLiteral() throws(Stop) -> String? {
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
  static func startsName(_ scalar: Unicode.Scalar) -> Bool {
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
  static func isInName(_ scalar: Unicode.Scalar) -> Bool {
    startsName(scalar) || (0x30...0x39).contains(scalar.value) || scalar == "-" || scalar == "."
  }

  // MARK: Blanks

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0x09, 0x0A, 0x0D, 0x3000: true
    default: false
    }
  }

  static func turnsDirection(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x61C, 0x200E, 0x200F, 0x2066...0x2069: true
    default: false
    }
  }

  mutating func skipDirection() {
    if let scalar = peek, Self.turnsDirection(scalar) { advance() }
  }

  mutating func skipBlank() {
    while let scalar = peek, Self.isBlank(scalar) || Self.turnsDirection(scalar) { advance() }
  }

  /// Skips blanks and says whether there was one that parts words.
  mutating func skipSpace() -> Bool {
    let start = place
    skipBlank()
    return scalars[start..<place].contains(where: Self.isBlank)
  }
}
