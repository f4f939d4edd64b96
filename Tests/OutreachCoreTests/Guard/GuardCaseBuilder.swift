import FoundationEssentials
import OutreachCore

/// The zones of the machine the tests run on.
struct InstalledZones: ZoneSource {
  static let catalogue = ZoneCatalogue(source: InstalledZones())

  func tzif(named name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)").map(Array.init)
  }

  static func zone(_ name: String) -> Zone {
    guard case .success(let zone) = catalogue.zone(named: name) else {
      preconditionFailure("the zone \(name) is not installed")
    }
    return zone
  }
}

/// An instant written in a test; a mistyped one stops the test run.
func at(_ rfc3339: String) -> Instant {
  guard let instant = Instant(rfc3339: rfc3339) else { preconditionFailure("'\(rfc3339)' is no instant") }
  return instant
}

/// A day written in a test.
func day(_ text: String) -> CivilDate {
  guard let date = CivilDate(text) else { preconditionFailure("'\(text)' is no date") }
  return date
}

extension Duration {
  static func minutes(_ count: Int) -> Duration { .seconds(60 * count) }
  static func hours(_ count: Int) -> Duration { .seconds(3_600 * count) }
  static func days(_ count: Int) -> Duration { .seconds(86_400 * count) }
}

/// One patient, one world and some candidates, all of which may go out unless a test spoils something.
///
/// It is Monday 23 November 2026, 10:00 in Chicago, where the clinic and the patient are.
struct GuardCaseBuilder {
  static let chicagoNumber = PhoneNumber(e164: "+13125550123")
  static let position = SourcePosition(file: "trial.lua", line: 1)

  var now = at("2026-11-23T16:00:00Z")
  var clinic = Clinic(name: "Lakeside Clinic", phone: "312-555-0100", timeZone: "America/Chicago")
  var policy = Policy()
  var zones = InstalledZones.catalogue
  var factsAsOf: Instant? = at("2026-11-23T10:00:00Z")
  var approval = GuardEnvironment.Approval.notNeeded
  var standing = RecordStanding.current
  var facts = PatientFacts()
  var identity = PatientIdentity(id: PatientID("p1"))
  var consents: [ConsentEvent] = []
  var sharedNumbers: Set<PhoneNumber> = []
  var preferences = Preferences()
  var jointMessages: [JointMessage] = []
  var candidates: [Candidate] = []

  init() {
    facts.language = "en"
    identity.givenName = "Ana"
    identity.contactPoints = [Self.mobile("+13125550123")]
    identity.addresses = [PostalAddress(state: "IL", postalCode: "60601", country: "US")]
    consents = [Self.grant(at: at("2026-01-03T15:00:00Z"))]
    candidates = [Self.candidate()]
  }

  static func reading(
    _ number: PhoneNumber?, kind: PhoneNumberKind = .fixedLineOrMobile, isValid: Bool = true,
    fault: PhoneNumberFault? = nil
  ) -> PhoneNumberReading {
    PhoneNumberReading(
      number: number, isPossible: true, isValid: isValid, kind: kind, region: "US", fault: fault)
  }

  static func mobile(_ e164: String, rank: Int? = nil, use: ContactPoint.Use? = .mobile) -> ContactPoint {
    ContactPoint(
      system: .phone, use: use, rank: rank, typed: e164, phone: reading(PhoneNumber(e164: e164)))
  }

  static func grant(
    at instant: Instant, purpose: Purpose? = nil, channel: Channel? = .sms, until end: Instant? = nil
  ) -> ConsentEvent {
    ConsentEvent(
      evidence: ResourceID("Consent/1"), kind: .granted, purpose: purpose, channel: channel, at: instant,
      expiresAt: end, wording: "form v3")
  }

  static func revocation(at instant: Instant, purpose: Purpose? = nil, channel: Channel? = nil)
    -> ConsentEvent
  {
    ConsentEvent(
      evidence: ResourceID("Consent/2"), kind: .revoked, purpose: purpose, channel: channel, at: instant)
  }

  static func template(_ text: String, _ language: String = "en") -> MessageTemplate {
    MessageTemplate(text, language: language, channels: [.sms]) { fault in
      preconditionFailure("'\(text)' does not compile at \(fault.range): \(fault.sentence)")
    }
  }

  static func message(_ name: String = "note", _ texts: [String: String]? = nil) -> Message {
    let texts = texts ?? ["en": "Hi {$patient.first_name}, it's {$clinic.name}: {$clinic.phone}. {$opt_out}"]
    return Message(
      id: MessageID(name),
      variants: texts.sorted { $0.key < $1.key }.map {
        Variant(language: $0.key, body: template($0.value, $0.key))
      },
      position: position)
  }

  static func campaign(
    _ id: String = "trial", purpose: Purpose = .prescription, channels: [Channel] = [.sms], priority: Int = 5,
    sendBetween: TimeWindow? = nil, repeatAfter: Duration? = nil
  ) -> Campaign {
    Campaign(
      id: CampaignID(id), title: "Trial", owner: "Care team", purpose: purpose, channels: channels,
      priority: priority, sendBetween: sendBetween, repeatAfter: repeatAfter, messages: [:],
      contentHash: "hash-of-\(id)", position: position)
  }

  static func candidate(
    _ campaign: Campaign = campaign(), message: Message = message(), occurrence: Occurrence = .once,
    about: Subject? = nil, due: Instant? = nil, expires: Instant? = nil, channel: Channel? = nil
  ) -> Candidate {
    Candidate(
      campaign: campaign,
      intent: Intent(message: message.id, about: about, due: due, expires: expires, channel: channel),
      message: message, occurrence: occurrence, read: ["age"])
  }

  /// A message that went out or came in.
  static func contact(
    _ instant: Instant, _ status: PastContact.Status = .sent, channel: Channel? = .sms,
    key: PastContact.Key? = nil
  ) -> PastContact {
    PastContact(
      id: ResourceID("Communication/\(instant)"), at: instant, channel: channel, status: status, key: key)
  }

  var environment: GuardEnvironment {
    GuardEnvironment(
      now: now, clinic: clinic, clinicZone: InstalledZones.zone(clinic.timeZone), policy: policy,
      zones: zones,
      factsAsOf: factsAsOf, approval: approval)
  }

  var patient: GuardedPatient {
    GuardedPatient(
      handle: PatientHandle("P-7K2M"), standing: standing, facts: facts, identity: identity,
      consents: consents,
      sharedNumbers: sharedNumbers, preferences: preferences, jointMessages: jointMessages)
  }

  /// All decisions.
  func decisions(
    isStillProposed: (Candidate, Instant) -> Bool = { _, _ in true }
  ) -> [Decision] {
    Guard(environment: environment).decide(candidates, for: patient, isStillProposed: isStillProposed)
  }

  /// The one decision.
  var decision: Decision {
    let all = decisions()
    precondition(all.count == 1, "the case has one candidate")
    return all[0]
  }

  /// The case with something changed.
  func with(_ change: (inout GuardCaseBuilder) -> Void) -> GuardCaseBuilder {
    var copy = self
    change(&copy)
    return copy
  }
}

extension Decision {
  /// What one rule said.
  func rule(_ name: String) -> RuleResult? { rules.first { $0.rule == name } }
}

extension QuietHours {
  /// One line of open hours, everywhere and on every channel.
  init(
    window: TimeWindow = TimeWindow(hours: 9..<20),
    weekdays: Set<Weekday> = Set(Weekday.allCases).subtracting([.sunday]), restsOnFederalHolidays: Bool = true
  ) {
    self.init([
      OpenHours(weekdays: weekdays, window: window, rests: restsOnFederalHolidays ? [.federal] : [])
    ])
  }
}

extension Dated {
  /// The one rule, to be changed in place.
  var only: Rule {
    get { versions[0].rule }
    set { versions[0].rule = newValue }
  }
}
