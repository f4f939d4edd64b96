import OutreachCore

/// Says that a staged record belongs to a patient, as two numbers.
///
/// The hash is the process's own and of 64 bits: it only points at records that deserve a closer look.
struct RecordClaim: Hashable, StoredForm {
  let record: UInt64
  let patient: UInt64

  init(record: ResourceID, patient: LookupKey) {
    self.record = Self.hash(of: record)
    self.patient = patient.high
  }

  /// The claim bucket that all claims on the record are in.
  var bucket: Int { Int(record >> 56) }

  static func hash(of record: ResourceID) -> UInt64 {
    UInt64(bitPattern: Int64(record.rawValue.hashValue))
  }

  package func write(to writer: inout ByteWriter) {
    withUnsafeBytes(of: (record, patient)) { writer.write(raw: $0) }
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let raw = try reader.raw(16)
    record = raw.loadUnaligned(as: UInt64.self)
    patient = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
  }

  /// The hashes of records that more than one patient has in this import.
  static func contested(in staging: StagingArea) throws -> Set<UInt64> {
    var contested: Set<UInt64> = []
    for bucket in 0..<256 {
      let contents = try staging.contents(of: StagingArea.firstClaimBucket + bucket)
      var claims = try contents.withUnsafeBytes { bytes in try list(bytes) }
      claims.sort { $0.record < $1.record }
      for (one, next) in zip(claims, claims.dropFirst())
      where one.record == next.record && one.patient != next.patient {
        contested.insert(one.record)
      }
    }
    return contested
  }

  private static func list(_ bytes: UnsafeRawBufferPointer) throws(DecodingFault) -> [RecordClaim] {
    guard !bytes.isEmpty else { return [] }
    return try ByteReader.readAll(bytes) { reader throws(DecodingFault) in
      var claims: [RecordClaim] = []
      claims.reserveCapacity(reader.remaining / 16)
      while !reader.isAtEnd { claims.append(try RecordClaim(from: &reader)) }
      return claims
    }
  }
}
