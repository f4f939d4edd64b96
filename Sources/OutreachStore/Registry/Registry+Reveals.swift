package import OutreachCore

import GRDB

/// One time that identities were shown to somebody.
package struct Reveal: Hashable, Sendable {
  /// When.
  package let at: Instant
  /// To whom, as the operating system calls them.
  package let who: String
  /// By which command.
  package let command: String
  /// Whose.
  package let handles: [PatientHandle]
}

extension Reveal: StoredForm {
  package func write(to writer: inout ByteWriter) {
    at.write(to: &writer)
    writer.write(text: who)
    writer.write(text: command)
    writer.write(count: handles.count)
    for handle in handles { writer.write(text: handle.rawValue) }
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    at = try Instant(from: &reader)
    who = try reader.text()
    command = try reader.text()
    var handles: [PatientHandle] = []
    for _ in 0..<(try reader.count()) { handles.append(PatientHandle(try reader.text())) }
    self.handles = handles
  }
}

extension Registry {
  /// Records that identities are about to be shown; it is on the disk when this returns.
  package func recordReveal(
    of handles: [PatientHandle], by who: String, at instant: Instant, command: String
  ) throws(StoreError) {
    let reveal = Reveal(at: instant, who: who, command: command, handles: handles)
    try StoreError.wrapping(path) {
      let tools = try makeTools()
      try pool.write { database in
        let id = try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) + 1 FROM reveal") ?? 1
        let insert = try Query(database, "INSERT INTO reveal (id, at, detail) VALUES ($1, $2, $3)")
        try insert.bind(id, at: 1)
        try insert.bind(instant.secondsSinceEpoch, at: 2)
        try insert.bind(
          tools.sealer.seal(reveal.blob(), key: tools.registryKey, binding: Place.reveal(id)), at: 3)
        try insert.run()
      }
    }
  }

  /// All recorded reveals, the oldest first.
  package func reveals() throws(StoreError) -> [Reveal] {
    try StoreError.wrapping(path) {
      try read { connections in
        let tools = connections.tools
        let select = try Query(connections.database, "SELECT id, detail FROM reveal ORDER BY id")
        defer { select.reset() }
        var reveals: [Reveal] = []
        while try select.step() {
          reveals.append(
            try tools.sealer.withOpened(
              select.bytes(1), key: tools.registryKey, binding: Place.reveal(select.integer(0))
            ) { try Reveal(blob: $0) })
        }
        return reveals
      }
    }
  }
}
