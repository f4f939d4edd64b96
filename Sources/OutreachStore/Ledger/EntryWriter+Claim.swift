import GRDB
import OutreachCore

extension EntryWriter {
  /// Marks a message as being handed over, with everything that shows later what went out and why it might.
  ///
  /// - Returns: the message; nil where the decision holds no text or nobody to send it to.
  func claim(
    _ row: inout SendRow, plan: SendPlan, _ decision: Decision, _ grounds: SendGrounds, provider: String,
    linkHost: String?, token: LeaseToken, key: SealingKey, at now: Instant
  ) throws -> OutboundMessage? {
    guard let rendered = decision.text, let recipient = decision.recipient, let channel = decision.channel
    else {
      return nil
    }
    var text = rendered.revealed
    if let linkHost, text.contains(LinkToken.shape(host: linkHost)) {
      let target = LinkTarget(
        patient: row.patient.handle, campaign: plan.key.campaign, message: plan.key.message,
        occurrence: plan.key.occurrence, expiresAt: now + Self.linkLife)
      let link = try makeLink(to: target, of: row.patient, key: key) { _ in false }
      text = text.replacing(LinkToken.shape(host: linkHost), with: link.link(host: linkHost))
    }
    row.attempts += 1
    row.channel = channel
    row.provider = provider
    _ = try row.state.receive(.claim(token))
    var number: PhoneNumber?
    if case .phone(let phone) = recipient { number = phone }
    let message = SentMessage(
      contact: PastContact(
        id: ResourceID("Send/\(row.id.rawValue)"), at: now, channel: channel, status: .inDoubt, key: plan.key,
        purpose: plan.purpose, number: number, text: TextFingerprint(of: rendered.revealed)),
      recipient: recipient, language: decision.language ?? "", grounds: grounds)
    let words = SentText(subject: rendered.subject, text: text)
    let update = try Query(
      database,
      """
      UPDATE send SET state = 3, lease_until = NULL, attempts = $1, channel = $2, provider = $3, changed_at = $4
      WHERE id = $5 AND owner = $6
      """)
    try update.bind(row.attempts, at: 1)
    try update.bind(channel.rawValue, at: 2)
    try update.bind(provider, at: 3)
    try update.bind(now.secondsSinceEpoch, at: 4)
    try update.bind(row.id.rawValue, at: 5)
    try update.bind(token.owner, at: 6)
    try update.run()
    let insert = try Query(database, "INSERT OR REPLACE INTO sent (send, message, text) VALUES ($1, $2, $3)")
    try insert.bind(row.id.rawValue, at: 1)
    try insert.bind(
      tools.sealer.seal(
        message.blob(), key: key, binding: Place.message(row.id.rawValue, attempt: row.attempts)), at: 2)
    try insert.bind(
      tools.sealer.seal(words.blob(), key: key, binding: Place.text(row.id.rawValue, attempt: row.attempts)),
      at: 3)
    try insert.run()
    return OutboundMessage(
      id: row.id, token: try tools.ledger().token(ofKey: row.key), channel: channel, recipient: recipient,
      language: decision.language ?? "",
      subject: rendered.subject, text: text, at: now, attempt: Int(row.attempts))
  }

  /// How long a link in a message leads anywhere; our choice.
  private static let linkLife = Duration.seconds(30 * 86_400)

  /// What selects messages that are due and not held back, with its parameters.
  struct Due {
    var condition: String
    fileprivate var first: Int32
    fileprivate var campaigns: [[UInt8]]
    fileprivate var channels: [Channel]

    /// Binds the parameters.
    func bind(_ query: Query) throws {
      var index = first
      for campaign in campaigns {
        try query.bind(campaign, at: index)
        index += 1
      }
      for channel in channels {
        try query.bind(channel.rawValue, at: index)
        index += 1
      }
    }
  }

  /// The messages of campaigns, by channels, that wait and that nobody paused.
  ///
  /// - Parameter first: the number of the first parameter; those before it are the caller's.
  func due(of campaigns: [CampaignID], by channels: [Channel], from first: Int32) throws -> Due {
    let hashes = try campaigns.map { try tools.ledger().campaign($0) }
    func list(_ count: Int, from first: Int) -> String {
      (first..<first + count).map { "$\($0)" }.joined(separator: ", ")
    }
    return Due(
      condition: """
        state IN (1, 6) AND campaign IN (\(list(hashes.count, from: Int(first))))
        AND channel IN (\(list(channels.count, from: Int(first) + hashes.count)))
        AND NOT EXISTS (SELECT 1 FROM pause WHERE pause.campaign IS NULL OR pause.campaign = send.campaign)
        """, first: first, campaigns: hashes, channels: channels)
  }

  /// The campaigns that somebody holds back.
  struct Paused {
    fileprivate var isEverything = false
    fileprivate var campaigns: Set<[UInt8]> = []

    /// Whether a message is held back.
    func holds(campaignOf row: SendRow, _ writer: EntryWriter) throws -> Bool {
      if isEverything { return true }
      if campaigns.isEmpty { return false }
      let select = try Query(writer.database, "SELECT campaign FROM send WHERE id = $1")
      defer { select.reset() }
      try select.bind(row.id.rawValue, at: 1)
      return try select.step() && campaigns.contains(Array(select.bytes(0)))
    }
  }

  /// What somebody holds back.
  func pausedCampaigns() throws -> Paused {
    let select = try Query(database, "SELECT campaign FROM pause")
    defer { select.reset() }
    var paused = Paused()
    while try select.step() {
      if select.isNull(0) {
        paused.isEverything = true
      } else {
        paused.campaigns.insert(Array(select.bytes(0)))
      }
    }
    return paused
  }
}
