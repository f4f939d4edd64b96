import OutreachCore

/// The state of one import while it reads: what was counted, and which patients were seen.
struct ReadingPass {
  /// A place in a file.
  struct Place {
    var file: String
    var line: Int?
  }

  private(set) var summary = ImportSummary()
  let files: InputFiles
  var context: ReadingContext
  private let decoder = ResourceDecoder()
  private let bytesTotal: Int
  private var bytesBefore = 0
  private var imported = 0
  /// Hashes of the identifiers of the patients read so far.
  private var patients: Set<Int> = []

  init(options: ImportOptions, files: InputFiles) {
    self.files = files
    context = ReadingContext(options)
    bytesTotal = files.size
  }

  // MARK: - Files

  mutating func finish(_ file: InputFile) {
    summary.files += 1
    bytesBefore += file.bytesRead
    summary.bytes = bytesBefore
  }

  mutating func notCompressed(_ path: String) {
    summary.note(ImportFault(file: path, line: nil, reason: .compressed, isImported: false))
  }

  func progress(_ file: InputFile) -> ImportProgress {
    ImportProgress(
      file: file.path, bytesRead: bytesBefore + file.bytesRead, bytesTotal: bytesTotal, imported: imported)
  }

  mutating func describes(_ instant: Instant?) { summary.describes(instant) }

  // MARK: - Records

  /// Reads one resource and hands over what it states.
  mutating func readResource(
    _ bytes: [UInt8], at place: Place, record: (ImportedRecord) throws -> Void
  ) throws {
    guard let header = try? ResourceHeader(bytes) else { return skip(.notJSON, at: place) }
    guard let type = header.type else { return skip(.noResourceType, at: place) }
    if type == BundleResource.type {
      try readBundle(bytes, at: place, record: record)
    } else if let kind = ResourceDecoder.kinds[type] {
      try readResource(kind, bytes, at: place, record: record)
    } else {
      countUnused(type)
    }
  }

  mutating func countUnused(_ type: String) {
    // What is not the name of a kind of resource could be anything, and is not repeated.
    let isName = type.utf8.count <= 40 && type.utf8.allSatisfy { (0x41...0x5A).contains($0 & 0xDF) }
    summary.unused[isName ? type : "", default: 0] += 1
  }

  mutating func readResource(
    _ kind: any FHIRResource.Type, _ bytes: [UInt8], at place: Place, record: (ImportedRecord) throws -> Void
  ) throws {
    let reading: Reading
    do {
      reading = try decoder.read(kind, bytes, context)
    } catch {
      return skip(error.reason, at: place, resource: kind.type, field: error.field)
    }
    try handOver(reading, at: place, resource: kind.type, record: record)
  }

  /// Counts what was read and hands over what it states.
  mutating func handOver(
    _ reading: Reading, at place: Place, resource: String, record: (ImportedRecord) throws -> Void
  ) throws {
    summary.resources[resource, default: .init()].read += 1
    if let reason = reading.skipped {
      summary.resources[resource, default: .init()].skipped[reason, default: 0] += 1
      if reason.isFault { note(reason, at: place, resource: resource) }
    } else {
      summary.resources[resource, default: .init()].imported += 1
      imported += 1
    }
    for fault in reading.lost { loses(fault, at: place, resource: resource) }
    for statement in reading.records {
      if case .patient(let patient) = statement,
        !patients.insert(patient.identity.id.hashValue).inserted
      {
        loses(ResourceFault(.duplicatePatient), at: place, resource: resource)
      }
      try record(statement)
    }
  }

  /// Hands over that the source deleted a record.
  mutating func handOverDeletion(of id: ResourceID, record: (ImportedRecord) throws -> Void) throws {
    summary.deleted += 1
    try record(.deleted(id))
  }

  /// Counts a record that is skipped and names its place.
  mutating func skip(
    _ reason: ImportReason, at place: Place, resource: String? = nil, field: String? = nil
  ) {
    summary.resources[resource ?? "", default: .init()].read += 1
    summary.resources[resource ?? "", default: .init()].skipped[reason, default: 0] += 1
    note(reason, at: place, resource: resource, field: field, isImported: false)
  }

  /// Names a place that is no record.
  mutating func note(
    _ reason: ImportReason, at place: Place, resource: String? = nil, field: String? = nil,
    isImported: Bool = false
  ) {
    summary.note(
      ImportFault(
        file: place.file, line: place.line, resource: resource, field: field, reason: reason,
        isImported: isImported))
  }

  private mutating func loses(_ fault: ResourceFault, at place: Place, resource: String) {
    summary.resources[resource, default: .init()].incomplete[fault.reason, default: 0] += 1
    note(fault.reason, at: place, resource: resource, field: fault.field, isImported: true)
  }
}

/// The names that a Bundle's faults use.
enum BundleResource {
  static let type = "Bundle"
}
