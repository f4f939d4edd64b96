package import OutreachCore

import GRDB

extension Registry {
  /// Records what a patient wishes from now on, in place of what was recorded before; it is on the disk when
  /// this returns.
  ///
  /// Every version is kept.
  ///
  /// - Throws: `StoreError.noPatient`, `.keyDestroyed`, `.keyMissing`, or one of the files'.
  package func set(
    _ preferences: Preferences, of handle: PatientHandle, by who: String, at instant: Instant
  ) throws(StoreError) {
    try writeEntries { writer in
      let (row, key) = try writer.patient(handle)
      _ = try writer.nextEntry()
      let version = try writer.connections.lastPreferenceVersion(ofPatient: row.id) + 1
      let insert = try Query(
        writer.database, "INSERT INTO preference (patient, version, detail) VALUES ($1, $2, $3)")
      try insert.bind(row.id, at: 1)
      try insert.bind(version, at: 2)
      let detail = PreferenceVersion(preferences: preferences, by: who, at: instant).blob()
      try insert.bind(
        writer.tools.sealer.seal(detail, key: key, binding: Place.preference(row.id, version: version)), at: 3
      )
      try insert.run()
    }
  }

  /// What a patient wishes, who recorded it and when; nil when there is no such patient or nothing was ever
  /// recorded.
  ///
  /// A patient without wishes of their own has the newest ones of the records merged into theirs.
  ///
  /// - Throws: `StoreError.keyDestroyed` for an erased patient.
  package func preferences(
    of name: PatientName
  ) throws(StoreError) -> (preferences: Preferences, by: String, at: Instant)? {
    try StoreError.wrapping(path) {
      try read { connections in
        guard let row = try connections.row(of: name) else { return nil }
        let key = try connections.key(ofPatient: row.id, handle: row.handle)
        return try connections.preferences(of: row, key: key).map { ($0.preferences, $0.by, $0.at) }
      }
    }
  }
}

extension RegistryConnections {
  /// The wishes that hold for a patient: their own, united with those of the records merged into theirs.
  func preferences(of row: PatientRow, key: SealingKey) throws -> PreferenceVersion? {
    var merged: [PreferenceVersion] = []
    for record in try mergedRecords(into: row.id) {
      guard let key = try keyUnlessDestroyed(record),
        let version = try ownPreferences(ofPatient: record.id, key: key)
      else { continue }
      merged.append(version)
    }
    // The patient's own record speaks first, then the newest; none of them undoes what another one narrows.
    let own = try ownPreferences(ofPatient: row.id, key: key).map { [$0] } ?? []
    return (own + merged.sorted { $0.at > $1.at }).reduce(nil) { united, version in
      guard var united else { return version }
      united.preferences = united.preferences.united(with: version.preferences)
      return united
    }
  }

  /// The number of the last version of a patient's wishes; 0 when there is none.
  func lastPreferenceVersion(ofPatient id: Int64) throws -> Int64 {
    let select = try Query(database, "SELECT coalesce(max(version), 0) FROM preference WHERE patient = $1")
    defer { select.reset() }
    try select.bind(id, at: 1)
    return try select.step() ? select.integer(0) : 0
  }

  /// The last version in the record itself.
  private func ownPreferences(ofPatient id: Int64, key: SealingKey) throws -> PreferenceVersion? {
    let select = try Query(
      database, "SELECT version, detail FROM preference WHERE patient = $1 ORDER BY version DESC LIMIT 1")
    defer { select.reset() }
    try select.bind(id, at: 1)
    guard try select.step() else { return nil }
    let place = Place.preference(id, version: select.integer(0))
    return try tools.sealer.withOpened(select.bytes(1), key: key, binding: place) {
      try PreferenceVersion(blob: $0)
    }
  }
}
