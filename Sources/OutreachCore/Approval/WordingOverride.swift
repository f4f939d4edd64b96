/// That two people allow one word of one text for a while, although the lexicons say that it tells something.
///
/// It holds for exactly the text, language, word, rule and lexicons it was made for: a change of any of them ends it.
/// Identifiers, restricted classes and disguises cannot be allowed: see ``CheckRule/canBeOverridden``.
public struct WordingOverride: Hashable, Sendable {
  /// What it allows.
  public struct Scope: Hashable, Sendable {
    /// The campaign.
    public var campaign: CampaignID
    /// The message.
    public var message: MessageID
    /// The text as it is written.
    public var text: String
    /// The language of the text.
    public var language: String
    /// The channel whose words it is about; nil is the common text.
    public var channel: Channel?
    /// The rule that finds the word.
    public var rule: CheckRule
    /// The word as it is written.
    public var word: String
    /// The version of the lexicons.
    public var lexiconVersion: String

    /// Makes a scope.
    public init(
      campaign: CampaignID, message: MessageID, text: String, language: String, channel: Channel?,
      rule: CheckRule, word: String, lexiconVersion: String
    ) {
      self.campaign = campaign
      self.message = message
      self.text = text
      self.language = language
      self.channel = channel
      self.rule = rule
      self.word = word
      self.lexiconVersion = lexiconVersion
    }
  }

  /// A person who stands behind it.
  public struct Signature: Hashable, Sendable {
    /// The name they go by at the clinic.
    public var by: String
    /// The account of the machine that it was done from.
    public var account: String
    /// When.
    public var at: Instant

    /// Makes a signature.
    public init(by: String, account: String, at: Instant) {
      self.by = by
      self.account = account
      self.at = at
    }
  }

  /// Its number in the workspace.
  public var number: Int
  /// What it allows.
  public var scope: Scope
  /// Why, in the words of the person who asked for it.
  public var reason: String
  /// Who asked for it.
  public var requested: Signature
  /// The second person; nil while it is only asked for.
  public var confirmed: Signature?
  /// From when on it allows nothing any more.
  public var expiresAt: Instant
  /// Who took it back, if anybody has.
  public var withdrawn: Signature?

  /// Makes an override.
  public init(
    number: Int, scope: Scope, reason: String, requested: Signature, confirmed: Signature? = nil,
    expiresAt: Instant,
    withdrawn: Signature? = nil
  ) {
    self.number = number
    self.scope = scope
    self.reason = reason
    self.requested = requested
    self.confirmed = confirmed
    self.expiresAt = expiresAt
    self.withdrawn = withdrawn
  }

  /// The longest that one can hold; our choice, a season.
  public static let longest = Duration.seconds(90 * 86_400)

  /// Whether it allows anything at an instant: two people, not over, not taken back.
  public func holds(at instant: Instant) -> Bool {
    confirmed != nil && withdrawn == nil && instant < expiresAt && instant >= requested.at
  }

  /// Why it cannot be asked for, as a sentence; nil when it can.
  public static func refusal(of scope: Scope, reason: String, for duration: Duration) -> String? {
    if !scope.rule.canBeOverridden { return "what '\(scope.rule.rawValue)' finds can be allowed by nobody" }
    if duration <= .zero || duration > longest { return "a word is allowed for 1 to 90 days" }
    if reason.split(whereSeparator: \.isWhitespace).count < 3 {
      return "say in a sentence why the word is needed"
    }
    return nil
  }

  /// Why somebody cannot be the second person, as a sentence; nil when they can.
  ///
  /// Two names from one account of the machine are one person.
  public func refusal(of second: Signature) -> String? {
    if confirmed != nil { return "it was confirmed already" }
    if withdrawn != nil { return "it was taken back" }
    if second.at >= expiresAt { return "it has run out" }
    func plain(_ name: String) -> String { name.lowercased().filter { !$0.isWhitespace } }
    if plain(second.by) == plain(requested.by) || second.account == requested.account {
      return "a second person has to confirm it, by another name and from another account"
    }
    return nil
  }
}
