/// A telephone number in the international form of ITU-T E.164.
///
/// `+`, a country code that starts with 1–9, at most 15 digits in all. Having one says that the digits have
/// the right shape, not that they are assigned, reachable or the patient's: see `PhoneNumberReading`.
///
/// Printing one shows its last four digits only (`•••0123`), so that an interpolation, a `dump` or a failed
/// expectation cannot put a patient's number into a log. `e164` is the way to ask for all of it.
public struct PhoneNumber: Hashable, Sendable {
  /// The whole number, such as `+12015550123`.
  public let e164: String

  /// Takes a number that already is in E.164 form.
  ///
  /// Nil for anything but `+` and 7 to 15 ASCII digits of which the first is no zero. No plan has
  /// international numbers of fewer than seven digits; what is shorter is a short code or an extension.
  public init?(e164: String) {
    let bytes = e164.utf8
    guard (8...16).contains(bytes.count), bytes.first == UInt8(ascii: "+") else { return nil }
    let digits = bytes.dropFirst()
    guard digits.first != UInt8(ascii: "0"),
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    self.e164 = e164
  }

  /// The last four digits, which is as much of a number as is shown without `--reveal`.
  public var lastFour: String { String(e164.suffix(4)) }

  /// The three digits after `+1` for a number of the North American Numbering Plan; nil elsewhere.
  public var nanpAreaCode: String? {
    guard e164.utf8.count == 12, e164.hasPrefix("+1") else { return nil }
    return String(e164.dropFirst(2).prefix(3))
  }
}

extension PhoneNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The number with all but the last four digits hidden.
  public var description: String { "•••\(lastFour)" }

  /// The number with all but the last four digits hidden.
  public var debugDescription: String { description }

  /// Shows no parts: reflection would print the whole number.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
