import GRDB

extension DatabasePool {
  /// Reads as of one moment; inside such a read, as of the moment of the outer one.
  ///
  /// GRDB's own `read` ends the program when it is called inside another one, and a body that is handed a
  /// patient may well ask the registry for something else.
  func snapshot<T>(_ body: (Database) throws -> T) throws -> T {
    try unsafeReentrantRead { database in
      if database.isInsideTransaction { return try body(database) }
      var result: Result<T, any Error>?
      try database.inTransaction(.deferred) {
        result = Result { try body(database) }
        return .commit
      }
      guard let result else { throw StoreError.failed("SQLite began no transaction.") }
      return try result.get()
    }
  }
}
