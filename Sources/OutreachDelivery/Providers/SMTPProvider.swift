public import OutreachCore

/// A mail server, by ESMTP with STARTTLS or TLS from the start (RFC 5321, RFC 3207, RFC 8314).
///
/// `security` is `"starttls"` (the default, port 587), `"tls"` (port 465) or `"none"`, which only this machine may be
/// spoken to with. A mail server has neither an idempotency key nor a look-up; that a mail was not taken is sure up to the
/// end of its data and after a refusal of it.
public final class SMTPProvider: Provider {
  /// The clinic's name for it.
  public let name: String
  /// What it can do.
  public let traits: ProviderTraits
  private let url: String
  private let from: String
  private let user: String?
  private let password: String?
  private let unsubscribe: String?
  private let certificates: String?
  private let requiresTLS: Bool
  private let transfers: Transfers

  /// Makes a provider.
  ///
  /// - Parameter secret: the password of `user`; nil where none is asked for.
  public init(_ settings: ProviderSettings, secret: String?) throws(DeliveryError) {
    guard let host = settings.options["host"], let from = settings.options["from"], from.contains("@") else {
      throw .settings(provider: settings.name, why: "'host' and 'from' (an address) are needed")
    }
    let security = settings.options["security"] ?? "starttls"
    let isLocal = ["127.0.0.1", "localhost", "::1"].contains(host)
    switch security {
    case "starttls", "tls": break
    case "none" where isLocal: break
    case "none":
      throw .settings(provider: settings.name, why: "'security' may be \"none\" for this machine alone")
    default:
      throw .settings(
        provider: settings.name, why: "'security' is \"starttls\", \"tls\" or \"none\", not \"\(security)\"")
    }
    name = settings.name
    traits = ProviderTraits(channels: settings.channels, concurrency: 16).narrowed(by: settings)
    let port = settings.options["port"] ?? (security == "tls" ? "465" : "587")
    url = "\(security == "tls" ? "smtps" : "smtp")://\(host):\(port)"
    self.from = from
    user = settings.options["user"]
    password = secret
    unsubscribe = settings.options["unsubscribe"]
    certificates = settings.options["ca_file"]
    requiresTLS = security != "none"
    transfers = try Transfers(connections: traits.concurrency)
  }

  /// Hands messages over.
  public func deliver(
    _ messages: [OutboundMessage], answer: (Int, ProviderAnswer) -> Void
  ) throws(DeliveryError) {
    var requests: [TransferRequest] = []
    for message in messages {
      var request = TransferRequest(url: url)
      request.envelope = (from, message.recipient.revealed)
      request.body = Array(MailText(message, from: from, unsubscribe: unsubscribe).text.utf8)
      (request.user, request.password) = (user, password)
      request.certificates = certificates
      request.requiresTLS = requiresTLS
      requests.append(request)
    }
    try transfers.perform(requests) { answer($0, Self.answer(to: $1)) }
  }

  /// Asks whether it has a message.
  public func lookUp(_ message: OutboundMessage, at now: Instant) throws(DeliveryError) -> LookUpAnswer {
    .cannotTell
  }

  /// What the end of a mail's transfer means.
  ///
  /// A server that answers 4yz or 5yz, also to the end of the data, has not taken the mail (RFC 5321, 4.2.5 and 6.1);
  /// without an answer to the end of the data nobody knows.
  private static func answer(to result: TransferResult) -> ProviderAnswer {
    if result.failure == 0 { return .accepted(reference: nil) }
    switch result.status {
    // Authentication is missing, wrong or too weak (RFC 4954, 6).
    case 530, 534, 535, 538,
      454 where result.extent == .nothingSent:
      return .notTaken(Obstacle(.account, code: "\(result.status)"))
    case 421 where result.extent != .allSent: return .notTaken(Obstacle(.throttled, code: "421"))
    case 400..<500: return .notTaken(Obstacle(.passing, code: "\(result.status)"))
    // The mailbox does not exist or its name is not allowed (RFC 5321, 4.2.3).
    case 550, 551, 553: return .refused(Refusal(.invalidRecipient, code: "\(result.status)"))
    case 552, 554: return .refused(Refusal(.content, code: "\(result.status)"))
    case 500..<600: return .refused(Refusal(.other, code: "\(result.status)"))
    default: return result.brokenAnswer
    }
  }
}
