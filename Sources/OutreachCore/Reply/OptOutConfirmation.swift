/// The one message that may follow a revocation: that it was heard.
///
/// 47 CFR 64.1200(a)(12) allows one, presumes consent to it when it leaves within five minutes, and forbids marketing
/// and persuasion in it; some platforms say it themselves, and then a second one would be one too many. It is the only
/// message that neither consent nor hours nor caps hold back.
public enum OptOutConfirmation {
  /// What follows a revocation.
  public enum Answer: Hashable, Sendable {
    /// Say it once, before an instant.
    case say(before: Instant)
    /// Say nothing, because of this.
    case nothing(Reason)
  }

  /// Why nothing is said.
  public enum Reason: Hashable, Sendable {
    /// It was said after this or an earlier revocation that nothing has undone since.
    case saidAlready
    /// The platform that the messages go through says it.
    case platformAnswers
    /// Five minutes have gone by, and a message that late would be one without consent.
    case tooLate
  }

  /// Within which time it leaves.
  public static let limit = Duration.seconds(5 * 60)

  /// What follows a revocation.
  ///
  /// - Parameters:
  ///   - revocation: when the patient wrote it.
  ///   - confirmations: when revocations of this patient were confirmed at this number.
  ///   - granted: when the patient last consented, if ever; a confirmation from before belongs to an earlier opt-out.
  ///   - platformAnswers: whether the platform confirms opt-outs by itself.
  ///   - now: the present.
  public static func answer(
    to revocation: Instant, confirmations: [Instant], granted: Instant?, platformAnswers: Bool,
    at now: Instant
  ) -> Answer {
    if confirmations.contains(where: { $0 >= granted ?? .earliest }) { return .nothing(.saidAlready) }
    if platformAnswers { return .nothing(.platformAnswers) }
    let end = revocation + limit
    return now < end ? .say(before: end) : .nothing(.tooLate)
  }

  /// The text in a language, or in English where there is none in it.
  public static func text(for clinic: Clinic, language: String) -> String {
    switch language.prefix(while: { $0 != "-" && $0 != "_" }).lowercased() {
    case "es": "\(clinic.name): no recibirá más mensajes de este número. Tel. \(clinic.phone)"
    default: "\(clinic.name): you will get no more messages from this number. Tel. \(clinic.phone)"
    }
  }
}
