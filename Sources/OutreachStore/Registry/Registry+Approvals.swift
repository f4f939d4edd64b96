package import OutreachCore

import GRDB

extension Registry {
  /// Records that somebody approved a campaign; it is on the disk when this returns.
  package func record(_ approval: Approval) throws(StoreError) {
    try StoreError.wrapping(path) {
      let tools = try makeTools()
      try pool.write { database in
        let id = try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) + 1 FROM approval") ?? 1
        let insert = try Query(database, "INSERT INTO approval (id, at, detail) VALUES ($1, $2, $3)")
        try insert.bind(id, at: 1)
        try insert.bind(approval.at.secondsSinceEpoch, at: 2)
        try insert.bind(
          tools.sealer.seal(approval.blob(), key: tools.registryKey, binding: Place.approval(id)), at: 3)
        try insert.run()
      }
    }
  }

  /// All approvals, in the order in which they were given.
  package func approvals() throws(StoreError) -> [Approval] {
    try StoreError.wrapping(path) {
      try read { connections in
        let tools = connections.tools
        let select = try Query(connections.database, "SELECT id, detail FROM approval ORDER BY id")
        defer { select.reset() }
        var approvals: [Approval] = []
        while try select.step() {
          approvals.append(
            try tools.sealer.withOpened(
              select.bytes(1), key: tools.registryKey, binding: Place.approval(select.integer(0))
            ) { try Approval(blob: $0) })
        }
        return approvals
      }
    }
  }
}
