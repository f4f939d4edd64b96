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
  func encode(header: some Sequence<UInt8>, into bytes: inout [UInt8]) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: header)
    withUnsafeBytes(of: row.bigEndian) { bytes.append(contentsOf: $0) }
    withUnsafeBytes(of: version.bigEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: table.utf8)
  }
}

extension SealBinding: CustomStringConvertible {
  /// The place as it is named in errors, such as `patient 17 (version 3)`.
  package var description: String { "\(table) \(row) (version \(version))" }
}
