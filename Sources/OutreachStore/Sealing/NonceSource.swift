import CSeal

/// Random nonces, fetched from libcrypto's generator many at a time: one by one they cost more than the
/// sealing.
struct NonceSource {
  private static let byteCount = CSEAL_NONCE_BYTES
  private static let fetchedAtOnce = 256

  private var bytes: [UInt8] = []
  private var used = 0

  /// The next nonce, 12 bytes; none is handed out twice.
  mutating func next() throws(SealError) -> ArraySlice<UInt8> {
    if used == bytes.count {
      // A new array each time: a slice that someone still holds must not change under them.
      var fetched = [UInt8](repeating: 0, count: Self.byteCount * Self.fetchedAtOnce)
      guard cseal_random(&fetched, fetched.count) == CSEAL_OK else { throw .library("make random nonces") }
      bytes = fetched
      used = 0
    }
    defer { used += Self.byteCount }
    return bytes[used..<(used + Self.byteCount)]
  }
}
