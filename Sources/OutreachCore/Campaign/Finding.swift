/// Something that is wrong, or looks wrong, in a file that a person wrote.
public struct Finding: Hashable, Sendable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: String, Hashable, Sendable {
    /// Nothing runs before it is mended.
    case error
    /// It runs, and somebody should look.
    case warning
  }

  /// How bad it is.
  public var severity: Severity
  /// The rule that it breaks.
  public var rule: CheckRule
  /// Where it begins.
  public var position: SourcePosition
  /// How many characters of the line it is about, at least one.
  public var length: Int
  /// What is wrong, and what would be right.
  public var message: String
  /// What two people can allow for a while, where they can.
  public var overridable: WordingOverride.Scope?

  /// Makes a finding.
  public init(
    _ severity: Severity, _ rule: CheckRule, at position: SourcePosition, length: Int = 1, _ message: String,
    overridable: WordingOverride.Scope? = nil
  ) {
    self.severity = severity
    self.rule = rule
    self.position = position
    self.length = length
    self.message = message
    self.overridable = overridable
  }

  /// The finding on one line: `file:line:column: error rule: message`.
  public var description: String { "\(position): \(severity.rawValue) \(rule.rawValue): \(message)" }
}
