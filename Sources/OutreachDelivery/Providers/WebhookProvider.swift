import CSeal
import FoundationEssentials
public import OutreachCore

/// A service that takes signed JSON: a portal, an app, a record system.
///
/// `POST` of `{"id", "channel", "to", "language", "subject", "text"}` with `Idempotency-Key` (the message's token) and
/// `Outreach-Signature: t=UNIX,v1=HEX`, which is HMAC-SHA256 under the shared secret of the time, a dot and the body. The
/// service must take one key once, answer 2xx once it has the message, and answer `GET url/KEY` with 200 or 404.
public final class WebhookProvider: Provider {
  /// The clinic's name for it.
  public let name: String
  /// What it can do.
  public let traits: ProviderTraits
  private let url: String
  private let secret: String
  private let transfers: Transfers

  /// Makes a provider.
  ///
  /// - Parameter secret: what both sides sign with; at least 16 characters.
  public init(_ settings: ProviderSettings, secret: String) throws(DeliveryError) {
    guard let url = settings.options["url"] else {
      throw .settings(provider: settings.name, why: "'url' is needed")
    }
    guard secret.utf8.count >= 16 else {
      throw .settings(provider: settings.name, why: "its secret is shorter than 16 characters")
    }
    name = settings.name
    traits = ProviderTraits(
      channels: settings.channels, hasIdempotencyKey: true, canLookUp: true, givesReceipts: true,
      concurrency: 16
    ).narrowed(by: settings)
    self.url = url
    self.secret = secret
    transfers = try Transfers(connections: traits.concurrency)
  }

  /// Hands messages over.
  public func deliver(
    _ messages: [OutboundMessage], answer: (Int, ProviderAnswer) -> Void
  ) throws(DeliveryError) {
    var requests: [TransferRequest] = []
    for message in messages { requests.append(try request(message)) }
    try transfers.perform(requests) { answer($0, Self.answer(to: $1)) }
  }

  /// Asks whether it has a message.
  public func lookUp(_ message: OutboundMessage, at now: Instant) throws(DeliveryError) -> LookUpAnswer {
    var request = TransferRequest(url: "\(url)/\(message.token.rawValue)")
    request.headers = [try signature(of: [], at: now)]
    let result = try transfers.perform(request)
    guard result.failure == 0 else { return .cannotTell }
    switch result.status {
    case 200: return .taken(reference: Self.reference(in: result.body))
    case 404: return .notTaken
    default: return .cannotTell
    }
  }

  private func request(_ message: OutboundMessage) throws(DeliveryError) -> TransferRequest {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let body = try? encoder.encode(Envelope(message)) else { throw .library("writing JSON") }
    var request = TransferRequest(url: url)
    request.body = Array(body)
    request.headers = [
      "Content-Type: application/json", "Idempotency-Key: \(message.token.rawValue)",
      try signature(of: Array(body), at: message.at),
    ]
    return request
  }

  /// The header that shows that the clinic sent it, and when.
  private func signature(of body: [UInt8], at instant: Instant) throws(DeliveryError) -> String {
    let time = "\(instant.secondsSinceEpoch)"
    guard let hash = MessageSignature.hmac(Array("\(time).".utf8) + body, secret: Array(secret.utf8)) else {
      throw .library("computing HMAC-SHA256")
    }
    return
      "Outreach-Signature: t=\(time),v1=\(hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())"
  }

  private static func answer(to result: TransferResult) -> ProviderAnswer {
    switch result.webAnswer {
    case .accepted: .accepted(reference: reference(in: result.body))
    // The address is no one's there any more.
    case .refused where result.status == 410 || result.status == 404:
      .refused(Refusal(.invalidRecipient, code: "\(result.status)"))
    // It takes a key once: what it may have taken may be offered again.
    case .unknown(let why): .unknown(why)
    case let other: other
    }
  }

  private static func reference(in body: [UInt8]) -> String? {
    (try? JSONDecoder().decode(Reply.self, from: Data(body)))?.id
  }

  private struct Envelope: Encodable {
    var id: String
    var channel: String
    var to: String
    var language: String
    var subject: String?
    var text: String

    init(_ message: OutboundMessage) {
      id = message.token.rawValue
      channel = message.channel.rawValue
      to = message.recipient.revealed
      language = message.language
      subject = message.subject
      text = message.text
    }
  }

  private struct Reply: Decodable { var id: String? }
}

/// HMAC-SHA256 (RFC 2104) over what is sent.
enum MessageSignature {
  static func hmac(_ message: [UInt8], secret: [UInt8]) -> [UInt8]? {
    guard let mac = cseal_mac_create(secret, secret.count) else { return nil }
    defer { cseal_mac_destroy(mac) }
    var hash = [UInt8](repeating: 0, count: Int(CSEAL_HASH_BYTES))
    return cseal_mac_compute(mac, message, message.count, &hash) == CSEAL_OK ? hash : nil
  }
}
