import Foundation
import OutreachCore
import OutreachStore

/// A workspace in a folder of its own, which is removed at the end.
final class TestWorkspace {
  let folder: URL
  let masterKey: MasterKey
  let registry: Registry

  /// Makes a workspace, with the key of another one if there is one.
  init(sharingKeyOf other: TestWorkspace? = nil, id: String = "test") throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "store-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    masterKey = try other?.masterKey ?? MasterKey.generate()
    registry = try Registry.create(
      database: folder.appending(path: "outreach.db").path, keyStore: folder.appending(path: "keys.db").path,
      masterKey: masterKey, workspaceID: id)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var database: String { folder.appending(path: "outreach.db").path }
  var keyStore: String { folder.appending(path: "keys.db").path }

  /// Imports the records as of noon of 2026-11-23.
  @discardableResult
  func importing(_ records: [ImportedRecord]) throws -> PublishSummary {
    try registry.withImport(asOf: .noon, recordedAt: .noon, source: "test") { session in
      for record in records { try session.stage(record) }
    }.summary
  }

  func facts(_ id: String) throws -> PatientFacts? { try look(id) { try $0.facts() } }

  func look<T>(_ id: String, _ body: (any PatientEntry) throws -> T) throws -> T? {
    var value: T?
    _ = try registry.withPatient(.id(PatientID(id))) { value = try body($0) }
    return value
  }

  /// Every file of the folder by name.
  func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      files[name] = [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }
    return files
  }

  /// Everything that the registry tells, for comparison.
  func contents() throws -> [PatientSnapshot] {
    var all: [PatientSnapshot] = []
    try registry.forEachPatient { all.append(try PatientSnapshot($0)) }
    return all
  }
}

/// What the registry tells of one patient.
struct PatientSnapshot: Equatable {
  let handle: PatientHandle
  let standing: RecordStanding
  let identity: PatientIdentity
  let facts: PatientFacts
  let consents: [ConsentEvent]

  init(_ entry: any PatientEntry) throws {
    handle = entry.handle
    standing = entry.standing
    identity = try entry.identity()
    facts = try entry.facts()
    consents = try entry.consents()
  }
}

extension Instant {
  static let noon = Instant(secondsSinceEpoch: 1_795_435_200)
}

/// A patient's own record with a few things set.
func patient(
  _ id: String, name: String? = nil, phone: String? = nil, replacedBy: [String] = [],
  _ adjust: (inout Demographics) -> Void = { _ in }
) -> ImportedRecord {
  var identity = PatientIdentity(id: PatientID(id), givenName: name)
  if let number = phone.flatMap({ PhoneNumber(e164: $0) }) {
    identity.contactPoints = [
      ContactPoint(system: .phone, use: .mobile, typed: number.e164, phone: .valid(number))
    ]
  }
  var facts = PatientFacts()
  facts.replacedBy = replacedBy.map { PatientID($0) }
  var demographics = Demographics(identity: identity, facts: facts)
  adjust(&demographics)
  return .patient(demographics)
}

func condition(_ id: String, of patient: String, code: String = "E11.9") -> ImportedRecord {
  .fact(
    PatientID(patient),
    .condition(Condition(id: ResourceID("Condition/\(id)"), codes: [Coding(.icd10, code)], isActive: true)))
}

func consent(
  _ id: String, of patient: String, _ events: [(ConsentEvent.Kind, ConsentEvent.Source, Int64)]
) -> ImportedRecord {
  let evidence = ResourceID("Consent/\(id)")
  return .consent(
    PatientID(patient), evidence,
    events.map { kind, source, second in
      ConsentEvent(
        evidence: evidence, kind: kind, purpose: .appointment, channel: .sms,
        at: Instant(secondsSinceEpoch: second), source: source)
    })
}

extension PhoneNumberReading {
  static func valid(_ number: PhoneNumber) -> PhoneNumberReading {
    PhoneNumberReading(
      number: number, isPossible: true, isValid: true, kind: .mobile, region: "US", fault: nil)
  }
}

extension TestWorkspace {
  /// The files of a workspace as somebody copied them, opened with its key.
  final class Copy {
    private let folder: URL
    private let registry: Registry

    init(of workspace: TestWorkspace, files: [String: [UInt8]]) throws {
      folder = FileManager.default.temporaryDirectory.appending(path: "store-copy-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
      registry = try Registry(
        database: folder.appending(path: "outreach.db").path,
        keyStore: folder.appending(path: "keys.db").path,
        masterKey: workspace.masterKey)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func contents() throws -> [PatientSnapshot] {
      var all: [PatientSnapshot] = []
      try registry.forEachPatient { all.append(try PatientSnapshot($0)) }
      return all
    }

    func preferences(of handle: PatientHandle) throws -> Preferences? {
      try registry.preferences(of: .handle(handle))?.preferences
    }
  }
}
