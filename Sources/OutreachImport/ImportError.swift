/// Why an import cannot go on.
///
/// The caller leaves the registry as it was.
package enum ImportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A path cannot be opened or read; `reason` is the system's words.
  case unreadable(path: String, reason: String)
  /// A folder holds no file of a known kind, or a file that was named holds nothing of the kind.
  case nothingToImport(path: String)
  /// A file that was named is not of a known kind.
  case unknownKind(path: String)
  /// A JSON file is too large to be read as a whole.
  case fileTooLarge(path: String, megabytes: Int)
  /// No path was given.
  case noPaths
  /// The first line of a CSV file does not name the columns.
  case noHeader(path: String)
  /// The header of a CSV file names a column that there is none of.
  ///
  /// `suggestion` is empty, ` (did you mean …?)` or a list in parentheses of what there is.
  case unknownColumn(path: String, column: String, suggestion: String)
  /// The header of a CSV file names a column twice.
  case repeatedColumn(path: String, column: String)

  private static let kinds = "*.ndjson (FHIR Bulk Data), *.json (a FHIR Bundle or resource) or *.csv"

  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .nothingToImport(let path):
      "\(path): nothing to import; expected \(Self.kinds)"
    case .unknownKind(let path):
      "\(path): expected a folder, \(Self.kinds)"
    case .fileTooLarge(let path, let megabytes):
      "\(path): larger than \(megabytes) MB; export it as NDJSON, one resource a line"
    case .noPaths: "name a folder, *.ndjson, *.json or *.csv to import"
    case .noHeader(let path):
      "\(path):1: the first line must name the columns, separated by commas, with 'patient_id' among them"
    case .unknownColumn(let path, let column, let suggestion):
      "\(path):1: there is no column '\(column)'\(suggestion); columns of your own begin with 'field.'"
    case .repeatedColumn(let path, let column): "\(path):1: column '\(column)' is named twice"
    }
  }
}
