/// One candidate on one channel, with everything that rules look up prepared.
///
/// An object, because thirteen rules hand it around and it holds a patient and a policy.
final class GuardCase {
  let candidate: Candidate
  let patient: GuardedPatient
  let environment: GuardEnvironment
  let channel: Channel
  /// What choosing a number or address for the channel came to.
  let contact: ContactChoice
  /// Where the patient may be.
  let whereabouts: Whereabouts
  /// The wording for the patient's language, when there is one.
  let variant: Variant?
  /// The language that was looked for.
  let language: String
  /// Messages that went out or are planned to in this run, to this patient and to others at a shared number.
  let counted: [CountedMessage]
  /// When the message is of no use any more.
  let expires: Instant
  /// How much it may show.
  let tier: TierChoice
  /// The text, or why there is none; rendered once, because several rules, the trail and the decision ask.
  let content: Result<RenderedMessage, RenderFault>
  /// The caps that can hold the message back, with what they count; looked up only for the channel that is chosen.
  lazy var holds = CapHold.all(for: self)

  init(
    candidate: Candidate, patient: GuardedPatient, environment: GuardEnvironment, channel: Channel,
    contact: ContactChoice, whereabouts: Whereabouts, variant: Variant?, language: String,
    counted: [CountedMessage], expires: Instant, tier: TierChoice,
    content: Result<RenderedMessage, RenderFault>
  ) {
    self.candidate = candidate
    self.patient = patient
    self.environment = environment
    self.channel = channel
    self.contact = contact
    self.whereabouts = whereabouts
    self.variant = variant
    self.language = language
    self.counted = counted
    self.expires = expires
    self.tier = tier
    self.content = content
  }

  /// Today on the clinic's calendar, by which rules are in force or not.
  var day: CivilDate { environment.today }

  /// How far ahead a rule that waits is asked when it would allow.
  var horizon: Instant { environment.now + .seconds(400 * 86_400) }

  /// Whether another active patient has the number too.
  var isShared: Bool {
    if case .phone(let number)? = contact.recipient { patient.sharedNumbers.contains(number) } else { false }
  }

  /// Whether more patients have the number than live in one household.
  var isCrowded: Bool {
    if case .phone(let number)? = contact.recipient { patient.crowdedNumbers.contains(number) } else { false }
  }

  /// What decides whether an hour is open: the places, the channel, and what campaign and patient narrow.
  lazy var hours = QuietHours.Question(
    zones: whereabouts.zones, places: whereabouts.places, channel: channel,
    windows: [candidate.campaign.sendBetween, patient.preferences.window].compactMap { $0 },
    restDays: patient.preferences.restDays, clocks: environment.zones)

  /// The earliest instant that comes into question.
  var earliest: Instant { max(environment.now, candidate.intent.due ?? environment.now) }

  /// What everything that was said about consent amounts to for the message.
  var consent: ConsentState {
    var number: PhoneNumber?
    if case .phone(let used)? = contact.recipient { number = used }
    return ConsentState(
      of: patient.consents, numberRevocations: number.flatMap { patient.numberRevocations[$0] } ?? [],
      for: ConsentQuestion(
        purpose: candidate.campaign.purpose, channel: channel, sender: environment.clinic.sender,
        number: number, birthDate: patient.facts.birthDate, places: whereabouts.places,
        policy: environment.policy, zone: environment.clinicZone, now: environment.now))
  }
}

/// A message that a frequency cap counts, or whose text is not to be repeated.
struct CountedMessage: Hashable {
  let at: Instant
  /// nil where the source does not say: then every cap counts it.
  let channel: Channel?
  /// Where it went; nil where that is not known.
  var recipient: Recipient?
  /// What it was for; nil where that is not known.
  var purpose: Purpose?
  /// Its campaign; nil where that is not known.
  var campaign: CampaignID?
  /// The fingerprint of its text; nil where that is not known.
  var text: TextFingerprint?
  /// Whether it went to somebody else who shares a number with the patient.
  var isJoint = false
}

/// What a rule of the guard answers.
enum RuleOutcome {
  /// Nothing stands against it.
  case allow(String)
  /// Not at all.
  case suppress(Reason, String)
  /// Not now.
  case wait(Reason, String)
}

/// One rule of the guard.
///
/// A new rule is one file and one line in ``Guard/rules``.
protocol GuardRule {
  /// The rule's name in trails.
  var name: String { get }

  /// What the rule says at the present instant.
  func outcome(_ guarded: GuardCase) -> RuleOutcome

  /// The earliest instant at or after `start`, and before `end`, at which the rule would allow; nil when there is none.
  func earliest(from start: Instant, before end: Instant, _ guarded: GuardCase) -> Instant?
}

extension GuardRule {
  /// Rules that do not depend on time allow at every instant if they allow at all.
  func earliest(from start: Instant, before end: Instant, _ guarded: GuardCase) -> Instant? { start }
}
