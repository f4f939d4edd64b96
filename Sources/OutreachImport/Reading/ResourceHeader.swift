/// What a resource says of itself, read without decoding it.
struct ResourceHeader {
  /// The kind of resource, such as `Patient`.
  var type: String?
  /// The logical identifier.
  var id: String?
  /// Whether the object looks like the manifest of a bulk export.
  var isManifest = false

  /// Reads as little of the object in `range` as it takes to know its type, and its `id` where that is
  /// asked for.
  init(_ bytes: [UInt8], in range: Range<Int>? = nil, withID: Bool = false) throws {
    var scanner = JSONScanner(bytes, in: range)
    var type: String?
    var id: String?
    var manifestMembers = 0
    _ = scanner.isAtEnd()
    try scanner.forEachMember { key, value in
      if Self.matches(bytes, key, "resourceType") {
        type = JSONText.string(bytes, value)
      } else if withID, Self.matches(bytes, key, "id") {
        id = JSONText.string(bytes, value)
      } else if Self.matches(bytes, key, "transactionTime") || Self.matches(bytes, key, "output") {
        manifestMembers += 1
      }
      return type == nil || (withID && id == nil)
    }
    self.type = type
    self.id = id
    isManifest = type == nil && manifestMembers == 2
  }

  private static func matches(_ bytes: [UInt8], _ range: Range<Int>, _ name: StaticString) -> Bool {
    range.count == name.utf8CodeUnitCount
      && name.withUTF8Buffer { bytes[range].elementsEqual($0) }
  }
}
