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
