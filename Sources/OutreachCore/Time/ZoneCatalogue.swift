import Synchronization

/// Where the bytes of time zone files come from.
public protocol ZoneSource: Sendable {
  /// The TZif file called `name`, such as `America/New_York`; nil if there is none.
  ///
  /// The name is one that ``ZoneCatalogue/isZoneName(_:)`` accepts, so it cannot lead out of a directory.
  func tzif(named name: String) -> [UInt8]?
}

/// The time zones of a source by name, each read once.
///
/// What was read is kept, good or bad, as long as the catalogue lives. A program that runs for long makes a
/// new catalogue from time to time, so that new zone data comes into force. Copies share what was read.
public struct ZoneCatalogue: Sendable {
  private let source: any ZoneSource
  private let cache = Cache()

  private final class Cache: Sendable {
    let zones = Mutex<[String: Result<Zone, ZoneError>]>([:])
  }

  /// A catalogue of the zones that `source` has.
  public init(source: any ZoneSource) {
    self.source = source
  }

  /// The zone called `name`; `UTC` is always there.
  ///
  /// It fails with ``ZoneError``: `unknown` if the source has no such zone or the text is no zone's name,
  /// `invalid` if what the source has is not a time zone.
  public func zone(named name: String) -> Result<Zone, ZoneError> {
    guard Self.isZoneName(name) else { return .failure(.unknown(name: name)) }
    if name == "UTC" { return .success(.utc) }
    if let known = cache.zones.withLock({ $0[name] }) { return known }
    // Names that are not there are not kept, so that a bad import cannot fill the memory.
    guard let bytes = source.tzif(named: name) else { return .failure(.unknown(name: name)) }
    let result = Result { () throws(ZoneError) in try Zone(name: name, tzif: bytes) }
    cache.zones.withLock { $0[name] = result }
    return result
  }

  /// Whether `text` is formed like a zone's name and not the name of something else kept among the zones.
  ///
  /// A name is parts of letters, digits, `_`, `-` and `+`, joined by `/`, that begin with a letter; at most
  /// 64 characters in all. There is no `.`, so `..` is none. `Factory` (a zone yet to be set), `localtime`
  /// and `posixrules` (whatever this machine's zone is) are no place's time zone and refused.
  public static func isZoneName(_ text: String) -> Bool {
    guard !["Factory", "localtime", "posixrules"].contains(text), (1...64).contains(text.utf8.count) else {
      return false
    }
    var reader = CivilTextReader(text)
    repeat {
      guard let first = reader.next, CivilTextReader.isLetter(first) else { return false }
      _ = reader.skip { byte in
        CivilTextReader.isLetter(byte) || CivilTextReader.isDigit(byte) || byte == UInt8(ascii: "_")
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
      }
    } while reader.take("/")
    return reader.isAtEnd
  }
}
