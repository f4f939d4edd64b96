/// How often somebody may be asked to confirm that they want messages: the first half of a double opt-in.
///
/// Without a limit anybody who can enter a number can have it written to again and again. Once a day and three times in
/// all is this program's choice; who has not answered then has answered.
public enum ConfirmationRequests {
  /// The shortest time between two requests.
  public static let interval = Duration.seconds(86_400)
  /// The most requests without an answer.
  public static let most = 3

  /// Why nobody may be asked now, as a sentence; nil when they may.
  ///
  /// - Parameter words: what was said by or to the person, in any order; a grant or a revocation answers the requests
  ///   before it.
  public static func refusal(after words: [ConsentEvent], at now: Instant) -> String? {
    let answered = words.filter { $0.kind == .granted || $0.kind == .revoked }.map(\.at).max() ?? .earliest
    let open = words.filter { $0.kind == .pending && $0.at > answered }.map(\.at)
    if open.count >= most { return "asked \(open.count) times without an answer; nobody is asked more often" }
    guard let last = open.max(), now < last + interval else { return nil }
    return "asked less than a day ago; the next time is from \((last + interval).rfc3339) on"
  }
}
