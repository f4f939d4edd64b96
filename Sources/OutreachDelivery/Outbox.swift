package import OutreachCore

/// Where the dispatcher takes messages from and brings answers to; every call is durable when it returns.
package protocol Outbox: AnyObject {
  /// Takes up to `limit` messages that are due, so that no other sender looks at them; how many there were.
  func lease(_ limit: Int, by channels: [Channel], at now: Instant) throws -> Int

  /// Writes what handing messages over came to, looks at up to `limit` leased messages once more, and marks as being sent
  /// those that may go; all in one.
  func claim(_ limit: Int, settling answers: [SettledMessage], at now: Instant) throws -> ClaimedMessages

  /// Writes what handing messages over came to.
  func settle(_ answers: [SettledMessage], at now: Instant) throws

  /// Puts back what was leased and not claimed.
  func release(at now: Instant) throws

  /// When the next message is due, now or later; nil where none is.
  func nextDue(by channels: [Channel]) throws -> Instant?

  /// The messages in doubt that a provider may know of.
  func inDoubt(of provider: String) throws -> [OutboundMessage]

  /// Writes what a provider says of a message in doubt.
  func settle(_ message: OutboundMessage, lookUp answer: LookUpAnswer, at now: Instant) throws

  /// Holds back a campaign until a person has looked.
  func pause(_ campaign: CampaignID, why: String, at now: Instant) throws

  /// Whether the clock on the wall can be relied on; what is wrong with it otherwise.
  func clockFault(at now: Instant) throws -> String?
}

/// What looking at messages once more came to.
package struct ClaimedMessages {
  /// The messages to hand over now, each with its campaign, which the provider is not told.
  package var messages: [(message: OutboundMessage, campaign: CampaignID)] = []
  /// Messages that were put off once more.
  package var held = 0
  /// Messages that do not go, by reason.
  package var dropped: [Reason: Int] = [:]
  /// Whether there was nothing to look at.
  package var isEmpty = true

  /// Makes an empty one.
  package init() {}
}

/// What handing one message over came to.
package struct SettledMessage: Hashable, Sendable {
  /// The message.
  package var id: SendID
  /// The answer.
  package var answer: ProviderAnswer
  /// When it goes again; nil where it does not.
  package var retryAt: Instant?
}
