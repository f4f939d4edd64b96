/// What the host makes of one intent of one patient.
public struct Decision: Hashable, Sendable {
  /// What happens to the message.
  public enum Verdict: String, Hashable, Sendable {
    /// It goes out now.
    case send
    /// It goes out later.
    case `defer`
    /// It does not go out.
    case suppress
  }

  /// The patient.
  public var patient: PatientHandle
  /// The campaign.
  public var campaign: CampaignID
  /// The message; nil where the script failed before it named one.
  public var message: MessageID?
  /// What the message is about; nil where the script failed.
  public var occurrence: Occurrence?
  /// What happens to it.
  public var verdict: Verdict
  /// Why, unless it goes out now.
  public var reason: Reason?
  /// The channel it uses or would have used.
  public var channel: Channel?
  /// The telephone number or address it goes to; it prints masked.
  public var recipient: Recipient?
  /// The language it is said in.
  public var language: String?
  /// The text; nil where it could not be rendered.
  public var text: RenderedMessage?
  /// When it goes out; nil where it does not.
  public var sendAt: Instant?
  /// The zones in which the patient may be, the likeliest first.
  public var zones: [String]
  /// What every rule said, in the guard's order.
  public var rules: [RuleResult]
  /// The facts the script read, by name.
  public var read: [String]
  /// Whether the patient has been reached so often that somebody should look.
  ///
  /// With this message, if it goes, as many went out as one of the policy's marks says.
  public var isFatigued: Bool
  /// The rule without which a message that is put off could go earlier; nil for every other.
  public var heldBy: String?

  /// Makes a decision.
  public init(
    patient: PatientHandle, campaign: CampaignID, message: MessageID?, occurrence: Occurrence?,
    verdict: Verdict,
    reason: Reason?, channel: Channel? = nil, recipient: Recipient? = nil, language: String? = nil,
    text: RenderedMessage? = nil, sendAt: Instant? = nil, zones: [String] = [], rules: [RuleResult],
    read: [String], isFatigued: Bool = false, heldBy: String? = nil
  ) {
    self.patient = patient
    self.campaign = campaign
    self.message = message
    self.occurrence = occurrence
    self.verdict = verdict
    self.reason = reason
    self.channel = channel
    self.recipient = recipient
    self.language = language
    self.text = text
    self.sendAt = sendAt
    self.zones = zones
    self.rules = rules
    self.read = read
    self.isFatigued = isFatigued
    self.heldBy = heldBy
  }
}

/// Where a message goes.
public enum Recipient: Hashable, Sendable, CustomStringConvertible {
  /// A telephone number.
  case phone(PhoneNumber)
  /// An e-mail address or the address of an added channel.
  case address(String)

  /// The address in full, for providers and for `--reveal`.
  public var revealed: String {
    switch self {
    case .phone(let number): number.e164
    case .address(let address): address
    }
  }

  /// The address masked: `•••0123`, `a•••@•••`.
  public var description: String {
    switch self {
    case .phone(let number): "•••\(number.lastFour)"
    case .address(let address): "\(address.prefix(1))•••"
    }
  }
}
