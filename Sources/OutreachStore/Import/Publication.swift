import GRDB
import OutreachCore

/// The step that turns a staged import into the registry's present: everything inside one transaction.
///
/// The keys of new patients are committed to the key store page by page before that; a key whose patient
/// never comes to be is harmless, a patient without a key would not be.
final class Publication {
  let database: Database
  let keyPool: DatabasePool
  let tools: SealingTools
  let staging: StagingArea
  let asOf: Instant
  let importRun: Int64
  let recordedAt: Instant
  let evidenceHash: LookupHash
  let handleHash: KeyedHash

  var summary = PublishSummary()
  var owners: RecordOwners
  var patientCount: Int
  private let sharedHash: LookupHash

  /// Patients are handled in pages of at least this many, each with one commit of the key store.
  private static let pageSize = 2_000

  init(
    database: Database, keyPool: DatabasePool, tools: SealingTools, staging: StagingArea, asOf: Instant,
    importRun: Int64, recordedAt: Instant
  ) throws {
    self.database = database
    self.keyPool = keyPool
    self.tools = tools
    self.staging = staging
    self.asOf = asOf
    self.importRun = importRun
    self.recordedAt = recordedAt
    evidenceHash = try tools.keys.evidence()
    handleHash = try tools.keys.handles()
    sharedHash = try tools.keys.sharedResources()
    patientCount = try Int.fetchOne(database, sql: "SELECT count(*) FROM patient") ?? 0
    owners = RecordOwners(
      contested: try RecordClaim.contested(in: staging), hasEarlierPatients: patientCount > 0)
  }

  /// Publishes and tells what changed.
  func run() throws -> PublishSummary {
    try publishShared()
    try publishPatients()
    try sweep()
    try resolveLinks()
    return summary
  }

  private func publishPatients() throws {
    var bucket = 0
    while bucket < StagingArea.patientBuckets {
      try keyPool.write { keyDatabase in
        let connections = RegistryConnections(database: database, keyDatabase: keyDatabase, tools: tools)
        var count = 0
        while bucket < StagingArea.patientBuckets, count < Self.pageSize {
          count += try publish(bucket: bucket, connections)
          bucket += 1
        }
      }
      if owners.isSweepDue {
        try sweep()
        owners.forgetMoved()
      }
    }
  }

  /// Publishes the patients of one bucket in order of their look-up hash, so that the order in which an
  /// import brings them makes no difference.
  private func publish(bucket: Int, _ connections: RegistryConnections) throws -> Int {
    let contents = try staging.contents(of: bucket)
    if contents.isEmpty { return 0 }
    return try contents.withUnsafeBytes { bytes in
      var entries = try StagedEntry.list(bytes)
      entries.sort { ($0.lookup, $0.sequence) < ($1.lookup, $1.sequence) }
      var count = 0
      var start = 0
      while start < entries.count {
        let lookup = entries[start].lookup
        let end = entries[start...].firstIndex { $0.lookup != lookup } ?? entries.count
        try publish(entries[start..<end], of: lookup, connections)
        start = end
        count += 1
      }
      return count
    }
  }

  private func publishShared() throws {
    let contents = try staging.contents(of: StagingArea.sharedBucket)
    if contents.isEmpty { return }
    var changes: [ResourceID: SharedResource?] = [:]
    try contents.withUnsafeBytes { bytes in
      try ByteReader.readAll(bytes) { reader throws(DecodingFault) in
        while !reader.isAtEnd {
          let sequence = try reader.unsigned()
          switch try StagedSharedOperation(from: &reader) {
          case .resource(let resource): changes[resource.id] = .some(resource)
          case .deleted(let id):
            changes[id] = .some(nil)
            owners.delete(id, sequence: sequence)
          }
        }
      }
    }
    for (id, resource) in changes.sorted(by: { $0.key < $1.key }) { try publish(resource, of: id) }
  }

  private func publish(_ resource: SharedResource?, of resourceID: ResourceID) throws {
    let lookup = try sharedHash(resourceID.rawValue)
    let select = try Query(database, "SELECT id, version, content FROM shared_resource WHERE lookup = $1")
    try select.bind(lookup, at: 1)
    var row: (id: Int64, version: Int64, content: [UInt8])?
    if try select.step() {
      let (id, version) = (select.integer(0), select.integer(1))
      let place = Place.sharedResource(id, version)
      row = (id, version, try tools.sealer.open(select.bytes(2), key: tools.registryKey, binding: place))
    }
    select.reset()
    guard let resource else {
      guard let row else { return }
      let delete = try Query(database, "DELETE FROM shared_resource WHERE id = $1")
      try delete.bind(row.id, at: 1)
      try delete.run()
      summary.shared.removed += 1
      return
    }
    let content = resource.blob()
    if let row {
      guard row.content != content else { return summary.shared.unchanged += 1 }
      summary.shared.changed += 1
      let update = try Query(database, "UPDATE shared_resource SET version = $1, content = $2 WHERE id = $3")
      try update.bind(row.version + 1, at: 1)
      try update.bind(seal(content, Place.sharedResource(row.id, row.version + 1)), at: 2)
      try update.bind(row.id, at: 3)
      try update.run()
    } else {
      summary.shared.new += 1
      // The row's number is the look-up's beginning: it has to be known before the content is sealed.
      let id = Int64(LookupKey(lookup).high >> 1)
      let insert = try Query(
        database, "INSERT INTO shared_resource (id, lookup, version, content) VALUES ($1, $2, 1, $3)")
      try insert.bind(id, at: 1)
      try insert.bind(lookup, at: 2)
      try insert.bind(seal(content, Place.sharedResource(id, 1)), at: 3)
      try insert.run()
    }
  }

  private func seal(_ content: [UInt8], _ place: SealBinding) throws -> [UInt8] {
    try tools.sealer.seal(content, key: tools.registryKey, binding: place)
  }
}

/// One staged record of a patient and its place in the import.
struct StagedEntry {
  let lookup: LookupKey
  let sequence: UInt64
  let operation: StagedOperation

  static func list(_ bytes: UnsafeRawBufferPointer) throws(DecodingFault) -> [StagedEntry] {
    try ByteReader.readAll(bytes) { reader throws(DecodingFault) in
      var entries: [StagedEntry] = []
      while !reader.isAtEnd {
        entries.append(
          StagedEntry(
            lookup: try LookupKey(from: &reader), sequence: try reader.unsigned(),
            operation: try StagedOperation(from: &reader)))
      }
      return entries
    }
  }
}
