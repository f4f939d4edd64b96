import GRDB
import OutreachCore

extension Registry {
  /// Writes entries made by hand in one transaction, and names the handle of a patient who is not there.
  ///
  /// No pass over the patients fails for it, unlike for an import: an entry speaks of one patient or one
  /// number, each patient is read as of one moment, and a "STOP" must neither wait for a pass nor end it. It
  /// holds for everybody who is read afterwards.
  func writeEntries<T>(_ body: (EntryWriter) throws -> T) throws(StoreError) -> T {
    try StoreError.wrapping(path) {
      let tools = try makeTools()
      return try pool.write { database in
        try keyStore.pool.snapshot { keyDatabase in
          try body(
            EntryWriter(RegistryConnections(database: database, keyDatabase: keyDatabase, tools: tools)))
        }
      }
    }
  }
}

/// What it takes to write an entry by hand; belongs to the transaction it was made for.
struct EntryWriter {
  let connections: RegistryConnections

  init(_ connections: RegistryConnections) { self.connections = connections }

  var database: Database { connections.database }
  var tools: SealingTools { connections.tools }

  /// The next number of an entry; no two entries of a workspace have the same.
  func nextEntry() throws -> Int64 {
    let update = try Query(
      database, "UPDATE workspace SET last_entry = last_entry + 1 RETURNING last_entry")
    defer { update.reset() }
    guard try update.step() else { throw StoreError.failed("the workspace has no row.") }
    let number = update.integer(0)
    // The statement has to come to its end before the next one runs.
    _ = try update.step()
    return number
  }

  /// The row and the key of a patient.
  ///
  /// - Throws: `StoreError.noPatient`, `.keyDestroyed` or `.keyMissing`.
  func patient(_ handle: PatientHandle) throws -> (row: PatientRow, key: SealingKey) {
    guard let select = try connections.select("id", of: .handle(handle)) else {
      throw StoreError.noPatient(handle)
    }
    let row = PatientRow(id: select.integer(0), handle: handle)
    select.reset()
    return (row, try connections.key(ofPatient: row.id, handle: handle))
  }
}

extension Database {
  /// The number of a patient's next consent.
  func nextConsentSequence(ofPatient id: Int64) throws -> Int64 {
    let last = try Query(self, "SELECT coalesce(max(sequence), 0) FROM consent_event WHERE patient = $1")
    defer { last.reset() }
    try last.bind(id, at: 1)
    return try last.step() ? last.integer(0) + 1 : 1
  }
}
