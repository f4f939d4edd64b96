import GRDB
import OutreachCore

/// A patient's row as an import finds it, opened.
struct PresentPatient {
  let row: PatientRow
  let key: SealingKey
  var standing: Standing
  var identityVersion: Int64
  var factsVersion: Int64
  let identity: [UInt8]
  let facts: [UInt8]
}

/// What the records of one patient say in the end.
private struct StagedPatient {
  var demographics: Demographics?
  var isDeleted: Bool?
  var changes: [ResourceID: (fact: Fact?, sequence: UInt64)] = [:]
  var consents: [ResourceID: (statement: ConsentStatement, sequence: UInt64)] = [:]

  init(_ entries: ArraySlice<StagedEntry>) {
    for entry in entries {
      switch entry.operation {
      case .patient(let demographics):
        self.demographics = demographics
        isDeleted = false
      case .deleted: isDeleted = true
      case .fact(let fact):
        if let id = fact.recordID { changes[id] = (fact, entry.sequence) }
      case .noFact(let id): changes[id] = (nil, entry.sequence)
      case .consent(let statement): consents[statement.evidence] = (statement, entry.sequence)
      }
    }
  }

  var statedRecords: Int { changes.values.count { $0.fact != nil } + consents.count }
}

extension Publication {
  /// Publishes all staged records of one patient.
  func publish(
    _ entries: ArraySlice<StagedEntry>, of lookup: LookupKey, _ connections: RegistryConnections
  ) throws {
    let staged = StagedPatient(entries)
    guard let row = try row(of: lookup) else {
      guard let demographics = staged.demographics else {
        summary.unknownReferences += staged.statedRecords
        return
      }
      return try publish(staged, demographics, ofNew: lookup, connections)
    }
    guard let key = try connections.keyUnlessDestroyed(row) else {
      summary.erased += 1
      return
    }
    try publish(staged, of: try present(row, key: key))
  }

  private func publish(
    _ staged: StagedPatient, _ demographics: Demographics, ofNew lookup: LookupKey,
    _ connections: RegistryConnections
  ) throws {
    let row = try newRow(for: lookup)
    let key = try makeKey(for: row, connections)
    var facts = PatientFacts().replacingDemographics(with: demographics.facts)
    apply(staged, to: &facts, of: row.id)
    try insert(row, lookup: lookup, key: key, identity: demographics.identity.blob(), facts: facts.blob())
    summary.patients.new += 1
    try setContactPoints(demographics, of: row.id, isNew: true)
    try setReplacements(demographics.facts.replacedBy, of: row.id, isNew: true)
    if staged.isDeleted == true { try setStanding([.deleted], of: row.id) }
    try publishConsents(staged, of: row, key: key)
  }

  private func publish(_ staged: StagedPatient, of present: PresentPatient) throws {
    let id = present.row.id
    let before = try present.facts.withUnsafeBytes { bytes throws(DecodingFault) in
      try PatientFacts(blob: bytes)
    }
    var after = before
    if let demographics = staged.demographics {
      after = before.replacingDemographics(with: demographics.facts)
      let identity = demographics.identity.blob()
      if identity == present.identity, after == before {
        summary.patients.unchanged += 1
      } else {
        summary.patients.changed += 1
      }
      if identity != present.identity {
        try leaveRevocations(of: present, without: demographics.identity)
        try update(identity: identity, of: present)
      }
      // Also when nothing changed: with time an address goes out of use.
      try setContactPoints(demographics, of: id, isNew: false)
      try setReplacements(demographics.facts.replacedBy, of: id, isNew: false)
    }
    apply(staged, to: &after, of: id)
    if after != before { try update(facts: after.blob(), of: present) }
    if let isDeleted = staged.isDeleted, isDeleted != present.standing.contains(.deleted) {
      if isDeleted { summary.patients.removed += 1 } else { summary.standingsChanged += 1 }
      try setStanding(present.standing.symmetricDifference(.deleted), of: id)
    }
    try publishConsents(staged, of: present.row, key: present.key)
  }

  private func apply(_ staged: StagedPatient, to facts: inout PatientFacts, of patient: Int64) {
    var changes: FactChanges = [:]
    changes.reserveCapacity(staged.changes.count)
    for (record, change) in staged.changes {
      if change.fact == nil || owners.claim(record, sequence: change.sequence, by: patient) {
        changes[record] = .some(change.fact)
      }
    }
    for record in facts.apply(changes, counting: &summary.facts) { owners.noteNew(record, of: patient) }
  }

  private func publishConsents(_ staged: StagedPatient, of row: PatientRow, key: SealingKey) throws {
    for (record, word) in staged.consents.sorted(by: { $0.key < $1.key })
    where owners.claim(record, sequence: word.sequence, by: row.id) {
      try publish(word.statement, of: row, key: key)
    }
  }

  private func setStanding(_ standing: Standing, of patient: Int64) throws {
    let update = try Query(database, "UPDATE patient SET standing = $1 WHERE id = $2")
    try update.bind(standing.rawValue, at: 1)
    try update.bind(patient, at: 2)
    try update.run()
  }

  private func row(of lookup: LookupKey) throws -> PatientRow? {
    let select = try Query(database, "SELECT id, handle FROM patient WHERE lookup = $1")
    defer { select.reset() }
    try select.bind(lookup.bytes, at: 1)
    guard try select.step() else { return nil }
    return PatientRow(id: select.integer(0), handle: PatientHandle(select.text(1)))
  }

  /// Opens a patient's row.
  func present(_ row: PatientRow, key: SealingKey) throws -> PresentPatient {
    let select = try Query(
      database,
      "SELECT standing, identity_version, facts_version, identity, facts FROM patient WHERE id = $1")
    defer { select.reset() }
    try select.bind(row.id, at: 1)
    guard try select.step() else { throw DecodingFault.truncated }
    let (identityVersion, factsVersion) = (select.integer(1), select.integer(2))
    return PresentPatient(
      row: row, key: key, standing: Standing(rawValue: select.integer(0)), identityVersion: identityVersion,
      factsVersion: factsVersion,
      identity: try tools.sealer.open(
        select.bytes(3), key: key, binding: Place.identity(row.id, identityVersion)),
      facts: try tools.sealer.open(select.bytes(4), key: key, binding: Place.facts(row.id, factsVersion)))
  }

  private func insert(
    _ row: PatientRow, lookup: LookupKey, key: SealingKey, identity: [UInt8], facts: [UInt8]
  ) throws {
    let insert = try Query(
      database,
      """
      INSERT INTO patient (id, handle, lookup, standing, identity_version, facts_version, identity, facts)
      VALUES ($1, $2, $3, 0, 1, 1, $4, $5)
      """)
    try insert.bind(row.id, at: 1)
    try insert.bind(row.handle.rawValue, at: 2)
    try insert.bind(lookup.bytes, at: 3)
    try insert.bind(tools.sealer.seal(identity, key: key, binding: Place.identity(row.id, 1)), at: 4)
    try insert.bind(tools.sealer.seal(facts, key: key, binding: Place.facts(row.id, 1)), at: 5)
    try insert.run()
    patientCount += 1
  }

  private func update(identity: [UInt8], of present: PresentPatient) throws {
    let version = present.identityVersion + 1
    let update = try Query(database, "UPDATE patient SET identity_version = $1, identity = $2 WHERE id = $3")
    try update.bind(version, at: 1)
    try update.bind(
      tools.sealer.seal(identity, key: present.key, binding: Place.identity(present.row.id, version)), at: 2)
    try update.bind(present.row.id, at: 3)
    try update.run()
  }

  func update(facts: [UInt8], of present: PresentPatient) throws {
    let version = present.factsVersion + 1
    let update = try Query(database, "UPDATE patient SET facts_version = $1, facts = $2 WHERE id = $3")
    try update.bind(version, at: 1)
    try update.bind(
      tools.sealer.seal(facts, key: present.key, binding: Place.facts(present.row.id, version)), at: 2)
    try update.bind(present.row.id, at: 3)
    try update.run()
  }
}
