package import OutreachCore

import GRDB

/// A decision with what the ledger keeps of it beside.
package struct LedgerDecision {
  /// What was decided.
  package var decision: Decision
  /// What the campaign is for.
  package var purpose: Purpose
  /// Since when the message may have left without this ledger's knowledge; nil where it cannot have.
  package var mayHaveLeftSince: Instant?

  /// Names a decision.
  package init(_ decision: Decision, purpose: Purpose, mayHaveLeftSince: Instant? = nil) {
    self.decision = decision
    self.purpose = purpose
    self.mayHaveLeftSince = mayHaveLeftSince
  }
}

/// The number of one run of campaigns.
package struct RunID: Hashable, Sendable {
  let rawValue: Int64
}

extension Registry {
  /// Begins a run of campaigns: what it plans is due only once it is committed.
  package func beginRun(at now: Instant) throws(StoreError) -> RunID {
    try writeEntries { writer in
      let insert = try Query(writer.database, "INSERT INTO run (at) VALUES ($1) RETURNING id")
      defer { insert.reset() }
      try insert.bind(now.secondsSinceEpoch, at: 1)
      guard try insert.step() else { throw StoreError.failed("SQLite began no run.") }
      let id = RunID(rawValue: insert.integer(0))
      _ = try insert.step()
      return id
    }
  }

  /// Writes decisions of a run into the ledger, all or nothing: the present state of each, and a row for each message
  /// that goes out now or later.
  ///
  /// A message that is planned already keeps its row, and one that has left is never planned again.
  package func plan(_ decisions: [LedgerDecision], in run: RunID, at now: Instant) throws(StoreError) {
    try writeEntries { writer in
      for entry in decisions { try writer.plan(entry, in: run, at: now) }
    }
  }

  /// Makes what a run planned due.
  ///
  /// - Parameter planned: how many messages it planned for each campaign.
  package func commit(_ run: RunID, planned: [CampaignID: Int], plan: String, at now: Instant)
    throws(StoreError)
  {
    try writeEntries { writer in
      let hashes = try writer.tools.ledger()
      for (campaign, count) in planned.sorted(by: { $0.key < $1.key }) {
        let insert = try Query(
          writer.database, "INSERT INTO run_campaign (campaign, run, planned) VALUES ($1, $2, $3)")
        try insert.bind(hashes.campaign(campaign), at: 1)
        try insert.bind(run.rawValue, at: 2)
        try insert.bind(Int64(count), at: 3)
        try insert.run()
      }
      let due = try Query(
        writer.database,
        "UPDATE send SET wake_at = due_at WHERE run = $1 AND state = 1 AND wake_at = \(EntryWriter.never)")
      try due.bind(run.rawValue, at: 1)
      try due.run()
      let update = try Query(writer.database, "UPDATE run SET committed_at = $1, detail = $2 WHERE id = $3")
      try update.bind(run.rawValue, at: 3)
      try update.bind(now.secondsSinceEpoch, at: 1)
      try update.bind(
        writer.tools.sealer.seal(
          Array(plan.utf8), key: writer.tools.registryKey, binding: Place.run(run.rawValue)), at: 2)
      try update.run()
    }
  }

  /// Gives up a run: nothing that it planned is sent.
  package func abandon(_ run: RunID, at now: Instant) throws(StoreError) {
    try writeEntries { writer in
      let void = try Query(
        writer.database,
        """
        UPDATE send SET state = 11, changed_at = $1
        WHERE run = $2 AND state = 1 AND wake_at = \(EntryWriter.never)
        """)
      try void.bind(run.rawValue, at: 2)
      try void.bind(now.secondsSinceEpoch, at: 1)
      try void.run()
    }
  }

  /// How many messages the last runs of a campaign planned, the newest first; runs that planned none tell nothing.
  package func recentRuns(of campaign: CampaignID, limit: Int = 10) throws(StoreError) -> [Int] {
    try StoreError.wrapping(path) {
      try read { connections in
        let select = try Query(
          connections.database,
          "SELECT planned FROM run_campaign WHERE campaign = $1 AND planned > 0 ORDER BY run DESC LIMIT $2")
        defer { select.reset() }
        try select.bind(connections.tools.ledger().campaign(campaign), at: 1)
        try select.bind(Int64(limit), at: 2)
        var counts: [Int] = []
        while try select.step() { counts.append(Int(select.integer(0))) }
        return counts
      }
    }
  }
}

extension EntryWriter {
  /// When a row wakes whose run is not committed.
  static let never = Int64.max

  fileprivate func plan(_ entry: LedgerDecision, in run: RunID, at now: Instant) throws {
    let decision = entry.decision
    // Where the script failed there is no message to speak of; the run's totals count it.
    guard let message = decision.message, let occurrence = decision.occurrence else { return }
    let key = PastContact.Key(campaign: decision.campaign, message: message, occurrence: occurrence)
    let (row, patientKey) = try patient(decision.patient)
    let hash = try tools.ledger().key(key, of: decision.patient)
    try note(decision, hash: hash, row: row, key: patientKey, at: now)
    guard let dueAt = decision.sendAt, let channel = decision.channel else {
      return try void(hash, at: now)
    }
    let known = try Query(database, "SELECT id, state, wake_at FROM send WHERE key = $1")
    defer { known.reset() }
    try known.bind(hash, at: 1)
    guard try known.step() else {
      try insert(
        SendPlan(key: key, purpose: entry.purpose), hash: hash, row: row, key: patientKey, channel: channel,
        dueAt: dueAt, run: run, at: now)
      return try doubt(entry, hash: hash)
    }
    let (id, state, wakeAt) = (known.integer(0), known.integer(1), known.integer(2))
    known.reset()
    if state == Int64(SendState.Kind.void.rawValue)
      || state == Int64(SendState.Kind.planned.rawValue) && wakeAt == Self.never
    {
      // It was dropped, or planned by a run that never came to its end.
      let update = try Query(
        database,
        """
        UPDATE send SET state = 1, run = $1, channel = $2, due_at = $3, wake_at = \(Self.never), changed_at = $4
        WHERE id = $5
        """)
      try update.bind(id, at: 5)
      try update.bind(run.rawValue, at: 1)
      try update.bind(channel.rawValue, at: 2)
      try update.bind(dueAt.secondsSinceEpoch, at: 3)
      try update.bind(now.secondsSinceEpoch, at: 4)
      try update.run()
      try doubt(entry, hash: hash)
    } else if state == Int64(SendState.Kind.planned.rawValue), dueAt.secondsSinceEpoch < wakeAt {
      // It may go earlier than was thought; when it wakes everything is looked at once more.
      let update = try Query(database, "UPDATE send SET wake_at = $1, due_at = $1 WHERE id = $2")
      try update.bind(id, at: 2)
      try update.bind(dueAt.secondsSinceEpoch, at: 1)
      try update.run()
    }
  }

  /// Marks a message as being in doubt that may have left without this ledger's knowledge.
  private func doubt(_ entry: LedgerDecision, hash: [UInt8]) throws {
    guard let since = entry.mayHaveLeftSince else { return }
    for var row in try connections.sends(where: "send.key = $1", bind: { try $0.bind(hash, at: 1) }) {
      _ = try receive(.restored, &row, at: since)
    }
    let shown = try Query(database, "UPDATE send SET wake_at = due_at WHERE key = $1")
    try shown.bind(hash, at: 1)
    try shown.run()
  }

  private func insert(
    _ plan: SendPlan, hash: [UInt8], row: PatientRow, key: SealingKey, channel: Channel, dueAt: Instant,
    run: RunID,
    at now: Instant
  ) throws {
    let id = try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) + 1 FROM send") ?? 1
    let insert = try Query(
      database,
      """
      INSERT INTO send (id, key, patient, campaign, channel, run, state, due_at, wake_at, planned_at, changed_at, token, plan)
      VALUES ($1, $2, $3, $4, $5, $6, 1, $7, \(Self.never), $8, $8, $9, $10)
      """)
    try insert.bind(id, at: 1)
    try insert.bind(hash, at: 2)
    try insert.bind(row.id, at: 3)
    try insert.bind(tools.ledger().campaign(plan.key.campaign), at: 4)
    try insert.bind(channel.rawValue, at: 5)
    try insert.bind(run.rawValue, at: 6)
    try insert.bind(dueAt.secondsSinceEpoch, at: 7)
    try insert.bind(now.secondsSinceEpoch, at: 8)
    let hashes = try tools.ledger()
    try insert.bind(hashes.lookup(hashes.token(ofKey: hash)), at: 9)
    try insert.bind(tools.sealer.seal(plan.blob(), key: key, binding: Place.plan(id)), at: 10)
    try insert.run()
  }

  /// What may not go any more is not sent, where it was planned: a fact has changed, or a word was said.
  private func void(_ hash: [UInt8], at now: Instant) throws {
    let update = try Query(
      database, "UPDATE send SET state = 11, changed_at = $1 WHERE key = $2 AND state IN (1, 6)")
    try update.bind(hash, at: 2)
    try update.bind(now.secondsSinceEpoch, at: 1)
    try update.run()
  }

  /// Keeps the present state of a candidate, sealed anew only when it is another one.
  private func note(_ decision: Decision, hash: [UInt8], row: PatientRow, key: SealingKey, at now: Instant)
    throws
  {
    let trail = DecisionTrail(decision).blob()
    let state = try tools.ledger().state(trail)
    let known = try Query(database, "SELECT state_hash, version FROM decision WHERE key = $1")
    defer { known.reset() }
    try known.bind(hash, at: 1)
    var version: Int64 = 1
    if try known.step() {
      let isSame = known.bytes(0).elementsEqual(state)
      version = known.integer(1) + 1
      known.reset()
      if isSame {
        let seen = try Query(database, "UPDATE decision SET last_seen = $1, count = count + 1 WHERE key = $2")
        try seen.bind(hash, at: 2)
        try seen.bind(now.secondsSinceEpoch, at: 1)
        return try seen.run()
      }
    }
    let write = try Query(
      database,
      """
      INSERT INTO decision (key, patient, verdict, reason, state_hash, first_seen, last_seen, count, version, detail)
      VALUES ($1, $2, $3, $4, $5, $6, $6, 1, $7, $8)
      ON CONFLICT (key) DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason,
        state_hash = excluded.state_hash, last_seen = excluded.last_seen, count = count + 1,
        version = excluded.version, detail = excluded.detail
      """)
    try write.bind(hash, at: 1)
    try write.bind(row.id, at: 2)
    try write.bind(decision.verdict.number, at: 3)
    if let reason = decision.reason {
      try write.bind(reason.rawValue, at: 4)
    } else {
      try write.bindNull(at: 4)
    }
    try write.bind(state, at: 5)
    try write.bind(now.secondsSinceEpoch, at: 6)
    try write.bind(version, at: 7)
    try write.bind(
      tools.sealer.seal(trail, key: key, binding: Place.decision(row.id, version: version)), at: 8)
    try write.run()
  }
}

extension Decision.Verdict {
  /// The number by which the ledger keeps it.
  fileprivate var number: Int64 {
    switch self {
    case .send: 1
    case .defer: 2
    case .suppress: 3
    }
  }
}

/// What the ledger keeps of a decision: which message, and what every rule said.
struct DecisionTrail: Hashable {
  var key: PastContact.Key
  var channel: Channel?
  var rules: [RuleResult]

  init(_ decision: Decision) {
    key = PastContact.Key(
      campaign: decision.campaign, message: decision.message ?? MessageID(""),
      occurrence: decision.occurrence ?? Occurrence(""))
    channel = decision.channel
    rules = decision.rules
  }
}

extension DecisionTrail: StoredForm {
  func write(to writer: inout ByteWriter) {
    key.write(to: &writer)
    writer.write(text: channel?.rawValue ?? "")
    writer.write(rules)
  }

  init(from reader: inout ByteReader) throws(DecodingFault) {
    key = try PastContact.Key(from: &reader)
    let name = try reader.text()
    channel = name.isEmpty ? nil : Channel(name)
    rules = try reader.list()
  }
}
