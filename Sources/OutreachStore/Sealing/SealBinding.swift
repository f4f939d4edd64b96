/// The place a sealed blob belongs to.
///
/// It is authenticated with the blob, so that a blob copied to another row or table,
/// or put back in an older version, does not open.
package struct SealBinding: Hashable, Sendable {
  /// The table that holds the blob.
  package let table: String
  /// The row that holds it.
  package let row: Int64
  /// The version of the row's contents; rising versions keep an old blob from being put back.
  package let version: UInt32

  /// Names a place.
  package init(table: String, row: Int64, version: UInt32) {
    self.table = table
    self.row = row
    self.version = version
  }

  /// Writes the associated data: the blob's header, the row, the version, then the table's name.
  ///
  /// All parts but the last have a fixed width, so no two places give the same bytes.
  ///
  /// - Returns: how many bytes it wrote to the beginning of `bytes`, which grows where it is too short.
  func encode(header: UnsafeRawBufferPointer, into bytes: inout [UInt8]) -> Int {
    let fixed = header.count + MemoryLayout<Int64>.size + MemoryLayout<UInt32>.size
    var table = table
    return table.withUTF8 { name in
      let count = fixed + name.count
      if bytes.count < count { bytes = [UInt8](repeating: 0, count: max(count, 64)) }
      bytes.withUnsafeMutableBytes { bytes in
        bytes.copyMemory(from: header)
        bytes.storeBytes(of: row.bigEndian, toByteOffset: header.count, as: Int64.self)
        bytes.storeBytes(
          of: version.bigEndian, toByteOffset: header.count + MemoryLayout<Int64>.size, as: UInt32.self)
        UnsafeMutableRawBufferPointer(rebasing: bytes[fixed..<count]).copyMemory(
          from: UnsafeRawBufferPointer(name))
      }
      return count
    }
  }
}

extension SealBinding: CustomStringConvertible {
  /// The place as it is named in errors, such as `patient 17 (version 3)`.
  package var description: String { "\(table) \(row) (version \(version))" }
}
