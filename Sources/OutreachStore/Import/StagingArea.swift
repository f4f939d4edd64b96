import GRDB

/// Where an import waits until it is published: tables in a private temporary database of SQLite.
///
/// SQLite unlinks that file as soon as it has made it, and what is written there is sealed under a key that
/// lives in this object only: an import that is interrupted, however hard, leaves nothing behind.
///
/// Records are sorted into buckets by the patient's look-up hash, so that an import of any size is published
/// bucket by bucket in little memory.
final class StagingArea {
  /// How many buckets of patients there are; the first byte of the look-up hash names one.
  static let patientBuckets = 256
  /// The bucket of what belongs to no patient.
  static let sharedBucket = 256
  /// The first of 256 buckets in which the claims on records are compared.
  static let firstClaimBucket = 257

  /// A bucket is sealed in chunks of about this many bytes.
  private static let chunkSize = 16 * 1_024
  /// Chunks are committed together in pages of about this many bytes.
  private static let pageSize = 4 * 1_024 * 1_024

  private let queue: DatabaseQueue
  private let sealer: Sealer
  private let key: SealingKey
  private var buckets: [ByteWriter]
  private var page: [(bucket: Int, number: Int64, sealed: [UInt8])] = []
  private var pageBytes = 0
  private var chunkCount: Int64 = 0

  init() throws {
    sealer = try Sealer()
    key = try SealingKey.random(id: 0)
    buckets = Array(repeating: ByteWriter(reserving: 0), count: Self.firstClaimBucket + 256)
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      // Nothing here outlives the process, so nothing need be journaled or flushed.
      try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    }
    queue = try DatabaseQueue(path: "", configuration: configuration)
    try queue.write { database in
      try database.execute(
        sql: """
          CREATE TABLE chunk (
            number INTEGER PRIMARY KEY,
            bucket INTEGER NOT NULL,
            sealed BLOB NOT NULL
          ) STRICT;
          CREATE INDEX chunk_bucket ON chunk (bucket);
          """)
    }
  }

  /// Adds what `write` writes to a bucket, in one piece.
  func append(to bucket: Int, _ write: (inout ByteWriter) -> Void) throws {
    write(&buckets[bucket])
    if buckets[bucket].bytes.count >= Self.chunkSize { try sealChunk(bucket) }
  }

  /// Opens a bucket: all that was added, in that order.
  func contents(of bucket: Int) throws -> [UInt8] {
    try sealChunk(bucket)
    try commitPage()
    return try queue.read { database in
      let select = try Query(database, "SELECT number, sealed FROM chunk WHERE bucket = $1 ORDER BY number")
      defer { select.reset() }
      try select.bind(Int64(bucket), at: 1)
      var contents: [UInt8] = []
      while try select.step() {
        try sealer.withOpened(select.bytes(1), key: key, binding: Self.place(bucket, select.integer(0))) {
          contents.append(contentsOf: $0)
        }
      }
      return contents
    }
  }

  private func sealChunk(_ bucket: Int) throws {
    if buckets[bucket].bytes.isEmpty { return }
    chunkCount += 1
    let sealed = try sealer.seal(
      buckets[bucket].bytes, key: key, binding: Self.place(bucket, chunkCount))
    buckets[bucket].removeAll()
    page.append((bucket, chunkCount, sealed))
    pageBytes += sealed.count
    if pageBytes >= Self.pageSize { try commitPage() }
  }

  private func commitPage() throws {
    if page.isEmpty { return }
    try queue.write { database in
      let insert = try Query(database, "INSERT INTO chunk (number, bucket, sealed) VALUES ($1, $2, $3)")
      for chunk in page {
        try insert.bind(chunk.number, at: 1)
        try insert.bind(Int64(chunk.bucket), at: 2)
        try insert.bind(chunk.sealed, at: 3)
        try insert.run()
      }
    }
    page.removeAll(keepingCapacity: true)
    pageBytes = 0
  }

  private static func place(_ bucket: Int, _ number: Int64) -> SealBinding {
    SealBinding(table: "chunk", row: number, version: UInt32(bucket))
  }
}
