import GRDB
import OutreachCore

extension Publication {
  /// Leaves what a person revoked with the numbers that they no longer have, for whoever has them next.
  ///
  /// What was said at a number is there already; this is for what was said of none, by an import or on paper.
  func leaveRevocations(of present: PresentPatient, without identity: PatientIdentity) throws {
    let before = try present.identity.withUnsafeBytes { bytes throws(DecodingFault) in
      try PatientIdentity(blob: bytes)
    }
    let lost = Set(before.contactPoints.compactMap { $0.phone?.number })
      .subtracting(identity.contactPoints.compactMap { $0.phone?.number })
    guard !lost.isEmpty else { return }
    try keyPool.snapshot { keyDatabase in
      let writer = EntryWriter(
        RegistryConnections(database: database, keyDatabase: keyDatabase, tools: tools))
      let revocations = try writer.connections.consents(ofPatient: present.row.id, key: present.key)
        .filter { $0.kind == .revoked && $0.number == nil && ($0.channel ?? .sms) != .email }
      for number in lost.sorted(by: { $0.e164 < $1.e164 }) {
        for event in revocations {
          let entry = try writer.nextEntry()
          try writer.enter(.revocation(event.withoutNames(entry: entry)), at: event.at, of: number)
        }
      }
    }
  }
}
