/// Why sealing or opening failed.
///
/// Holds places and key ids, never contents.
package enum SealError: Error, Hashable {
  /// The bytes are too short to be a sealed blob, or of a format this version does not know.
  case notSealed(SealBinding)
  /// The blob was sealed with another key than the one it is to be opened with.
  case otherKey(SealBinding, sealedWith: UInt32, openedWith: UInt32)
  /// The blob, its place or the bytes of the key are not those it was sealed with.
  case notAuthentic(SealBinding)
  /// A key has a length other than 32 bytes.
  case keyLength(Int)
  /// The plaintext or the sealed blob is longer than one operation can take (2 GiB).
  case tooLong(SealBinding)
  /// libcrypto failed to do what is named.
  case library(String)
}

extension SealError: CustomStringConvertible {
  /// A sentence that says what happened and what can be done.
  package var description: String {
    switch self {
    case .notSealed(let place):
      "\(place) holds no sealed record this version can read; restore it from a backup or update the program."
    case .otherKey(let place, let sealedWith, let openedWith):
      "\(place) is sealed with key \(sealedWith), not with key \(openedWith); give the first of the two."
    case .notAuthentic(let place):
      "\(place) cannot be opened: it was altered or moved, or the key is not the one it was sealed with."
    case .keyLength(let count):
      "A key has \(SealingKey.byteCount) bytes, this one has \(count)."
    case .tooLong(let place):
      "\(place) is longer than can be sealed at once (2 GiB)."
    case .library(let operation):
      "libcrypto failed to \(operation); check that OpenSSL 3 and its default provider are installed."
    }
  }
}
