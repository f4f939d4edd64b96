/// The number of a message's row in the ledger; it tells nothing to anybody else.
public struct SendID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number.
  public let rawValue: Int64

  /// Takes a number.
  public init(_ rawValue: Int64) { self.rawValue = rawValue }

  /// The number as people write it: `#12`.
  public var description: String { "#\(rawValue)" }

  /// Orders by number.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The name by which a provider knows a message: 32 hexadecimal digits from a keyed hash, the same at every attempt.
///
/// It serves as idempotency key, as part of a `Message-ID`, and in the address to which a provider reports; it tells
/// nobody what the message is or whom it is for.
public struct SendToken: Hashable, Sendable {
  /// The digits.
  public let rawValue: String

  /// Takes digits.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// A message as a provider gets it: where it goes, what it says, and nothing of what it is about.
public struct OutboundMessage: Hashable, Sendable {
  /// Its row in the ledger.
  public var id: SendID
  /// The name by which the provider may know it.
  public var token: SendToken
  /// The channel.
  public var channel: Channel
  /// Where it goes.
  public var recipient: Recipient
  /// The language it is said in.
  public var language: String
  /// The subject of an e-mail.
  public var subject: String?
  /// What it says.
  public var text: String
  /// When it was claimed.
  public var at: Instant
  /// How often it was tried, this time included.
  public var attempt: Int

  /// Makes a message.
  public init(
    id: SendID, token: SendToken, channel: Channel, recipient: Recipient, language: String,
    subject: String? = nil,
    text: String, at: Instant, attempt: Int = 1
  ) {
    self.id = id
    self.token = token
    self.channel = channel
    self.recipient = recipient
    self.language = language
    self.subject = subject
    self.text = text
    self.at = at
    self.attempt = attempt
  }
}

extension OutboundMessage: CustomStringConvertible, CustomReflectable {
  /// The row and the channel; an interpolation must not show whom it is for or what it says.
  public var description: String { "\(id) by \(channel.rawValue)" }

  /// Shows no parts.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
