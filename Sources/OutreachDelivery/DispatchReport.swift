public import OutreachCore

/// What a dispatch came to, or has come to so far.
public struct DispatchReport: Hashable, Sendable {
  /// Messages that a provider took.
  public var accepted = 0
  /// Messages that a provider refused for good.
  public var refused = 0
  /// Messages that were not taken and go again.
  public var retried = 0
  /// Messages of which nobody knows whether they left.
  public var inDoubt = 0
  /// Messages in doubt that a look-up settled.
  public var lookedUp = 0
  /// Messages that were put off when they were looked at once more.
  public var held = 0
  /// Messages that were dropped when they were looked at once more, by reason.
  public var dropped: [Reason: Int] = [:]
  /// How long it has taken.
  public var elapsed = Duration.zero
  /// Why it ended before everything was sent, one sentence each.
  public var stops: [Stop] = []

  /// Why a dispatch ended early.
  public struct Stop: Hashable, Sendable {
    /// Whether a person has to do something; otherwise it passes.
    public var needsPerson: Bool
    /// What happened and what to do, in a sentence.
    public var sentence: String
  }

  /// Makes an empty report.
  public init() {}

  /// Messages that somebody or something has had its say about.
  public var handled: Int { accepted + refused + retried + inDoubt + held + dropped.values.reduce(0, +) }
}
