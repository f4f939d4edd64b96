/// Messages for which frequency caps are switched off, in one of two ways or both.
///
/// Obeying and counting are separate: a message may go out over the cap and still use up its room, or keep the
/// cap without using any.
public struct CapExemption: Hashable, Sendable {
  /// The purposes it is for; nil is all.
  public var purposes: Set<Purpose>?
  /// The campaigns it is for; nil is all.
  public var campaigns: Set<CampaignID>?
  /// Whether the messages are held back by caps.
  public var obeys: Bool
  /// Whether the messages count toward caps.
  public var counts: Bool
  /// Where it comes from and when it holds; outside of these days it is as if it were not there.
  public var provenance: Provenance

  /// Makes an exemption.
  public init(
    purposes: Set<Purpose>? = nil, campaigns: Set<CampaignID>? = nil, obeys: Bool, counts: Bool,
    provenance: Provenance = Provenance()
  ) {
    self.purposes = purposes
    self.campaigns = campaigns
    self.obeys = obeys
    self.counts = counts
    self.provenance = provenance
  }

  /// Whether it is about messages of a purpose and campaign on a day; what is not known is not exempt.
  public func covers(purpose: Purpose?, campaign: CampaignID?, on day: CivilDate) -> Bool {
    guard provenance.standing(on: day) == .inForce else { return false }
    return (purposes.map { set in purpose.map(set.contains) ?? false } ?? true)
      && (campaigns.map { set in campaign.map(set.contains) ?? false } ?? true)
  }
}

/// How many messages in a while make it likely that a patient soon wants no more.
public struct FatigueMark: Hashable, Sendable {
  /// The channels that are counted together.
  public var channels: Set<Channel>
  /// The number from which on somebody should look.
  public var limit: Int
  /// The span up to the message over which messages are counted.
  public var span: Duration
  /// Where it comes from and when it holds.
  public var provenance: Provenance

  /// Makes a mark.
  public init(
    channels: Set<Channel>, limit: Int, span: Duration, provenance: Provenance = Provenance()
  ) {
    self.channels = channels
    self.limit = limit
    self.span = span
    self.provenance = provenance
  }

  /// Ten texts or two automated calls in a year, from which on people opted out markedly more often: Steiner
  /// 2021, JAMA Netw Open 4(3):e213479.
  public static let steiner2021: [FatigueMark] = {
    let provenance = Provenance(
      source: "Steiner 2021, JAMA Netw Open 4(3):e213479", checkedOn: CivilDate("2026-11-22"))
    let year = Duration.seconds(365 * 86_400)
    return [
      FatigueMark(channels: [.sms], limit: 10, span: year, provenance: provenance),
      FatigueMark(channels: [.voice], limit: 2, span: year, provenance: provenance),
    ]
  }()
}
