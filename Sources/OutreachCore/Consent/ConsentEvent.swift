/// One thing that was said about consent: a grant or a revocation, with its evidence.
public struct ConsentEvent: Hashable, Sendable {
  /// What was said.
  public enum Kind: UInt8, Hashable, Sendable {
    /// The person agreed.
    case granted = 1
    /// The person refused or withdrew.
    case revoked = 2
  }

  /// Who said it.
  public enum Source: UInt8, Hashable, Sendable {
    /// The patient.
    case patient = 1
    /// A parent, guardian or other proxy.
    case proxy = 2
    /// A record that does not say who gave it.
    case record = 3
  }

  /// The record that is the evidence.
  public var evidence: ResourceID
  /// What was said.
  public var kind: Kind
  /// The purpose it speaks of; nil is every purpose.
  public var purpose: Purpose?
  /// The channel it speaks of; nil is every channel.
  public var channel: Channel?
  /// When it was said.
  public var at: Instant
  /// When it ends to hold, if it does; only grants expire.
  public var expiresAt: Instant?
  /// Who said it.
  public var source: Source
  /// The version of the wording that was shown, such as `form v3`.
  public var wording: String?

  /// Makes an event.
  public init(
    evidence: ResourceID, kind: Kind, purpose: Purpose?, channel: Channel?, at: Instant,
    expiresAt: Instant? = nil,
    source: Source = .record, wording: String? = nil
  ) {
    self.evidence = evidence
    self.kind = kind
    self.purpose = purpose
    self.channel = channel
    self.at = at
    self.expiresAt = expiresAt
    self.source = source
    self.wording = wording
  }
}
