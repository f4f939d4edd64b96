import OutreachImport
import OutreachStore

/// What an import did, in counts and places; nothing of what the records say.
public struct ImportReport: Sendable {
  /// One sentence for each fault that somebody should look at, with its file and line.
  public let faults: [String]
  /// The counts, as lines for a person.
  public let text: String
  /// Whether something was skipped that should not have been there.
  public let hasFaults: Bool

  init(_ read: ImportSummary, _ published: PublishSummary, asOf: String) {
    let more = read.faultCount - read.faults.count
    faults = read.faults.map(\.description) + (more > 0 ? ["and \(more) more of the same kinds"] : [])
    hasFaults = more > 0 || read.faults.contains { !$0.isImported }
    let records = read.resources.values.reduce(0) { $0 + $1.read }
    var lines = [
      "\(read.files) files, \(records) records, as of \(asOf)",
      Self.line("patients", published.patients),
    ]
    for kind in FactKind.allCases {
      if let tally = published.facts[kind] { lines.append(Self.line(Self.plural(of: kind), tally)) }
    }
    lines.append(Self.line("consents", published.consents))
    lines.append(Self.line("locations, medications", published.shared))
    for (words, count) in [
      ("records of patients who are not here", published.unknownReferences),
      ("patients whose record another one replaced", published.replaced),
      ("patients whose links go round in a circle", published.linkFaults),
      ("patients whose data was erased, left as they were", published.erased),
    ] where count > 0 { lines.append("\(words): \(count)") }
    for (type, counts) in read.resources.sorted(by: { $0.key < $1.key }) {
      for (reason, count) in counts.skipped.sorted(by: { $0.key.rawValue < $1.key.rawValue })
      where !reason.isFault {
        lines.append("left out: \(count) \(type) (\(reason.clause))")
      }
    }
    for (type, count) in read.unused.sorted(by: { $0.key < $1.key }) {
      lines.append("not used: \(count) \(type)")
    }
    if published.changedNothing { lines.append("nothing changed") }
    text = lines.joined(separator: "\n")
  }

  private static func plural(of kind: FactKind) -> String {
    switch kind {
    case .condition: "conditions"
    case .medicationOrder: "prescriptions"
    case .dispense: "hand-overs of medication"
    case .observation: "measurements"
    case .appointment: "appointments"
    case .encounter: "visits"
    case .immunization: "vaccinations"
    case .flag: "warnings"
    case .contact: "past messages"
    }
  }

  private static func line(_ name: String, _ tally: Tally) -> String {
    let counts = [
      ("new", tally.new), ("changed", tally.changed), ("unchanged", tally.unchanged),
      ("removed", tally.removed),
    ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
    return "\(name): \(counts.isEmpty ? "none" : counts.joined(separator: ", "))"
  }
}
