/// What the clinic allows, as `policy.lua` declares it.
///
/// The defaults are those of a United States primary-care clinic. A number without a rule behind it is a
/// choice of this program and says so. A rule that does not hold on a day is unknown on it, and what hangs on
/// an unknown rule is refused.
public struct Policy: Sendable, Hashable {
  /// The name of the policy, such as `us-primary-care`.
  public var name: String
  /// When messages may go out.
  public var quietHours: QuietHours
  /// How often a patient may be reached; all of them hold together.
  public var caps: [FrequencyCap] { didSet { capsOfChannels = Self.sorted(caps) } }
  /// The caps that concern each of the known channels; looked up for every message, so sorted once.
  private var capsOfChannels: [Channel: [FrequencyCap]]
  /// Messages for which caps are switched off.
  public var exemptions: [CapExemption]
  /// How many messages in a while somebody should look at.
  public var fatigue: [FatigueMark]
  /// Purposes beyond the closed list of ``Purpose/all``; they need consent of their own.
  public var addedPurposes: [AddedPurpose]
  /// How old the last import may be.
  public var facts: Dated<FactsRequirement>
  /// What must be known of a number.
  public var contact: Dated<ContactRequirement>
  /// How long messages may be and stay of use.
  public var message: Dated<MessageLimits>
  /// How long messages wait after the patient has written in.
  public var reply: Dated<ReplyHold>
  /// What a revocation ends that does not say what it is about.
  public var revocation: Dated<RevocationScope>
  /// From which age on people speak for themselves.
  public var majority: Dated<Majority>
  /// How much messages may show.
  public var disclosure: Dated<DisclosureRule>
  /// What messages must carry.
  public var content: Dated<ContentRequirement>

  /// Makes the default policy.
  public init() {
    name = "us-primary-care"
    quietHours = QuietHours()
    caps = FrequencyCap.healthcareExemption
    capsOfChannels = Self.sorted(FrequencyCap.healthcareExemption)
    exemptions = []
    fatigue = FatigueMark.steiner2021
    addedPurposes = []
    facts = Dated(FactsRequirement())
    contact = Dated(ContactRequirement())
    message = Dated(MessageLimits())
    reply = Dated(ReplyHold())
    revocation = Dated(.all)
    majority = Dated(Majority())
    disclosure = Dated(DisclosureRule())
    content = Dated(ContentRequirement())
  }

  /// The caps that concern a channel.
  ///
  /// One that no cap knows, such as an embedding program's, is held to all of them by itself: what nobody
  /// thought of must not be without a limit.
  func caps(concerning channel: Channel) -> [FrequencyCap] {
    capsOfChannels[channel] ?? Self.concerning(channel, caps)
  }

  private static func sorted(_ caps: [FrequencyCap]) -> [Channel: [FrequencyCap]] {
    Dictionary(uniqueKeysWithValues: Channel.all.map { ($0, concerning($0, caps)) })
  }

  private static func concerning(_ channel: Channel, _ caps: [FrequencyCap]) -> [FrequencyCap] {
    let isKnown = caps.contains { cap in
      cap.channels?.contains(channel)
        ?? (cap.purposes == nil && cap.campaigns == nil && cap.places == nil)
    }
    if isKnown { return caps.filter { $0.channels?.contains(channel) ?? true } }
    return caps.map { cap in
      var cap = cap
      cap.channels = cap.channels.map { _ in [channel] }
      return cap
    }
  }

  /// Every purpose that a campaign may name: the closed list and the added ones.
  public var purposes: [Purpose] { Purpose.all + addedPurposes.map(\.purpose) }

  /// How a purpose stands on a day; nil for one that nobody has put on the list.
  public func standing(of purpose: Purpose, on day: CivilDate) -> Provenance.Standing? {
    if Purpose.all.contains(purpose) { return .inForce }
    if Purpose.refused.contains(purpose) { return nil }
    let standings = addedPurposes.filter { $0.purpose == purpose }.map { $0.provenance.standing(on: day) }
    return standings.first { $0 == .inForce } ?? standings.first
  }
}
