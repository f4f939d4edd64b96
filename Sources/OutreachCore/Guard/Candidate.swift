/// One message that a campaign proposes for one patient, before the guard has looked at it.
public struct Candidate: Sendable {
  /// The campaign.
  public var campaign: Campaign
  /// What the script proposed.
  public var intent: Intent
  /// The catalogue entry it names.
  public var message: Message
  /// What the message is about.
  public var occurrence: Occurrence
  /// The facts the script read, by name.
  public var read: [String]

  /// Makes a candidate.
  public init(campaign: Campaign, intent: Intent, message: Message, occurrence: Occurrence, read: [String]) {
    self.campaign = campaign
    self.intent = intent
    self.message = message
    self.occurrence = occurrence
    self.read = read
  }

  /// The order in which the candidates of a patient are settled: priority, then due time, then names.
  static func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
    (
      left.campaign.priority, left.intent.due ?? .earliest, left.campaign.id.rawValue,
      left.message.id.rawValue,
      left.occurrence.rawValue
    ) < (
      right.campaign.priority, right.intent.due ?? .earliest, right.campaign.id.rawValue,
      right.message.id.rawValue,
      right.occurrence.rawValue
    )
  }
}

/// Everything about one patient that the guard looks at.
public struct GuardedPatient: Sendable {
  /// The patient's handle.
  public var handle: PatientHandle
  /// How the record stands among others.
  public var standing: RecordStanding
  /// What is known of the patient.
  public var facts: PatientFacts
  /// Who the patient is.
  public var identity: PatientIdentity
  /// Everything that was said about consent.
  public var consents: [ConsentEvent]
  /// The numbers of this patient that another active patient has too.
  public var sharedNumbers: Set<PhoneNumber>
  /// Those that more patients have than live in one household.
  ///
  /// Such a number is a placeholder or the line of a home for many, which a machine must not ring (47 CFR
  /// 64.1200(a)(1)(ii)).
  public var crowdedNumbers: Set<PhoneNumber>
  /// What the patient wishes.
  public var preferences: Preferences
  /// What became known about the patient's numbers, whoever has them.
  public var evidence: [PhoneNumber: [ContactEvidence]]
  /// What anybody revoked at the patient's numbers, this patient included.
  public var numberRevocations: [PhoneNumber: [ConsentEvent]]
  /// What went out, or is planned to in this run, to others who share a number with the patient.
  public var jointMessages: [JointMessage]

  /// Makes a patient.
  public init(
    handle: PatientHandle, standing: RecordStanding = .current, facts: PatientFacts,
    identity: PatientIdentity,
    consents: [ConsentEvent], sharedNumbers: Set<PhoneNumber> = [], crowdedNumbers: Set<PhoneNumber> = [],
    preferences: Preferences = Preferences(),
    evidence: [PhoneNumber: [ContactEvidence]] = [:],
    numberRevocations: [PhoneNumber: [ConsentEvent]] = [:],
    jointMessages: [JointMessage] = []
  ) {
    self.handle = handle
    self.standing = standing
    self.facts = facts
    self.identity = identity
    self.consents = consents
    self.sharedNumbers = sharedNumbers
    self.crowdedNumbers = crowdedNumbers
    self.preferences = preferences
    self.evidence = evidence
    self.numberRevocations = numberRevocations
    self.jointMessages = jointMessages
  }
}

extension GuardedPatient {
  /// The most patients that one household's number can have; our choice.
  public static let largestHousehold = 8
}

/// A message to somebody who shares a number with the patient.
public struct JointMessage: Hashable, Sendable {
  /// When it went out or is planned to.
  public var at: Instant
  /// Its channel; nil where the source does not say.
  public var channel: Channel?
  /// The number or address it went to, where that is known.
  public var recipient: Recipient?
  /// What it was for, where that is known.
  public var purpose: Purpose?
  /// Its campaign, where that is known.
  public var campaign: CampaignID?
  /// The fingerprint of its text, where that is known.
  public var text: TextFingerprint?

  /// Makes a message.
  public init(
    at: Instant, channel: Channel? = nil, recipient: Recipient? = nil, purpose: Purpose? = nil,
    campaign: CampaignID? = nil, text: TextFingerprint? = nil
  ) {
    self.at = at
    self.channel = channel
    self.recipient = recipient
    self.purpose = purpose
    self.campaign = campaign
    self.text = text
  }
}

/// What the guard needs to know of the world.
public struct GuardEnvironment: Sendable {
  /// Whether a campaign's approval is asked for.
  public enum Approval: Hashable, Sendable {
    /// A preview shows what would happen and needs nobody's approval.
    case notNeeded
    /// A preview that says of the campaigns approved as they now stand, by content hash, that they are: what it shows is
    /// then what sending them would show.
    case shown(approved: Set<String>)
    /// The campaigns approved as they now stand, by content hash.
    case needed(approved: Set<String>)
  }

  /// The instant for which to decide.
  public var now: Instant {
    didSet { today = clinicZone.date(at: now) }
  }
  /// The clinic.
  public var clinic: Clinic
  /// The clinic's zone.
  public var clinicZone: Zone {
    didSet { today = clinicZone.date(at: now) }
  }
  /// The policy in force.
  public var policy: Policy {
    didSet { isFirstMessageFree = Self.isFirstMessageFree(policy) }
  }
  /// Zones by name.
  public var zones: ZoneCatalogue
  /// The instant whose state of affairs the facts describe; nil before the first import.
  public var factsAsOf: Instant? {
    didSet { factsDetail = Self.detail(factsAsOf) }
  }
  /// Whether approval is asked for.
  public var approval: Approval
  /// What the trail of every candidate says of the facts, worded once.
  private(set) var factsDetail: String
  /// The day at `now` on the clinic's calendar.
  private(set) var today: CivilDate
  /// Whether no cap can ever hold back a message to somebody who has had none; found once for all patients.
  private(set) var isFirstMessageFree: Bool

  /// Makes an environment.
  public init(
    now: Instant, clinic: Clinic, clinicZone: Zone, policy: Policy, zones: ZoneCatalogue, factsAsOf: Instant?,
    approval: Approval
  ) {
    self.now = now
    self.clinic = clinic
    self.clinicZone = clinicZone
    self.policy = policy
    self.zones = zones
    self.factsAsOf = factsAsOf
    self.approval = approval
    factsDetail = Self.detail(factsAsOf)
    today = clinicZone.date(at: now)
    isFirstMessageFree = Self.isFirstMessageFree(policy)
  }

  private static func isFirstMessageFree(_ policy: Policy) -> Bool {
    policy.caps.allSatisfy {
      $0.limit > max(0, $0.reserve?.count ?? 0) && $0.provenance.from == nil && $0.provenance.until == nil
    }
  }

  private static func detail(_ factsAsOf: Instant?) -> String {
    factsAsOf.map { "as of \($0.rfc3339)" } ?? "nothing has been imported"
  }
}
