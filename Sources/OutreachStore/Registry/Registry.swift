import GRDB

/// A workspace's patients, sealed, in one SQLite file, with their keys in another.
///
/// A body that is handed a patient may ask the registry for something else, but not import.
package final class Registry: Sendable {
  /// The workspace's random identifier, under which its keys are filed.
  package let workspaceID: String

  let pool: DatabasePool
  let path: String
  let keyStore: KeyStore
  let keys: WorkspaceKeys

  private init(workspaceID: String, pool: DatabasePool, path: String, keyStore: KeyStore, keys: WorkspaceKeys)
  {
    self.workspaceID = workspaceID
    self.pool = pool
    self.path = path
    self.keyStore = keyStore
    self.keys = keys
  }

  /// A new identifier for a workspace: 16 random letters and digits.
  package static func newWorkspaceID() throws(StoreError) -> String {
    try StoreError.wrapping("workspace") {
      // 80 bits as 16 symbols of 5 bits.
      let symbols = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)
      let text = try SealingKey.random(id: 0).withBytes { bytes in
        bytes.prefix(16).map { symbols[Int($0 & 31)] }
      }
      return String(decoding: text, as: UTF8.self)
    }
  }

  /// Reads a workspace's identifier, which needs no key.
  package static func workspaceID(database path: String) throws(StoreError) -> String {
    let pool = try StoreFile.registry.open(
      path, readOnly: true, acceptsEarlier: true, ifMissing: .noDatabase(path))
    return try StoreError.wrapping(path) { try identify(pool, path).id }
  }

  /// Makes the database and the key store of a new workspace.
  ///
  /// - Throws: `StoreError.exists` when one of the files is there; neither is then touched.
  package static func create(
    database path: String, keyStore keyPath: String, masterKey: MasterKey, workspaceID: String
  ) throws(StoreError) -> Registry {
    let keys = try WorkspaceKeys(masterKey)
    let keyStore = try KeyStore.create(keyPath, workspaceID: workspaceID, keys: keys)
    do throws(StoreError) {
      let pool = try StoreFile.registry.create(path)
      try StoreError.wrapping(path) {
        try pool.write { database in
          let insert = try Query(
            database, "INSERT INTO workspace (one, id, key_check, import_version) VALUES (1, $1, $2, 0)")
          try insert.bind(workspaceID, at: 1)
          try insert.bind(keys.checkValue, at: 2)
          try insert.run()
        }
      }
      return Registry(workspaceID: workspaceID, pool: pool, path: path, keyStore: keyStore, keys: keys)
    } catch {
      StoreFile.remove(keyStore.pool, keyPath)
      throw error
    }
  }

  /// Opens a workspace's database and key store.
  ///
  /// - Throws: `StoreError.noDatabase`, `.noKeyStore`, `.notADatabase`, `.newerSchema`, `.wrongKey` or
  ///   `.otherKeyStore`.
  package convenience init(
    database path: String, keyStore keyPath: String, masterKey: MasterKey, readOnly: Bool = false
  ) throws(StoreError) {
    let keys = try WorkspaceKeys(masterKey)
    let pool = try StoreFile.registry.open(path, readOnly: readOnly, ifMissing: .noDatabase(path))
    let workspace = try StoreError.wrapping(path) { try Self.identify(pool, path) }
    guard workspace.keyCheck == keys.checkValue else { throw .wrongKey }
    let keyStore = try KeyStore.open(keyPath, workspaceID: workspace.id, keys: keys, readOnly: readOnly)
    self.init(workspaceID: workspace.id, pool: pool, path: path, keyStore: keyStore, keys: keys)
  }

  private static func identify(_ pool: DatabasePool, _ path: String) throws -> (id: String, keyCheck: [UInt8])
  {
    try pool.snapshot { database in
      let select = try Query(database, "SELECT id, key_check FROM workspace")
      defer { select.reset() }
      guard try select.step() else { throw StoreError.notADatabase(path) }
      return (select.text(0), Array(select.bytes(1)))
    }
  }

  /// Writes everything into the main files and closes them; the registry must not be used afterwards.
  package func close() throws(StoreError) {
    // The last connection to close may be a reading one, which leaves the logs as they are.
    if !pool.configuration.readonly { try StoreError.wrapping(path) { try writeBackLogs() } }
    try StoreError.wrapping(path) { try pool.close() }
    try StoreError.wrapping(keyStore.path) { try keyStore.pool.close() }
  }

  /// Writes what is in the logs into the main files, as far as that is possible without waiting for anybody.
  private func writeBackLogs() throws {
    for pool in [pool, keyStore.pool] {
      do {
        _ = try pool.writeWithoutTransaction { try $0.checkpoint(.passive) }
      } catch DatabaseError.SQLITE_BUSY {
        // Somebody else is doing it.
      }
    }
  }

  /// How the registry's and the key store's writers are set, as SQLite says: `synchronous 2, wal` is durable.
  package func durability() throws(StoreError) -> [String] {
    try StoreError.wrapping(path) {
      try [pool, keyStore.pool].map { pool in
        try pool.writeWithoutTransaction { database in
          let level = try Int.fetchOne(database, sql: "PRAGMA synchronous") ?? -1
          let journal = try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? "none"
          return "synchronous \(level), \(journal)"
        }
      }
    }
  }

  /// Reads from both files, each as of one moment.
  func read<T>(_ tools: SealingTools? = nil, _ body: (RegistryConnections) throws -> T) throws -> T {
    let tools = try tools ?? makeTools()
    return try pool.snapshot { database in
      try keyStore.pool.snapshot { keyDatabase in
        try body(RegistryConnections(database: database, keyDatabase: keyDatabase, tools: tools))
      }
    }
  }

  func makeTools() throws(SealError) -> SealingTools {
    try SealingTools(keys: keys, registryKey: keyStore.registryKey)
  }
}
