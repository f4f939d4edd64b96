package import OutreachCore

extension Approval: StoredForm {
  package func write(to writer: inout ByteWriter) {
    writer.write(text: subject.campaign.rawValue)
    writer.write(text: subject.contentHash)
    writer.write(count: subject.messageHashes.count)
    for (message, hash) in subject.messageHashes.sorted(by: { $0.key < $1.key }) {
      writer.write(text: message.rawValue)
      writer.write(text: hash)
    }
    writer.write(count: subject.languages.count)
    for language in subject.languages.sorted() { writer.write(text: language) }
    writer.write(text: subject.policyHash)
    writer.write(text: subject.lexiconVersion)
    writer.write(text: by)
    writer.write(text: account)
    at.write(to: &writer)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let campaign = CampaignID(try reader.text())
    let contentHash = try reader.text()
    var messageHashes: [MessageID: String] = [:]
    for _ in 0..<(try reader.count()) {
      let message = MessageID(try reader.text())
      messageHashes[message] = try reader.text()
    }
    var languages: Set<String> = []
    for _ in 0..<(try reader.count()) { languages.insert(try reader.text()) }
    let policyHash = try reader.text()
    let lexiconVersion = try reader.text()
    let by = try reader.text()
    let account = try reader.text()
    self.init(
      subject: ApprovalSubject(
        campaign: campaign, contentHash: contentHash, messageHashes: messageHashes, languages: languages,
        policyHash: policyHash, lexiconVersion: lexiconVersion),
      by: by, account: account, at: try Instant(from: &reader))
  }
}

extension WordingOverride.Signature: StoredForm {
  package func write(to writer: inout ByteWriter) {
    writer.write(text: by)
    writer.write(text: account)
    at.write(to: &writer)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let by = try reader.text()
    let account = try reader.text()
    self.init(by: by, account: account, at: try Instant(from: &reader))
  }
}

/// What is asked for, as one row holds it; what others say to it comes in rows of their own.
struct WordingRequest {
  var scope: WordingOverride.Scope
  var reason: String
  var requested: WordingOverride.Signature
  var expiresAt: Instant
}

extension WordingRequest: StoredForm {
  package func write(to writer: inout ByteWriter) {
    writer.write(text: scope.campaign.rawValue)
    writer.write(text: scope.message.rawValue)
    writer.write(text: scope.text)
    writer.write(text: scope.language)
    // Empty is the common text.
    writer.write(text: scope.channel?.rawValue ?? "")
    writer.write(text: scope.rule.rawValue)
    writer.write(text: scope.word)
    writer.write(text: scope.lexiconVersion)
    writer.write(text: reason)
    requested.write(to: &writer)
    expiresAt.write(to: &writer)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let campaign = CampaignID(try reader.text())
    let message = MessageID(try reader.text())
    let text = try reader.text()
    let language = try reader.text()
    let channel = try reader.text()
    guard let rule = CheckRule(rawValue: try reader.text()) else { throw .invalidValue }
    let word = try reader.text()
    scope = WordingOverride.Scope(
      campaign: campaign, message: message, text: text, language: language,
      channel: channel.isEmpty ? nil : Channel(channel), rule: rule, word: word,
      lexiconVersion: try reader.text())
    reason = try reader.text()
    requested = try WordingOverride.Signature(from: &reader)
    expiresAt = try Instant(from: &reader)
  }
}
