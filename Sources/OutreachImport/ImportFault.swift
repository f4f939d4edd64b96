/// One place in a file that somebody should look at.
///
/// It never holds what is written there.
package struct ImportFault: Hashable, Sendable, CustomStringConvertible {
  /// The file as it was named, or as found in a folder that was.
  package var file: String
  /// The line on which the record begins, from 1; nil where the whole file is meant.
  package var line: Int?
  /// The kind of resource, once that is known.
  package var resource: String?
  /// The path of the field such as `name[0].given`, or a CSV column.
  package var field: String?
  /// What is the matter.
  package var reason: ImportReason
  /// Whether the record was imported without the field; otherwise it was skipped.
  package var isImported: Bool

  /// Makes a fault.
  package init(
    file: String, line: Int?, resource: String? = nil, field: String? = nil, reason: ImportReason,
    isImported: Bool
  ) {
    self.file = file
    self.line = line
    self.resource = resource
    self.field = field
    self.reason = reason
    self.isImported = isImported
  }

  /// One line such as `Patient.ndjson:12: Patient.birthDate lies in the future; imported without it`.
  package var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    let named = [resource, field].compactMap { $0 }.joined(separator: ".")
    let subject = named.isEmpty ? (line == nil ? "the file" : "the line") : named
    let outcome =
      switch (isImported, field) {
      case _ where reason == .fileMissing: ""
      case _ where reason == .unknownZone: "; imported, and no message can go out while it stands"
      case (false, _): "; skipped"
      case (true, nil): "; imported"
      case (true, _): "; imported without it"
      }
    return "\(place): \(subject) \(reason.clause)\(outcome)"
  }
}
