import CSeal

/// A key of 32 bytes with the id it is known by.
///
/// The bytes are in memory of their own, which is overwritten when the last owner lets go, and nothing prints
/// them. `@unchecked`: the memory is written before `init` returns and not again before `deinit`, when no one
/// else has it.
package final class SealingKey: @unchecked Sendable {
  /// The length of every key.
  package static let byteCount = CSEAL_KEY_BYTES

  /// What a key derived from another one is for.
  ///
  /// Each has its own, so that none can stand in for another.
  package enum Purpose: String, Sendable, CaseIterable {
    /// Hashes by which numbers and source ids are looked up.
    case lookup
    /// The handles patients are shown by.
    case handle
    /// Sealing the patients' own keys in the key store.
    case wrap
    /// Telling whether a master key is the right one.
    case check
  }

  /// The id that is written into what the key seals.
  package let id: UInt32

  private let memory: UnsafeMutableRawBufferPointer

  private init(id: UInt32, filledBy fill: (UnsafeMutableRawBufferPointer) -> cseal_status) throws(SealError) {
    self.id = id
    memory = .allocate(byteCount: Self.byteCount, alignment: 16)
    guard fill(memory) == CSEAL_OK else { throw .library("make a key") }
  }

  /// Copies a key's bytes.
  ///
  /// - Throws: `SealError.keyLength` unless there are 32 of them. The caller cleanses its own copy.
  package convenience init(id: UInt32, copying bytes: UnsafeRawBufferPointer) throws(SealError) {
    guard bytes.count == Self.byteCount else { throw .keyLength(bytes.count) }
    try self.init(id: id) { memory in
      memory.copyMemory(from: bytes)
      return CSEAL_OK
    }
  }

  deinit {
    cseal_cleanse(memory.baseAddress, memory.count)
    memory.deallocate()
  }

  /// Makes a new key from libcrypto's random generator.
  package static func random(id: UInt32) throws(SealError) -> SealingKey {
    try SealingKey(id: id) { cseal_random($0.baseAddress, $0.count) }
  }

  /// Lends the bytes for the length of the call, to be sealed under another key or written to a key file.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(self) { try body(UnsafeRawBufferPointer(memory)) }
  }

  /// The key for a purpose, by HKDF-SHA256 (RFC 5869) from this one; it keeps this one's id.
  package func derived(for purpose: Purpose) throws(SealError) -> SealingKey {
    try derived(label: "outreach key: \(purpose.rawValue)")
  }

  /// The key for a label, by HKDF-SHA256 with the label as `info`.
  ///
  /// There is no salt: the key already is uniformly random, and the same key must give the same one at each
  /// start.
  func derived(label: String) throws(SealError) -> SealingKey {
    var label = label
    return try SealingKey(id: id) { output in
      label.withUTF8 { info in
        withBytes { key in
          cseal_hkdf(
            key.baseAddress, key.count, nil, 0, info.baseAddress, info.count, output.baseAddress, output.count
          )
        }
      }
    }
  }

  /// 16 bytes to keep beside what was sealed, by which the right master key is told from another one.
  ///
  /// They tell nothing else about the key.
  package func checkValue() throws(SealError) -> [UInt8] {
    let hash = try KeyedHash(key: derived(for: .check), domain: "master key")
    return Array(try hash.hash("outreach").prefix(16))
  }
}

extension SealingKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The key's id.
  package var description: String { "key \(id)" }

  /// The key's id.
  package var debugDescription: String { description }

  /// Shows no parts.
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
