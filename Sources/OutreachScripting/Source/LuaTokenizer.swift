/// Cuts a Lua text into tokens so that places in it can be named.
///
/// It follows section 3.1 of the Lua 5.4 reference manual. Whether the text is a valid chunk is the
/// interpreter's to say: where this reader meets something that Lua would refuse, it goes on as well as it can.
package struct LuaTokenizer {
  private let source: [UInt8]
  private var position = 0

  private init(_ source: [UInt8]) { self.source = source }

  /// The tokens of a text, the last of them ``LuaToken/Kind/end``; comments and blanks are left out.
  package static func tokens(of source: [UInt8]) -> [LuaToken] {
    var tokenizer = LuaTokenizer(source)
    var tokens: [LuaToken] = []
    while true {
      tokenizer.skipBlanksAndComments()
      let token = tokenizer.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private func byte(_ ahead: Int = 0) -> UInt8? {
    position + ahead < source.count ? source[position + ahead] : nil
  }

  private func isNext(_ character: Unicode.Scalar, _ ahead: Int = 0) -> Bool {
    byte(ahead).map { UInt32($0) == character.value } ?? false
  }

  private mutating func skipBlanksAndComments() {
    while let byte = byte() {
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        position += 1
      } else if isNext("-"), isNext("-", 1) {
        position += 2
        if longBracketLevel() != nil {
          _ = longText()
        } else {
          while let byte = self.byte(), byte != 0x0A, byte != 0x0D { position += 1 }
        }
      } else {
        return
      }
    }
  }

  private mutating func next() -> LuaToken {
    let start = position
    guard let byte = byte() else { return LuaToken(kind: .end, offset: start) }
    if Self.isNameStart(byte) {
      while let byte = self.byte(), Self.isNameStart(byte) || Self.isDigit(byte) { position += 1 }
      return LuaToken(kind: .name(String(decoding: source[start..<position], as: UTF8.self)), offset: start)
    }
    if Self.isDigit(byte) || (isNext(".") && self.byte(1).map(Self.isDigit) == true) {
      skipNumber()
      return LuaToken(kind: .number, offset: start)
    }
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      return LuaToken(kind: .string(quotedText(byte)), offset: start)
    }
    if longBracketLevel() != nil { return LuaToken(kind: .string(longText()), offset: start) }
    return LuaToken(kind: .symbol(symbol()), offset: start)
  }

  private mutating func symbol() -> String {
    for known in ["...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"] {
      let bytes = Array(known.utf8)
      if position + bytes.count <= source.count, Array(source[position..<position + bytes.count]) == bytes {
        position += bytes.count
        return known
      }
    }
    defer { position += 1 }
    return String(decoding: [source[position]], as: UTF8.self)
  }

  private mutating func skipNumber() {
    let isHexadecimal = isNext("0") && (isNext("x", 1) || isNext("X", 1))
    while let byte = byte() {
      let lower = byte | 0x20
      let isExponent = lower == UInt8(ascii: isHexadecimal ? "p" : "e")
      if isExponent, isNext("+", 1) || isNext("-", 1) {
        position += 2
      } else if Self.isDigit(byte) || Self.isNameStart(byte) || byte == UInt8(ascii: ".") {
        position += 1
      } else {
        return
      }
    }
  }

  // MARK: Texts

  private mutating func quotedText(_ quote: UInt8) -> LuaText {
    var text = LuaText()
    position += 1
    while let byte = byte(), byte != 0x0A, byte != 0x0D {
      let start = position
      position += 1
      if byte == quote { break }
      if byte == UInt8(ascii: "\\") {
        readEscape(from: start, into: &text)
      } else {
        text.append(byte, from: start)
      }
    }
    return text
  }

  private mutating func readEscape(from start: Int, into text: inout LuaText) {
    guard let byte = byte() else { return }
    position += 1
    let simple: [UInt8: UInt8] = [
      UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
      UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11,
    ]
    switch byte {
    case UInt8(ascii: "x"):
      var value: UInt8 = 0
      for _ in 0..<2 {
        guard let digit = self.byte().flatMap(Self.hexadecimal) else { break }
        value = value &* 16 &+ digit
        position += 1
      }
      text.append(value, from: start)
    case UInt8(ascii: "u"):
      readUnicodeEscape(from: start, into: &text)
    case UInt8(ascii: "z"):
      while let blank = self.byte(), blank == 0x20 || (0x09...0x0D).contains(blank) { position += 1 }
    case 0x0A, 0x0D:
      skipRestOfLineBreak(byte)
      text.append(0x0A, from: start)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      var value = Int(byte - UInt8(ascii: "0"))
      for _ in 0..<2 {
        guard let digit = self.byte(), Self.isDigit(digit) else { break }
        value = value * 10 + Int(digit - UInt8(ascii: "0"))
        position += 1
      }
      text.append(UInt8(truncatingIfNeeded: value), from: start)
    default:
      text.append(simple[byte] ?? byte, from: start)
    }
  }

  private mutating func readUnicodeEscape(from start: Int, into text: inout LuaText) {
    guard isNext("{") else { return }
    position += 1
    var value: UInt32 = 0
    while let digit = byte().flatMap(Self.hexadecimal) {
      value = value &* 16 &+ UInt32(digit)
      position += 1
    }
    if isNext("}") { position += 1 }
    // Lua writes code points that Unicode does not have too; such a text is no UTF-8 and is refused elsewhere.
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    for byte in String(Character(scalar)).utf8 { text.append(byte, from: start) }
  }

  /// The number of `=` of a long bracket that opens here, nil when none does.
  private func longBracketLevel() -> Int? {
    guard isNext("[") else { return nil }
    var level = 0
    while isNext("=", level + 1) { level += 1 }
    return isNext("[", level + 1) ? level : nil
  }

  private mutating func longText() -> LuaText {
    guard let level = longBracketLevel() else { return LuaText() }
    position += level + 2
    if let byte = byte(), byte == 0x0A || byte == 0x0D {
      position += 1
      skipRestOfLineBreak(byte)
    }
    var text = LuaText()
    while let byte = byte() {
      if isNext("]"), (0..<level).allSatisfy({ isNext("=", $0 + 1) }), isNext("]", level + 1) {
        position += level + 2
        return text
      }
      let start = position
      position += 1
      if byte == 0x0A || byte == 0x0D {
        skipRestOfLineBreak(byte)
        text.append(0x0A, from: start)
      } else {
        text.append(byte, from: start)
      }
    }
    return text
  }

  /// Skips the second byte of a line break of two.
  private mutating func skipRestOfLineBreak(_ first: UInt8) {
    if let second = byte(), second == 0x0A || second == 0x0D, second != first { position += 1 }
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte - UInt8(ascii: "0") }
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "f") ? lower - UInt8(ascii: "a") + 10 : nil
  }
}
