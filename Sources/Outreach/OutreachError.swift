/// What stopped a verb of the engine, said to a person.
public struct OutreachError: Error, CustomStringConvertible, Sendable {
  /// Whose turn it is, as exit codes tell it.
  public enum Kind: Int32, Sendable {
    /// The files have faults; each is a finding.
    case findings = 1
    /// The command was used wrongly.
    case usage = 2
    /// Policy or approval refuses.
    case refused = 3
    /// Data or a file cannot be read.
    case badInput = 4
    /// A person has to decide.
    case needsPerson = 5
    /// A defect of the program.
    case defect = 70
    /// It may go well later.
    case tryAgain = 75
  }

  /// Whose turn it is.
  public var kind: Kind
  /// What happened and what to do next, in a sentence.
  ///
  /// Never a patient's data.
  public var description: String
  /// The faults of the files, where there are any.
  public var findings: [Finding]

  /// Makes an error.
  public init(_ kind: Kind, _ description: String, findings: [Finding] = []) {
    self.kind = kind
    self.description = description
    self.findings = findings
  }
}
