import CSeal

/// Hashes that only the holder of a key can make: HMAC-SHA256 (RFC 2104), for look-up columns and handles.
///
/// A plain hash of a telephone number is no secret, since all numbers can be tried. Each domain ("phone",
/// "source id") has a key of its own, so equal values in two columns have different hashes. Not for use by
/// two threads at once.
package final class KeyedHash {
  private let mac: OpaquePointer

  /// Prepares the hash for a domain.
  package convenience init(key: SealingKey, domain: String) throws(SealError) {
    let own = try key.derived(label: "outreach hash: \(domain)")
    guard let mac = own.withBytes({ cseal_mac_create($0.baseAddress, $0.count) }) else {
      throw .library("prepare HMAC-SHA256")
    }
    self.init(mac: mac)
  }

  private init(mac: OpaquePointer) {
    self.mac = mac
  }

  deinit {
    cseal_mac_destroy(mac)
  }

  /// The hash of bytes, 32 bytes long.
  package func hash(_ bytes: UnsafeRawBufferPointer) throws(SealError) -> [UInt8] {
    var status = CSEAL_OK
    let hash = [UInt8](unsafeUninitializedCapacity: CSEAL_HASH_BYTES) { buffer, count in
      status = cseal_mac_compute(mac, bytes.baseAddress, bytes.count, buffer.baseAddress)
      count = status == CSEAL_OK ? buffer.count : 0
    }
    guard status == CSEAL_OK else { throw .library("compute HMAC-SHA256") }
    return hash
  }

  /// The hash of a text's UTF-8, 32 bytes long.
  package func hash(_ text: String) throws(SealError) -> [UInt8] {
    var text = text
    let outcome = text.withUTF8 { bytes in
      Result { () throws(SealError) in try hash(UnsafeRawBufferPointer(bytes)) }
    }
    return try outcome.get()
  }

  /// The hash of a text as a number of 63 bits, which a database keeps as an integer of its own kind.
  ///
  /// Among a million values the chance that any two fall together is about one in 18 million; a unique column
  /// tells.
  package func id(_ text: String) throws(SealError) -> Int64 {
    let high = try hash(text).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    return Int64(high >> 1)
  }
}
