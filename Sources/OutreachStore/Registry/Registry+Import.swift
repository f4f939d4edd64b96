package import OutreachCore

import GRDB

extension Registry {
  /// Imports what `body` stages, all or nothing.
  ///
  /// Until `body` returns the registry is untouched; then everything is published in one transaction.
  ///
  /// - Parameters:
  ///   - asOf: The instant whose state of affairs the source describes.
  ///   - recordedAt: The time of the import.
  ///   - source: Where the records come from, kept sealed.
  /// - Returns: what `body` returned, and what changed.
  /// - Throws: what `body` throws, and errors of the store; the registry is then as it was.
  package func withImport<T>(
    asOf: Instant, recordedAt: Instant, source: String?, _ body: (ImportSession) throws -> T
  ) throws -> (value: T, summary: PublishSummary) {
    let session = try StoreError.wrapping(path) { try ImportSession(keys: keys) }
    let value = try body(session)
    let summary = try StoreError.wrapping(path) {
      let tools = try makeTools()
      let summary = try pool.write { database in
        try publish(
          session, asOf: session.asOf ?? asOf, recordedAt: recordedAt, source: source, database, tools)
      }
      try emptyLogs()
      return summary
    }
    return (value, summary)
  }

  private func publish(
    _ session: ImportSession, asOf: Instant, recordedAt: Instant, source: String?, _ database: Database,
    _ tools: SealingTools
  ) throws -> PublishSummary {
    let run = try insertRun(asOf: asOf, recordedAt: recordedAt, source: source, database, tools)
    let publication = try Publication(
      database: database, keyPool: keyStore.pool, tools: tools, staging: session.staging, asOf: asOf,
      importRun: run, recordedAt: recordedAt)
    let summary = try publication.run()
    if !summary.changedNothing {
      try Query(database, "UPDATE workspace SET import_version = import_version + 1").run()
    }
    let update = try Query(
      database,
      """
      UPDATE import_run SET as_of = $1, import_version = (SELECT import_version FROM workspace) WHERE id = $2
      """)
    let fresh = try freshness(after: run, session.coverage, summary, asOf: asOf, database)
    try update.bind(fresh.secondsSinceEpoch, at: 1)
    try update.bind(run, at: 2)
    try update.run()
    return summary
  }

  /// The instant whose state of affairs the facts of everybody describe after an import.
  ///
  /// An import of one patient must not make the facts of a thousand others look fresh.
  private func freshness(
    after run: Int64, _ coverage: ImportCoverage, _ summary: PublishSummary, asOf: Instant,
    _ database: Database
  ) throws -> Instant {
    let earlier = try Query(
      database, "SELECT as_of FROM import_run WHERE id < $1 ORDER BY id DESC LIMIT 1")
    defer { earlier.reset() }
    try earlier.bind(run, at: 1)
    let before = try earlier.step() ? Instant(secondsSinceEpoch: earlier.integer(0)) : nil
    switch coverage {
    case .everybody: return asOf
    case .nobody: return before ?? .earliest
    case .whoIsIn:
      let current = try Query(database, "SELECT count(*) FROM patient WHERE standing & $1 = 0")
      defer { current.reset() }
      try current.bind(Standing.deleted.rawValue, at: 1)
      let present = try current.step() ? current.integer(0) : 0
      let inside = summary.patients.new + summary.patients.changed + summary.patients.unchanged
      return inside >= Int(present) ? asOf : before ?? asOf
    }
  }

  private func insertRun(
    asOf: Instant, recordedAt: Instant, source: String?, _ database: Database, _ tools: SealingTools
  ) throws -> Int64 {
    let id = try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) + 1 FROM import_run") ?? 1
    var writer = ByteWriter()
    writer.write(byte: StoredVersion.current)
    writer.write(text: source ?? "")
    let insert = try Query(
      database,
      """
      INSERT INTO import_run (id, as_of, recorded_at, import_version, detail) VALUES ($1, $2, $3, 0, $4)
      """)
    try insert.bind(id, at: 1)
    try insert.bind(asOf.secondsSinceEpoch, at: 2)
    try insert.bind(recordedAt.secondsSinceEpoch, at: 3)
    try insert.bind(
      tools.sealer.seal(writer.bytes, key: tools.registryKey, binding: Place.importRun(id)), at: 4)
    try insert.run()
    return id
  }

  /// Gives back the room that large transactions took in the logs, unless somebody still reads from them.
  private func emptyLogs() throws {
    for pool in [pool, keyStore.pool] {
      do {
        _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
      } catch DatabaseError.SQLITE_BUSY {
        // A later checkpoint does it.
      }
    }
  }
}
