/// Reads the ASCII forms of dates and times, one piece after another.
///
/// Every step either consumes what it names or leaves the position alone, so a parser is a chain of
/// `guard`s and no input can make it read past the end.
struct CivilTextReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  var isAtEnd: Bool { position == bytes.count }

  /// The next byte, or nil at the end.
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Consumes `character` if it comes next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let next, UInt32(next) == character.value else { return false }
    position += 1
    return true
  }

  /// Consumes bytes as long as `accepts` says so, and returns how many.
  mutating func skip(while accepts: (UInt8) -> Bool) -> Int {
    let start = position
    while let next, accepts(next) { position += 1 }
    return position - start
  }

  /// Consumes exactly `count` decimal digits.
  mutating func digits(_ count: Int) -> Int? {
    number(digits: count...count)
  }

  /// Consumes as many decimal digits as come next, up to the range's end; nil if fewer than its start.
  mutating func number(digits range: ClosedRange<Int>) -> Int? {
    var value = 0
    var end = position
    while end < bytes.count, end - position < range.upperBound, Self.isDigit(bytes[end]) {
      value = value * 10 + Int(bytes[end] - UInt8(ascii: "0"))
      end += 1
    }
    guard end - position >= range.lowerBound else { return nil }
    position = end
    return value
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
  }
}

extension String {
  /// Appends `value`, which is not negative, with leading zeros up to `width` digits.
  mutating func appendCivilDigits(_ value: Int, width: Int) {
    let digits = String(value)
    for _ in 0..<max(0, width - digits.utf8.count) { append("0") }
    append(digits)
  }
}
