import GRDB
import OutreachCore

extension ConsentStatement {
  /// This statement with the revocations of an earlier one that it lacks.
  ///
  /// A patient's own word wins: a record that is imported again may say more, but what was once revoked does not
  /// vanish from it, also where the record does not say by whom. It ends only by a later grant. What a later import tells of the
  /// same word in other terms, such as its wording, takes the place of what was told before.
  func keepingRevocations(of earlier: ConsentStatement) -> ConsentStatement {
    var statement = self
    statement.events += earlier.events.filter { event in
      event.kind == .revoked && event.source != .staff && !events.contains { $0.isSameRevocation(as: event) }
    }
    return statement
  }
}

extension ConsentEvent {
  /// Whether both are the same person's word, however much is told of it.
  fileprivate func isSameRevocation(as other: ConsentEvent) -> Bool {
    kind == other.kind && at == other.at && source == other.source && purpose == other.purpose
      && channel == other.channel && sender == other.sender && isScopeStated == other.isScopeStated
  }
}

extension Publication {
  /// Adds a consent record unless the same is there; what another one of the same evidence said is
  /// superseded.
  func publish(_ statement: ConsentStatement, of row: PatientRow, key: SealingKey) throws {
    let evidence = try evidenceHash(statement.evidence.rawValue)
    guard let present = try consent(evidence, of: row, key: key) else {
      if statement.events.isEmpty { return }
      summary.consents.new += 1
      owners.noteNew(statement.evidence, of: row.id)
      return try append(statement, evidence, superseding: nil, of: row, key: key)
    }
    let united = statement.keepingRevocations(of: present.statement)
    if united == present.statement { return summary.consents.unchanged += 1 }
    // A record that was taken from this patient and comes back may have been another's meanwhile.
    if !statement.events.isEmpty { owners.noteNew(statement.evidence, of: row.id) }
    if united.events.isEmpty { summary.consents.removed += 1 } else { summary.consents.changed += 1 }
    try append(united, evidence, superseding: present.sequence, of: row, key: key)
  }

  private func consent(
    _ evidence: [UInt8], of row: PatientRow, key: SealingKey
  ) throws -> (sequence: Int64, statement: ConsentStatement)? {
    let select = try Query(
      database,
      """
      SELECT sequence, statement FROM consent_event
      WHERE patient = $1 AND evidence = $2 AND superseded_by IS NULL AND import_run IS NOT NULL
      """)
    defer { select.reset() }
    try select.bind(row.id, at: 1)
    try select.bind(evidence, at: 2)
    guard try select.step() else { return nil }
    let sequence = select.integer(0)
    let place = Place.consent(row.id, sequence: sequence)
    let statement = try tools.sealer.withOpened(select.bytes(1), key: key, binding: place) {
      try ConsentStatement(blob: $0)
    }
    return (sequence, statement)
  }

  private func append(
    _ statement: ConsentStatement, _ evidence: [UInt8], superseding: Int64?, of row: PatientRow,
    key: SealingKey
  ) throws {
    let sequence = try database.nextConsentSequence(ofPatient: row.id)
    let insert = try Query(
      database,
      """
      INSERT INTO consent_event (patient, sequence, evidence, import_run, recorded_at, statement)
      VALUES ($1, $2, $3, $4, $5, $6)
      """)
    try insert.bind(row.id, at: 1)
    try insert.bind(sequence, at: 2)
    try insert.bind(evidence, at: 3)
    try insert.bind(importRun, at: 4)
    try insert.bind(recordedAt.secondsSinceEpoch, at: 5)
    let place = Place.consent(row.id, sequence: sequence)
    try insert.bind(tools.sealer.seal(statement.blob(), key: key, binding: place), at: 6)
    try insert.run()
    guard let superseding else { return }
    let update = try Query(
      database, "UPDATE consent_event SET superseded_by = $1 WHERE patient = $2 AND sequence = $3")
    try update.bind(sequence, at: 1)
    try update.bind(row.id, at: 2)
    try update.bind(superseding, at: 3)
    try update.run()
  }

  /// Takes consent records from patients they no longer belong to, but for the patients' own revocations.
  func sweepConsents(_ connections: RegistryConnections) throws {
    var records: [[UInt8]: ResourceID] = [:]
    for record in owners.records { records[try evidenceHash(record.rawValue)] = record }
    let select = try Query(
      database,
      """
      SELECT patient.id, patient.handle, consent_event.evidence
      FROM consent_event JOIN patient ON patient.id = consent_event.patient
      WHERE consent_event.superseded_by IS NULL AND consent_event.import_run IS NOT NULL
      """)
    defer { select.reset() }
    var lost: [(row: PatientRow, record: ResourceID)] = []
    while try select.step() {
      guard let record = records[Array(select.bytes(2))] else { continue }
      let row = PatientRow(id: select.integer(0), handle: PatientHandle(select.text(1)))
      if owners.isLost(record, to: row.id) { lost.append((row, record)) }
    }
    select.reset()
    for (row, record) in lost {
      guard let key = try connections.keyUnlessDestroyed(row) else { continue }
      try publish(ConsentStatement(evidence: record, events: []), of: row, key: key)
    }
  }
}
