/// A place in a file that a person wrote.
public struct SourcePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The file's path as it was given.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column in characters, from 1; nil where only the line is known.
  public var column: Int?

  /// Makes a position.
  public init(file: String, line: Int, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// The place as editors and terminals understand it: `file:line:column`.
  public var description: String { column.map { "\(file):\(line):\($0)" } ?? "\(file):\(line)" }

  /// Orders positions by file, line and column.
  public static func < (left: Self, right: Self) -> Bool {
    (left.file, left.line, left.column ?? 0) < (right.file, right.line, right.column ?? 0)
  }
}

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
  /// Where it is.
  public var position: SourcePosition
  /// What is wrong, and what would be right.
  public var message: String

  /// Makes a finding.
  public init(_ severity: Severity, at position: SourcePosition, _ message: String) {
    self.severity = severity
    self.position = position
    self.message = message
  }

  /// The finding on one line: `file:line:column: error: message`.
  public var description: String { "\(position): \(severity.rawValue): \(message)" }
}
