import CSeal

/// SHA-256 (FIPS 180-4) over pieces, for hashes that anybody may compute: of files and of plans.
package final class Digest {
  private let digest: OpaquePointer?

  /// Begins a hash.
  package init() { digest = cseal_digest_create() }

  deinit { cseal_digest_destroy(digest) }

  /// Adds bytes.
  package func update(_ bytes: [UInt8]) throws(SealError) {
    guard let digest, cseal_digest_update(digest, bytes, bytes.count) == CSEAL_OK else {
      throw .library("compute SHA-256")
    }
  }

  /// The hash of everything added, as 64 hexadecimal digits; the next hash begins anew.
  package func finish() throws(SealError) -> String {
    var status = CSEAL_OK
    let hash = [UInt8](unsafeUninitializedCapacity: CSEAL_HASH_BYTES) { buffer, count in
      guard let digest else { return }
      status = cseal_digest_finish(digest, buffer.baseAddress)
      count = status == CSEAL_OK ? buffer.count : 0
    }
    guard hash.count == CSEAL_HASH_BYTES else { throw .library("compute SHA-256") }
    return hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The hash of a file's contents.
  package static func sha256(_ bytes: [UInt8]) throws(SealError) -> String {
    let digest = Digest()
    try digest.update(bytes)
    return try digest.finish()
  }
}
