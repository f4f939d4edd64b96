import OutreachCore

/// Takes a FHIR Bundle apart without decoding it, so that a large one costs no more than its own bytes.
struct BundleScanner {
  /// One entry of a Bundle.
  struct Entry {
    /// Where the resource is in the text; nil when the entry has none.
    var resource: Range<Int>?
    var fullURL: String?
    /// The method of `request`, such as `DELETE`.
    var method: String?
    /// The address of `request`.
    var url: String?
    /// Where the entry begins.
    var offset: Int
  }

  /// The type such as `transaction`.
  private(set) var type: String?
  private(set) var timestamp: String?
  private(set) var lastUpdated: String?
  private let bytes: [UInt8]
  private var entries: Range<Int>?

  /// Reads the Bundle in `range`.
  ///
  /// It follows every bracket, so that a Bundle cut short is found before anything of it is used.
  init(_ bytes: [UInt8], in range: Range<Int>? = nil) throws {
    self.bytes = bytes
    var scanner = JSONScanner(bytes, in: range)
    var type: String?
    var timestamp: String?
    var lastUpdated: String?
    var entries: Range<Int>?
    _ = scanner.isAtEnd()
    try scanner.forEachMember { key, value in
      switch JSONText.raw(bytes, key) {
      case "type": type = JSONText.string(bytes, value)
      case "timestamp": timestamp = JSONText.string(bytes, value)
      case "entry": entries = value
      case "meta":
        var meta = JSONScanner(bytes, in: value)
        try meta.forEachMember { key, value in
          if JSONText.raw(bytes, key) == "lastUpdated" { lastUpdated = JSONText.string(bytes, value) }
          return true
        }
      default: break
      }
      return true
    }
    guard scanner.isAtEnd() else { throw JSONScanner.Malformed(offset: scanner.position) }
    self.type = type
    self.timestamp = timestamp
    self.lastUpdated = lastUpdated
    self.entries = entries
  }

  /// Whether the Bundle is a list of current records or of changes to them.
  var isReadable: Bool {
    ["transaction", "batch", "collection", "searchset"].contains(type)
  }

  /// Calls `body` with each entry.
  func forEachEntry(_ body: (Entry) throws -> Void) throws {
    guard let entries else { return }
    var scanner = JSONScanner(bytes, in: entries)
    try scanner.forEachElement { range in
      var entry = Entry(offset: range.lowerBound)
      var members = JSONScanner(bytes, in: range)
      try members.forEachMember { key, value in
        switch JSONText.raw(bytes, key) {
        case "resource": entry.resource = value
        case "fullUrl": entry.fullURL = JSONText.string(bytes, value)
        case "request":
          var request = JSONScanner(bytes, in: value)
          try request.forEachMember { key, value in
            switch JSONText.raw(bytes, key) {
            case "method": entry.method = JSONText.string(bytes, value)
            case "url": entry.url = JSONText.string(bytes, value)
            default: break
            }
            return true
          }
        default: break
        }
        return true
      }
      try body(entry)
    }
  }

  /// The records by their `fullUrl`, for those that have one beginning with `urn:`.
  func recordsByURN() throws -> [String: ResourceID] {
    var records: [String: ResourceID] = [:]
    try forEachEntry { entry in
      guard let url = entry.fullURL, url.hasPrefix("urn:"), let resource = entry.resource else { return }
      let header = try ResourceHeader(bytes, in: resource, withID: true)
      guard let type = header.type, let id = header.id ?? Self.id(fullURL: url) else { return }
      records[url] = ResourceID(type: type, id: id)
    }
    return records
  }

  /// The identifier that an entry's address gives a resource without one of its own.
  static func id(fullURL: String) -> String? {
    if let prefix = ["urn:uuid:", "urn:oid:"].first(where: { fullURL.hasPrefix($0) }) {
      return String(fullURL.dropFirst(prefix.count))
    }
    guard case .record(_, let id) = FHIRReference(fullURL) else { return nil }
    return id
  }
}
