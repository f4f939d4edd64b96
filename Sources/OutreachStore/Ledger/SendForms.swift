package import OutreachCore

/// What is planned, as the ledger keeps it from the start.
struct SendPlan: Hashable {
  var key: PastContact.Key
  var purpose: Purpose
}

extension SendPlan: StoredForm {
  func write(to writer: inout ByteWriter) {
    key.write(to: &writer)
    writer.write(text: purpose.rawValue)
  }

  init(from reader: inout ByteReader) throws(DecodingFault) {
    key = try PastContact.Key(from: &reader)
    purpose = Purpose(try reader.text())
  }
}

/// By which rules a message was allowed to go: what it takes to show later that it was right at the time.
package struct SendGrounds: Hashable, Sendable {
  /// The hash of the campaign's file.
  package var campaignHash: String
  /// The hash of the policy's file.
  package var policyHash: String
  /// The version of the lexicons.
  package var lexiconVersion: String
  /// What every rule said.
  package var rules: [RuleResult]

  /// Names the grounds.
  package init(campaignHash: String, policyHash: String, lexiconVersion: String, rules: [RuleResult]) {
    self.campaignHash = campaignHash
    self.policyHash = policyHash
    self.lexiconVersion = lexiconVersion
    self.rules = rules
  }
}

extension SendGrounds: StoredForm {
  package func write(to writer: inout ByteWriter) {
    writer.write(text: campaignHash)
    writer.write(text: policyHash)
    writer.write(text: lexiconVersion)
    writer.write(rules)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    self.init(
      campaignHash: try reader.text(), policyHash: try reader.text(), lexiconVersion: try reader.text(),
      rules: try reader.list())
  }
}

extension RuleResult: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, reason != nil)
    presence.set(2, allowsFrom != nil)
    writer.write(presence)
    writer.write(text: rule)
    writer.write(text: verdict.rawValue)
    writer.write(ifPresent: reason?.rawValue)
    writer.write(text: detail)
    writer.write(ifPresent: allowsFrom)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    let rule = try reader.text()
    guard let verdict = Verdict(rawValue: try reader.text()) else { throw .invalidValue }
    var reason: Reason?
    if presence.has(1) {
      guard let known = Reason(rawValue: try reader.text()) else { throw .invalidValue }
      reason = known
    }
    self.init(
      rule: rule, verdict: verdict, reason: reason, detail: try reader.text(),
      allowsFrom: try reader.value(if: presence.has(2)))
  }
}

/// What went out: to which address, on what grounds, and how it counts from then on.
struct SentMessage: Hashable {
  /// How rules and scripts see it; the row's state says what became of it.
  var contact: PastContact
  /// Where it went: a number in full, or an address.
  var recipient: Recipient
  var language: String
  var grounds: SendGrounds
}

extension SentMessage: StoredForm {
  func write(to writer: inout ByteWriter) {
    contact.write(to: &writer)
    var presence = Presence()
    if case .phone = recipient { presence.set(1, true) }
    writer.write(presence)
    writer.write(text: recipient.revealed)
    writer.write(text: language)
    grounds.write(to: &writer)
  }

  init(from reader: inout ByteReader) throws(DecodingFault) {
    contact = try PastContact(from: &reader)
    let presence = try Presence(from: &reader)
    if presence.has(1) {
      guard let number = try reader.number(if: true) else { throw .invalidValue }
      recipient = .phone(number)
    } else {
      recipient = .address(try reader.text())
    }
    language = try reader.text()
    grounds = try SendGrounds(from: &reader)
  }
}

/// The words that went out.
struct SentText: Hashable {
  var subject: String?
  var text: String
}

extension SentText: StoredForm {
  func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, subject != nil)
    writer.write(presence)
    writer.write(ifPresent: subject)
    writer.write(text: text)
  }

  init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    subject = try reader.text(if: presence.has(1))
    text = try reader.text()
  }
}

/// What a provider, a look-up or a person said of a message.
package struct SendOutcome: Hashable, Sendable {
  /// The provider's code, or who said so.
  package var word: String
  /// The provider's own name for the message.
  package var reference: String?
  /// When.
  package var at: Instant

  /// Makes an outcome.
  package init(word: String, reference: String? = nil, at: Instant) {
    self.word = word
    self.reference = reference
    self.at = at
  }
}

extension SendOutcome: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, reference != nil)
    writer.write(presence)
    writer.write(text: word)
    writer.write(ifPresent: reference)
    at.write(to: &writer)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    let word = try reader.text()
    let reference = try reader.text(if: presence.has(1))
    self.init(word: word, reference: reference, at: try Instant(from: &reader))
  }
}
