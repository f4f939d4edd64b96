/// A number by which two texts can be seen to say the same, without keeping either.
///
/// It is FNV-1a over 64 bits of the text in lower case with its white space made single; it is kept only in
/// what is sealed, because short texts can be guessed from it.
public struct TextFingerprint: Hashable, Sendable {
  /// The 64 bits.
  public let rawValue: UInt64

  /// Takes the 64 bits.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// The fingerprint of a text.
  public init(of text: String) {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for word in text.lowercased().split(whereSeparator: \.isWhitespace) {
      for byte in word.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
      value = (value ^ 0x20) &* 0x100_0000_01B3
    }
    rawValue = value
  }
}
