/// A time zone: which offset from UTC its clocks have kept and, by present law, will keep.
///
/// It is made of the bytes of a TZif file (RFC 9636), versions 1 to 4, and of the rule in the file's footer,
/// which holds for all time after the last change listed. A zone is one reference to a shared, unchanging
/// table, so it costs nothing to copy.
public struct Zone: Sendable, Hashable, CustomStringConvertible {
  let table: ZoneTable

  /// Coordinated Universal Time.
  public static let utc = Zone(
    table: ZoneTable(name: "UTC", offsetBeforeAll: 0, changes: [], rule: nil))

  init(table: ZoneTable) {
    self.table = table
  }

  /// The zone called `name` that the bytes of a TZif file describe.
  ///
  /// Any bytes are answered with a zone or an error. Refused are files cut short, contradictory files,
  /// offsets that RFC 9636, 3.2, calls out of range, and files that count leap seconds (those under
  /// `right/`).
  /// - Throws: ``ZoneError/invalid(name:reason:)``.
  public init(name: String, tzif bytes: [UInt8]) throws(ZoneError) {
    do {
      table = try ZoneTable(name: name, file: TZifFile(bytes))
    } catch {
      throw .invalid(name: name, reason: error.reason)
    }
  }

  /// The name it was asked for by, such as `America/New_York`.
  public var name: String { table.name }

  /// The name.
  public var description: String { name }

  /// Seconds its clocks are ahead of UTC at `instant`; negative west of Greenwich.
  public func offset(at instant: Instant) -> Int {
    let second = table.cycled(instant.secondsSinceEpoch)
    return Int(table.offsets[table.index(at: second)])
  }

  /// The first instant later than `instant` at which the clocks are changed; nil if they never are again.
  public func nextTransition(after instant: Instant) -> Instant? {
    let second = table.cycled(instant.secondsSinceEpoch)
    let next = table.index(at: second) + 1
    guard next < table.starts.count else { return nil }
    let change = table.starts[next] - second + instant.secondsSinceEpoch
    return change <= Instant.lastSecond ? Instant(secondsSinceEpoch: change) : nil
  }

  /// Whether two zones have the same name and the same offsets at all times.
  public static func == (left: Zone, right: Zone) -> Bool {
    left.table === right.table
      || left.table.name == right.table.name && left.table.starts == right.table.starts
        && left.table.offsets == right.table.offsets && left.table.cycleStart == right.table.cycleStart
        && left.table.cyclesBackward == right.table.cyclesBackward
  }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(table.name)
  }
}
