/// What a patient wishes about messages, beyond consent.
///
/// A wish only narrows: of the policy, the campaign and the patient the strictest wins.
public struct Preferences: Hashable, Sendable {
  /// The channels the patient wants, best first; others are not used.
  ///
  /// Empty where nothing was said.
  public var channels: [Channel]
  /// The language, as a BCP 47 tag; it goes before that of the record.
  public var language: String?
  /// The hours of the patient's clock in which they want messages.
  public var window: TimeWindow?
  /// The days on which they want none.
  public var restDays: Set<Weekday>
  /// The most messages in seven days, on all channels together.
  public var maximumPerWeek: Int?
  /// Purposes about which they want none.
  public var refusedPurposes: Set<Purpose>
  /// Campaigns from which they want none.
  public var refusedCampaigns: Set<CampaignID>
  /// The most that a message may show of them.
  public var disclosure: DisclosureTier?

  /// Makes wishes; what was not said is left out.
  public init(
    channels: [Channel] = [], language: String? = nil, window: TimeWindow? = nil,
    restDays: Set<Weekday> = [], maximumPerWeek: Int? = nil, refusedPurposes: Set<Purpose> = [],
    refusedCampaigns: Set<CampaignID> = [], disclosure: DisclosureTier? = nil
  ) {
    self.channels = channels
    self.language = language
    self.window = window
    self.restDays = restDays
    self.maximumPerWeek = maximumPerWeek
    self.refusedPurposes = refusedPurposes
    self.refusedCampaigns = refusedCampaigns
    self.disclosure = disclosure
  }

  /// Whether nothing was said.
  public var isEmpty: Bool { self == Preferences() }

  /// Whether the patient wants messages by the channel: one they named, or any where they named none.
  public func accepts(_ channel: Channel) -> Bool { channels.isEmpty || channels.contains(channel) }

  /// Both wishes: what each narrows is narrowed, and of what only one can hold it is this one's.
  public func united(with other: Preferences) -> Preferences {
    Preferences(
      channels: channels.isEmpty ? other.channels : channels, language: language ?? other.language,
      window: window ?? other.window, restDays: restDays.union(other.restDays),
      maximumPerWeek: [maximumPerWeek, other.maximumPerWeek].compactMap { $0 }.min(),
      refusedPurposes: refusedPurposes.union(other.refusedPurposes),
      refusedCampaigns: refusedCampaigns.union(other.refusedCampaigns),
      disclosure: [disclosure, other.disclosure].compactMap { $0 }.min())
  }

  /// The channels of a campaign in the patient's order; what the patient did not name comes last.
  public func ordered(_ offered: [Channel]) -> [Channel] {
    channels.filter(offered.contains) + offered.filter { !channels.contains($0) }
  }
}
