/// The message must exist in the patient's language, with all its values, and be short enough.
struct ContentRule: GuardRule {
  let name = "content"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    switch guarded.content {
    case .failure(let fault): return .suppress(fault.reason, fault.detail)
    case .success(let text):
      let encoding = text.encoding
      let size =
        "\(guarded.language), \(encoding.segments) segment\(encoding.segments == 1 ? "" : "s") \(encoding.alphabet.rawValue)"
      return .allow(encoding.isLong ? "\(size): long" : size)
    }
  }

  /// The text, or why there is none.
  static func rendered(
    _ variant: Variant?, language: String, of candidate: Candidate, for identity: PatientIdentity,
    on channel: Channel, in environment: GuardEnvironment
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
      subject: candidate.intent.about, zone: zone, channel: channel)
    do throws(RenderFault) {
      let text = try variant.rendered(for: context, replies: candidate.message.replies)
      let limit = environment.policy.maximumCharacters
      let length = text.revealed.utf16.count
      if channel == .sms, length > limit {
        throw RenderFault(reason: .tooLong, detail: "\(length) characters; \(limit) are allowed")
      }
      return .success(text)
    } catch {
      return .failure(error)
    }
  }
}
