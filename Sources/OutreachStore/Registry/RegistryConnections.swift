import GRDB
import OutreachCore

/// Both files in one transaction each, and the tools to open what is sealed in them.
///
/// Belongs to the transaction it was made for.
final class RegistryConnections {
  let database: Database
  let keyDatabase: Database
  let tools: SealingTools
  private var isAnyNumberEvent: Bool?
  private var isAnyPreference: Bool?
  private var isAnySend: Bool?

  init(database: Database, keyDatabase: Database, tools: SealingTools) {
    self.database = database
    self.keyDatabase = keyDatabase
    self.tools = tools
  }

  /// Whether anything was ever recorded about a number; most passes are over patients of whom nothing was.
  func hasNumberEvents() throws -> Bool {
    if let isAnyNumberEvent { return isAnyNumberEvent }
    let isAny = try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM number_event)") ?? false
    isAnyNumberEvent = isAny
    return isAny
  }

  /// Whether anybody's wishes were ever recorded.
  func hasPreferences() throws -> Bool {
    if let isAnyPreference { return isAnyPreference }
    let isAny = try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM preference)") ?? false
    isAnyPreference = isAny
    return isAny
  }

  /// Whether anything was ever planned to go out from here.
  func hasSends() throws -> Bool {
    if let isAnySend { return isAnySend }
    let isAny = try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM send)") ?? false
    isAnySend = isAny
    return isAny
  }

  /// The key of a patient.
  ///
  /// - Throws: `StoreError.keyDestroyed` or `.keyMissing`.
  func key(ofPatient id: Int64, handle: PatientHandle) throws -> SealingKey {
    let select = try Query(keyDatabase, "SELECT wrapped FROM patient_key WHERE patient = $1")
    defer { select.reset() }
    try select.bind(id, at: 1)
    guard try select.step() else { throw StoreError.keyMissing(handle) }
    if select.isNull(0) { throw StoreError.keyDestroyed(handle) }
    return try tools.sealer.unwrap(
      select.bytes(0), by: tools.keys.wrap, binding: KeyStore.binding(ofPatient: id))
  }
}

/// What opens and hashes: one for a pass or an import, whose contexts are then used over and over.
final class SealingTools {
  let keys: WorkspaceKeys
  let registryKey: SealingKey
  let sealer: Sealer
  private lazy var phoneNumberHash = Result { try keys.phoneNumbers() }
  private lazy var sourceIDHash = Result { try keys.sourceIDs() }
  private lazy var ledgerHashes = Result { try LedgerHashes(keys) }
  /// The numbers, as hashes, that several records list, once a pass over all patients has asked for one; nil for a look at
  /// one patient.
  var numbersListedTwice: Set<[UInt8]>?
  /// Whether a pass over all patients uses these tools.
  var isForPass = false
  /// The numbers, as hashes, of which a pass has seen that more patients have them than live in one household; an import
  /// in between ends the pass.
  var crowdedNumbers: Set<[UInt8]> = []

  init(keys: WorkspaceKeys, registryKey: SealingKey) throws(SealError) {
    self.keys = keys
    self.registryKey = registryKey
    sealer = try Sealer()
  }

  // Both are derived when they are first asked for: a look at one patient needs neither.

  /// What is looked up of a number.
  func phoneNumbers(_ number: String) throws -> [UInt8] { try phoneNumberHash.get()(number) }

  /// What is looked up in the ledger.
  func ledger() throws -> LedgerHashes { try ledgerHashes.get() }

  /// What is looked up of a source system's identifier.
  func sourceIDs(_ id: String) throws -> [UInt8] { try sourceIDHash.get()(id) }
}

/// The places in the registry where blobs belong.
enum Place {
  static func identity(_ patient: Int64, _ version: Int64) -> SealBinding {
    SealBinding(table: "patient.identity", row: patient, version: UInt32(truncatingIfNeeded: version))
  }

  static func facts(_ patient: Int64, _ version: Int64) -> SealBinding {
    SealBinding(table: "patient.facts", row: patient, version: UInt32(truncatingIfNeeded: version))
  }

  static func consent(_ patient: Int64, sequence: Int64) -> SealBinding {
    SealBinding(table: "consent_event", row: patient, version: UInt32(truncatingIfNeeded: sequence))
  }

  static func sharedResource(_ id: Int64, _ version: Int64) -> SealBinding {
    SealBinding(table: "shared_resource", row: id, version: UInt32(truncatingIfNeeded: version))
  }

  static func importRun(_ id: Int64) -> SealBinding {
    SealBinding(table: "import_run", row: id, version: 1)
  }

  static func numberEvent(_ id: Int64) -> SealBinding {
    SealBinding(table: "number_event", row: id, version: 1)
  }

  static func preference(_ patient: Int64, version: Int64) -> SealBinding {
    SealBinding(table: "preference", row: patient, version: UInt32(truncatingIfNeeded: version))
  }

  static func reveal(_ id: Int64) -> SealBinding { SealBinding(table: "reveal", row: id, version: 1) }

  static func link(_ id: Int64) -> SealBinding { SealBinding(table: "link", row: id, version: 1) }

  static func approval(_ id: Int64) -> SealBinding { SealBinding(table: "approval", row: id, version: 1) }

  static func plan(_ send: Int64) -> SealBinding { SealBinding(table: "send.plan", row: send, version: 1) }

  static func message(_ send: Int64, attempt: Int64) -> SealBinding {
    SealBinding(table: "sent.message", row: send, version: UInt32(truncatingIfNeeded: attempt))
  }

  static func text(_ send: Int64, attempt: Int64) -> SealBinding {
    SealBinding(table: "sent.text", row: send, version: UInt32(truncatingIfNeeded: attempt))
  }

  static func outcome(_ send: Int64) -> SealBinding {
    SealBinding(table: "send.outcome", row: send, version: 1)
  }

  static func decision(_ patient: Int64, version: Int64) -> SealBinding {
    SealBinding(table: "decision", row: patient, version: UInt32(truncatingIfNeeded: version))
  }

  static func run(_ id: Int64) -> SealBinding { SealBinding(table: "run", row: id, version: 1) }

  static func pause(_ id: Int64) -> SealBinding { SealBinding(table: "pause", row: id, version: 1) }

  static func wordingOverride(_ id: Int64) -> SealBinding {
    SealBinding(table: "wording_override", row: id, version: 1)
  }

  static func wordingSignature(_ id: Int64) -> SealBinding {
    SealBinding(table: "wording_signature", row: id, version: 1)
  }
}
