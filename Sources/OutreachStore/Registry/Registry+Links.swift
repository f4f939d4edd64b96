package import OutreachCore

import GRDB

/// What the token of a link stands for.
package struct LinkTarget: Hashable, Sendable {
  /// Whom the message was for.
  package var patient: PatientHandle
  /// The campaign it came from.
  package var campaign: CampaignID
  /// The message.
  package var message: MessageID
  /// What it was about.
  package var occurrence: Occurrence
  /// From when on the link leads nowhere.
  package var expiresAt: Instant

  /// Makes a target.
  package init(
    patient: PatientHandle, campaign: CampaignID, message: MessageID, occurrence: Occurrence,
    expiresAt: Instant
  ) {
    self.patient = patient
    self.campaign = campaign
    self.message = message
    self.occurrence = occurrence
    self.expiresAt = expiresAt
  }
}

extension LinkTarget: StoredForm {
  package func write(to writer: inout ByteWriter) {
    for text in [patient.rawValue, campaign.rawValue, message.rawValue, occurrence.rawValue] {
      writer.write(text: text)
    }
    expiresAt.write(to: &writer)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    patient = PatientHandle(try reader.text())
    campaign = CampaignID(try reader.text())
    message = MessageID(try reader.text())
    occurrence = Occurrence(try reader.text())
    expiresAt = try Instant(from: &reader)
  }
}

extension Registry {
  /// Makes the token of a link and keeps what it stands for, sealed under the patient's own key.
  ///
  /// - Parameter isRefused: whether letters spell something that a link must not.
  /// - Throws: `StoreError.noPatient` for a handle that nobody has.
  package func makeLink(
    to target: LinkTarget, isRefused: (String) -> Bool = { _ in false }
  ) throws(StoreError) -> LinkToken {
    try writeEntries { writer in
      let (row, key) = try writer.patient(target.patient)
      return try writer.makeLink(to: target, of: row, key: key, isRefused: isRefused)
    }
  }

  /// What a token stands for at an instant; nil for one that was never made, has expired, or whose patient was erased:
  /// nobody can tell these apart.
  package func target(of token: LinkToken, at now: Instant) throws(StoreError) -> LinkTarget? {
    try StoreError.wrapping(path) {
      try read { connections in
        let tools = connections.tools
        let select = try Query(
          connections.database,
          """
          SELECT link.id, patient, handle, detail FROM link JOIN patient ON patient.id = link.patient
          WHERE link.lookup = $1 AND expires_at > $2
          """)
        defer { select.reset() }
        try select.bind(try tools.keys.links()(token.rawValue), at: 1)
        try select.bind(now.secondsSinceEpoch, at: 2)
        guard try select.step() else { return nil }
        let handle = PatientHandle(select.text(2))
        let key: SealingKey
        do {
          key = try connections.key(ofPatient: select.integer(1), handle: handle)
        } catch StoreError.keyDestroyed {
          return nil
        }
        return try tools.sealer.withOpened(select.bytes(3), key: key, binding: Place.link(select.integer(0)))
        {
          try LinkTarget(blob: $0)
        }
      }
    }
  }

  /// Forgets the links that had expired by an instant.
  ///
  /// - Returns: how many.
  @discardableResult
  package func forgetLinks(expiredBy now: Instant) throws(StoreError) -> Int {
    try StoreError.wrapping(path) {
      try pool.write { database in
        try database.execute(
          sql: "DELETE FROM link WHERE expires_at <= $1", arguments: [now.secondsSinceEpoch])
        return database.changesCount
      }
    }
  }
}

extension EntryWriter {
  /// Makes the token of a link and keeps what it stands for.
  func makeLink(
    to target: LinkTarget, of row: PatientRow, key: SealingKey, isRefused: (String) -> Bool
  ) throws -> LinkToken {
    let token = try LinkToken(isRefused: isRefused) { count in
      var bytes: [UInt8] = []
      while bytes.count < count { try SealingKey.random(id: 0).withBytes { bytes += $0 } }
      return bytes
    }
    let id = try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) + 1 FROM link") ?? 1
    let insert = try Query(
      database, "INSERT INTO link (id, lookup, patient, expires_at, detail) VALUES ($1, $2, $3, $4, $5)")
    try insert.bind(id, at: 1)
    try insert.bind(tools.keys.links()(token.rawValue), at: 2)
    try insert.bind(row.id, at: 3)
    try insert.bind(target.expiresAt.secondsSinceEpoch, at: 4)
    try insert.bind(tools.sealer.seal(target.blob(), key: key, binding: Place.link(id)), at: 5)
    try insert.run()
    return token
  }
}
