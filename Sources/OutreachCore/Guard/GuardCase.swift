/// One candidate on one channel, with everything that rules look up prepared.
struct GuardCase {
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
  /// When counted messages went out, or are planned to in this run, by channel.
  let counted: [CountedMessage]
  /// When the message is of no use any more.
  let expires: Instant
  /// The text, or why there is none; rendered once, because several rules, the trail and the decision ask.
  let content: Result<RenderedMessage, RenderFault>

  /// The earliest instant that comes into question.
  var earliest: Instant { max(environment.now, candidate.intent.due ?? environment.now) }

  var consent: ConsentState {
    ConsentState(
      of: patient.consents, purpose: candidate.campaign.purpose, channel: channel, at: environment.now)
  }
}

/// A message that a frequency cap counts.
struct CountedMessage: Hashable {
  let at: Instant
  /// nil where the source does not say: then every cap counts it.
  let channel: Channel?
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
