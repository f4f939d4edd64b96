import CSeal

/// The key above all keys of a workspace: 32 bytes that are kept outside it.
///
/// As text, for a key file: `outreach-key-1`, a space and 64 hexadecimal digits.
package struct MasterKey: Sendable {
  /// The key itself, under the id that everything it seals carries.
  let key: SealingKey

  private static let label = "outreach-key-1"
  /// The id of a workspace's first master key; a rotation will count on from here.
  private static let firstID: UInt32 = 1

  /// Makes a new key from libcrypto's random generator.
  package static func generate() throws(StoreError) -> MasterKey {
    do throws(SealError) {
      return MasterKey(key: try SealingKey.random(id: firstID))
    } catch {
      throw .failed(error.description)
    }
  }

  private init(key: SealingKey) { self.key = key }

  /// Reads the text of a key file; space around it is ignored.
  ///
  /// - Throws: `StoreError.badKey`, which says what is wrong and repeats nothing of the text.
  package init(parsing text: String) throws(StoreError) {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.first == Substring(Self.label) else {
      throw .badKey(words.isEmpty ? "it is empty" : "it does not begin with \(Self.label)")
    }
    guard words.count == 2 else {
      throw .badKey(words.count < 2 ? "the digits are missing" : "something follows the digits")
    }
    var bytes = [UInt8]()
    bytes.reserveCapacity(SealingKey.byteCount)
    defer { cseal_cleanse(&bytes, bytes.count) }
    var high: UInt8?
    for character in words[1] {
      guard let digit = character.hexDigitValue, character.isASCII else {
        throw .badKey("it has a character that is no hexadecimal digit")
      }
      if let first = high {
        bytes.append(first << 4 | UInt8(digit))
        high = nil
      } else {
        high = UInt8(digit)
      }
    }
    guard high == nil, bytes.count == SealingKey.byteCount else {
      throw .badKey("it has \(words[1].count) digits")
    }
    do throws(SealError) {
      let result = bytes.withUnsafeBytes { buffer in
        Result { () throws(SealError) in try SealingKey(id: Self.firstID, copying: buffer) }
      }
      key = try result.get()
    } catch {
      throw .badKey(error.description)
    }
  }

  /// What a key file holds, with a line's end.
  package var text: String {
    let digits = Array("0123456789abcdef")
    return key.withBytes { bytes in
      var text = Self.label + " "
      for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
      }
      return text + "\n"
    }
  }
}

extension MasterKey: CustomStringConvertible, CustomReflectable {
  /// Says what it is and nothing of its bytes.
  package var description: String { "master key" }

  /// Shows no parts.
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
