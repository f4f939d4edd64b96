/// Why bytes are not what the store once wrote.
package enum DecodingFault: Error, Hashable {
  /// They end in the middle of a value.
  case truncated
  /// They go on after the last value.
  case trailingBytes
  /// They were written by a later version of the program.
  case laterVersion
  /// A value is outside its range.
  case invalidValue
}

/// Reads what ``ByteWriter`` wrote, straight from memory that somebody else holds.
///
/// No bytes, however hostile, make it trap or read beyond the end: it throws ``DecodingFault``.
package struct ByteReader {
  private var position: UnsafeRawPointer
  private let end: UnsafeRawPointer

  /// Reads from the buffer, which must outlive the reader; calls `body` and expects it to read everything.
  static func readAll<T>(
    _ buffer: UnsafeRawBufferPointer, _ body: (inout ByteReader) throws(DecodingFault) -> T
  ) throws(DecodingFault) -> T {
    guard let base = buffer.baseAddress else { throw .truncated }
    var reader = ByteReader(base: base, count: buffer.count)
    let value = try body(&reader)
    guard reader.isAtEnd else { throw .trailingBytes }
    return value
  }

  init(base: UnsafeRawPointer, count: Int) {
    position = base
    end = base + count
  }

  var isAtEnd: Bool { position == end }

  var remaining: Int { end - position }

  @inline(__always)
  mutating func byte() throws(DecodingFault) -> UInt8 {
    guard position < end else { throw .truncated }
    let value = position.load(as: UInt8.self)
    position += 1
    return value
  }

  @inline(__always)
  mutating func unsigned() throws(DecodingFault) -> UInt64 {
    let first = try byte()
    if first < 0x80 { return UInt64(first) }
    return try longUnsigned(first)
  }

  private mutating func longUnsigned(_ first: UInt8) throws(DecodingFault) -> UInt64 {
    var value = UInt64(first & 0x7F)
    var shift: UInt64 = 7
    while true {
      let next = try byte()
      guard shift < 63 || next <= 1 else { throw .invalidValue }
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
      shift += 7
    }
  }

  mutating func signed() throws(DecodingFault) -> Int64 {
    let value = try unsigned()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  mutating func int() throws(DecodingFault) -> Int {
    guard let value = Int(exactly: try signed()) else { throw .invalidValue }
    return value
  }

  /// A number of things that follow, each of which takes at least one byte.
  @inline(__always)
  mutating func count() throws(DecodingFault) -> Int {
    let value = try unsigned()
    guard value <= UInt64(remaining) else { throw .truncated }
    return Int(value)
  }

  @inline(__always)
  mutating func raw(_ count: Int) throws(DecodingFault) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= remaining else { throw .truncated }
    defer { position += count }
    return UnsafeRawBufferPointer(start: position, count: count)
  }

  @inline(__always)
  mutating func text() throws(DecodingFault) -> String {
    String(decoding: try raw(try count()), as: UTF8.self)
  }

  mutating func double() throws(DecodingFault) -> Double {
    let bits = try raw(8).loadUnaligned(as: UInt64.self)
    return Double(bitPattern: UInt64(littleEndian: bits))
  }
}
