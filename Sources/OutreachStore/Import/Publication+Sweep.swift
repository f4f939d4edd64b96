import GRDB
import OutreachCore

extension Publication {
  private static let sweepPage: Int64 = 500

  /// Takes records that were deleted, or that another patient has now, from the patients who had them.
  func sweep() throws {
    if owners.isEmpty { return }
    try keyPool.read { keyDatabase in
      let connections = RegistryConnections(database: database, keyDatabase: keyDatabase, tools: tools)
      var last: Int64 = -1
      while true {
        let rows = try patientRows(after: last)
        for row in rows { try sweepFacts(of: row, connections) }
        guard let end = rows.last else { break }
        last = end.id
      }
      try sweepConsents(connections)
    }
  }

  private func sweepFacts(of row: PatientRow, _ connections: RegistryConnections) throws {
    guard let key = try connections.keyUnlessDestroyed(row) else { return }
    var facts = try connections.facts(ofPatient: row.id, key: key)
    var changes: FactChanges = [:]
    for record in facts.recordIDs where owners.isLost(record, to: row.id) { changes[record] = .some(nil) }
    if changes.isEmpty { return }
    _ = facts.apply(changes, counting: &summary.facts)
    try update(facts: facts.blob(), of: try present(row, key: key))
  }

  private func patientRows(after last: Int64) throws -> [PatientRow] {
    let select = try Query(database, "SELECT id, handle FROM patient WHERE id > $1 ORDER BY id LIMIT $2")
    defer { select.reset() }
    try select.bind(last, at: 1)
    try select.bind(Self.sweepPage, at: 2)
    var rows: [PatientRow] = []
    while try select.step() {
      rows.append(PatientRow(id: select.integer(0), handle: PatientHandle(select.text(1))))
    }
    return rows
  }
}
