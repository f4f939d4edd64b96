public import OutreachCore

/// Carries messages to people: a vendor, a gateway, a mail server, a file.
///
/// A provider answers for each message exactly once, and says `unknown` where it cannot be sure: an answer that is too
/// hopeful loses a message, one that is too gloomy sends it twice. One sender uses it, on one thread.
/// `ProviderConformance` of the test kit checks one.
public protocol Provider: AnyObject {
  /// The name that `clinic.lua` gives it.
  var name: String { get }

  /// What it can do.
  var traits: ProviderTraits { get }

  /// Hands messages over, at most ``ProviderTraits/concurrency`` at once, and returns when each has its answer.
  ///
  /// - Parameter answer: called once for each message with its place in the list.
  /// - Throws: ``DeliveryError`` where the machine itself fails; what has no answer then is in doubt.
  func deliver(_ messages: [OutboundMessage], answer: (Int, ProviderAnswer) -> Void) throws(DeliveryError)

  /// Asks whether it has a message; only where ``ProviderTraits/canLookUp`` says that it can tell.
  func lookUp(_ message: OutboundMessage, at now: Instant) throws(DeliveryError) -> LookUpAnswer
}

/// What a provider can do.
public struct ProviderTraits: Hashable, Sendable {
  /// The channels it serves.
  public var channels: [Channel]
  /// Whether a message that it is given twice with one token goes out once.
  public var hasIdempotencyKey: Bool
  /// Whether it can tell if it has a message.
  public var canLookUp: Bool
  /// Whether it tells what became of messages.
  public var givesReceipts: Bool
  /// The most messages a second; nil is as many as there are.
  public var rate: Int?
  /// The most messages under way at once, which is also how many can be in doubt after a crash.
  public var concurrency: Int

  /// Names what a provider can do.
  public init(
    channels: [Channel], hasIdempotencyKey: Bool = false, canLookUp: Bool = false,
    givesReceipts: Bool = false,
    rate: Int? = nil, concurrency: Int
  ) {
    self.channels = channels
    self.hasIdempotencyKey = hasIdempotencyKey
    self.canLookUp = canLookUp
    self.givesReceipts = givesReceipts
    self.rate = rate
    self.concurrency = concurrency
  }

  /// The traits with what `clinic.lua` says instead.
  func narrowed(by settings: ProviderSettings) -> ProviderTraits {
    var traits = self
    traits.channels = settings.channels
    traits.rate = settings.rate ?? rate
    traits.concurrency = settings.concurrency ?? concurrency
    return traits
  }
}
