/// The same text must not go to the same number again within the policy's pause, whatever the campaign.
struct RepetitionRule: GuardRule {
  let name = "repetition"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    guard case .success(let text) = guarded.content, let recipient = guarded.contact.recipient else {
      return .allow("no text to compare")
    }
    guard let pause = guarded.environment.policy.message.inForce(on: guarded.day)?.sameTextPause else {
      return .suppress(.alreadySent, "no rule says how soon a text may be said again on \(guarded.day)")
    }
    // Most patients have nothing to compare with, and a fingerprint costs more than all the rest.
    guard guarded.counted.contains(where: { $0.text != nil }) else { return .allow("not said lately") }
    let now = guarded.environment.now
    let fingerprint = TextFingerprint(of: text.revealed)
    let same = guarded.counted.filter { message in
      message.text == fingerprint && Self.went(message, to: recipient, by: guarded.channel)
        && message.at + pause > now && message.at < now + pause
    }
    guard let nearest = same.map(\.at).max() else { return .allow("not said lately") }
    let day = guarded.environment.clinicZone.date(at: nearest)
    return .suppress(
      .alreadySent, "the same text \(nearest > now ? "goes" : "went") to this number on \(day)")
  }

  /// Whether a message went to the recipient; one of the patient's own by the same channel is taken to have.
  private static func went(_ message: CountedMessage, to recipient: Recipient, by channel: Channel) -> Bool {
    message.recipient.map { $0 == recipient }
      ?? (!message.isJoint && (message.channel ?? channel) == channel)
  }
}
