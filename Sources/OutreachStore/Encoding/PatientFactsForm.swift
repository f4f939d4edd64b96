package import OutreachCore

extension PatientFacts: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, isActive)
    presence.set(2, isDeceased)
    presence.set(4, isTest)
    presence.set(8, birthDate != nil)
    presence.set(16, sex != nil)
    presence.set(32, language != nil)
    presence.set(64, !replacedBy.isEmpty)
    presence.set(128, !fields.isEmpty)
    writer.write(presence)
    writer.write(ifPresent: birthDate)
    writer.write(ifPresent: sex)
    writer.write(ifPresent: language)
    if !replacedBy.isEmpty { writer.write(replacedBy) }
    if !fields.isEmpty {
      writer.write(count: fields.count)
      // Equal records must have equal bytes: that is how an import sees that nothing changed.
      for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
        writer.write(text: name)
        value.write(to: &writer)
      }
    }
    writer.write(conditions)
    writer.write(medicationOrders)
    writer.write(dispenses)
    writer.write(observations)
    writer.write(appointments)
    writer.write(encounters)
    writer.write(immunizations)
    writer.write(flags)
    writer.write(contacts)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    try self.init(problemsFrom: &reader)
    try readRest(from: &reader)
  }

  /// Reads what comes after the problems.
  private mutating func readRest(from reader: inout ByteReader) throws(DecodingFault) {
    medicationOrders = try reader.list()
    dispenses = try reader.list()
    observations = try reader.list()
    appointments = try reader.list()
    encounters = try reader.list()
    immunizations = try reader.list()
    flags = try reader.list()
    contacts = try reader.list()
  }

  /// Reads the beginning of a blob, as far as the problems; the lists after them stay empty.
  ///
  /// - Parameter rest: gets where the bytes after the problems begin, for ``readRest(of:from:)``.
  init(problemsOf blob: UnsafeRawBufferPointer, rest: inout Int) throws(DecodingFault) {
    guard let base = blob.baseAddress else { throw .truncated }
    var reader = ByteReader(base: base, count: blob.count)
    try StoredVersion.check(&reader)
    try self.init(problemsFrom: &reader)
    rest = blob.count - reader.remaining
  }

  /// Reads what comes after the problems of the same blob.
  mutating func readRest(of blob: UnsafeRawBufferPointer, from rest: Int) throws(DecodingFault) {
    try ByteReader.readAll(UnsafeRawBufferPointer(rebasing: blob[rest...])) { reader throws(DecodingFault) in
      try readRest(from: &reader)
    }
  }

  private init(problemsFrom reader: inout ByteReader) throws(DecodingFault) {
    self.init()
    let presence = try Presence(from: &reader)
    isActive = presence.has(1)
    isDeceased = presence.has(2)
    isTest = presence.has(4)
    birthDate = try reader.value(if: presence.has(8))
    sex = try reader.text(if: presence.has(16))
    language = try reader.text(if: presence.has(32))
    if presence.has(64) { replacedBy = try reader.list() }
    if presence.has(128) {
      for _ in 0..<(try reader.count()) {
        let name = try reader.text()
        fields[name] = try FieldValue(from: &reader)
      }
    }
    conditions = try reader.list()
  }
}

extension FieldValue: StoredForm {
  package func write(to writer: inout ByteWriter) {
    switch self {
    case .text(let text):
      writer.write(byte: 1)
      writer.write(text: text)
    case .number(let number):
      writer.write(byte: 2)
      writer.write(double: number)
    case .boolean(false): writer.write(byte: 3)
    case .boolean(true): writer.write(byte: 4)
    }
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    switch try reader.byte() {
    case 1: self = .text(try reader.text())
    case 2: self = .number(try reader.double())
    case 3: self = .boolean(false)
    case 4: self = .boolean(true)
    default: throw .invalidValue
    }
  }
}
