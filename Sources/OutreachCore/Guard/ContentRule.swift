/// The message must exist in the patient's language, with all its values, and be short enough.
struct ContentRule: GuardRule {
  let name = "content"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    switch Self.rendered(guarded) {
    case .failure(let fault): return .suppress(fault.reason, fault.detail)
    case .success(let text):
      let encoding = text.encoding
      let size =
        "\(guarded.language), \(encoding.segments) segment\(encoding.segments == 1 ? "" : "s") \(encoding.alphabet.rawValue)"
      return .allow(encoding.isLong ? "\(size): long" : size)
    }
  }

  /// The text, or why there is none.
  static func rendered(_ guarded: GuardCase) -> Result<RenderedMessage, RenderFault> {
    guard let variant = guarded.variant else {
      return .failure(
        RenderFault(
          reason: .languageMissing, detail: "no wording in '\(guarded.language)' for \(guarded.channel)"))
    }
    var zone = guarded.environment.clinicZone
    if case .appointment(_, let name)? = guarded.candidate.intent.about {
      // Another zone's clock would put a wrong time into the text, and say the same thing twice once it is mended.
      guard case .success(let place) = guarded.environment.zones.zone(named: name) else {
        return .failure(
          RenderFault(reason: .zoneUnknown, detail: "the time zone of the appointment's place is unknown"))
      }
      zone = place
    }
    let context = MessageContext(
      clinic: guarded.environment.clinic, givenName: guarded.patient.identity.givenName,
      subject: guarded.candidate.intent.about, zone: zone, channel: guarded.channel)
    do throws(RenderFault) {
      let text = try variant.rendered(for: context, replies: guarded.candidate.message.replies)
      let limit = guarded.environment.policy.maximumCharacters
      let length = text.revealed.utf16.count
      if guarded.channel == .sms, length > limit {
        throw RenderFault(reason: .tooLong, detail: "\(length) characters; \(limit) are allowed")
      }
      return .success(text)
    } catch {
      return .failure(error)
    }
  }
}
