/// What a TZif file says (RFC 9636, section 3): the offset at first, its changes, and the rule for later.
///
/// Reading looks at every length before it reads, so no bytes can make it trap.
struct TZifFile {
  /// The offset from UTC, in seconds, before the first change.
  var offsetBeforeAll: Int32
  /// Changes in ascending order of time; an offset may repeat the one before it.
  var changes: [ZoneTable.Change]
  /// The rule in the footer, which holds after the last change.
  var rule: PosixZoneRule?

  /// What is wrong with a file, as a clause.
  struct Flaw: Error {
    let reason: String

    init(_ reason: String) {
      self.reason = reason
    }
  }

  init(_ bytes: [UInt8]) throws(Flaw) {
    var reader = Reader(bytes: bytes)
    let header = try Header(&reader)
    guard header.hasSecondBlock else {
      self = try Self.block(header, timeSize: 4, &reader)
      return
    }
    // The first block repeats what fits into 32 bits, for readers of version 1.
    _ = try reader.take(header.size(timeSize: 4))
    let second = try Header(&reader)
    self = try Self.block(second, timeSize: 8, &reader)
    rule = try Self.footer(&reader)
  }

  private init(offsetBeforeAll: Int32, changes: [ZoneTable.Change]) {
    self.offsetBeforeAll = offsetBeforeAll
    self.changes = changes
  }

  private static func block(
    _ header: Header, timeSize: Int, _ reader: inout Reader
  ) throws(Flaw) -> TZifFile {
    guard header.leapSeconds == 0 else { throw Flaw("it counts leap seconds, which the clocks here do not") }
    guard header.types > 0 else { throw Flaw("it has no local time type") }
    let times = try reader.take(header.times * timeSize)
    let typeOfChange = try reader.take(header.times)
    let types = try reader.take(header.types * 6)
    _ = try reader.take(header.sizeAfterTypes(timeSize: timeSize))

    var offsets: [Int32] = []
    for type in 0..<header.types {
      let offset = Int32(truncatingIfNeeded: types.integer(at: type * 6, size: 4))
      // RFC 9636, 3.2: more than -25 hours, less than 26.
      guard offset > -25 * 3_600, offset < 26 * 3_600 else { throw Flaw("it has an offset of over a day") }
      offsets.append(offset)
    }
    var file = TZifFile(offsetBeforeAll: offsets[0], changes: [])
    for index in 0..<header.times {
      let time = times.integer(at: index * timeSize, size: timeSize)
      let type = Int(typeOfChange.integer(at: index, size: 1) & 0xFF)
      guard type < offsets.count else { throw Flaw("a change names a local time type that is not there") }
      if let last = file.changes.last, last.at >= time { throw Flaw("its changes are not in order of time") }
      file.changes.append(.init(at: time, offset: offsets[type]))
    }
    return file
  }

  private static func footer(_ reader: inout Reader) throws(Flaw) -> PosixZoneRule? {
    guard try reader.take(1).integer(at: 0, size: 1) == 0x0A else { throw Flaw("its footer does not begin") }
    guard let text = reader.takeLine() else { throw Flaw("its footer does not end") }
    if text.isEmpty { return nil }
    guard let rule = PosixZoneRule(text) else { throw Flaw("the rule in its footer is not one of POSIX") }
    return rule
  }
}

extension TZifFile {
  /// The header of one of a file's blocks, with the number of entries of each kind.
  private struct Header {
    /// Whether a block with 64-bit times and a footer follow, as from version 2 on.
    let hasSecondBlock: Bool
    let utcIndicators, standardIndicators, leapSeconds, times, types, characters: Int

    init(_ reader: inout Reader) throws(Flaw) {
      let header = try reader.take(44)
      guard header.integer(at: 0, size: 4) == 0x545A_6966 else { throw Flaw("it is not a TZif file") }
      switch UInt8(truncatingIfNeeded: header.integer(at: 4, size: 1)) {
      case 0: hasSecondBlock = false
      case UInt8(ascii: "2")...UInt8(ascii: "9"): hasSecondBlock = true
      default: throw Flaw("it is of an unknown version of TZif")
      }
      func count(_ index: Int) -> Int {
        Int(UInt32(truncatingIfNeeded: header.integer(at: 20 + index * 4, size: 4)))
      }
      utcIndicators = count(0)
      standardIndicators = count(1)
      leapSeconds = count(2)
      times = count(3)
      types = count(4)
      characters = count(5)
    }

    func sizeAfterTypes(timeSize: Int) -> Int {
      characters + leapSeconds * (timeSize + 4) + standardIndicators + utcIndicators
    }

    func size(timeSize: Int) -> Int {
      times * (timeSize + 1) + types * 6 + sizeAfterTypes(timeSize: timeSize)
    }
  }

  /// Hands out bytes from front to back.
  private struct Reader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) {
      self.bytes = bytes
    }

    mutating func take(_ count: Int) throws(Flaw) -> ArraySlice<UInt8> {
      guard count <= bytes.count - position else { throw Flaw("it is cut short") }
      defer { position += count }
      return bytes[position..<position + count]
    }

    /// The bytes up to the next line feed, as ASCII text; nil if there is none.
    mutating func takeLine() -> String? {
      guard let end = bytes[position...].firstIndex(of: 0x0A) else { return nil }
      defer { position = end + 1 }
      return String(decoding: bytes[position..<end], as: UTF8.self)
    }
  }
}

extension ArraySlice<UInt8> {
  /// A big-endian two's complement integer of `size` bytes, at most 8, `offset` bytes into the slice.
  fileprivate func integer(at offset: Int, size: Int) -> Int64 {
    var value: Int64 = 0
    for index in 0..<size {
      value = value << 8 | Int64(self[startIndex + offset + index])
    }
    let unused = Int64(64 - size * 8)
    return (value << unused) >> unused
  }
}
