package import OutreachCore

import GRDB

/// One entry of a patient's consent ledger.
package struct LedgerEntry: Hashable, Sendable {
  /// What was said.
  package let event: ConsentEvent
  /// When it was recorded: at the import, for an imported one.
  package let recordedAt: Instant
  /// Whether a later import of the same record says otherwise; an entry by hand never is superseded.
  package let isSuperseded: Bool
  /// Whose record it is in: the patient's, or one that was merged into it.
  package let patient: PatientHandle
}

extension Registry {
  /// Enters what was said about consent into a patient's ledger, all or nothing; it is on the disk when this
  /// returns.
  ///
  /// No import supersedes or removes such an entry. An event whose evidence is empty gets
  /// `Ledger/` and a number that no other entry of the workspace has. A revocation that names a number is kept
  /// at the number too, so that it holds for whoever has that number later; what is kept there names nobody.
  ///
  /// - Returns: the events as they were entered.
  /// - Throws: `StoreError.noPatient`, `.keyDestroyed`, `.keyMissing`, or one of the files'.
  @discardableResult
  package func record(
    _ events: [ConsentEvent], of handle: PatientHandle, at recordedAt: Instant
  ) throws(StoreError) -> [ConsentEvent] {
    try record([handle: events], at: recordedAt)[handle] ?? []
  }

  /// Enters what was said about the consent of many patients, all or nothing, as for one.
  ///
  /// - Throws: `StoreError.noPatient`, `.keyDestroyed`, `.keyMissing`, or one of the files'.
  @discardableResult
  package func record(
    _ words: [PatientHandle: [ConsentEvent]], at recordedAt: Instant
  ) throws(StoreError) -> [PatientHandle: [ConsentEvent]] {
    try writeEntries { writer in
      var entered: [PatientHandle: [ConsentEvent]] = [:]
      for (handle, events) in words.sorted(by: { $0.key < $1.key }) {
        let (row, key) = try writer.patient(handle)
        entered[handle] = try events.map { event in
          try writer.enter(event, of: row, key: key, recordedAt: recordedAt)
        }
      }
      return entered
    }
  }

  /// All that was ever recorded about a patient's consent, with the records merged into theirs, the oldest
  /// first; nil when there is no such patient.
  ///
  /// - Throws: `StoreError.keyDestroyed` for an erased patient; a merged record that was erased is left out.
  package func ledger(of name: PatientName) throws(StoreError) -> [LedgerEntry]? {
    try StoreError.wrapping(path) {
      try read { connections in
        guard let row = try connections.row(of: name) else { return nil }
        var entries = try connections.ledger(
          of: row, key: connections.key(ofPatient: row.id, handle: row.handle))
        for merged in try connections.mergedRecords(into: row.id) {
          guard let key = try connections.keyUnlessDestroyed(merged) else { continue }
          entries += try connections.ledger(of: merged, key: key)
        }
        // Entries of one moment keep the order in which they were recorded.
        return entries.enumerated().sorted {
          ($0.element.recordedAt, $0.offset) < ($1.element.recordedAt, $1.offset)
        }.map(\.element)
      }
    }
  }
}

extension EntryWriter {
  /// Enters what was said about consent, and at the number where it is a revocation that names one.
  @discardableResult
  func enter(
    _ event: ConsentEvent, of row: PatientRow, key: SealingKey, recordedAt: Instant
  ) throws -> ConsentEvent {
    var event = event
    let entry = try nextEntry()
    if event.evidence.rawValue.isEmpty { event.evidence = ResourceID("Ledger/\(entry)") }
    let sequence = try database.nextConsentSequence(ofPatient: row.id)
    let insert = try Query(
      database,
      """
      INSERT INTO consent_event (patient, sequence, evidence, import_run, recorded_at, statement)
      VALUES ($1, $2, $3, NULL, $4, $5)
      """)
    try insert.bind(row.id, at: 1)
    try insert.bind(sequence, at: 2)
    try insert.bind(tools.keys.evidence()(event.evidence.rawValue), at: 3)
    try insert.bind(recordedAt.secondsSinceEpoch, at: 4)
    let statement = ConsentStatement(evidence: event.evidence, events: [event])
    let place = Place.consent(row.id, sequence: sequence)
    try insert.bind(tools.sealer.seal(statement.blob(), key: key, binding: place), at: 5)
    try insert.run()
    if event.kind == .revoked, let number = event.number {
      try enter(.revocation(event.withoutNames(entry: entry)), at: event.at, of: number)
    }
    return event
  }
}

extension ConsentEvent {
  /// What may outlast the person who said it: all but who and where the evidence is.
  func withoutNames(entry: Int64) -> ConsentEvent {
    var event = self
    // An identifier that the source made may tell whose record it is.
    if !evidence.rawValue.hasPrefix("Ledger/") { event.evidence = ResourceID("Ledger/\(entry)") }
    event.grantor = nil
    event.recordedBy = nil
    event.number = nil
    event.reference = nil
    return event
  }
}

extension RegistryConnections {
  /// The row of the patient of that name, or nil when there is none.
  func row(of name: PatientName) throws -> PatientRow? {
    guard let select = try select("id, handle", of: name) else { return nil }
    defer { select.reset() }
    return PatientRow(id: select.integer(0), handle: PatientHandle(select.text(1)))
  }

  /// All entries of one record, superseded ones too, in the order in which they came.
  fileprivate func ledger(of row: PatientRow, key: SealingKey) throws -> [LedgerEntry] {
    let select = try Query(
      database,
      """
      SELECT sequence, recorded_at, superseded_by, statement FROM consent_event
      WHERE patient = $1 ORDER BY sequence
      """)
    defer { select.reset() }
    try select.bind(row.id, at: 1)
    var entries: [LedgerEntry] = []
    while try select.step() {
      let place = Place.consent(row.id, sequence: select.integer(0))
      let statement = try tools.sealer.withOpened(select.bytes(3), key: key, binding: place) {
        try ConsentStatement(blob: $0)
      }
      entries += statement.events.map { event in
        LedgerEntry(
          event: event, recordedAt: Instant(secondsSinceEpoch: select.integer(1)),
          isSuperseded: !select.isNull(2), patient: row.handle)
      }
    }
    return entries
  }
}
