package import OutreachCore

/// A type with a compact form in the store.
///
/// A form never changes its meaning: a new version gets a new first byte of the blob (``StoredVersion``), and
/// the old one stays readable.
package protocol StoredForm {
  /// Appends the value.
  func write(to writer: inout ByteWriter)
  /// Reads one value.
  init(from reader: inout ByteReader) throws(DecodingFault)
}

/// The first byte of every blob: the version of its form.
enum StoredVersion {
  static let current: UInt8 = 1

  /// Reads the byte and throws for a version that this program does not know.
  static func check(_ reader: inout ByteReader) throws(DecodingFault) {
    let version = try reader.byte()
    guard version <= current else { throw .laterVersion }
    guard version == current else { throw .invalidValue }
  }
}

extension StoredForm {
  /// The value as a blob: version byte and value.
  package func blob() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(byte: StoredVersion.current)
    write(to: &writer)
    return writer.bytes
  }

  /// Reads a blob that ``blob()`` made.
  package init(blob: UnsafeRawBufferPointer) throws(DecodingFault) {
    self = try ByteReader.readAll(blob) { reader throws(DecodingFault) in
      try StoredVersion.check(&reader)
      return try Self(from: &reader)
    }
  }
}

extension ByteWriter {
  mutating func write<Element: StoredForm>(_ list: [Element]) {
    write(count: list.count)
    for element in list { element.write(to: &self) }
  }
}

extension ByteReader {
  mutating func list<Element: StoredForm>(
    _ type: Element.Type = Element.self
  ) throws(DecodingFault) -> [Element] {
    let count = try count()
    if count == 0 { return [] }
    var list: [Element] = []
    // A hostile count must not make us ask for more memory than the bytes could fill.
    list.reserveCapacity(min(count, 256))
    for _ in 0..<count { list.append(try Element(from: &self)) }
    return list
  }
}

extension Instant: StoredForm {
  package func write(to writer: inout ByteWriter) { writer.write(signed: secondsSinceEpoch) }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    self.init(secondsSinceEpoch: try reader.signed())
  }
}

extension CivilDate: StoredForm {
  package func write(to writer: inout ByteWriter) {
    writer.write(unsigned: UInt64(year) << 9 | UInt64(month) << 5 | UInt64(day))
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let packed = try reader.unsigned()
    guard packed < 1 << 32,
      let date = CivilDate(year: Int(packed >> 9), month: Int(packed >> 5 & 15), day: Int(packed & 31))
    else { throw .invalidValue }
    self = date
  }
}

extension ResourceID: StoredForm {
  package func write(to writer: inout ByteWriter) { writer.write(text: rawValue) }

  package init(from reader: inout ByteReader) throws(DecodingFault) { self.init(try reader.text()) }
}

extension PatientID: StoredForm {
  package func write(to writer: inout ByteWriter) { writer.write(text: rawValue) }

  package init(from reader: inout ByteReader) throws(DecodingFault) { self.init(try reader.text()) }
}

extension Coding: StoredForm {
  package func write(to writer: inout ByteWriter) {
    writer.write(byte: system.rawValue)
    writer.write(text: code)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    guard let system = CodeSystem(rawValue: try reader.byte()) else { throw .invalidValue }
    self.init(system, try reader.text())
  }
}
