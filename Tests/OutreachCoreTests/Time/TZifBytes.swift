/// Builds and cuts TZif files in memory, by RFC 9636, section 3.
enum TZifBytes {
  /// A version 2 file whose first block is empty.
  static func file(
    offsets: [Int32], changes: [(at: Int64, type: UInt8)], footer: String, leapSeconds: Int = 0
  ) -> [UInt8] {
    var bytes = header(version: "2", leapSeconds: 0, times: 0, types: 1)
    bytes += [0, 0, 0, 0, 0, 0] + Array("LMT\0".utf8)
    bytes += header(version: "2", leapSeconds: leapSeconds, times: changes.count, types: offsets.count)
    for change in changes { bytes += bigEndian(change.at) }
    for change in changes { bytes.append(change.type) }
    for offset in offsets { bytes += bigEndian(offset) + [0, 0] }
    bytes += Array("LMT\0".utf8)
    bytes += [UInt8](repeating: 0, count: leapSeconds * 12)
    return bytes + Array("\n\(footer)\n".utf8)
  }

  /// A version 1 file.
  static func version1(offsets: [Int32], changes: [(at: Int32, type: UInt8)]) -> [UInt8] {
    var bytes = header(version: "\0", leapSeconds: 0, times: changes.count, types: offsets.count)
    for change in changes { bytes += bigEndian(change.at) }
    for change in changes { bytes.append(change.type) }
    for offset in offsets { bytes += bigEndian(offset) + [0, 0] }
    return bytes + Array("LMT\0".utf8)
  }

  /// The same file without its changes at or after `cut`, and with its footer.
  static func cut(_ bytes: [UInt8], from cut: Int64) -> [UInt8] {
    let second = secondHeader(bytes)
    let times = count(bytes, second, 3)
    var kept = 0
    while kept < times, time(bytes, second + 44 + kept * 8) < cut { kept += 1 }
    var result =
      Array(bytes[..<(second + 32)]) + bigEndian(Int32(kept)) + bytes[(second + 36)..<(second + 44)]
    result += bytes[(second + 44)..<(second + 44 + kept * 8)]
    let types = second + 44 + times * 8
    result += bytes[types..<(types + kept)]
    return result + bytes[(types + times)...]
  }

  /// The time of the last change listed; nil without changes.
  static func lastChange(_ bytes: [UInt8]) -> Int64? {
    let second = secondHeader(bytes)
    let times = count(bytes, second, 3)
    return times == 0 ? nil : time(bytes, second + 44 + (times - 1) * 8)
  }

  /// The text between the last two line feeds.
  static func footer(_ bytes: [UInt8]) -> String {
    String(
      decoding: bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false).last ?? [],
      as: UTF8.self)
  }

  private static func secondHeader(_ bytes: [UInt8]) -> Int {
    let counts = (0..<6).map { count(bytes, 0, $0) }
    return 44 + counts[3] * 5 + counts[4] * 6 + counts[5] + counts[2] * 8 + counts[1] + counts[0]
  }

  private static func count(_ bytes: [UInt8], _ header: Int, _ index: Int) -> Int {
    let start = header + 20 + index * 4
    return bytes[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
  }

  private static func time(_ bytes: [UInt8], _ start: Int) -> Int64 {
    Int64(bitPattern: bytes[start..<(start + 8)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  private static func header(version: Unicode.Scalar, leapSeconds: Int, times: Int, types: Int) -> [UInt8] {
    var bytes = Array("TZif".utf8) + [UInt8(ascii: version)] + [UInt8](repeating: 0, count: 15)
    for count in [0, 0, leapSeconds, times, types, 4] { bytes += bigEndian(Int32(count)) }
    return bytes
  }

  private static func bigEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    stride(from: Value.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> Value($0)) }
  }
}
