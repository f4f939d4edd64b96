/// Finds members and elements of JSON text without decoding it.
///
/// It follows brackets and strings only; what it accepts may still not be JSON, which the decoder then
/// says. It serves to pass over resources that nobody needs and to take large Bundles apart.
struct JSONScanner {
  /// The text is not JSON, at this offset.
  struct Malformed: Error {
    var offset: Int
  }

  let bytes: [UInt8]
  private(set) var position: Int
  private let end: Int

  init(_ bytes: [UInt8], in range: Range<Int>? = nil) {
    self.bytes = bytes
    position = range?.lowerBound ?? 0
    end = range?.upperBound ?? bytes.count
  }

  /// Calls `body` with each member of the object that comes next, until it returns false.
  ///
  /// The key is the raw text between its quotes.
  mutating func forEachMember(
    _ body: (_ key: Range<Int>, _ value: Range<Int>) throws -> Bool
  ) throws {
    try take(UInt8(ascii: "{"))
    skipWhitespace()
    if peek() == UInt8(ascii: "}") {
      position += 1
      return
    }
    while true {
      skipWhitespace()
      let key = try string()
      skipWhitespace()
      try take(UInt8(ascii: ":"))
      let value = try skipValue()
      guard try body(key, value) else { return }
      skipWhitespace()
      if peek() == UInt8(ascii: "}") {
        position += 1
        return
      }
      try take(UInt8(ascii: ","))
    }
  }

  /// Calls `body` with each element of the array that comes next.
  mutating func forEachElement(_ body: (Range<Int>) throws -> Void) throws {
    skipWhitespace()
    try take(UInt8(ascii: "["))
    skipWhitespace()
    if peek() == UInt8(ascii: "]") {
      position += 1
      return
    }
    while true {
      try body(try skipValue())
      skipWhitespace()
      if peek() == UInt8(ascii: "]") {
        position += 1
        return
      }
      try take(UInt8(ascii: ","))
    }
  }

  /// Whether nothing but white space is left.
  mutating func isAtEnd() -> Bool {
    skipWhitespace()
    return position >= end
  }

  /// Passes over one value of any kind.
  mutating func skipValue() throws(Malformed) -> Range<Int> {
    skipWhitespace()
    let start = position
    guard let first = peek() else { throw Malformed(offset: position) }
    switch first {
    case UInt8(ascii: "\""):
      _ = try string()
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      try skipBrackets()
    default:
      while let byte = peek(), Self.isScalarByte(byte) { position += 1 }
      guard position > start else { throw Malformed(offset: position) }
    }
    return start..<position
  }

  private mutating func skipBrackets() throws(Malformed) {
    var depth = 0
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "\""):
        _ = try string()
        continue
      default: break
      }
      position += 1
      if depth == 0 { return }
    }
    throw Malformed(offset: position)
  }

  private mutating func string() throws(Malformed) -> Range<Int> {
    try take(UInt8(ascii: "\""))
    let start = position
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return start..<(position - 1)
      case UInt8(ascii: "\\"): position += 2
      default: position += 1
      }
    }
    position = end
    throw Malformed(offset: position)
  }

  private mutating func skipWhitespace() {
    while position < end {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private func peek() -> UInt8? { position < end ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) throws(Malformed) {
    guard peek() == byte else { throw Malformed(offset: position) }
    position += 1
  }

  private static func isScalarByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
