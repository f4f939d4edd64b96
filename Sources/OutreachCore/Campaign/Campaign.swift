/// A campaign as its file declares it, checked and ready to run.
///
/// Its two functions stay with the interpreter that loaded the file; everything else is here.
public struct Campaign: Sendable {
  /// The campaign's identifier.
  public var id: CampaignID
  /// What coordinators call it.
  public var title: String
  /// Who answers for it.
  public var owner: String
  /// What its messages are for.
  public var purpose: Purpose
  /// The restricted programme that it belongs to, if any; its messages are sealed.
  public var programme: RestrictedProgramme?
  /// The channels it may use, best first; at least one.
  public var channels: [Channel]
  /// Which of several campaigns goes first when a patient can hear only one; 1 before 9, 5 unless said.
  public var priority: Int
  /// When it is looked at; nil for a campaign that only people start.
  public var schedule: Schedule?
  /// The hours of the patient's clock to which it limits itself.
  public var sendBetween: TimeWindow?
  /// After how long a message without a fact may be said again; nil is never.
  public var repeatAfter: Duration?
  /// The only patients it speaks to while it is new; nil is everybody.
  public var pilot: Set<PatientHandle>?
  /// The facts it may read, by name; nil is any.
  public var uses: Set<String>?
  /// Its messages by name.
  public var messages: [MessageID: Message]
  /// The SHA-256 of the file, for approvals and plans.
  public var contentHash: String
  /// Where the campaign table begins.
  public var position: SourcePosition

  /// Makes a campaign.
  public init(
    id: CampaignID, title: String, owner: String, purpose: Purpose, programme: RestrictedProgramme? = nil,
    channels: [Channel], priority: Int = 5,
    schedule: Schedule? = nil, sendBetween: TimeWindow? = nil, repeatAfter: Duration? = nil,
    pilot: Set<PatientHandle>? = nil, uses: Set<String>? = nil,
    messages: [MessageID: Message], contentHash: String, position: SourcePosition
  ) {
    self.id = id
    self.title = title
    self.owner = owner
    self.purpose = purpose
    self.programme = programme
    // A guard that guessed a channel would use one that nobody asked for.
    precondition(!channels.isEmpty, "a campaign has at least one channel")
    self.channels = channels
    self.priority = priority
    self.schedule = schedule
    self.sendBetween = sendBetween
    self.repeatAfter = repeatAfter
    self.pilot = pilot
    self.uses = uses
    self.messages = messages
    self.contentHash = contentHash
    self.position = position
  }
}
