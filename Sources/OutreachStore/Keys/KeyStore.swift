import GRDB

/// The file with the patients' keys, each sealed under the master key's wrapping key.
///
/// It is never part of the database or its backups: destroying a key here erases the patient everywhere.
struct KeyStore: Sendable {
  /// The file's connections.
  let pool: DatabasePool
  /// Where it is.
  let path: String
  /// Seals what belongs to the registry and to no patient.
  let registryKey: SealingKey

  /// The id of a patient's key and of the registry's: each seals only its own blobs, so one number does.
  static let keyID: UInt32 = 1

  static func create(_ path: String, workspaceID: String, keys: WorkspaceKeys) throws(StoreError) -> KeyStore
  {
    let pool = try StoreFile.keyStore.create(path)
    return try StoreError.wrapping(path) {
      let registryKey = try SealingKey.random(id: keyID)
      let wrapped = try registryKey.wrapped(by: keys.wrap, with: Sealer(), binding: registryBinding)
      try pool.write { database in
        let insert = try Query(
          database, "INSERT INTO workspace (one, id, key_check, registry_key) VALUES (1, $1, $2, $3)")
        try insert.bind(workspaceID, at: 1)
        try insert.bind(keys.checkValue, at: 2)
        try insert.bind(wrapped, at: 3)
        try insert.run()
      }
      return KeyStore(pool: pool, path: path, registryKey: registryKey)
    }
  }

  static func open(
    _ path: String, workspaceID: String, keys: WorkspaceKeys, readOnly: Bool
  ) throws(StoreError) -> KeyStore {
    let pool = try StoreFile.keyStore.open(path, readOnly: readOnly, ifMissing: .noKeyStore(path))
    return try StoreError.wrapping(path) {
      let registryKey = try pool.snapshot { database in
        let select = try Query(database, "SELECT id, key_check, registry_key FROM workspace")
        defer { select.reset() }
        guard try select.step() else { throw StoreError.notADatabase(path) }
        guard select.text(0) == workspaceID else { throw StoreError.otherKeyStore(path) }
        guard select.bytes(1).elementsEqual(keys.checkValue) else { throw StoreError.wrongKey }
        return try Sealer().unwrap(select.bytes(2), by: keys.wrap, binding: registryBinding)
      }
      return KeyStore(pool: pool, path: path, registryKey: registryKey)
    }
  }

  private static let registryBinding = SealBinding(table: "registry_key", row: 1, version: 1)

  /// Where the wrapped key of a patient belongs.
  static func binding(ofPatient id: Int64) -> SealBinding {
    SealBinding(table: "patient_key", row: id, version: 1)
  }
}

extension SealingKey {
  /// The key sealed under another one.
  func wrapped(by wrap: SealingKey, with sealer: Sealer, binding: SealBinding) throws -> [UInt8] {
    try withBytes { try sealer.seal($0, key: wrap, binding: binding) }
  }
}

extension Sealer {
  /// The key that ``SealingKey/wrapped(by:with:binding:)`` sealed.
  func unwrap(_ sealed: UnsafeRawBufferPointer, by wrap: SealingKey, binding: SealBinding) throws
    -> SealingKey
  {
    try withOpened(sealed, key: wrap, binding: binding) {
      try SealingKey(id: KeyStore.keyID, copying: $0)
    }
  }
}
