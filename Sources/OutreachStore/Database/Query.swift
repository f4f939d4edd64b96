import GRDB
import GRDBSQLite

/// A prepared statement on the hot path: binds, steps and reads columns without a copy in between.
///
/// Values are bound by position, in the order of their first use in the SQL (`$1`, `$2` …). Whoever steps it
/// resets it (``reset()``), so that no cursor stays open over a commit.
struct Query {
  private let statement: Statement
  private let handle: SQLiteStatement

  /// Prepares the statement, or takes it from the connection's cache.
  ///
  /// A text that is in use further out on the connection, such as a look at one patient during the look at another,
  /// gets a statement of its own.
  init(_ database: Database, _ sql: String) throws {
    let cached = try database.cachedStatement(sql: sql)
    let isBusy = sqlite3_stmt_busy(cached.sqliteStatement) != 0
    statement = isBusy ? try database.makeStatement(sql: sql) : cached
    handle = statement.sqliteStatement
  }

  /// Binds a number to the parameter at `index`, the first of which is 1.
  func bind(_ value: Int64, at index: Int32) throws {
    try check(sqlite3_bind_int64(handle, index, value))
  }

  /// Binds bytes, which are copied.
  func bind(_ bytes: [UInt8], at index: Int32) throws {
    // A null pointer would bind NULL: an empty array has no address.
    if bytes.isEmpty { return try check(sqlite3_bind_zeroblob(handle, index, 0)) }
    let code = bytes.withUnsafeBytes { bytes in
      sqlite3_bind_blob64(handle, index, bytes.baseAddress, UInt64(bytes.count), Self.transient)
    }
    try check(code)
  }

  /// Binds a text.
  func bind(_ text: String, at index: Int32) throws {
    try check(sqlite3_bind_text(handle, index, text, -1, Self.transient))
  }

  /// Binds no value.
  func bindNull(at index: Int32) throws { try check(sqlite3_bind_null(handle, index)) }

  /// Goes to the next row; false at the end.
  @inline(__always)
  func step() throws -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    throw failure(code)
  }

  /// Runs a statement that gives no rows and makes it ready for the next values.
  func run() throws {
    defer { reset() }
    _ = try step()
  }

  /// Ends the reading of rows.
  func reset() { sqlite3_reset(handle) }

  /// The number in a column of the present row.
  @inline(__always)
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  /// Whether a column of the present row has no value.
  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  /// The text in a column of the present row.
  func text(_ column: Int32) -> String {
    guard let text = sqlite3_column_text(handle, column) else { return "" }
    return String(cString: text)
  }

  /// The bytes in a column of the present row, valid until the next step or reset.
  @inline(__always)
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: sqlite3_column_blob(handle, column), count: Int(sqlite3_column_bytes(handle, column)))
  }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw failure(code) }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    let message = sqlite3_db_handle(handle).flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
    sqlite3_reset(handle)
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
  }

  /// SQLite's mark for "copy the bytes now", a macro that Swift does not import.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
