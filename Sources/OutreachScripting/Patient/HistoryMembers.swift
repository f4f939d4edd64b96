import Lua
import OutreachCore

// `patient:last_sent(message)`, `patient:sent_count{…}` and `patient:replied(message, …)`.
extension ScriptRun {
  /// `patient:last_sent(message, { about = fact })`: the last time this campaign's message went out, nil when it never did.
  func lastSent(_ arguments: borrowing Arguments, _ facts: OpenedFacts) throws -> Value {
    let message = try messageName(arguments, .lastSent)
    let options = try OptionTable(arguments, at: 1, of: "last_sent", known: ["about"], in: self)
    let occurrence = try occurrence(options)
    try note(.history)
    let last = facts.record.contacts
      .filter { $0.at <= now && $0.countsTowardCaps && belongs($0, to: message, occurrence) }
      .max { ($0.at, $0.id) < ($1.at, $1.id) }
    return last.map { hand(.contact($0), as: .contact) } ?? .null
  }

  /// `patient:sent_count{ message = "x", within = "30 days" }`: how many messages of this campaign went out.
  func sentCount(_ arguments: borrowing Arguments, _ facts: OpenedFacts) throws -> Value {
    let options = try OptionTable(arguments, at: 0, of: "sent_count", known: ["message", "within"], in: self)
    let message = try options.text("message")
    if let message { try requireMessage(message) }
    let within = try options.span("within")
    try note(.history)
    let start = within.map { $0.added(to: now, in: clinicZone, sign: -1) } ?? .earliest
    return .integer(
      Int64(
        facts.record.contacts.count {
          $0.at <= now && $0.at > start && $0.countsTowardCaps && belongs($0, to: message, nil)
        }))
  }

  /// `patient:replied(message, { about = fact })`: the code of the latest reply to the message, nil when there is none.
  func replied(_ arguments: borrowing Arguments, _ facts: OpenedFacts) throws -> Value {
    let message = try messageName(arguments, .replied)
    let options = try OptionTable(arguments, at: 1, of: "replied", known: ["about"], in: self)
    let occurrence = try occurrence(options)
    try note(.history)
    let last = facts.record.contacts
      .filter { $0.at <= now && $0.isInbound && $0.replyCode != nil && belongs($0, to: message, occurrence) }
      .max { ($0.at, $0.id) < ($1.at, $1.id) }
    return last?.replyCode.map { .string($0) } ?? .null
  }

  func read(_ field: ContactField, of fact: FactObject) -> Value {
    guard case .contact(let contact) = fact else { return .null }
    switch field {
    case .on: return .string("\(clinicZone.date(at: contact.at))")
    case .daysAgo: return .integer(Int64(clinicZone.date(at: contact.at).days(until: today)))
    case .status: return .string(Self.word(for: contact.status))
    case .about: return contact.key.map { .string($0.occurrence.rawValue) } ?? .null
    }
  }

  private static func word(for status: PastContact.Status) -> String {
    switch status {
    case .sent: "sent"
    case .delivered: "delivered"
    case .undelivered: "undelivered"
    case .refused: "refused"
    case .inDoubt: "in_doubt"
    case .inboundOpen, .inboundClosed: "received"
    }
  }

  private func messageName(_ arguments: borrowing Arguments, _ method: PatientMethod) throws -> String {
    guard let name = arguments.string(0) else {
      throw HostError("\(method.rawValue) takes the name of a message of this campaign")
    }
    try requireMessage(name)
    return name
  }

  /// Refuses a name that none of the campaign's messages has.
  func requireMessage(_ name: String) throws {
    guard let campaign else { throw HostError("there is no campaign while the file loads") }
    guard campaign.messages[name] == nil else { return }
    throw HostError(StaticCheck.unknownMessage(name, campaign.messages.keys.sorted()))
  }

  private func occurrence(_ options: OptionTable) throws -> Occurrence? {
    if case .string(let written)? = options["about"] { return Occurrence(written) }
    return try options.fact("about").map { fact in
      fact.subject.occurrence(clinicZone: clinicZone)
    }
  }

  private func belongs(_ contact: PastContact, to message: String?, _ occurrence: Occurrence?) -> Bool {
    guard let key = contact.key, let campaign, key.campaign == campaign.id else { return false }
    return (message.map { key.message.rawValue == $0 } ?? true)
      && (occurrence.map { key.occurrence == $0 } ?? true)
  }
}
