/// One entry of a campaign's catalogue: what is said, in every language and channel.
public struct Message: Sendable {
  /// The name scripts send it by.
  public var id: MessageID
  /// Its wordings.
  public var variants: [Variant]
  /// The answers it offers, in the order of their keys.
  public var replies: [ReplyOption]
  /// Where it is declared.
  public var position: SourcePosition

  /// Makes a message.
  public init(id: MessageID, variants: [Variant], replies: [ReplyOption] = [], position: SourcePosition) {
    self.id = id
    self.variants = variants
    self.replies = replies
    self.position = position
  }

  /// The languages in which it can be said on a channel, in order.
  public func languages(on channel: Channel) -> [String] {
    Swift.Set(variants(on: channel).map(\.language)).sorted()
  }

  /// The wordings that serve a channel: its own, or the common ones where it has none.
  ///
  /// A channel with words of its own never falls back to words written for another, and an e-mail, which needs
  /// a subject, never to the common ones.
  public func variants(on channel: Channel) -> [Variant] {
    let own = variants.filter { $0.channel == channel }
    return own.isEmpty && channel != .email ? variants.filter { $0.channel == nil } : own
  }

  /// The wording for a language and channel: the channel's own before the common one; nil when there is none.
  ///
  /// - Parameter language: a BCP 47 tag; `es-MX` is served by `es` when there is no wording of its own.
  public func variant(language: String, channel: Channel) -> Variant? {
    let usable = variants(on: channel)
    if let variant = usable.first(where: { $0.language == language }) { return variant }
    // RFC 4647, 3.4: the whole tag, then one part less at a time.
    var parts = language.lowercased().split { $0 == "-" || $0 == "_" }
    while !parts.isEmpty {
      let tag = parts.joined(separator: "-")
      if let variant = usable.first(where: { $0.language == tag }) { return variant }
      parts.removeLast()
    }
    return nil
  }
}

/// One wording of a message.
public struct Variant: Sendable {
  /// The language as a lower-case BCP 47 tag.
  public var language: String
  /// The channel it is for; nil serves every channel without a wording of its own but e-mail.
  public var channel: Channel?
  /// The subject of an e-mail.
  public var subject: MessageTemplate?
  /// The text.
  public var body: MessageTemplate

  /// Makes a wording.
  public init(
    language: String, channel: Channel? = nil, subject: MessageTemplate? = nil, body: MessageTemplate
  ) {
    self.language = language
    self.channel = channel
    self.subject = subject
    self.body = body
  }
}

/// An answer that a message offers.
public struct ReplyOption: Hashable, Sendable {
  /// What the patient writes, such as `C`.
  public var key: String
  /// What the program makes of it, such as `confirmed`.
  public var code: String
  /// The kind of work it makes for people, if any.
  public var task: String?

  /// Makes an answer.
  public init(key: String, code: String, task: String? = nil) {
    self.key = key
    self.code = code
    self.task = task
  }
}
