/// How much messages may show at most, as the policy says.
public struct DisclosureRule: Hashable, Sendable {
  /// What a channel is cleared for; others are cleared for ``otherwise``.
  ///
  /// A lock screen, a voicemail and a shared inbox are read by others, so none is cleared for ``DisclosureTier/overt``
  /// unless the clinic says so.
  public var clearance: [Channel: DisclosureTier]
  /// What every other channel is cleared for.
  public var otherwise: DisclosureTier
  /// What is shown to patients who have not said how much they want shown.
  public var unasked: DisclosureTier

  /// Makes a rule; without arguments channels are cleared for places and calls for names and days, and who was not asked
  /// gets the generic tier.
  public init(
    clearance: [Channel: DisclosureTier] = [
      .sms: .logistics, .voice: .generic, .email: .logistics, .app: .logistics,
    ], otherwise: DisclosureTier = .generic,
    unasked: DisclosureTier = .generic
  ) {
    self.clearance = clearance
    self.otherwise = otherwise
    self.unasked = unasked
  }

  /// What a channel is cleared for.
  public func clearance(of channel: Channel) -> DisclosureTier { clearance[channel] ?? otherwise }
}
