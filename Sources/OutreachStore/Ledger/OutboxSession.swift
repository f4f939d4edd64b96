package import OutreachCore

import GRDB

/// One sender's hold on the outbox, for as long as the object lives.
///
/// All of it goes through transactions that are on the disk when they return (`synchronous = FULL`).
package final class OutboxSession {
  private let registry: Registry
  private let tools: SealingTools
  private let lock: ProcessLock
  /// What this sender's holds are known by.
  package let token: LeaseToken
  private var shared: (version: Int64, resources: SharedResources, asOf: Instant?)?

  /// Enters this process among those that send.
  package init(_ registry: Registry, at now: Instant) throws(StoreError) {
    self.registry = registry
    lock = try ProcessLock(beside: registry.path)
    tools = try StoreError.wrapping(registry.path) { try registry.makeTools() }
    token = try registry.writeEntries { writer in
      let insert = try Query(writer.database, "INSERT INTO sender (started_at) VALUES ($1) RETURNING id")
      defer { insert.reset() }
      try insert.bind(now.secondsSinceEpoch, at: 1)
      guard try insert.step() else { throw StoreError.failed("SQLite entered no sender.") }
      let id = insert.integer(0)
      _ = try insert.step()
      return LeaseToken(owner: id)
    }
    try lock.hold(token.owner)
  }

  // MARK: What others left behind

  /// What became of the holds of senders that are gone.
  package struct Recovered: Hashable, Sendable {
    /// Messages that were not touched, and are due again.
    package var takenBack = 0
    /// Messages of which nobody knows whether they left.
    package var inDoubt = 0
  }

  /// Takes back what senders that are gone held, and what a lease was not used for; what they were handing over is in
  /// doubt from now on.
  ///
  /// No clock decides that something is in doubt: the process that was sending it is gone, which the kernel knows.
  package func recover(at now: Instant) throws(StoreError) -> Recovered {
    try write { writer in
      var recovered = Recovered()
      var alive: [Int64: Bool] = [token.owner: true]
      for var row in try writer.connections.sends(where: "owner IS NOT NULL") {
        let owner: Int64
        switch row.state {
        case .leased(let holder, _), .sending(let holder): owner = holder.owner
        default: continue
        }
        let isAlive = try alive[owner] ?? lock.isAlive(owner)
        alive[owner] = isAlive
        switch row.state {
        case .leased(_, let until) where !isAlive || until <= now:
          _ = try writer.receive(.takeBack(now: now, ownerIsGone: !isAlive), &row, at: now)
          recovered.takenBack += 1
        case .sending where !isAlive:
          _ = try writer.receive(.ownerGone, &row, at: now)
          recovered.inDoubt += 1
        default: break
        }
      }
      return recovered
    }
  }

  // MARK: On the way out

  /// Takes messages that are due, unless somebody holds them back.
  ///
  /// - Returns: how many.
  package func lease(
    _ limit: Int, of campaigns: [CampaignID], by channels: [Channel], until: Instant, at now: Instant
  ) throws(StoreError) -> Int {
    try write { writer in
      let due = try writer.due(of: campaigns, by: channels, from: 5)
      let update = try Query(
        writer.database,
        """
        UPDATE send SET state = 2, owner = $1, lease_until = $2, changed_at = $3
        WHERE id IN (SELECT id FROM send WHERE wake_at <= $4 AND \(due.condition) ORDER BY wake_at, id LIMIT \(limit))
        """)
      try update.bind(token.owner, at: 1)
      try update.bind(until.secondsSinceEpoch, at: 2)
      try update.bind(now.secondsSinceEpoch, at: 3)
      try update.bind(now.secondsSinceEpoch, at: 4)
      try due.bind(update)
      try update.run()
      return writer.database.changesCount
    }
  }

  /// When the next message is due, now or later; nil where none is.
  package func nextDue(of campaigns: [CampaignID], by channels: [Channel]) throws(StoreError) -> Instant? {
    try write { writer in
      let due = try writer.due(of: campaigns, by: channels, from: 2)
      return try writer.connections.sends(where: "wake_at < $1 AND \(due.condition)", limit: 1) {
        try $0.bind(EntryWriter.never, at: 1)
        try due.bind($0)
      }.first.flatMap { row in
        switch row.state {
        case .planned(let wakeAt), .retryAt(let wakeAt): wakeAt
        default: nil
        }
      }
    }
  }

  /// A message that this sender holds, to be looked at once more.
  package struct Leased: Hashable, Sendable {
    /// Whom it is for.
    package var patient: PatientHandle
    /// Which message it is.
    package var key: PastContact.Key
    /// By which channel it was to go.
    package var channel: Channel
  }

  /// What looking at a message once more came to.
  package enum Verdict {
    /// It goes now, as decided.
    case send(Decision, SendGrounds, provider: String)
    /// It goes later.
    case hold(until: Instant)
    /// It goes now, and by another channel than was thought.
    case move(Channel)
    /// It does not go.
    case drop(Reason)
  }

  /// What claiming came to.
  package struct Claimed {
    /// The messages to hand over, now.
    package var messages: [OutboundMessage] = []
    /// Messages that were put off once more.
    package var held = 0
    /// Messages that do not go, by reason.
    package var dropped: [Reason: Int] = [:]
    /// Whether there was anything to look at.
    package var isEmpty = true
  }

  /// Looks at leased messages once more and marks those that may go, in one transaction: what may go is durably `sending`
  /// before this returns, and no word that was said before it ("STOP", a pause) comes too late.
  ///
  /// - Parameters:
  ///   - answers: what handing others over came to, written first.
  ///   - linkHost: the host of links; nil where messages have none.
  ///   - decide: decides once more, on the patients as the transaction sees them.
  package func claim(
    _ limit: Int, settling answers: [(id: SendID, answer: ProviderAnswer, retryAt: Instant?)] = [],
    linkHost: String?, at now: Instant,
    decide: (Leased, LedgerPatients) throws -> Verdict
  ) throws -> Claimed {
    var failure: (any Error)?
    let claimed: Claimed = try write { writer in
      var claimed = Claimed()
      try settle(answers, writer, at: now)
      let rows = try writer.connections.sends(where: "owner = $1 AND state = 2", limit: limit) {
        try $0.bind(token.owner, at: 1)
      }
      guard !rows.isEmpty else { return claimed }
      claimed.isEmpty = false
      let patients = try patients(writer.connections)
      let paused = try writer.pausedCampaigns()
      for var row in rows {
        if try paused.holds(campaignOf: row, writer) {
          _ = try writer.receive(.hold(token, until: now), &row, at: now)
          continue
        }
        // Who was erased since is not written to any more.
        guard let key = try writer.connections.keyUnlessDestroyed(row.patient) else {
          _ = try writer.receive(.drop, &row, at: now)
          claimed.dropped[.patientInactive, default: 0] += 1
          continue
        }
        let plan = try writer.connections.plan(of: row, key: key)
        let verdict: Verdict
        do {
          verdict = try decide(
            Leased(patient: row.patient.handle, key: plan.key, channel: row.channel), patients)
        } catch {
          // What was claimed before it stays claimed by nobody: the transaction is undone.
          failure = error
          throw error
        }
        switch verdict {
        case .send(let decision, let grounds, let provider):
          guard
            let message = try writer.claim(
              &row, plan: plan, decision, grounds, provider: provider, linkHost: linkHost, token: token,
              key: key, at: now)
          else {
            _ = try writer.receive(.drop, &row, at: now)
            claimed.dropped[.contentRefused, default: 0] += 1
            continue
          }
          claimed.messages.append(message)
        case .hold(let until):
          _ = try writer.receive(.hold(token, until: until), &row, at: now)
          claimed.held += 1
        case .move(let channel):
          row.channel = channel
          _ = try writer.receive(.hold(token, until: now), &row, at: now)
        case .drop(let reason):
          _ = try writer.receive(.drop, &row, at: now)
          claimed.dropped[reason, default: 0] += 1
        }
      }
      return claimed
    } mapping: {
      failure
    }
    return claimed
  }

  /// Puts back what this sender holds and has not claimed.
  package func release(at now: Instant) throws(StoreError) {
    try write { writer in
      for var row in try writer.connections.sends(
        where: "owner = $1 AND state = 2", bind: { try $0.bind(token.owner, at: 1) })
      {
        _ = try writer.receive(.hold(token, until: now), &row, at: now)
      }
    }
  }

  /// Writes what handing messages over came to, all or nothing.
  package func settle(_ answers: [(id: SendID, answer: ProviderAnswer, retryAt: Instant?)], at now: Instant)
    throws(StoreError)
  {
    guard !answers.isEmpty else { return }
    try write { writer in try settle(answers, writer, at: now) }
  }

  private func settle(
    _ answers: [(id: SendID, answer: ProviderAnswer, retryAt: Instant?)], _ writer: EntryWriter,
    at now: Instant
  ) throws {
    for (id, answer, retryAt) in answers {
      guard var row = try writer.connections.send(id) else { continue }
      var effects: [SendEffect]
      do {
        effects = try writer.receive(.answer(answer, retryAt: retryAt), &row, at: now)
      } catch is SendFault {
        // A receipt was faster and knows more; one such message must not undo the answers of the others.
        effects = []
        if case .accepted(let reference?) = answer { effects = [.keepReference(reference)] }
      }
      try writer.carryOut(effects, of: row, code: answer.code, at: now)
    }
  }

  // MARK: In one transaction

  private func write<T>(_ body: (EntryWriter) throws -> T) throws(StoreError) -> T {
    try StoreError.wrapping(registry.path) { try transaction(body) }
  }

  /// As `write`, letting through an error of somebody else's.
  private func write<T>(_ body: (EntryWriter) throws -> T, mapping foreign: () -> (any Error)?) throws -> T {
    do {
      return try transaction(body)
    } catch {
      throw foreign() ?? StoreError(error, file: registry.path)
    }
  }

  private func transaction<T>(_ body: (EntryWriter) throws -> T) throws -> T {
    try registry.pool.write { database in
      try registry.keyStore.pool.snapshot { keyDatabase in
        try body(
          EntryWriter(RegistryConnections(database: database, keyDatabase: keyDatabase, tools: tools)))
      }
    }
  }

  /// The patients as a transaction sees them; what they share is read once an import.
  private func patients(_ connections: RegistryConnections) throws -> LedgerPatients {
    let version = try connections.importVersion()
    if shared?.version != version {
      shared = (version, try registry.sharedResources(), try registry.factsAsOf())
    }
    return LedgerPatients(
      connections, shared: shared?.resources ?? SharedResources(), asOf: shared?.asOf)
  }
}

extension ProviderAnswer {
  /// The provider's code.
  var code: String {
    switch self {
    case .accepted: "accepted"
    case .refused(let refusal): refusal.code
    case .notTaken(let obstacle): obstacle.code
    case .unknown(let why): why
    }
  }
}
