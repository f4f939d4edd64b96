package import OutreachCore

import GRDB

/// One message of the outbox, as people look at it.
package struct OutboxEntry: Hashable, Sendable {
  /// Its row.
  package var id: SendID
  /// Whom it is for.
  package var patient: PatientHandle
  /// Which message it is; nil for a patient who was erased.
  package var key: PastContact.Key?
  /// How it stands.
  package var state: SendState.Kind
  /// When it wakes, where it waits.
  package var wakeAt: Instant?
  /// By which channel it goes or went.
  package var channel: Channel
  /// Who carried it.
  package var provider: String?
  /// How often it was tried.
  package var attempts: Int
  /// When its state last changed.
  package var changedAt: Instant
  /// What was said of it last.
  package var outcome: SendOutcome?
  /// What a provider would be asked, where it may have left.
  package var message: OutboundMessage?
}

/// Something that is held back.
package struct Pause: Hashable, Sendable {
  /// The campaign; nil is everything.
  package var campaign: CampaignID?
  /// Who said so.
  package var by: String
  /// Why.
  package var why: String
  /// When.
  package var at: Instant

  /// Makes a pause.
  package init(campaign: CampaignID?, by: String, why: String, at: Instant) {
    self.campaign = campaign
    self.by = by
    self.why = why
    self.at = at
  }
}

extension Pause: StoredForm {
  package func write(to writer: inout ByteWriter) {
    writer.write(text: campaign?.rawValue ?? "")
    writer.write(text: by)
    writer.write(text: why)
    at.write(to: &writer)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let name = try reader.text()
    let by = try reader.text()
    let why = try reader.text()
    self.init(
      campaign: name.isEmpty ? nil : CampaignID(name), by: by, why: why, at: try Instant(from: &reader))
  }
}

extension Registry {
  /// How many messages stand in each state; planned ones of a run that is not committed are left out.
  package func outboxCounts() throws(StoreError) -> [SendState.Kind: Int] {
    try StoreError.wrapping(path) {
      try read { connections in
        let select = try Query(
          connections.database,
          "SELECT state, count(*) FROM send WHERE wake_at < \(EntryWriter.never) GROUP BY state")
        defer { select.reset() }
        var counts: [SendState.Kind: Int] = [:]
        while try select.step() {
          guard let kind = SendState.Kind(rawValue: UInt8(truncatingIfNeeded: select.integer(0))) else {
            continue
          }
          counts[kind] = Int(select.integer(1))
        }
        return counts
      }
    }
  }

  /// The messages in some states, in order of row; of everybody or of one patient.
  package func outbox(
    _ states: Set<SendState.Kind>, of patient: PatientHandle? = nil, limit: Int = 1_000
  ) throws(StoreError) -> [OutboxEntry] {
    try StoreError.wrapping(path) {
      try read { connections in
        let list = states.map { "\($0.rawValue)" }.sorted().joined(separator: ", ")
        var condition = "state IN (\(list)) AND wake_at < \(EntryWriter.never)"
        if patient != nil { condition += " AND patient.handle = $1" }
        let rows = try connections.sends(where: condition, limit: limit) { query in
          if let patient { try query.bind(patient.rawValue, at: 1) }
        }
        return try rows.map { try connections.entry($0) }
      }
    }
  }

  /// The message of that number.
  package func outboxEntry(_ id: SendID) throws(StoreError) -> OutboxEntry? {
    try StoreError.wrapping(path) {
      try read { connections in try connections.send(id).map { try connections.entry($0) } }
    }
  }

  /// Writes what a provider said when it was asked about a message in doubt.
  package func settle(_ id: SendID, lookUp answer: LookUpAnswer, at now: Instant) throws(StoreError) {
    try settle(id, .lookUp(answer, now: now), word: "look-up", at: now)
  }

  /// Writes what a person said about a message in doubt.
  ///
  /// - Throws: `StoreError.noSend` where there is no such message in doubt.
  package func settle(_ id: SendID, left: Bool, by who: String, at now: Instant) throws(StoreError) {
    try settle(
      id, .person(left: left, now: now), word: "\(left ? "left" : "did not leave"), said \(who)", at: now)
  }

  private func settle(_ id: SendID, _ input: SendInput, word: String, at now: Instant) throws(StoreError) {
    try writeEntries { writer in
      guard var row = try writer.connections.send(id), row.state == .inDoubt else {
        throw StoreError.noSend(id)
      }
      let effects = try writer.receive(input, &row, at: now)
      if let key = try writer.connections.keyUnlessDestroyed(row.patient) {
        try writer.keep(SendOutcome(word: word, at: now), of: row, key: key)
      }
      try writer.carryOut(effects, of: row, code: word, at: now)
    }
  }

  /// Writes what a provider tells of a message, found by the token that it was given or by the provider's own name.
  ///
  /// - Returns: whether there is such a message; a provider is told nothing of it.
  @discardableResult
  package func record(
    _ receipt: Receipt, token: SendToken?, reference: String?, of provider: String, at now: Instant
  ) throws(StoreError) -> Bool {
    try writeEntries { writer in
      let hashes = try writer.tools.ledger()
      var rows: [SendRow] = []
      if let token {
        rows = try writer.connections.sends(where: "token = $1") { try $0.bind(hashes.lookup(token), at: 1) }
      } else if let reference {
        rows = try writer.connections.sends(where: "reference = $1") {
          try $0.bind(hashes.reference(reference, of: provider), at: 1)
        }
      }
      guard var row = rows.first, row.provider == provider else { return false }
      let effects: [SendEffect]
      do {
        effects = try writer.receive(.receipt(receipt), &row, at: now)
      } catch is SendFault {
        // Of a message that never left nobody can have a receipt.
        return false
      }
      try writer.carryOut(effects, of: row, code: receipt.refusal?.code ?? receipt.outcome.rawValue, at: now)
      return true
    }
  }

  /// Holds back a campaign, or everything; what is being handed over at this moment still goes.
  package func pause(_ pause: Pause) throws(StoreError) {
    try writeEntries { writer in
      let id = try Int64.fetchOne(writer.database, sql: "SELECT coalesce(max(id), 0) + 1 FROM pause") ?? 1
      let insert = try Query(
        writer.database, "INSERT INTO pause (id, campaign, at, detail) VALUES ($1, $2, $3, $4)")
      try insert.bind(id, at: 1)
      if let campaign = pause.campaign {
        try insert.bind(writer.tools.ledger().campaign(campaign), at: 2)
      } else {
        try insert.bindNull(at: 2)
      }
      try insert.bind(pause.at.secondsSinceEpoch, at: 3)
      try insert.bind(
        writer.tools.sealer.seal(pause.blob(), key: writer.tools.registryKey, binding: Place.pause(id)), at: 4
      )
      try insert.run()
    }
  }

  /// Lets a campaign, or everything that is held back as a whole, go on.
  ///
  /// - Returns: how many pauses ended.
  package func resume(_ campaign: CampaignID?) throws(StoreError) -> Int {
    try writeEntries { writer in
      let delete = try Query(writer.database, "DELETE FROM pause WHERE campaign IS $1")
      if let campaign {
        try delete.bind(writer.tools.ledger().campaign(campaign), at: 1)
      } else {
        try delete.bindNull(at: 1)
      }
      try delete.run()
      return writer.database.changesCount
    }
  }

  /// What is held back, the oldest first.
  package func pauses() throws(StoreError) -> [Pause] {
    try StoreError.wrapping(path) {
      try read { connections in
        let select = try Query(connections.database, "SELECT id, detail FROM pause ORDER BY id")
        defer { select.reset() }
        var pauses: [Pause] = []
        while try select.step() {
          pauses.append(
            try connections.tools.sealer.withOpened(
              select.bytes(1), key: connections.tools.registryKey, binding: Place.pause(select.integer(0))
            ) { try Pause(blob: $0) })
        }
        return pauses
      }
    }
  }

  /// What the clocks showed when something was last sent.
  package func clockReading() throws(StoreError) -> ClockReading? {
    try StoreError.wrapping(path) {
      try read { connections in
        let select = try Query(connections.database, "SELECT wall, since_start, start FROM clock_reading")
        defer { select.reset() }
        guard try select.step() else { return nil }
        return ClockReading(
          wall: Instant(secondsSinceEpoch: select.integer(0)), sinceStart: .seconds(select.integer(1)),
          start: select.text(2))
      }
    }
  }

  /// Keeps what the clocks show.
  package func keep(_ reading: ClockReading) throws(StoreError) {
    try writeEntries { writer in
      let insert = try Query(
        writer.database,
        "INSERT OR REPLACE INTO clock_reading (one, wall, since_start, start) VALUES (1, $1, $2, $3)")
      try insert.bind(reading.wall.secondsSinceEpoch, at: 1)
      try insert.bind(reading.sinceStart.components.seconds, at: 2)
      try insert.bind(reading.start, at: 3)
      try insert.run()
    }
  }
}

extension RegistryConnections {
  /// A row with what is sealed in it; of an erased patient only the row.
  fileprivate func entry(_ row: SendRow) throws -> OutboxEntry {
    let select = try Query(database, "SELECT changed_at, outcome FROM send WHERE id = $1")
    defer { select.reset() }
    try select.bind(row.id.rawValue, at: 1)
    guard try select.step() else { throw DecodingFault.truncated }
    var entry = OutboxEntry(
      id: row.id, patient: row.patient.handle, state: row.state.kind, channel: row.channel,
      provider: row.provider,
      attempts: Int(row.attempts), changedAt: Instant(secondsSinceEpoch: select.integer(0)))
    switch row.state {
    case .planned(let wakeAt), .retryAt(let wakeAt): entry.wakeAt = wakeAt
    default: break
    }
    guard let key = try keyUnlessDestroyed(row.patient) else { return entry }
    entry.key = try plan(of: row, key: key).key
    if !select.isNull(1) {
      entry.outcome = try tools.sealer.withOpened(
        select.bytes(1), key: key, binding: Place.outcome(row.id.rawValue)
      ) { try SendOutcome(blob: $0) }
    }
    guard let message = try sentMessage(of: row, key: key), let words = try sentText(of: row, key: key) else {
      // Of what a backup knows only the plan of, a provider can be asked by its token alone.
      if row.state == .inDoubt {
        entry.message = OutboundMessage(
          id: row.id, token: try tools.ledger().token(ofKey: row.key), channel: row.channel,
          recipient: .address(""),
          language: "", text: "", at: entry.changedAt, attempt: Int(row.attempts))
      }
      return entry
    }
    entry.message = OutboundMessage(
      id: row.id, token: try tools.ledger().token(ofKey: row.key), channel: row.channel,
      recipient: message.recipient,
      language: message.language, subject: words.subject, text: words.text, at: message.contact.at,
      attempt: Int(row.attempts))
    return entry
  }
}
