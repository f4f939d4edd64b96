/// What handing a message to a provider came to.
public enum ProviderAnswer: Hashable, Sendable {
  /// It took the message; its own name for it, where it gives one.
  case accepted(reference: String?)
  /// It refused this message for good.
  case refused(Refusal)
  /// It surely did not take the message: nothing was sent before the connection failed, or it said so.
  case notTaken(Obstacle)
  /// It may have taken the message: the connection ended, or the time, before its answer came.
  case unknown(String)
}

/// Why a provider refused a message for good.
public struct Refusal: Hashable, Sendable {
  /// What it comes to.
  public enum Kind: String, Hashable, Sendable {
    /// The person told the provider to stop.
    case optedOut = "opted_out"
    /// The number or address does not exist or cannot receive this.
    case invalidRecipient = "invalid_recipient"
    /// The number exists and could not be reached.
    case unreachable
    /// The text was refused.
    case content
    /// Something else that will not change.
    case other
  }

  /// What it comes to.
  public var kind: Kind
  /// The provider's code, such as `21610`; never its words, which may quote the message.
  public var code: String

  /// Makes a refusal.
  public init(_ kind: Kind, code: String) {
    self.kind = kind
    self.code = code
  }
}

/// Why a provider surely did not take a message.
public struct Obstacle: Hashable, Sendable {
  /// Whose turn it is.
  public enum Kind: String, Hashable, Sendable {
    /// It will pass: the line, the load, the provider's own trouble.
    case passing
    /// Too much at once.
    case throttled
    /// Nothing of this clinic will be taken until a person has looked: the account, the money, the address.
    case account
  }

  /// Whose turn it is.
  public var kind: Kind
  /// What happened, as a code or in a few words; nothing of the message.
  public var code: String
  /// How long the provider asks to be left alone.
  public var retryAfter: Duration?

  /// Makes an obstacle.
  public init(_ kind: Kind, code: String, retryAfter: Duration? = nil) {
    self.kind = kind
    self.code = code
    self.retryAfter = retryAfter
  }
}

/// What a provider answers when it is asked whether it has a message.
public enum LookUpAnswer: Hashable, Sendable {
  /// It has it; its own name for it, where it gives one.
  case taken(reference: String?)
  /// It does not have it.
  case notTaken
  /// It cannot tell, or not now.
  case cannotTell
}

/// What a provider tells later of a message that it took.
public struct Receipt: Hashable, Sendable {
  /// What became of it.
  public enum Outcome: String, Hashable, Sendable {
    /// It arrived.
    case delivered
    /// It did not arrive, for good.
    case undelivered
    /// It is on its way.
    case underway
  }

  /// What became of it.
  public var outcome: Outcome
  /// Why it did not arrive, where the provider says.
  public var refusal: Refusal?

  /// Makes a receipt.
  public init(_ outcome: Outcome, refusal: Refusal? = nil) {
    self.outcome = outcome
    self.refusal = refusal
  }
}
