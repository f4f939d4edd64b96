/// What one rule of the guard said about one candidate.
public struct RuleResult: Hashable, Sendable {
  /// What a rule can say.
  public enum Verdict: String, Hashable, Sendable {
    /// Nothing stands against it.
    case allow
    /// Not now.
    case `defer`
    /// Not at all.
    case suppress
  }

  /// The rule's name in the guard's list.
  public var rule: String
  /// What it said.
  public var verdict: Verdict
  /// Why, unless it allows.
  public var reason: Reason?
  /// What it saw, in a few words.
  ///
  /// It may speak of the patient's record, never of a name, number or text.
  public var detail: String
  /// The first instant at which the rule would allow, when only time stands against it.
  public var allowsFrom: Instant?

  /// Makes a result.
  public init(
    rule: String, verdict: Verdict, reason: Reason? = nil, detail: String, allowsFrom: Instant? = nil
  ) {
    self.rule = rule
    self.verdict = verdict
    self.reason = reason
    self.detail = detail
    self.allowsFrom = allowsFrom
  }
}
