package import OutreachCore

import GRDB

/// What the last import said about itself.
package struct ImportStamp: Hashable, Sendable {
  /// The instant whose state of affairs the source describes.
  package let asOf: Instant
  /// When the import was made.
  package let recordedAt: Instant
  /// A number that grows with every import that changed something.
  package let version: Int64
}

extension Registry {
  /// Records that patients' records refer to.
  ///
  /// - Throws: a `StoreError`.
  package func sharedResources() throws -> SharedResources {
    try StoreError.wrapping(path) {
      try read { connections in
        let tools = connections.tools
        let select = try Query(connections.database, "SELECT id, version, content FROM shared_resource")
        defer { select.reset() }
        var resources = SharedResources()
        while try select.step() {
          let place = Place.sharedResource(select.integer(0), select.integer(1))
          let resource = try tools.sealer.withOpened(select.bytes(2), key: tools.registryKey, binding: place)
          {
            try SharedResource(blob: $0)
          }
          switch resource {
          case .location(let location): resources.locations[location.id] = location
          case .medication(let id, let codes): resources.medications[id] = codes
          }
        }
        return resources
      }
    }
  }

  /// The instant whose state of affairs the facts describe: that of the last import.
  ///
  /// - Throws: a `StoreError`.
  package func factsAsOf() throws -> Instant? { try lastImport()?.asOf }

  /// What the last import said about itself; nil before the first.
  package func lastImport() throws(StoreError) -> ImportStamp? {
    try StoreError.wrapping(path) {
      try pool.snapshot { database in
        let select = try Query(
          database, "SELECT as_of, recorded_at, import_version FROM import_run ORDER BY id DESC LIMIT 1")
        defer { select.reset() }
        guard try select.step() else { return nil }
        return ImportStamp(
          asOf: Instant(secondsSinceEpoch: select.integer(0)),
          recordedAt: Instant(secondsSinceEpoch: select.integer(1)), version: select.integer(2))
      }
    }
  }
}
