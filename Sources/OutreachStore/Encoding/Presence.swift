import OutreachCore

/// Which optional parts of a record follow, and its yes-or-no values: one bit each.
struct Presence {
  private(set) var bits: UInt64 = 0

  init() {}

  init(from reader: inout ByteReader) throws(DecodingFault) { bits = try reader.unsigned() }

  /// Sets the bit when the value is there and yes.
  mutating func set(_ bit: UInt64, _ condition: Bool) { if condition { bits |= bit } }

  /// Whether the bit is set.
  @inline(__always)
  func has(_ bit: UInt64) -> Bool { bits & bit != 0 }
}

extension ByteWriter {
  mutating func write(_ presence: Presence) { write(unsigned: presence.bits) }

  mutating func write(ifPresent text: String?) { if let text { write(text: text) } }

  mutating func write(ifPresent value: (some StoredForm)?) { value?.write(to: &self) }

  mutating func write(ifPresent number: Int?) { if let number { write(signed: Int64(number)) } }
}

extension ByteReader {
  mutating func text(if present: Bool) throws(DecodingFault) -> String? { present ? try text() : nil }

  mutating func int(if present: Bool) throws(DecodingFault) -> Int? { present ? try int() : nil }

  mutating func number(if present: Bool) throws(DecodingFault) -> PhoneNumber? {
    guard let text = try text(if: present) else { return nil }
    guard let number = PhoneNumber(e164: text) else { throw .invalidValue }
    return number
  }

  mutating func value<Value: StoredForm>(if present: Bool) throws(DecodingFault) -> Value? {
    present ? try Value(from: &self) : nil
  }
}
