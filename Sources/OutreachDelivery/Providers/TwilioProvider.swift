import FoundationEssentials
public import OutreachCore

/// Twilio: Messages for texts, Calls with `<Say>` for voice.
///
/// There is no idempotency key: after a lost answer the list of messages is asked, by number and day.
/// https://www.twilio.com/docs/messaging/api/message-resource, https://www.twilio.com/docs/voice/api/call-resource
public final class TwilioProvider: Provider {
  /// The clinic's name for it.
  public let name: String
  /// What it can do.
  public let traits: ProviderTraits
  private let account: String
  private let token: String
  private let from: String
  private let callback: String?
  private let api: String
  private let transfers: Transfers

  /// How long a message can take to appear in the list; younger ones are not called missing.
  ///
  /// Our choice.
  private static let settling = Duration.seconds(120)

  /// How many days are looked through; our choice.
  private static let mostDays = 7

  /// Makes a provider.
  ///
  /// - Parameter secret: the account's token.
  public init(_ settings: ProviderSettings, secret: String) throws(DeliveryError) {
    guard let account = settings.options["account"], let from = settings.options["from"] else {
      throw .settings(provider: settings.name, why: "'account' and 'from' are needed")
    }
    name = settings.name
    // Twilio queues what is too fast for a number; 100 at once is its own limit for a new account (error 20429).
    traits = ProviderTraits(
      channels: settings.channels, canLookUp: true, givesReceipts: true, rate: 50, concurrency: 20
    ).narrowed(by: settings)
    self.account = account
    self.from = from
    token = secret
    callback = settings.options["callback"]
    api = settings.options["api"] ?? "https://api.twilio.com"
    transfers = try Transfers(connections: traits.concurrency)
  }

  /// Hands messages over.
  public func deliver(
    _ messages: [OutboundMessage], answer: (Int, ProviderAnswer) -> Void
  ) throws(DeliveryError) {
    try transfers.perform(messages.map(request)) { answer($0, Self.answer(to: $1)) }
  }

  /// Asks whether it has a message.
  public func lookUp(_ message: OutboundMessage, at now: Instant) throws(DeliveryError) -> LookUpAnswer {
    let day = Zone.utc.date(at: message.at)
    // From the day on which it can have gone first to today: what was given over just before midnight is created after
    // it, and after a backup was put back the first day is not the last.
    let days = Zone.utc.date(at: now).daysSinceEpoch - day.daysSinceEpoch
    guard !message.recipient.revealed.isEmpty, days <= Self.mostDays else { return .cannotTell }
    for date in (0...max(1, days)).map({ day.adding(days: $0) }) {
      var query = [("To", message.recipient.revealed), ("PageSize", "200")]
      if !from.hasPrefix("MG") { query.insert(("From", from), at: 1) }
      query.append((message.channel == .voice ? "StartTime" : "DateSent", "\(date)"))
      var request = TransferRequest(url: "\(resource(of: message))?\(Percent.form(query))")
      (request.user, request.password) = (account, token)
      let result = try transfers.perform(request)
      guard result.failure == 0, result.status == 200,
        let list = try? JSONDecoder().decode(List.self, from: Data(result.body))
      else { return .cannotTell }
      let entries = (list.messages ?? []) + (list.calls ?? [])
      // Of calls the words are not kept: one to this number on this day may be this one or another.
      if message.channel == .voice, !entries.isEmpty { return .cannotTell }
      if let found = entries.first(where: { $0.body == message.text }) { return .taken(reference: found.sid) }
      if list.next_page_uri != nil { return .cannotTell }
    }
    return now - message.at >= Self.settling ? .notTaken : .cannotTell
  }

  /// The request that hands a message over.
  private func request(_ message: OutboundMessage) -> TransferRequest {
    var fields = [("To", message.recipient.revealed)]
    fields.append((from.hasPrefix("MG") ? "MessagingServiceSid" : "From", from))
    if message.channel == .voice {
      fields.append(("Twiml", Self.spoken(message.text, language: message.language)))
    } else {
      fields.append(("Body", message.text))
    }
    if let callback { fields.append(("StatusCallback", "\(callback)/\(message.token.rawValue)")) }
    var request = TransferRequest(url: resource(of: message))
    request.body = Array(Percent.form(fields).utf8)
    request.headers = ["Content-Type: application/x-www-form-urlencoded"]
    (request.user, request.password) = (account, token)
    return request
  }

  private func resource(of message: OutboundMessage) -> String {
    "\(api)/2010-04-01/Accounts/\(account)/\(message.channel == .voice ? "Calls" : "Messages").json"
  }

  /// A text as a call says it.
  private static func spoken(_ text: String, language: String) -> String {
    let words = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    let voice = ["en": "en-US", "es": "es-US"][language] ?? language
    return "<Response><Say language=\"\(voice)\">\(words)</Say></Response>"
  }

  private static func answer(to result: TransferResult) -> ProviderAnswer {
    guard result.failure == 0 else { return result.brokenAnswer }
    switch result.status {
    case 200..<300:
      let entry = try? JSONDecoder().decode(Entry.self, from: Data(result.body))
      return .accepted(reference: entry?.sid)
    case 400, 404:
      let code = (try? JSONDecoder().decode(Fault.self, from: Data(result.body)))?.code ?? result.status
      if let obstacle = TwilioCode.obstacle(code) { return .notTaken(obstacle) }
      return .refused(TwilioCode.refusal(code))
    default: return result.webAnswer
    }
  }

  private struct Entry: Decodable {
    var sid: String
    var body: String?
  }

  private struct List: Decodable {
    var messages: [Entry]?
    var calls: [Entry]?
    var next_page_uri: String?
  }

  private struct Fault: Decodable { var code: Int }
}

/// Twilio's codes, at once or in a receipt.
///
/// https://www.twilio.com/docs/api/errors
enum TwilioCode {
  /// What a code means that has nothing to do with the message; nil for one that has.
  static func obstacle(_ code: Int) -> Obstacle? {
    switch code {
    // 'From' is missing, invalid, not this account's, or of another country; the messaging service does not exist.
    case 20404, 21212, 21603, 21606, 21659, 21660, 21703: Obstacle(.account, code: "\(code)")
    // The queue of this 'From' is full.
    case 21611: Obstacle(.throttled, code: "\(code)")
    default: nil
    }
  }

  /// What a code means for the message and for whoever it was for.
  static func refusal(_ code: Int) -> Refusal {
    let kind: Refusal.Kind =
      switch code {
      // Attempt to send to unsubscribed recipient.
      case 21610: .optedOut
      // Invalid 'To'; not a mobile number; not a valid number; landline or unreachable carrier; unknown destination.
      case 21211, 21214, 21217, 21421, 21614, 30005, 30006, 13224: .invalidRecipient
      // Unreachable handset.
      case 30003: .unreachable
      // Message blocked; carrier violation; body refused or too long.
      case 21617, 30004, 30007, 30034: .content
      default: .other
      }
    return Refusal(kind, code: "\(code)")
  }
}
