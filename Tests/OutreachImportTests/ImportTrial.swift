import FoundationEssentials
import OutreachCore
import OutreachImport
import Testing

/// Writes files into a folder of its own, reads them, and keeps what came out.
struct ImportTrial {
  var records: [ImportedRecord] = []
  var summary = ImportSummary()

  /// Monday 2026-11-23, 10:00 in Chicago.
  static let now = Instant(secondsSinceEpoch: 1_795_449_600)

  /// Chicago by its present rule only.
  static let chicago: Zone = {
    var bytes = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
    // Version 1 and version 2 blocks: one type, standard time at -6 h, and four bytes of abbreviation.
    let counts: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4]
    let block: [UInt8] = [0xFF, 0xFF, 0xAB, 0xA0, 0, 0] + Array("CST".utf8) + [0]
    let head = bytes
    bytes += counts + block
    bytes += head + counts + block
    bytes += Array("\nCST6CDT,M3.2.0,M11.1.0\n".utf8)
    do {
      return try Zone(name: "America/Chicago", tzif: bytes)
    } catch {
      Issue.record("the zone of the tests: \(error)")
      return .utc
    }
  }()

  static func options(
    purposes: [Purpose] = Purpose.all, columns: [String: String] = [:]
  ) -> ImportOptions {
    ImportOptions(defaultRegion: "US", zone: chicago, now: now, purposes: purposes, columns: columns)
  }

  /// Reads files by name and text; `paths` are relative to their folder, which is the default.
  init(
    _ files: [(name: String, bytes: [UInt8])], paths: [String]? = nil, options: ImportOptions = options()
  ) throws {
    var read: [ImportedRecord] = []
    var counted = ImportSummary()
    try Self.withFolder(files) { folder in
      do {
        counted = try RecordReader(options: options).read(
          paths: paths?.map { "\(folder)/\($0)" } ?? [folder]
        ) { read.append($0) }
      } catch let error as ImportError {
        throw Refusal(text: error.description.replacing(folder + "/", with: ""))
      }
      for index in counted.faults.indices {
        counted.faults[index].file = counted.faults[index].file.replacing(folder + "/", with: "")
      }
    }
    records = read
    summary = counted
  }

  /// Writes files into a new folder and takes it away again.
  static func withFolder(
    _ files: [(name: String, bytes: [UInt8])], _ body: (_ folder: String) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "outreach-import-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, bytes) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    try body(folder.path)
  }

  /// An ``ImportError`` with the folder taken out of its text.
  struct Refusal: Error {
    var text: String
  }

  /// Reads lines of one NDJSON file.
  init(lines: [String], options: ImportOptions = options()) throws {
    let text = lines.joined(separator: "\n") + "\n"
    try self.init([("data.ndjson", Array(text.utf8))], options: options)
  }

  /// Reads one CSV file.
  init(csv: String, options: ImportOptions = options()) throws {
    try self.init([("patients.csv", Array(csv.utf8))], options: options)
  }

  /// Reads one resource, the members of which are given after `resourceType` and `id`.
  init(_ type: String, _ members: String, options: ImportOptions = options()) throws {
    let rest = members.isEmpty ? "" : ", \(members.replacing("\n", with: " "))"
    try self.init(lines: [#"{"resourceType": "\#(type)", "id": "r1"\#(rest)}"#], options: options)
  }

  var faults: [String] { summary.faults.map(\.description) }

  /// Why the only record of a type was skipped.
  func skipped(_ type: String) -> ImportReason? { summary.resources[type]?.skipped.keys.first }
}

extension ImportTrial {
  var patient: Demographics? {
    records.lazy.compactMap { if case .patient(let patient) = $0 { patient } else { nil } }.first
  }

  var fact: Fact? {
    records.lazy.compactMap { if case .fact(_, let fact) = $0 { fact } else { nil } }.first
  }

  var consents: [ConsentEvent] {
    records.flatMap { record -> [ConsentEvent] in
      if case .consent(_, _, let events) = record { events } else { [] }
    }
  }
}

/// `2026-01-03` as the first instant of that date in Chicago, or an instant of RFC 3339.
func at(_ text: String) -> Instant {
  if let date = CivilDate(text) { return ImportTrial.chicago.startOfDay(date) }
  return Instant(rfc3339: text) ?? .latest
}

/// Random numbers that a seed repeats (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// How many times as long the random tests run, from `OUTREACH_TEST_SCALE`.
let testScale = ProcessInfo.processInfo.environment["OUTREACH_TEST_SCALE"].flatMap(Int.init) ?? 1
