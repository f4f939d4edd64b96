package import OutreachCore

import GRDB

extension Registry: PatientSource {
  /// How many patients are read in one transaction: a cursor held longer would keep the WAL from being
  /// emptied.
  private static let pageSize: Int64 = 1_000

  /// Calls `body` once for each patient who was not erased, in ascending order of handle.
  ///
  /// - Throws: what `body` throws; `StoreError.changedMeanwhile` when an import was published meanwhile;
  ///   `StoreError.keyMissing` for a patient without a key.
  package func forEachPatient(_ body: (any PatientEntry) throws -> Void) throws {
    let tools = try StoreError.wrapping(path) { try makeTools() }
    tools.isForPass = true
    var last: Int64 = -1
    var version: Int64?
    var isDone = false
    while !isDone {
      try passingBodyErrors {
        try read(tools) { connections in
          let current = try connections.importVersion()
          guard version == nil || version == current else { throw StoreError.changedMeanwhile }
          version = current
          isDone = try connections.readPage(after: &last, size: Self.pageSize) { patient in
            do { try body(patient) } catch { throw BodyError(error: error) }
          }
        }
      }
    }
  }

  /// Calls `body` with the patient of that handle or source identifier; false when there is none.
  ///
  /// - Throws: what `body` throws, and errors of the store.
  package func withPatient(
    _ name: PatientName, _ body: (any PatientEntry) throws -> Void
  ) throws -> Bool {
    try passingBodyErrors {
      try read { connections in
        guard let select = try connections.select(RegistryPatient.columns, of: name) else { return false }
        defer { select.reset() }
        let patient = RegistryPatient(connections: connections, row: select)
        patient.take(wrappedKey: nil)
        do { try body(patient) } catch { throw BodyError(error: error) }
        return true
      }
    }
  }

  /// The handle of the patient of that name, or nil when there is none.
  package func handle(named name: PatientName) throws(StoreError) -> PatientHandle? {
    try StoreError.wrapping(path) {
      try read { connections in
        guard let select = try connections.select("handle", of: name) else { return nil }
        defer { select.reset() }
        return PatientHandle(select.text(0))
      }
    }
  }

  /// How many records there are, replaced and deleted ones included.
  package func patientCount() throws(StoreError) -> Int {
    try StoreError.wrapping(path) {
      try pool.snapshot { try Int.fetchOne($0, sql: "SELECT count(*) FROM patient") ?? 0 }
    }
  }

  /// Marks what a caller's body threw on its way through the layers below.
  private struct BodyError: Error { let error: any Error }

  /// Lets through what a body throws as it is, and wraps all else.
  private func passingBodyErrors<T>(_ work: () throws -> T) throws -> T {
    do {
      return try work()
    } catch let error as BodyError {
      throw error.error
    } catch {
      throw StoreError(error, file: path)
    }
  }
}

extension RegistryConnections {
  /// The number that changes with every import that changed something.
  func importVersion() throws -> Int64 {
    let select = try Query(database, "SELECT import_version FROM workspace")
    defer { select.reset() }
    return try select.step() ? select.integer(0) : 0
  }

  /// A statement that stands on the row of the patient of that name, or nil when there is none.
  ///
  /// It is open while somebody looks at the patient, who may ask for another one meanwhile.
  func select(_ columns: String, of name: PatientName) throws -> Query? {
    let select: Query
    switch name {
    case .handle(let handle):
      select = try Query(database, "SELECT \(columns) FROM patient WHERE handle = $1")
      try select.bind(handle.rawValue, at: 1)
    case .id(let id):
      select = try Query(database, "SELECT \(columns) FROM patient WHERE lookup = $1")
      try select.bind(tools.sourceIDs(id.rawValue), at: 1)
    }
    if try select.step() { return select }
    select.reset()
    return nil
  }

  /// Reads the next patients in order of number and moves `last` on; true when there are no more.
  ///
  /// Two cursors go side by side, one over the patients and one over their keys: a look-up for each key would
  /// cost twice as much.
  func readPage(
    after last: inout Int64, size: Int64, _ body: (RegistryPatient) throws -> Void
  ) throws -> Bool {
    let patients = try Query(
      database, "SELECT \(RegistryPatient.columns) FROM patient WHERE id > $1 ORDER BY id LIMIT $2")
    let keys = try Query(
      keyDatabase, "SELECT patient, wrapped FROM patient_key WHERE patient > $1 ORDER BY patient")
    defer {
      patients.reset()
      keys.reset()
    }
    try patients.bind(last, at: 1)
    try patients.bind(size, at: 2)
    try keys.bind(last, at: 1)
    let patient = RegistryPatient(connections: self, row: patients)
    var hasKey = try keys.step()
    var count: Int64 = 0
    while try patients.step() {
      count += 1
      last = patients.integer(0)
      // Keys without a patient are left over from imports that were interrupted.
      while hasKey, keys.integer(0) < last { hasKey = try keys.step() }
      guard hasKey, keys.integer(0) == last else {
        throw StoreError.keyMissing(PatientHandle(patients.text(1)))
      }
      if keys.isNull(1) { continue }
      patient.take(wrappedKey: keys.bytes(1))
      try body(patient)
    }
    return count < size
  }
}
