/// The message must exist in the patient's language, with all its values at the tier that is chosen, and be short
/// enough.
///
/// While a record is flagged for safety, only messages that show nothing of the patient may go. That is for
/// the content to answer and not for the patient: another wording, or another channel's, may still go.
struct ContentRule: GuardRule {
  let name = "content"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    switch guarded.content {
    case .failure(let fault): return .suppress(fault.reason, fault.detail)
    case .success(let text):
      let now = guarded.environment.now
      if guarded.patient.facts.flags.contains(where: { $0.kind == .safety && $0.holds(at: now) }),
        guarded.showsPatient
      {
        return .suppress(
          .contentRefused, "the record is flagged 'safety', and the message shows something of the patient")
      }
      let encoding = text.encoding
      let size =
        "\(guarded.language), \(encoding.segments) segment\(encoding.segments == 1 ? "" : "s") \(encoding.alphabet.rawValue)"
      let shown =
        guarded.tier.tier == .generic ? size : "\(size), \(guarded.tier.tier.name): \(guarded.tier.why)"
      return .allow(encoding.isLong ? "\(shown): long" : shown)
    }
  }

  /// The text, or why there is none.
  static func rendered(
    _ variant: Variant?, language: String, of candidate: Candidate, for identity: PatientIdentity,
    on channel: Channel, at tier: DisclosureTier, in environment: GuardEnvironment
  ) -> Result<RenderedMessage, RenderFault> {
    guard let variant else {
      return .failure(
        RenderFault(
          reason: .languageMissing, detail: "no wording in '\(language)' for \(channel)"))
    }
    var zone = environment.clinicZone
    if case .appointment(_, let name)? = candidate.intent.about {
      // Another zone's clock would put a wrong time into the text, and say the same thing twice once it is mended.
      guard case .success(let place) = environment.zones.zone(named: name) else {
        return .failure(
          RenderFault(reason: .zoneUnknown, detail: "the time zone of the appointment's place is unknown"))
      }
      zone = place
    }
    let context = MessageContext(
      clinic: environment.clinic, givenName: identity.givenName,
      subject: candidate.intent.about, zone: zone, channel: channel, tier: tier)
    do throws(RenderFault) {
      let text = try variant.rendered(for: context, replies: candidate.message.replies)
      let today = environment.clinicZone.date(at: environment.now)
      guard let limit = environment.policy.message.inForce(on: today)?.maximumCharacters else {
        throw RenderFault(
          reason: .contentRefused, detail: "no rule says how long messages may be on \(today)")
      }
      // No text has more UTF-16 units than bytes, and bytes are counted already.
      if channel == .sms, text.revealed.utf8.count > limit, text.revealed.utf16.count > limit {
        throw RenderFault(
          reason: .tooLong, detail: "\(text.revealed.utf16.count) characters; \(limit) are allowed")
      }
      return .success(text)
    } catch {
      return .failure(error)
    }
  }
}

extension GuardCase {
  /// Whether the wording shows a value of the patient at the tier that is chosen.
  var showsPatient: Bool {
    guard let variant else { return false }
    func shows(_ template: MessageTemplate?) -> Bool {
      template?.fields.contains { $0.isAboutPatient && $0.tier.map { $0 <= tier.tier } == true } == true
    }
    return shows(variant.body) || shows(variant.subject)
  }
}
