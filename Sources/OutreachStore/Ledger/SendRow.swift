import GRDB
import OutreachCore

/// One row of the outbox as it stands in a transaction.
struct SendRow {
  var id: SendID
  var patient: PatientRow
  var state: SendState
  var channel: Channel
  var attempts: Int64
  var key: [UInt8]
  var provider: String?

  /// The columns that ``init(_:)`` reads, of `send` joined with `patient`.
  static let columns = """
    send.id, send.patient, patient.handle, send.state, send.wake_at, send.owner, send.lease_until, send.channel,
    send.attempts, send.key, send.provider
    """

  /// Reads the present row.
  init(_ row: Query) throws {
    id = SendID(row.integer(0))
    patient = PatientRow(id: row.integer(1), handle: PatientHandle(row.text(2)))
    guard let kind = SendState.Kind(rawValue: UInt8(truncatingIfNeeded: row.integer(3))) else {
      throw DecodingFault.invalidValue
    }
    let wakeAt = Instant(secondsSinceEpoch: row.integer(4))
    let token = LeaseToken(owner: row.integer(5))
    state =
      switch kind {
      case .planned: .planned(wakeAt: wakeAt)
      case .leased: .leased(token, until: Instant(secondsSinceEpoch: row.integer(6)))
      case .sending: .sending(token)
      case .accepted: .accepted
      case .refused: .refused
      case .retryAt: .retryAt(wakeAt)
      case .inDoubt: .inDoubt
      case .delivered: .delivered
      case .undelivered: .undelivered
      case .resolved: .resolved
      case .void: .void
      }
    channel = Channel(row.text(7))
    attempts = row.integer(8)
    key = Array(row.bytes(9))
    provider = row.isNull(10) ? nil : row.text(10)
  }
}

extension RegistryConnections {
  /// The rows that a condition selects, in order of wake-up.
  ///
  /// - Parameters:
  ///   - condition: of `send`; part of the program and never of anybody's input.
  ///   - bind: binds its parameters.
  func sends(where condition: String, limit: Int = -1, bind: (Query) throws -> Void = { _ in }) throws
    -> [SendRow]
  {
    let select = try Query(
      database,
      """
      SELECT \(SendRow.columns) FROM send JOIN patient ON patient.id = send.patient
      WHERE \(condition) ORDER BY send.wake_at, send.id LIMIT \(limit)
      """)
    defer { select.reset() }
    try bind(select)
    var rows: [SendRow] = []
    while try select.step() { rows.append(try SendRow(select)) }
    return rows
  }

  /// The row of that number.
  func send(_ id: SendID) throws -> SendRow? {
    try sends(where: "send.id = $1") { try $0.bind(id.rawValue, at: 1) }.first
  }

  /// What a message was planned as.
  func plan(of row: SendRow, key: SealingKey) throws -> SendPlan {
    let select = try Query(database, "SELECT plan FROM send WHERE id = $1")
    defer { select.reset() }
    try select.bind(row.id.rawValue, at: 1)
    guard try select.step() else { throw DecodingFault.truncated }
    return try tools.sealer.withOpened(select.bytes(0), key: key, binding: Place.plan(row.id.rawValue)) {
      try SendPlan(blob: $0)
    }
  }

  /// What went out of a message, at its last attempt; nil before the first.
  func sentMessage(of row: SendRow, key: SealingKey) throws -> SentMessage? {
    let select = try Query(database, "SELECT message FROM sent WHERE send = $1")
    defer { select.reset() }
    try select.bind(row.id.rawValue, at: 1)
    guard try select.step(), !select.isNull(0) else { return nil }
    return try tools.sealer.withOpened(
      select.bytes(0), key: key, binding: Place.message(row.id.rawValue, attempt: row.attempts)
    ) { try SentMessage(blob: $0) }
  }

  /// The words that went out, unless their time is over.
  func sentText(of row: SendRow, key: SealingKey) throws -> SentText? {
    let select = try Query(database, "SELECT text FROM sent WHERE send = $1")
    defer { select.reset() }
    try select.bind(row.id.rawValue, at: 1)
    guard try select.step(), !select.isNull(0) else { return nil }
    return try tools.sealer.withOpened(
      select.bytes(0), key: key, binding: Place.text(row.id.rawValue, attempt: row.attempts)
    ) { try SentText(blob: $0) }
  }

  /// What went out to a patient from here, as rules and scripts count it.
  func sentContacts(ofPatient id: Int64, key: SealingKey) throws -> [PastContact] {
    guard try hasSends() else { return [] }
    let select = try Query(
      database,
      """
      SELECT id, state, attempts, message, plan, channel, changed_at FROM send LEFT JOIN sent ON sent.send = send.id
      WHERE patient = $1 AND (message IS NOT NULL OR state = 7) ORDER BY id
      """)
    defer { select.reset() }
    try select.bind(id, at: 1)
    var contacts: [PastContact] = []
    while try select.step() {
      guard
        let status = SendState.Kind(rawValue: UInt8(truncatingIfNeeded: select.integer(1)))?.contactStatus
      else { continue }
      let row = select.integer(0)
      if select.isNull(3) {
        // From a backup: what it said and where it went nobody wrote down, and it counts all the same.
        let plan = try tools.sealer.withOpened(select.bytes(4), key: key, binding: Place.plan(row)) {
          try SendPlan(blob: $0)
        }
        contacts.append(
          PastContact(
            id: ResourceID("Send/\(row)"), at: Instant(secondsSinceEpoch: select.integer(6)),
            channel: Channel(select.text(5)), status: status, key: plan.key, purpose: plan.purpose))
        continue
      }
      let place = Place.message(row, attempt: select.integer(2))
      var contact = try tools.sealer.withOpened(select.bytes(3), key: key, binding: place) {
        try SentMessage(blob: $0)
      }.contact
      contact.status = status
      contacts.append(contact)
    }
    return contacts
  }
}

extension EntryWriter {
  /// Lets a row take in what happened, and writes the state that follows.
  ///
  /// - Returns: what follows from it.
  /// - Throws: `SendFault` where that cannot happen in the row's state.
  func receive(_ input: SendInput, _ row: inout SendRow, at now: Instant) throws -> [SendEffect] {
    let effects = try row.state.receive(input)
    let update = try Query(
      database,
      """
      UPDATE send SET state = $1, wake_at = coalesce($2, wake_at), owner = $3, lease_until = $4, attempts = $5,
        channel = $6, provider = $7, changed_at = $8
      WHERE id = $9
      """)
    try update.bind(row.id.rawValue, at: 9)
    try update.bind(Int64(row.state.kind.rawValue), at: 1)
    for index: Int32 in 2...4 { try update.bindNull(at: index) }
    switch row.state {
    case .planned(let wakeAt), .retryAt(let wakeAt): try update.bind(wakeAt.secondsSinceEpoch, at: 2)
    case .leased(let token, let until):
      try update.bind(token.owner, at: 3)
      try update.bind(until.secondsSinceEpoch, at: 4)
    case .sending(let token): try update.bind(token.owner, at: 3)
    case .accepted, .refused, .inDoubt, .delivered, .undelivered, .resolved, .void: break
    }
    try update.bind(row.attempts, at: 5)
    try update.bind(row.channel.rawValue, at: 6)
    if let provider = row.provider { try update.bind(provider, at: 7) } else { try update.bindNull(at: 7) }
    try update.bind(now.secondsSinceEpoch, at: 8)
    try update.run()
    return effects
  }

  /// Carries out what follows for the record of whoever a message was for.
  func carryOut(_ effects: [SendEffect], of row: SendRow, code: String, at now: Instant) throws {
    // Of an erased patient nothing is left to write to.
    guard !effects.isEmpty, let key = try connections.keyUnlessDestroyed(row.patient) else { return }
    for effect in effects {
      switch effect {
      case .handOver: break
      case .keepReference(let reference):
        try keep(SendOutcome(word: code, reference: reference, at: now), of: row, key: key)
        let update = try Query(database, "UPDATE send SET reference = $1 WHERE id = $2")
        try update.bind(row.id.rawValue, at: 2)
        try update.bind(tools.ledger().reference(reference, of: row.provider ?? ""), at: 1)
        try update.run()
      case .optOut, .markInvalid, .markUnreachable:
        try keep(SendOutcome(word: code, at: now), of: row, key: key)
        guard let message = try connections.sentMessage(of: row, key: key),
          case .phone(let number) = message.recipient
        else { continue }
        if effect == .optOut {
          try enter(
            ConsentEvent(
              evidence: ResourceID(""), kind: .revoked, purpose: nil, channel: row.channel, at: now,
              source: .patient,
              method: .reply, recordedBy: row.provider, number: number, reference: code, isScopeStated: false),
            of: row.patient, key: key, recordedAt: now)
        } else {
          _ = try nextEntry()
          try enter(
            .evidence(ContactEvidence(.suspended, at: now, by: row.provider, reference: code)), at: now,
            of: number)
        }
      }
    }
  }

  /// Keeps what was said of a message, in place of what was said before.
  func keep(_ outcome: SendOutcome, of row: SendRow, key: SealingKey) throws {
    let update = try Query(database, "UPDATE send SET outcome = $1 WHERE id = $2")
    try update.bind(row.id.rawValue, at: 2)
    try update.bind(
      tools.sealer.seal(outcome.blob(), key: key, binding: Place.outcome(row.id.rawValue)), at: 1)
    try update.run()
  }
}
