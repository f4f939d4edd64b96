import GRDB
import OutreachCore

/// A patient's row by number and handle.
struct PatientRow: Hashable {
  let id: Int64
  let handle: PatientHandle
}

extension RegistryConnections {
  /// The records that were merged into one, by number.
  func mergedRecords(into survivor: Int64) throws -> [PatientRow] {
    let select = try Query(
      database,
      """
      SELECT patient.id, patient.handle FROM merged_record JOIN patient ON patient.id = merged_record.patient
      WHERE merged_record.survivor = $1 ORDER BY patient.id
      """)
    defer { select.reset() }
    try select.bind(survivor, at: 1)
    var rows: [PatientRow] = []
    while try select.step() {
      rows.append(PatientRow(id: select.integer(0), handle: PatientHandle(select.text(1))))
    }
    return rows
  }

  /// The key of a patient; nil when it was destroyed, because what was erased no longer counts for others.
  func keyUnlessDestroyed(_ row: PatientRow) throws -> SealingKey? {
    do {
      return try key(ofPatient: row.id, handle: row.handle)
    } catch StoreError.keyDestroyed {
      return nil
    }
  }

  /// The consent events of one record that are not superseded, in the order in which they came.
  func consents(ofPatient id: Int64, key: SealingKey) throws -> [ConsentEvent] {
    let select = try Query(
      database,
      """
      SELECT sequence, statement FROM consent_event
      WHERE patient = $1 AND superseded_by IS NULL ORDER BY sequence
      """)
    defer { select.reset() }
    try select.bind(id, at: 1)
    var events: [ConsentEvent] = []
    while try select.step() {
      let place = Place.consent(id, sequence: select.integer(0))
      events += try tools.sealer.withOpened(select.bytes(1), key: key, binding: place) {
        try ConsentStatement(blob: $0).events
      }
    }
    return events
  }

  /// The facts of one record.
  func facts(ofPatient id: Int64, key: SealingKey) throws -> PatientFacts {
    let select = try Query(database, "SELECT facts_version, facts FROM patient WHERE id = $1")
    defer { select.reset() }
    try select.bind(id, at: 1)
    guard try select.step() else { throw DecodingFault.truncated }
    return try tools.sealer.withOpened(
      select.bytes(1), key: key, binding: Place.facts(id, select.integer(0))
    ) { try PatientFacts(blob: $0) }
  }
}
