package import OutreachCore

/// How a patient's number and handle follow from each other.
///
/// A number of 63 bits is read as a fraction, and a handle is its first digits in base 28: so the order of
/// numbers is the order of handles, and the numbers of all handles that begin alike are next to each other.
package enum HandleAlphabet {
  /// Digits and consonants in the order of ASCII: no vowels, so no words; no 0, 1 and L, so no look-alikes.
  private static let symbols = Array("23456789BCDFGHJKMNPQRSTVWXYZ".utf8)

  /// The shortest handle: four characters after `P-`.
  package static let shortest = 4

  /// The longest: 12 digits in base 28 are 57 of the 63 bits.
  package static let longest = 12

  /// The first characters of a number, with `P-`.
  package static func handle(of id: Int64, length: Int) -> PatientHandle {
    var text: [UInt8] = [UInt8(ascii: "P"), UInt8(ascii: "-")]
    var fraction = UInt64(bitPattern: id) << 1
    for _ in 0..<length {
      let (digit, rest) = fraction.multipliedFullWidth(by: UInt64(symbols.count))
      text.append(symbols[Int(digit)])
      fraction = rest
    }
    return PatientHandle(String(decoding: text, as: UTF8.self))
  }

  /// The length of the next new handle in a workspace of so many patients.
  ///
  /// One more once a sixteenth of a length is taken, so that a new handle seldom meets an old one.
  package static func length(forPatients count: Int) -> Int {
    var length = shortest
    var room = symbols.count * symbols.count * symbols.count * symbols.count / 16
    while count >= room, length < longest {
      length += 1
      room *= symbols.count
    }
    return length
  }

  /// Whether one of two handles begins with the other.
  package static func collide(_ one: PatientHandle, _ other: PatientHandle) -> Bool {
    one.rawValue.hasPrefix(other.rawValue) || other.rawValue.hasPrefix(one.rawValue)
  }
}
