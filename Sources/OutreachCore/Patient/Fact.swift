/// A problem or diagnosis.
public struct Condition: Hashable, Sendable {
  /// The record it comes from.
  public var id: ResourceID
  /// Its codes, one or more systems saying the same.
  public var codes: [Coding]
  /// Whether it is clinically active (active, recurrence, relapse) and not refuted or entered in error.
  public var isActive: Bool
  /// The day it began, when known.
  public var onset: CivilDate?

  /// Makes a condition.
  public init(id: ResourceID, codes: [Coding], isActive: Bool, onset: CivilDate? = nil) {
    self.id = id
    self.codes = codes
    self.isActive = isActive
    self.onset = onset
  }
}

/// A prescription.
public struct MedicationOrder: Hashable, Sendable {
  /// The record it comes from.
  public var id: ResourceID
  /// Codes of the medication; empty where only `medication` names it.
  public var codes: [Coding]
  /// A shared medication record that carries the codes.
  public var medication: ResourceID?
  /// Whether the order is active (FHIR status `active`, intent an order and not a proposal or plan).
  public var isActive: Bool
  /// The day it was written.
  public var authoredOn: CivilDate?
  /// The last day on which it may be filled.
  public var validUntil: CivilDate?
  /// How many days one fill lasts.
  public var supplyDays: Int?
  /// How many fills after the first are allowed.
  public var repeatsAllowed: Int?

  /// Makes an order.
  public init(
    id: ResourceID, codes: [Coding], medication: ResourceID? = nil, isActive: Bool,
    authoredOn: CivilDate? = nil,
    validUntil: CivilDate? = nil, supplyDays: Int? = nil, repeatsAllowed: Int? = nil
  ) {
    self.id = id
    self.codes = codes
    self.medication = medication
    self.isActive = isActive
    self.authoredOn = authoredOn
    self.validUntil = validUntil
    self.supplyDays = supplyDays
    self.repeatsAllowed = repeatsAllowed
  }
}

/// A medication that was handed over.
public struct Dispense: Hashable, Sendable {
  /// The record it comes from.
  public var id: ResourceID
  /// The orders it fills; empty where the source does not say, then codes decide.
  public var orders: [ResourceID]
  /// Codes of the medication.
  public var codes: [Coding]
  /// A shared medication record that carries the codes.
  public var medication: ResourceID?
  /// The day it was handed over.
  public var handedOverOn: CivilDate
  /// How many days it lasts.
  public var supplyDays: Int?

  /// Makes a dispense; only completed ones are facts.
  public init(
    id: ResourceID, orders: [ResourceID], codes: [Coding], medication: ResourceID? = nil,
    handedOverOn: CivilDate,
    supplyDays: Int? = nil
  ) {
    self.id = id
    self.orders = orders
    self.codes = codes
    self.medication = medication
    self.handedOverOn = handedOverOn
    self.supplyDays = supplyDays
  }
}

/// A measurement, or one component of a measurement such as the systolic part of a blood pressure.
public struct Observation: Hashable, Sendable {
  /// The record it comes from.
  public var id: ResourceID
  /// Its codes.
  public var codes: [Coding]
  /// The number measured.
  public var value: Double
  /// The UCUM unit such as `%` or `mm[Hg]`; empty where the source gives none.
  public var unit: String
  /// When it was measured.
  public var at: Instant

  /// Makes a measurement; only final, amended and corrected ones with a number are facts.
  public init(id: ResourceID, codes: [Coding], value: Double, unit: String, at: Instant) {
    self.id = id
    self.codes = codes
    self.value = value
    self.unit = unit
    self.at = at
  }
}

/// An appointment.
public struct Appointment: Hashable, Sendable {
  /// The record it comes from.
  public var id: ResourceID
  /// FHIR status such as `booked`, `cancelled`, `noshow`, as a word.
  public var status: String
  /// When it begins.
  public var startsAt: Instant
  /// When it ends, when known.
  public var endsAt: Instant?
  /// The kind of visit in the clinic's words, for scripts only.
  public var kind: String?
  /// The shared location record.
  public var location: ResourceID?
  /// Whether the patient has accepted, where the source tells.
  public var patientDeclined: Bool

  /// Makes an appointment.
  public init(
    id: ResourceID, status: String, startsAt: Instant, endsAt: Instant? = nil, kind: String? = nil,
    location: ResourceID? = nil, patientDeclined: Bool = false
  ) {
    self.id = id
    self.status = status
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.kind = kind
    self.location = location
    self.patientDeclined = patientDeclined
  }
}

/// A visit or stay.
public struct Encounter: Hashable, Sendable {
  /// The record it comes from.
  public var id: ResourceID
  /// FHIR status such as `finished` or `in-progress`.
  public var status: String
  /// The v3-ActCode class such as `AMB`, `EMER`, `IMP`.
  public var kind: String
  /// Codes of the type of encounter.
  public var codes: [Coding]
  /// When it began.
  public var startedAt: Instant
  /// When it ended; nil while it lasts.
  public var endedAt: Instant?

  /// Makes an encounter.
  public init(
    id: ResourceID, status: String, kind: String, codes: [Coding], startedAt: Instant, endedAt: Instant? = nil
  ) {
    self.id = id
    self.status = status
    self.kind = kind
    self.codes = codes
    self.startedAt = startedAt
    self.endedAt = endedAt
  }
}

/// A vaccination that was given.
public struct Immunization: Hashable, Sendable {
  /// The record it comes from.
  public var id: ResourceID
  /// Its codes.
  public var codes: [Coding]
  /// The day it was given.
  public var on: CivilDate

  /// Makes a vaccination; only completed ones are facts.
  public init(id: ResourceID, codes: [Coding], on: CivilDate) {
    self.id = id
    self.codes = codes
    self.on = on
  }
}

/// A warning on a record.
public struct Flag: Hashable, Sendable {
  /// What a flag asks of this program.
  public enum Kind: UInt8, Hashable, Sendable {
    /// The patient must not be contacted by text or machine.
    case doNotContact = 1
    /// Anything else; kept for staff and without effect.
    case other = 2
    /// What a message shows could endanger the patient: only messages that show nothing of them may go.
    case safety = 3
  }

  /// The record it comes from.
  public var id: ResourceID
  /// What it asks of this program.
  public var kind: Kind
  /// When it begins, when the source says.
  public var startsAt: Instant?
  /// When it ends, when the source says.
  public var endsAt: Instant?

  /// Makes a flag; only active ones are facts.
  public init(id: ResourceID, kind: Kind, startsAt: Instant? = nil, endsAt: Instant? = nil) {
    self.id = id
    self.kind = kind
    self.startsAt = startsAt
    self.endsAt = endsAt
  }
}

/// A message that went out to a patient or came in from them.
public struct PastContact: Hashable, Sendable {
  /// What became of an outgoing message, or what an incoming one waits for.
  public enum Status: UInt8, Hashable, Sendable {
    /// Handed to a carrier; it counts toward caps.
    case sent = 1
    /// A receipt says it arrived.
    case delivered = 2
    /// It was handed over and a receipt says it did not arrive; it counts toward caps.
    case undelivered = 3
    /// A provider refused it for good before it left; it does not count toward caps.
    case refused = 4
    /// Nobody knows whether it left; it counts toward caps.
    case inDoubt = 5
    /// It came in and waits for a person.
    case inboundOpen = 6
    /// It came in and was dealt with.
    case inboundClosed = 7
  }

  /// The unique key of a message that a campaign sent.
  public struct Key: Hashable, Sendable {
    /// The campaign.
    public var campaign: CampaignID
    /// The message.
    public var message: MessageID
    /// The occurrence.
    public var occurrence: Occurrence

    /// Makes a key.
    public init(campaign: CampaignID, message: MessageID, occurrence: Occurrence) {
      self.campaign = campaign
      self.message = message
      self.occurrence = occurrence
    }
  }

  /// The record it comes from.
  public var id: ResourceID
  /// When it was sent or received.
  public var at: Instant
  /// The channel; nil where the source does not say, then it counts for every channel.
  public var channel: Channel?
  /// What became of it.
  public var status: Status
  /// The campaign message it was, where it was one.
  public var key: Key?
  /// The code of a reply such as `confirmed`, for an incoming message that answers `key`.
  public var replyCode: String?
  /// What the message was for, as it was when it went out.
  public var purpose: Purpose?
  /// The number it went to or came from, where that is known.
  public var number: PhoneNumber?
  /// The fingerprint of its text, where that is known.
  public var text: TextFingerprint?

  /// Makes a past contact.
  public init(
    id: ResourceID, at: Instant, channel: Channel? = nil, status: Status, key: Key? = nil,
    replyCode: String? = nil, purpose: Purpose? = nil, number: PhoneNumber? = nil,
    text: TextFingerprint? = nil
  ) {
    self.id = id
    self.at = at
    self.channel = channel
    self.status = status
    self.key = key
    self.replyCode = replyCode
    self.purpose = purpose
    self.number = number
    self.text = text
  }

  /// Whether the message came from the patient.
  public var isInbound: Bool { status == .inboundOpen || status == .inboundClosed }

  /// Whether a frequency cap must count it: everything that left, or may have left, the clinic.
  public var countsTowardCaps: Bool { !isInbound && status != .refused }
}
