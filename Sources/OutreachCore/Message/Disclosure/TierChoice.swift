/// How much one message may show to one patient, and why not more.
public struct TierChoice: Hashable, Sendable {
  /// The tier at which the message is said.
  public var tier: DisclosureTier
  /// What keeps it there, for the trail.
  public var why: String

  /// What the choice hangs on.
  public struct Question: Sendable {
    /// The rule of the policy in force; nil where none is, and then everything is sealed.
    public var rule: DisclosureRule?
    /// The channel.
    public var channel: Channel
    /// The restricted programme that the campaign belongs to, if any.
    public var programme: RestrictedProgramme?
    /// Whether the patient is under age, or may be.
    public var isMinor: Bool
    /// How much the patient has said that messages may show, if anything.
    public var wish: DisclosureTier?
    /// Whether the number or address is known to be the patient's beyond what the record says.
    public var isVerified: Bool

    /// Makes a question.
    public init(
      rule: DisclosureRule?, channel: Channel, programme: RestrictedProgramme? = nil, isMinor: Bool = false,
      wish: DisclosureTier? = nil, isVerified: Bool = false
    ) {
      self.rule = rule
      self.channel = channel
      self.programme = programme
      self.isMinor = isMinor
      self.wish = wish
      self.isVerified = isVerified
    }
  }

  /// Chooses the highest tier that everything allows.
  ///
  /// A restricted programme and a minor's messages are sealed whatever was wished: who answers for the phone may be the
  /// one it is hidden from. More than the generic tier takes the patient's own word and a verified number.
  public init(_ question: Question) {
    guard let rule = question.rule else {
      self.init(tier: .sealed, why: "no rule says how much messages may show today")
      return
    }
    if let programme = question.programme {
      self.init(tier: .sealed, why: "messages of the programme '\(programme.rawValue)' are sealed")
      return
    }
    if question.isMinor {
      self.init(tier: .sealed, why: "messages about minors are sealed")
      return
    }
    var choice = TierChoice(tier: rule.unasked, why: "the patient has not said how much may be shown")
    if let wish = question.wish { choice = TierChoice(tier: wish, why: "the patient wishes it so") }
    let clearance = rule.clearance(of: question.channel)
    if choice.tier > clearance {
      choice = TierChoice(tier: clearance, why: "\(question.channel) is cleared for no more")
    }
    if choice.tier > .generic, question.wish == nil {
      choice = TierChoice(tier: .generic, why: "more takes the patient's own word")
    }
    if choice.tier > .generic, !question.isVerified {
      choice = TierChoice(tier: .generic, why: "more takes a number that was confirmed")
    }
    self = choice
  }

  private init(tier: DisclosureTier, why: String) {
    self.tier = tier
    self.why = why
  }
}
