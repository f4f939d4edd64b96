import GRDB
import Glibc

/// One SQLite file of the store: how it is made, recognised, opened and brought up to date.
struct StoreFile: Sendable {
  /// What tells a file of this program from other SQLite files: `OUTR` for the registry, `OUTK` for keys.
  let applicationID: Int32
  /// The schema's steps in order; a released one is never changed.
  let migrations: [Migration]

  /// One step of a schema.
  struct Migration: Sendable {
    /// The name under which the file remembers that it was taken.
    let name: String
    /// The statements.
    let sql: String
  }

  /// How long a connection waits for another process, in seconds.
  private static let patience = 5.0

  /// Makes an empty file that only its owner may read, and opens it.
  func create(_ path: String) throws(StoreError) -> DatabasePool {
    let descriptor = Glibc.open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw errno == EEXIST
        ? .exists(path) : .failed("\(path) cannot be made: \(String(cString: strerror(errno))).")
    }
    Glibc.close(descriptor)
    return try StoreError.wrapping(path) {
      let pool = try connect(path, readOnly: false)
      try pool.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
      }
      try migrate(pool)
      // The header is read by the next open before SQLite is: see `recognise`.
      _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
      return pool
    }
  }

  /// Closes and removes a file that was made in vain.
  static func remove(_ pool: DatabasePool, _ path: String) {
    try? pool.close()
    for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
  }

  /// Opens a file that is there, after a look that it is one of ours.
  ///
  /// One of an earlier version is brought up to date. Open for reading only it cannot be, and is refused
  /// unless `acceptsEarlier` says that what is wanted was there from the start.
  func open(
    _ path: String, readOnly: Bool, acceptsEarlier: Bool = false, ifMissing: StoreError
  ) throws(StoreError) -> DatabasePool {
    guard access(path, F_OK) == 0 else { throw ifMissing }
    try recognise(path)
    return try StoreError.wrapping(path) {
      let pool = try connect(path, readOnly: readOnly)
      let version = try pool.snapshot { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
      if version > migrations.count { throw StoreError.newerSchema(path) }
      if version < migrations.count {
        if !readOnly {
          try migrate(pool)
        } else if !acceptsEarlier {
          throw StoreError.olderSchema(path)
        }
      }
      return pool
    }
  }

  /// Reads the header of an SQLite file (https://www.sqlite.org/fileformat2.html, 1.3) and compares the id.
  ///
  /// Opening a stranger's database would already turn on its WAL; so it is looked at first.
  private func recognise(_ path: String) throws(StoreError) {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .failed("\(path) cannot be opened: \(String(cString: strerror(errno))).")
    }
    defer { Glibc.close(descriptor) }
    var header = [UInt8](repeating: 0, count: 100)
    let count = Glibc.read(descriptor, &header, header.count)
    let id = header[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard count == header.count, header.starts(with: Array("SQLite format 3\0".utf8)),
      id == UInt32(bitPattern: applicationID)
    else { throw .notADatabase(path) }
  }

  private func connect(_ path: String, readOnly: Bool) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.busyMode = .timeout(Self.patience)
    configuration.prepareDatabase { database in
      // Temporary tables and sorters stay in memory, and what is deleted is overwritten. A pass looks up each number
      // somewhere else in the file; 16 MB hold the index of a few hundred thousand.
      try database.execute(
        sql: "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON")
    }
    let pool = try DatabasePool(path: path, configuration: configuration)
    if !readOnly { try Self.makeDurable(pool) }
    return pool
  }

  /// Sets the writing connection's `synchronous` to FULL, which a pool undoes when it is set any earlier, and
  /// looks that it holds.
  ///
  /// With less, the last commits can be lost with the power.
  private static func makeDurable(_ pool: DatabasePool) throws {
    let level = try pool.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA synchronous = FULL")
      // An import writes all over the file in one transaction; without room the same pages go to the log
      // again and again. 48 MB, for this one connection and only when it is used.
      try database.execute(sql: "PRAGMA cache_size = -48000")
      // A sender commits some hundred times a second; the log is written back each 32 MB and not each 4.
      try database.execute(sql: "PRAGMA wal_autocheckpoint = 8000")
      return try Int.fetchOne(database, sql: "PRAGMA synchronous")
    }
    guard level == 2 else { throw StoreError.failed("SQLite did not take `synchronous = FULL`.") }
  }

  private func migrate(_ pool: DatabasePool) throws {
    var migrator = DatabaseMigrator()
    for (index, migration) in migrations.enumerated() {
      migrator.registerMigration(migration.name) { database in
        try database.execute(sql: migration.sql)
        try database.execute(sql: "PRAGMA user_version = \(index + 1)")
      }
    }
    try migrator.migrate(pool)
  }
}
