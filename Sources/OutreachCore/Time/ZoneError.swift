/// Why there is no time zone for a name.
///
/// The two cases call for different people: an unknown name is corrected where it was written, invalid data
/// where the system's time zone files are installed.
public enum ZoneError: Error, Sendable, Hashable, CustomStringConvertible {
  /// No zone goes by this name, or the text is no zone's name at all.
  case unknown(name: String)
  /// There is data under this name, but it is not a time zone; `reason` is a clause that says what is wrong.
  case invalid(name: String, reason: String)

  /// One sentence that says what to do.
  ///
  /// A text that is not formed like `Area/Place` is not repeated: it may be a misplaced piece of a patient's
  /// record.
  public var description: String {
    switch self {
    case .unknown(let name) where name.utf8.contains(UInt8(ascii: "/")) && ZoneCatalogue.isZoneName(name):
      "There is no time zone “\(name)”; check the spelling, and that tzdata is installed."
    case .unknown:
      "The text given is not the name of a time zone; use a name such as “America/New_York”."
    case .invalid(let name, let reason):
      "The data of time zone “\(name)” cannot be used: \(reason). Reinstall tzdata."
    }
  }
}
