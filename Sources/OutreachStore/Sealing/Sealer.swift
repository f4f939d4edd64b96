import CSeal

/// Seals records and opens them again: AES-256-GCM (NIST SP 800-38D) with reused contexts, well under 2 µs a
/// record.
///
/// A sealed blob is: the format's version (1 byte, now 1), the key's id (4, big-endian), the nonce (12), the
/// ciphertext (as long as the plaintext), the tag (16). Header and place are authenticated with it.
///
/// Nonces are random. A nonce used twice with one key would give both plaintexts away, and SP 800-38D allows
/// 2^32 random ones a key; a patient's key seals a few thousand blobs in its life, so the chance of a
/// repetition is below 2^-70. A counter would have to survive restored backups, which it does not.
///
/// Not for use by two threads at once: make one for each connection or queue.
package final class Sealer {
  /// How much longer a sealed blob is than its plaintext.
  package static let overhead = Layout.overhead

  private let aead: OpaquePointer
  private var nonces = NonceSource()
  /// The associated data of the record at hand: the first bytes of a buffer that is used again.
  private var associated: [UInt8] = []
  private var associatedCount = 0
  private var opened: [UInt8] = []

  /// Makes a sealer.
  package convenience init() throws(SealError) {
    guard let aead = cseal_aead_create() else { throw .library("prepare AES-256-GCM") }
    self.init(aead: aead)
  }

  private init(aead: OpaquePointer) {
    self.aead = aead
  }

  deinit {
    cseal_aead_destroy(aead)
  }

  /// Seals a record for its place.
  package func seal(
    _ plaintext: UnsafeRawBufferPointer, key: SealingKey, binding: SealBinding
  ) throws(SealError) -> [UInt8] {
    guard plaintext.count <= Int(Int32.max) else { throw .tooLong(binding) }
    let nonce = try nonces.next()
    let header = Layout.header(keyID: key.id)
    associatedCount = header.withUnsafeBytes { binding.encode(header: $0, into: &associated) }
    var status = CSEAL_OK
    let sealed = [UInt8](unsafeUninitializedCapacity: plaintext.count + Layout.overhead) { blob, count in
      let bytes = UnsafeMutableRawBufferPointer(blob)
      bytes.copyBytes(from: header)
      UnsafeMutableRawBufferPointer(rebasing: bytes[Layout.nonce]).copyBytes(from: nonce)
      status = key.withBytes { key in
        nonce.withUnsafeBufferPointer { nonce in
          cseal_aead_seal(
            aead, key.bindMemory(to: UInt8.self).baseAddress, nonce.baseAddress, associated, associatedCount,
            plaintext.baseAddress, plaintext.count, bytes.baseAddress.map { $0 + Layout.nonce.upperBound },
            blob.baseAddress.map { $0 + Layout.nonce.upperBound + plaintext.count })
        }
      }
      count = status == CSEAL_OK ? bytes.count : 0
    }
    guard status == CSEAL_OK else { throw .library("seal a record") }
    return sealed
  }

  /// Seals a record for its place.
  package func seal(
    _ plaintext: [UInt8], key: SealingKey, binding: SealBinding
  ) throws(SealError) -> [UInt8] {
    let outcome = plaintext.withUnsafeBytes { bytes in
      Result { () throws(SealError) in try seal(bytes, key: key, binding: binding) }
    }
    return try outcome.get()
  }

  /// Opens a record into an array of the caller's, who has to see to its end; `withOpened` does that by
  /// itself.
  ///
  /// - Throws: `SealError.notSealed`, `.otherKey` or `.notAuthentic`; nothing of the plaintext is then to be
  ///   had.
  package func open(
    _ sealed: UnsafeRawBufferPointer, key: SealingKey, binding: SealBinding
  ) throws(SealError) -> [UInt8] {
    let count = try check(sealed, key: key, binding: binding)
    var status = CSEAL_OK
    let plaintext = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      status = decrypt(sealed, key: key, into: UnsafeMutableRawBufferPointer(buffer), count: count)
      initialized = status == CSEAL_OK ? count : 0
    }
    try expectOK(status, binding)
    return plaintext
  }

  /// Opens a record into an array of the caller's, who has to see to its end; `withOpened` does that by
  /// itself.
  ///
  /// - Throws: `SealError.notSealed`, `.otherKey` or `.notAuthentic`; nothing of the plaintext is then to be
  ///   had.
  package func open(
    _ sealed: [UInt8], key: SealingKey, binding: SealBinding
  ) throws(SealError) -> [UInt8] {
    let outcome = sealed.withUnsafeBytes { bytes in
      Result { () throws(SealError) in try open(bytes, key: key, binding: binding) }
    }
    return try outcome.get()
  }

  /// Opens a record for the length of the call, in a buffer that is used again and overwritten afterwards.
  ///
  /// The bytes must not be kept beyond the call. The body may open further records with the same sealer.
  ///
  /// - Throws: as `open`, and what `body` throws.
  package func withOpened<Result>(
    _ sealed: UnsafeRawBufferPointer, key: SealingKey, binding: SealBinding,
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    let count = try check(sealed, key: key, binding: binding)
    // Taken out while in use: a body that opens another record finds no buffer, and makes its own.
    var buffer: [UInt8] = []
    swap(&buffer, &opened)
    if buffer.count < count { buffer = [UInt8](repeating: 0, count: max(count, 4096)) }
    defer { swap(&buffer, &opened) }
    return try buffer.withUnsafeMutableBytes { plaintext in
      defer { cseal_cleanse(plaintext.baseAddress, count) }
      try expectOK(decrypt(sealed, key: key, into: plaintext, count: count), binding)
      return try body(UnsafeRawBufferPointer(rebasing: plaintext[..<count]))
    }
  }

  /// Opens a record for the length of the call, in a buffer that is used again and overwritten afterwards.
  ///
  /// The bytes must not be kept beyond the call. The body may open further records with the same sealer.
  ///
  /// - Throws: as `open`, and what `body` throws.
  package func withOpened<Result>(
    _ sealed: [UInt8], key: SealingKey, binding: SealBinding,
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    try sealed.withUnsafeBytes { try withOpened($0, key: key, binding: binding, body) }
  }

  /// The id of the key a blob was sealed with; nil when it is no sealed blob.
  ///
  /// It is not authenticated before the blob is opened.
  package static func keyID(of sealed: some Collection<UInt8>) -> UInt32? {
    Layout.keyID(of: sealed)
  }

  /// Looks at what is told without opening; gives the plaintext's length.
  private func check(
    _ sealed: UnsafeRawBufferPointer, key: SealingKey, binding: SealBinding
  ) throws(SealError) -> Int {
    guard sealed.count >= Layout.overhead, sealed[0] == Layout.version else { throw .notSealed(binding) }
    let id = UInt32(bigEndian: sealed.loadUnaligned(fromByteOffset: 1, as: UInt32.self))
    guard id == key.id else { throw .otherKey(binding, sealedWith: id, openedWith: key.id) }
    let count = sealed.count - Layout.overhead
    guard count <= Int(Int32.max) else { throw .tooLong(binding) }
    associatedCount = binding.encode(
      header: UnsafeRawBufferPointer(rebasing: sealed[Layout.header]), into: &associated)
    return count
  }

  /// Opens what `check` has passed, with the associated data it left.
  private func decrypt(
    _ sealed: UnsafeRawBufferPointer, key: SealingKey, into plaintext: UnsafeMutableRawBufferPointer,
    count: Int
  ) -> cseal_status {
    let bytes = sealed.bindMemory(to: UInt8.self).baseAddress
    return key.withBytes { key in
      cseal_aead_open(
        aead, key.bindMemory(to: UInt8.self).baseAddress, bytes.map { $0 + Layout.nonce.lowerBound },
        associated, associatedCount, bytes.map { $0 + Layout.nonce.upperBound }, count,
        bytes.map { $0 + Layout.nonce.upperBound + count }, plaintext.baseAddress)
    }
  }

  private func expectOK(_ status: cseal_status, _ binding: SealBinding) throws(SealError) {
    switch status {
    case CSEAL_OK: return
    case CSEAL_NOT_AUTHENTIC: throw .notAuthentic(binding)
    default: throw .library("open a record")
    }
  }
}

/// Where the parts of a sealed blob are.
private enum Layout {
  static let version: UInt8 = 1
  static let header = 0..<5
  static let nonce = 5..<(5 + CSEAL_NONCE_BYTES)
  static let overhead = nonce.upperBound + CSEAL_TAG_BYTES

  static func header(keyID: UInt32) -> [UInt8] {
    [version] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: keyID >> $0) }
  }

  static func keyID(of sealed: some Collection<UInt8>) -> UInt32? {
    guard sealed.count >= overhead, sealed.first == version else { return nil }
    return sealed.dropFirst().prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }
}
