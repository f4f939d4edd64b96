package import OutreachCore

import GRDB

extension Registry {
  /// Destroys a patient's key, and with it everything that is sealed under it, in copies of the database too.
  ///
  /// - Returns: false when there is no such patient.
  /// - Throws: a `StoreError`.
  package func destroyKey(of handle: PatientHandle) throws(StoreError) -> Bool {
    try StoreError.wrapping(keyStore.path) {
      let id = try pool.snapshot { database in
        try Int64.fetchOne(
          database, sql: "SELECT id FROM patient WHERE handle = $1", arguments: [handle.rawValue])
      }
      guard let id else { return false }
      try pool.write { database in
        // A number nobody can be reached by any more must not make another patient's look shared.
        try database.execute(sql: "DELETE FROM contact_point WHERE patient = $1", arguments: [id])
      }
      try keyStore.pool.write { database in
        try database.execute(sql: "UPDATE patient_key SET wrapped = NULL WHERE patient = $1", arguments: [id])
      }
      // The old page of the key must not stay behind in the log.
      _ = try keyStore.pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
      return true
    }
  }
}
