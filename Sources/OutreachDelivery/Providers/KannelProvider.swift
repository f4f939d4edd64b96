public import OutreachCore

/// A Kannel gateway, by its `sendsms` address.
///
/// https://www.kannel.org/download/1.4.5/userguide-1.4.5/userguide.html (chapter 6). There is neither an idempotency key
/// nor a look-up: after a lost answer only a delivery report or a person can tell.
public final class KannelProvider: Provider {
  /// The clinic's name for it.
  public let name: String
  /// What it can do.
  public let traits: ProviderTraits
  private let url: String
  private let user: String
  private let password: String
  private let from: String?
  private let callback: String?
  private let transfers: Transfers

  /// Makes a provider.
  ///
  /// - Parameter secret: the password of the `sendsms-user`.
  public init(_ settings: ProviderSettings, secret: String) throws(DeliveryError) {
    guard let url = settings.options["url"], let user = settings.options["user"] else {
      throw .settings(provider: settings.name, why: "'url' and 'user' are needed")
    }
    name = settings.name
    traits = ProviderTraits(channels: settings.channels, givesReceipts: true, concurrency: 16).narrowed(
      by: settings)
    self.url = url
    self.user = user
    password = secret
    from = settings.options["from"]
    callback = settings.options["callback"]
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
    .cannotTell
  }

  /// The request that hands a message over.
  ///
  /// Kannel takes no form: everything stands in the address, which is why only this machine or https may be named.
  private func request(_ message: OutboundMessage) -> TransferRequest {
    var fields = [
      ("username", user), ("password", password), ("to", message.recipient.revealed), ("text", message.text),
      ("charset", "UTF-8"),
    ]
    // Kannel's default alphabet turns what it does not have into question marks.
    if TextEncoding(of: message.text).alphabet == .ucs2 { fields.append(("coding", "2")) }
    if let from { fields.append(("from", from)) }
    if let callback {
      // 1 delivered, 2 not delivered, 16 refused by the centre; %d is which of them.
      fields.append(("dlr-mask", "19"))
      fields.append(("dlr-url", "\(callback)/\(message.token.rawValue)?status=%d"))
    }
    return TransferRequest(url: "\(url)?\(Percent.form(fields))")
  }

  private static func answer(to result: TransferResult) -> ProviderAnswer {
    guard result.failure == 0 else { return result.brokenAnswer }
    let words = String(decoding: result.body, as: UTF8.self)
    switch result.status {
    // Accepted, or queued until the line is back: it is Kannel's from now on.
    case 202: return .accepted(reference: nil)
    // Two things have this code, and only the words tell which.
    case 403 where words.hasPrefix("Not routable"):
      return .refused(Refusal(.invalidRecipient, code: "not routable"))
    case 403: return .notTaken(Obstacle(.account, code: "403"))
    case 400 where words.contains("receiver") || words.contains("Number"):
      return .refused(Refusal(.invalidRecipient, code: "400"))
    // Its queue is full, and it says so instead of taking the message.
    case 503: return .notTaken(Obstacle(.throttled, code: "503", retryAfter: result.retryAfter))
    default: return result.webAnswer
    }
  }
}
