import OutreachCore

/// North American area codes opened since the metadata of Debian's libphonenumber was made.
///
/// Without them a patient whose number is from one of the newer codes could never be written to. In the
/// United States and Canada every exchange of a code can be assigned, and all of them are
/// `fixedLineOrMobile`.
enum OpenedAreaCodes {
  private static let codes = Set(list.split(separator: " ").map(String.init))

  /// Whether the number is of such a code and has an exchange that can exist.
  ///
  /// The first digit of an exchange is 2–9, and none is of the form N11, which are service codes (North
  /// American Numbering Plan Administrator, "Central Office Codes").
  static func hold(_ number: PhoneNumber) -> Bool {
    guard let area = number.nanpAreaCode, codes.contains(area) else { return false }
    let exchange = number.e164.utf8.dropFirst(5).prefix(3)
    guard let first = exchange.first else { return false }
    return first >= UInt8(ascii: "2") && !exchange.dropFirst().elementsEqual("11".utf8)
  }
}
