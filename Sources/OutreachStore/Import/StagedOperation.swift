import OutreachCore

/// What a staged record does to one patient.
enum StagedOperation {
  /// States the patient's own record.
  case patient(Demographics)
  /// States a fact.
  case fact(Fact)
  /// Takes a fact back.
  case noFact(ResourceID)
  /// States consents.
  case consent(ConsentStatement)
  /// The source deleted the patient.
  case deleted
}

extension StagedOperation: StoredForm {
  package func write(to writer: inout ByteWriter) {
    switch self {
    case .patient(let demographics):
      writer.write(byte: 1)
      demographics.identity.write(to: &writer)
      demographics.facts.write(to: &writer)
    case .fact(let fact):
      writer.write(byte: 2)
      fact.write(to: &writer)
    case .noFact(let id):
      writer.write(byte: 3)
      id.write(to: &writer)
    case .consent(let statement):
      writer.write(byte: 4)
      statement.write(to: &writer)
    case .deleted: writer.write(byte: 5)
    }
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    switch try reader.byte() {
    case 1:
      self = .patient(
        Demographics(
          identity: try PatientIdentity(from: &reader), facts: try PatientFacts(from: &reader)))
    case 2: self = .fact(try Fact(from: &reader))
    case 3: self = .noFact(try ResourceID(from: &reader))
    case 4: self = .consent(try ConsentStatement(from: &reader))
    case 5: self = .deleted
    default: throw .invalidValue
    }
  }
}

/// What a staged record does to no patient in particular.
enum StagedSharedOperation {
  /// States a place or a medication record.
  case resource(SharedResource)
  /// The source deleted a record of whatever kind.
  case deleted(ResourceID)
}

extension StagedSharedOperation: StoredForm {
  package func write(to writer: inout ByteWriter) {
    switch self {
    case .resource(let resource):
      writer.write(byte: 1)
      resource.write(to: &writer)
    case .deleted(let id):
      writer.write(byte: 2)
      id.write(to: &writer)
    }
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    switch try reader.byte() {
    case 1: self = .resource(try SharedResource(from: &reader))
    case 2: self = .deleted(try ResourceID(from: &reader))
    default: throw .invalidValue
    }
  }
}

/// A look-up hash as two numbers, which sort as its bytes do.
struct LookupKey: Hashable, Comparable {
  let high: UInt64
  let low: UInt64

  init(_ hash: [UInt8]) {
    high = hash.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    low = hash.dropFirst(8).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The 16 bytes.
  var bytes: [UInt8] {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
  }

  static func < (left: LookupKey, right: LookupKey) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension LookupKey: StoredForm {
  package func write(to writer: inout ByteWriter) { writer.write(raw: bytes) }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let raw = try reader.raw(16)
    high = UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self))
    low = UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
  }
}
