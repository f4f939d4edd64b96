/// One thing that was said about consent, with its evidence: an entry of the consent ledger.
///
/// The ledger only grows. What holds is the fold of all entries, ``ConsentState``.
public struct ConsentEvent: Hashable, Sendable {
  /// What was said.
  public enum Kind: UInt8, Hashable, Sendable {
    /// The person agreed.
    case granted = 1
    /// The person refused or withdrew.
    case revoked = 2
    /// The person was asked to confirm, and has not done so: the first half of a double opt-in.
    case pending = 3
    /// The clinic ended what the person had agreed to; nobody withdrew.
    case expired = 4
    /// What the person had agreed to goes on at another number.
    case transferred = 5
  }

  /// Who said it.
  public enum Source: UInt8, Hashable, Sendable {
    /// The patient.
    case patient = 1
    /// A parent, guardian or other proxy.
    case proxy = 2
    /// A record that does not say who gave it.
    case record = 3
    /// The clinic's staff, without a word of the patient's.
    case staff = 4
  }

  /// How it was said.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    /// On paper.
    case paper
    /// On a web page or in a portal.
    case web
    /// By an answer to a message.
    case reply
    /// On the telephone.
    case phone
    /// Face to face.
    case inPerson = "in_person"
    /// By a record that another system kept.
    case record
  }

  /// The record that is the evidence.
  public var evidence: ResourceID
  /// What was said.
  public var kind: Kind
  /// The purpose it speaks of; nil is every purpose.
  public var purpose: Purpose?
  /// The channel it speaks of; nil is every channel.
  public var channel: Channel?
  /// The sender it speaks of, as `clinic.lua` names it; nil is every sender.
  public var sender: String?
  /// When it was said.
  public var at: Instant
  /// When it ends to hold, if it does; only grants expire, and questions that nobody answers.
  public var expiresAt: Instant?
  /// Who said it.
  public var source: Source
  /// What a proxy is to the patient, such as `parent` or `guardian`.
  public var grantor: String?
  /// How it was said, where that is known.
  public var method: Method?
  /// Who recorded it, as the operating system or the source calls them.
  public var recordedBy: String?
  /// The version of the wording that was shown, such as `form v3`.
  public var wording: String?
  /// The language of the wording.
  public var wordingLanguage: String?
  /// The number that the person had when they said it, or to which it is transferred.
  public var number: PhoneNumber?
  /// Where the evidence can be found, such as the number of a scan.
  public var reference: String?
  /// Whether the person said what it is about; a bare "STOP" does not, and the policy says what it ends.
  public var isScopeStated: Bool

  /// Makes an event.
  public init(
    evidence: ResourceID, kind: Kind, purpose: Purpose?, channel: Channel?, sender: String? = nil,
    at: Instant,
    expiresAt: Instant? = nil, source: Source = .record, grantor: String? = nil, method: Method? = nil,
    recordedBy: String? = nil, wording: String? = nil, wordingLanguage: String? = nil,
    number: PhoneNumber? = nil,
    reference: String? = nil, isScopeStated: Bool = true
  ) {
    self.evidence = evidence
    self.kind = kind
    self.purpose = purpose
    self.channel = channel
    self.sender = sender
    self.at = at
    self.expiresAt = expiresAt
    self.source = source
    self.grantor = grantor
    self.method = method
    self.recordedBy = recordedBy
    self.wording = wording
    self.wordingLanguage = wordingLanguage
    self.number = number
    self.reference = reference
    self.isScopeStated = isScopeStated
  }
}

extension ConsentEvent {
  /// Who people may say gave a word: the patient, the staff, or a proxy by what they are to the patient.
  ///
  /// `agent` is who acts for an adult, such as a health care agent; a parent's and a guardian's word ends when the
  /// patient comes of age.
  public static let givers = ["patient", "staff", "parent", "guardian", "agent"]

  /// The source and, for a proxy, the grantor of a giver; nil for one that is not on the list, because a slip of the
  /// pen must not become somebody's proxy.
  public static func source(of giver: String) -> (source: Source, grantor: String?)? {
    switch giver.lowercased() {
    case "patient": (.patient, nil)
    case "staff": (.staff, nil)
    case "parent", "mother", "father": (.proxy, "parent")
    case "guardian": (.proxy, "guardian")
    case "agent": (.proxy, "agent")
    default: nil
    }
  }

  /// The event for each purpose and channel that it speaks of, when it agrees to all of them.
  ///
  /// Who agrees to everything agrees to the closed list and to the channels there are, and not to what a policy
  /// adds later; who refuses everything refuses that too, so other words stay as they are.
  public func spelledOut(channels: [Channel] = Channel.all) -> [ConsentEvent] {
    guard kind == .granted || kind == .pending else { return [self] }
    return (purpose.map { [$0] } ?? Purpose.all).flatMap { purpose in
      (channel.map { [$0] } ?? channels).map { channel in
        var event = self
        event.purpose = purpose
        event.channel = channel
        return event
      }
    }
  }
}
