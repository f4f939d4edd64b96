/// The keys that follow from a master key, made once for an open store.
struct WorkspaceKeys: Sendable {
  /// Seals the patients' keys and the registry's own.
  let wrap: SealingKey
  private let lookup: SealingKey
  private let handle: SealingKey
  /// Tells whether it is the right master key.
  let checkValue: [UInt8]

  init(_ master: MasterKey) throws(StoreError) {
    do throws(SealError) {
      wrap = try master.key.derived(for: .wrap)
      lookup = try master.key.derived(for: .lookup)
      handle = try master.key.derived(for: .handle)
      checkValue = try master.key.checkValue()
    } catch {
      throw .failed(error.description)
    }
  }

  /// The hash behind `patient.lookup`.
  func sourceIDs() throws(SealError) -> LookupHash { try LookupHash(lookup, domain: "source id") }

  /// The hash behind `contact_point.hash`.
  func phoneNumbers() throws(SealError) -> LookupHash { try LookupHash(lookup, domain: "phone") }

  /// The hash behind `consent_event.evidence`.
  func evidence() throws(SealError) -> LookupHash { try LookupHash(lookup, domain: "evidence") }

  /// The hash behind `shared_resource.lookup`.
  func sharedResources() throws(SealError) -> LookupHash { try LookupHash(lookup, domain: "shared resource") }

  /// The hash behind `link.lookup`.
  func links() throws(SealError) -> LookupHash { try LookupHash(lookup, domain: "link") }

  /// The hash behind columns of the ledger.
  func ledger(_ column: String) throws(SealError) -> LookupHash { try LookupHash(lookup, domain: column) }

  /// The hash that handles are made of.
  func handles() throws(SealError) -> KeyedHash { try KeyedHash(key: handle, domain: "handle") }
}

/// A keyed hash of 16 bytes for a look-up column.
///
/// 128 bits: two of a billion identifiers agree with a probability of about 10⁻²¹.
final class LookupHash {
  /// The length of every look-up hash.
  static let byteCount = 16

  private let hash: KeyedHash

  init(_ key: SealingKey, domain: String) throws(SealError) { hash = try KeyedHash(key: key, domain: domain) }

  func callAsFunction(_ bytes: [UInt8]) throws(SealError) -> [UInt8] {
    let outcome = bytes.withUnsafeBytes { bytes in Result { () throws(SealError) in try hash.hash(bytes) } }
    return Array(try outcome.get().prefix(Self.byteCount))
  }

  func callAsFunction(_ text: String) throws(SealError) -> [UInt8] {
    Array(try hash.hash(text).prefix(Self.byteCount))
  }
}
