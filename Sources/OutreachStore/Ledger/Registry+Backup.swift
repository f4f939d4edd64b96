package import OutreachCore

import GRDB
import Glibc

/// The time between a backup and its restore, in which messages may have left that the database does not know of.
package struct LedgerGap: Hashable, Sendable {
  /// When the backup was made.
  package var from: Instant
  /// When it was put back.
  package var until: Instant
}

extension Registry {
  /// Copies the database as it is at one moment into a new file, while others go on reading and writing.
  ///
  /// The patients' keys are not in it, so that erasing a patient erases them in every backup too.
  ///
  /// - Throws: `StoreError.exists` where there is such a file.
  package func backUp(to destination: String, at now: Instant) throws(StoreError) {
    let descriptor = open(destination, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw errno == EEXIST
        ? .exists(destination)
        : .failed("\(destination) cannot be made: \(String(cString: strerror(errno))).")
    }
    Glibc.close(descriptor)
    do {
      try StoreError.wrapping(destination) {
        let copy = try DatabaseQueue(path: destination)
        try pool.backup(to: copy)
        try copy.writeWithoutTransaction { database in
          // One file, with nothing beside it.
          try database.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL")
        }
        try copy.write { database in
          try database.execute(
            sql: "INSERT OR REPLACE INTO backup (one, at) VALUES (1, $1)", arguments: [now.secondsSinceEpoch])
          guard try String.fetchOne(database, sql: "PRAGMA quick_check") == "ok" else {
            throw StoreError.damaged("the copy is not whole; look at the disk.")
          }
        }
        try copy.close()
      }
    } catch {
      unlink(destination)
      throw error
    }
  }

  /// Puts a backup in the place of a workspace's database.
  ///
  /// Everything that was on its way when the backup was made is in doubt from now on, and so is what is planned later and
  /// would have been proposed in between: of none of it the backup knows whether it left. What was in the database is kept
  /// beside it.
  ///
  /// - Parameters:
  ///   - path: the workspace's database, which may be damaged or gone.
  ///   - keep: where what was there is moved to.
  /// - Throws: `StoreError.busy` while a process sends; what is wrong with the backup.
  package static func restore(
    _ backup: String, to path: String, keyStore: String, masterKey: MasterKey, keeping keep: String,
    at now: Instant
  ) throws(StoreError) -> LedgerGap {
    let lock = try ProcessLock(beside: path)
    if try lock.isAnybodyAlive() { throw .busy(path) }
    let fresh = path + "-restoring"
    for suffix in ["", "-wal", "-shm"] { unlink(fresh + suffix) }
    let gap: LedgerGap
    do {
      try copyFile(backup, to: fresh)
      let registry = try Registry(database: fresh, keyStore: keyStore, masterKey: masterKey)
      gap = try registry.beginGap(at: now)
      try registry.close()
    } catch {
      for suffix in ["", "-wal", "-shm"] { unlink(fresh + suffix) }
      throw error
    }
    // The log belongs to the file that goes.
    for suffix in ["", "-wal", "-shm"] where access(path + suffix, F_OK) == 0 {
      guard rename(path + suffix, keep + suffix) == 0 else {
        throw .failed("\(path)\(suffix) cannot be moved aside: \(String(cString: strerror(errno))).")
      }
    }
    for suffix in ["-wal", "-shm"] { unlink(fresh + suffix) }
    guard rename(fresh, path) == 0 else {
      throw .failed("\(path) cannot be put in place: \(String(cString: strerror(errno))); it is at \(fresh).")
    }
    return gap
  }

  private static func copyFile(_ source: String, to destination: String) throws(StoreError) {
    let from = open(source, O_RDONLY | O_CLOEXEC)
    guard from >= 0 else { throw .noDatabase(source) }
    defer { Glibc.close(from) }
    let to = open(destination, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard to >= 0 else {
      throw .failed("\(destination) cannot be made: \(String(cString: strerror(errno))).")
    }
    defer { Glibc.close(to) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = Glibc.read(from, &buffer, buffer.count)
      guard count >= 0 else { throw .inputOutput(source) }
      if count == 0 { break }
      var written = 0
      while written < count {
        let part = buffer.withUnsafeBytes {
          Glibc.write(to, $0.baseAddress.map { $0 + written }, count - written)
        }
        guard part > 0 else { throw errno == ENOSPC ? .diskFull(destination) : .inputOutput(destination) }
        written += part
      }
    }
    guard fsync(to) == 0 else { throw .inputOutput(destination) }
  }

  /// Marks everything that was on its way as being in doubt.
  private func beginGap(at now: Instant) throws(StoreError) -> LedgerGap {
    try writeEntries { writer in
      guard let seconds = try Int64.fetchOne(writer.database, sql: "SELECT at FROM backup") else {
        throw StoreError.damaged("this is a database and no backup of one; 'outreach backup' makes them.")
      }
      let gap = LedgerGap(from: Instant(secondsSinceEpoch: seconds), until: now)
      for var row in try writer.connections.sends(where: "state IN (1, 2, 3, 6)") {
        _ = try writer.receive(.restored, &row, at: gap.from)
      }
      try writer.database.execute(
        sql: "DELETE FROM backup; INSERT INTO gap (from_at, until_at) VALUES ($1, $2)",
        arguments: [gap.from.secondsSinceEpoch, gap.until.secondsSinceEpoch])
      // The clocks of the machine that made it tell nothing here.
      try writer.database.execute(sql: "DELETE FROM clock_reading")
      return gap
    }
  }

  /// The gaps that still matter: what was proposed in one may be proposed again for so long.
  package func gaps(at now: Instant) throws(StoreError) -> [LedgerGap] {
    try StoreError.wrapping(path) {
      try pool.snapshot { database in
        let select = try Query(database, "SELECT from_at, until_at FROM gap WHERE until_at > $1 ORDER BY id")
        defer { select.reset() }
        try select.bind((now - Self.gapMatters).secondsSinceEpoch, at: 1)
        var gaps: [LedgerGap] = []
        while try select.step() {
          gaps.append(
            LedgerGap(
              from: Instant(secondsSinceEpoch: select.integer(0)),
              until: Instant(secondsSinceEpoch: select.integer(1))))
        }
        return gaps
      }
    }
  }

  /// Longer than any campaign proposes one and the same thing; our choice.
  private static let gapMatters = Duration.seconds(400 * 86_400)
}
