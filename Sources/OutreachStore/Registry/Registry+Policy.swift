package import OutreachCore

import GRDB

extension Registry {
  /// The text of the last policy file without a fault, and when it was kept; nil when none was.
  package func keptPolicy() throws(StoreError) -> (text: [UInt8], keptAt: Instant)? {
    try StoreError.wrapping(path) {
      try pool.snapshot { database in
        let select = try Query(database, "SELECT text, kept_at FROM kept_policy")
        defer { select.reset() }
        guard try select.step() else { return nil }
        return (Array(select.bytes(0)), Instant(secondsSinceEpoch: select.integer(1)))
      }
    }
  }

  /// Keeps the text of a policy file without a fault, in place of the one that was kept before.
  ///
  /// It is kept in the clear, since a policy says nothing of anybody.
  package func keepPolicy(_ text: [UInt8], at instant: Instant) throws(StoreError) {
    try StoreError.wrapping(path) {
      try pool.write { database in
        let insert = try Query(
          database,
          """
          INSERT INTO kept_policy (one, text, kept_at) VALUES (1, $1, $2)
          ON CONFLICT (one) DO UPDATE SET text = excluded.text, kept_at = excluded.kept_at
          """)
        try insert.bind(text, at: 1)
        try insert.bind(instant.secondsSinceEpoch, at: 2)
        try insert.run()
      }
    }
  }
}
