import OutreachCore

extension ReadingPass {
  /// Reads a file that holds one JSON object: a Bundle, a resource, or the manifest of a bulk export.
  mutating func readJSON(
    _ file: InputFile, isNamed: Bool, progress: (ImportProgress) -> Void,
    record: (ImportedRecord) throws -> Void
  ) throws {
    var bytes = try file.readAll(limit: RecordReader.largestJSON)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    progress(self.progress(file))
    let place = Place(file: file.path, line: nil)
    guard Self.isUTF8(bytes) else { return skip(.notUTF8, at: place) }
    guard let header = try? ResourceHeader(bytes) else { return skip(.notJSON, at: place) }
    if header.isManifest, let manifest = BulkManifest(bytes) {
      return read(manifest, at: place)
    }
    guard header.type != nil else {
      guard !isNamed else { throw ImportError.nothingToImport(path: file.path) }
      return note(.notFHIR, at: place)
    }
    try readResource(bytes, at: Place(file: file.path, line: 1), record: record)
  }

  private mutating func read(_ manifest: BulkManifest, at place: Place) {
    describes(manifest.asOf)
    for name in manifest.fileNames where !files.contains(name: name) {
      note(.fileMissing, at: Place(file: name, line: nil))
    }
  }

  /// Reads the entries of a Bundle.
  ///
  /// One that is cut short is skipped as a whole.
  mutating func readBundle(
    _ bytes: [UInt8], at place: Place, record: (ImportedRecord) throws -> Void
  ) throws {
    guard let bundle = try? BundleScanner(bytes), let records = try? bundle.recordsByURN() else {
      return skip(.notJSON, at: place, resource: BundleResource.type)
    }
    guard bundle.isReadable else {
      return skip(.bundleType, at: place, resource: BundleResource.type, field: "type")
    }
    describes((bundle.timestamp ?? bundle.lastUpdated).flatMap { Instant(rfc3339: $0) })
    context.bundle = records
    defer {
      context.bundle = [:]
      context.bundleID = nil
    }
    var counter = LineCounter(bytes, firstLine: place.line)
    try bundle.forEachEntry { entry in
      let entryPlace = Place(file: place.file, line: counter.line(at: entry.offset))
      if entry.method == "DELETE" {
        guard let url = entry.url, case .record(let type, let id) = FHIRReference(url) else {
          return skip(
            .unresolvedReference, at: entryPlace, resource: BundleResource.type, field: "entry.request.url")
        }
        return try handOverDeletion(of: ResourceID(type: type, id: id), record: record)
      }
      guard let resource = entry.resource else { return }
      context.bundleID = entry.fullURL.flatMap(BundleScanner.id(fullURL:))
      try readEntry(Array(bytes[resource]), at: entryPlace, record: record)
    }
  }

  private mutating func readEntry(
    _ bytes: [UInt8], at place: Place, record: (ImportedRecord) throws -> Void
  ) throws {
    guard let header = try? ResourceHeader(bytes) else { return skip(.notJSON, at: place) }
    guard let type = header.type else { return skip(.noResourceType, at: place) }
    if let kind = ResourceDecoder.kinds[type] {
      try readResource(kind, bytes, at: place, record: record)
    } else {
      countUnused(type)
    }
  }
}

/// Tells the lines of offsets that only grow.
private struct LineCounter {
  private let bytes: [UInt8]
  private var offset = 0
  private var line: Int?

  init(_ bytes: [UInt8], firstLine: Int?) {
    self.bytes = bytes
    line = firstLine
  }

  mutating func line(at target: Int) -> Int? {
    while offset < target {
      if bytes[offset] == 0x0A { line = line.map { $0 + 1 } }
      offset += 1
    }
    return line
  }
}
