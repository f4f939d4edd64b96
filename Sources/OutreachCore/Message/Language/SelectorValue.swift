/// What a text may choose its words by: values that tell nothing of anybody.
public enum SelectorValue: Hashable, Sendable {
  /// How much may be shown.
  case tier
  /// The channel.
  case channel
  /// The language of the text.
  case language
  /// A literal, with the keys that fit it, the best first.
  case constant([String])

  /// The names of those that come from outside.
  static let names: [String: SelectorValue] = ["tier": .tier, "channel": .channel, "language": .language]
}

/// What the choice among variants hangs on.
public struct SelectionContext: Hashable, Sendable {
  /// How much may be shown.
  public var tier: DisclosureTier
  /// The channel.
  public var channel: Channel
  /// The language of the text.
  public var language: String

  /// Makes a context.
  public init(tier: DisclosureTier, channel: Channel, language: String) {
    self.tier = tier
    self.channel = channel
    self.language = language
  }

  /// How well a key fits a value: 0 is best, nil is not at all.
  ///
  /// `*` fits everything, worst.
  func fit(_ key: MessageModel.Key, _ value: SelectorValue) -> Int? {
    guard case .literal(let text) = key else { return Int.max }
    switch value {
    case .tier: return text == tier.name ? 0 : nil
    case .channel: return text == channel.rawValue ? 0 : nil
    case .language: return text == language ? 0 : nil
    case .constant(let keys): return keys.firstIndex(of: text)
    }
  }
}
