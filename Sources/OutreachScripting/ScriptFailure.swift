public import OutreachCore

/// Why a campaign has no answer for one patient.
///
/// The job goes on with the next.
public struct ScriptFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure, as it stands in decisions.
  public enum Reason: String, Hashable, Sendable {
    /// The script did something that is an error, or returned what is none of its answers.
    case scriptError = "script_error"
    /// The script used up its budget.
    case scriptBudget = "script_budget"
    /// The script needed a fact that is not on record.
    case valueMissing = "value_missing"
  }

  /// The kind of failure.
  public var reason: Reason
  /// The line of the script, when known.
  public var position: SourcePosition?
  /// What is wrong.
  ///
  /// It may quote what the script said with `error` or `assert`, so it is health information.
  public var message: String
  /// The fact that is missing, for `value_missing`.
  public var field: String?
  /// The calls of the script that were under way, innermost first, as `file:line: function`.
  public var stack: [String]
  /// The names of the facts the script had read, in order.
  public var read: [String]
  private let logMessage: String
  private let quotesScript: Bool

  init(
    reason: Reason, position: SourcePosition?, message: String, logMessage: String,
    quotesScript: Bool = false,
    field: String? = nil, stack: [String] = [], read: [String]
  ) {
    self.reason = reason
    self.position = position
    self.message = message
    self.logMessage = logMessage
    self.quotesScript = quotesScript
    self.field = field
    self.stack = stack
    self.read = read
  }

  /// The reason as decisions have it.
  public var decisionReason: OutreachCore.Reason {
    switch reason {
    case .scriptError: .scriptError
    case .scriptBudget: .scriptBudget
    case .valueMissing: .valueMissing
    }
  }

  /// The place and what is wrong, for the script's author.
  public var description: String { position.map { "\($0): \(message)" } ?? message }

  /// The place and what is wrong in the program's own words; what the script itself said is left out.
  public var trailDescription: String {
    quotesScript || reason == .valueMissing ? logDescription : description
  }

  /// The place and the class of the failure, without anything that the script computed.
  public var logDescription: String { position.map { "\($0): \(logMessage)" } ?? logMessage }
}

/// Why a job cannot go on: the watchdog stopped a script, or the interpreter failed.
///
/// It says nothing about a patient, and no decision may be made of it.
public struct ScriptJobFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The campaign's file and, when known, its line.
  public var position: SourcePosition?
  /// What happened.
  public var message: String

  /// The place and what happened.
  public var description: String { position.map { "\($0): \(message)" } ?? message }
}
