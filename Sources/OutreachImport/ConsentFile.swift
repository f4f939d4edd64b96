import FoundationEssentials
package import OutreachCore

/// A file of words about consent, one a row, as a clinic that kept them elsewhere hands them over.
///
/// CSV with a header. Columns: `patient` (handle or identifier), `decision` (granted, revoked, pending or
/// expired), `purpose` and `channel` (a name or `all`), `on` (a date, or a date and time) are required; a grant
/// also needs `by` (patient, staff, or what a proxy is, such as parent) and `evidence` (where it can be
/// found). `until`, `how` (paper, web, reply, phone, in_person or record), `wording`, `wording_language`,
/// `number` and `sender` may be there. It is read as a whole: one fault, and nothing of it is used.
package struct ConsentFile {
  /// One row.
  package struct Entry: Sendable {
    /// Where it stands.
    package var position: SourcePosition
    /// The patient as written.
    package var patient: String
    /// What was said; its evidence is empty until it is recorded.
    package var event: ConsentEvent
  }

  /// The rows that could be read.
  package private(set) var entries: [Entry] = []
  /// What is wrong, one finding a fault; never with a value of a row that could be a patient's.
  package private(set) var findings: [Finding] = []

  private static let required = ["patient", "decision", "purpose", "channel", "on"]
  private static let optional = [
    "by", "evidence", "until", "how", "wording", "wording_language", "number", "sender",
  ]
  private static let decisions: [String: ConsentEvent.Kind] = [
    "granted": .granted, "revoked": .revoked, "pending": .pending, "expired": .expired,
  ]

  private let path: String
  private let options: ImportOptions
  private let numbers: PhoneNumberParser

  /// Reads the bytes of a file.
  package init(_ bytes: [UInt8], path: String, options: ImportOptions) {
    self.path = path
    self.options = options
    numbers = PhoneNumberParser(defaultRegion: options.defaultRegion)
    var parser = CSVParser()
    var header: [String]?
    var rows: [CSVParser.Row] = []
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    parser.feed(text) { rows.append($0) }
    parser.finish { rows.append($0) }
    for row in rows where row.cells != [[]] {
      if row.isMalformed || row.isTooLong {
        fault(
          row.line, "the row is not quoted as CSV is; put quotes around cells with commas or quotes in them")
        continue
      }
      let cells = row.cells.map { PatientText.trimmed(String(decoding: $0, as: UTF8.self)) ?? "" }
      if let header {
        read(cells, header, line: row.line)
      } else {
        header = readHeader(cells, line: row.line)
      }
      if header?.isEmpty == true { return }
    }
    if header == nil {
      fault(1, "the file has no header; its columns are \(Self.required.joined(separator: ", "))")
    }
  }

  /// The header's columns; empty when rows cannot be read by it.
  private mutating func readHeader(_ cells: [String], line: Int) -> [String] {
    let names = cells.map { $0.lowercased() }
    let known = Self.required + Self.optional
    var isUsable = true
    for name in Self.required where !names.contains(name) {
      fault(
        line,
        "the header lacks the column '\(name)'; the required ones are \(Self.required.joined(separator: ", "))"
      )
      isUsable = false
    }
    // Without a known column the line may be a patient's, and is not repeated.
    guard names.contains(where: known.contains) else { return [] }
    for (index, name) in names.enumerated() {
      if !known.contains(name) {
        fault(line, "there is no column '\(name)'\(Suggestion.sentence(for: name, among: known))")
        isUsable = false
      } else if names[..<index].contains(name) {
        fault(line, "the column '\(name)' is there twice")
        isUsable = false
      }
    }
    return isUsable ? names : []
  }

  private mutating func read(_ cells: [String], _ header: [String], line: Int) {
    guard cells.count == header.count else {
      return fault(line, "the row has \(cells.count) cells, and the header has \(header.count)")
    }
    let before = findings.count
    let row = Dictionary(zip(header, cells)) { first, _ in first }.filter { !$0.value.isEmpty }
    for name in Self.required where row[name] == nil { fault(line, "the cell of '\(name)' is empty") }
    let kind = choice("decision", row, Array(Self.decisions.keys), line: line).flatMap { Self.decisions[$0] }
    let purpose = choice("purpose", row, options.purposes.map(\.rawValue) + ["all"], line: line)
    let channel = choice("channel", row, options.channels.map(\.rawValue) + ["all"], line: line)
    // Of a day the word that closes is the last, so that it wins over the others of that day.
    let on = time("on", row, line: line)
    let at =
      kind == .granted || kind == .pending
      ? on?.start(in: options.zone)
      : on.map { min($0.end(in: options.zone), max(options.now, $0.start(in: options.zone) ?? .earliest)) }
    if let at, at > options.now { fault(line, "the date of 'on' is still to come") }
    let until = time("until", row, line: line)?.start(in: options.zone)
    if let until, let at, until <= at { fault(line, "'until' is not after 'on'") }
    let how = choice("how", row, ConsentEvent.Method.allCases.map(\.rawValue), line: line)
    if kind == .granted {
      for name in ["by", "evidence"] where row[name] == nil {
        fault(line, "a grant needs the cell of '\(name)'")
      }
    }
    // A revocation of which nobody says who gave it is taken as the patient's own.
    var giver: (source: ConsentEvent.Source, grantor: String?) =
      kind == .revoked ? (.patient, nil) : (.record, nil)
    if let by = row["by"] {
      if let known = ConsentEvent.source(of: by) {
        giver = known
      } else {
        fault(line, "the cell of 'by' is none of \(ConsentEvent.givers.joined(separator: ", "))")
      }
    }
    var number: PhoneNumber?
    if let typed = row["number"] {
      let reading = numbers.parse(typed)
      number = reading.number
      if number == nil || !reading.isValid {
        fault(line, "the cell of 'number' is not a telephone number that exists")
      }
    }
    guard findings.count == before, let patient = row["patient"], let kind, let purpose, let channel, let at
    else {
      return
    }
    let event = ConsentEvent(
      evidence: ResourceID(""), kind: kind, purpose: purpose == "all" ? nil : Purpose(purpose),
      channel: channel == "all" ? nil : Channel(channel), sender: row["sender"], at: at, expiresAt: until,
      source: giver.source, grantor: giver.grantor,
      method: how.flatMap(ConsentEvent.Method.init(rawValue:)) ?? .record, wording: row["wording"],
      wordingLanguage: row["wording_language"], number: number, reference: row["evidence"])
    let position = SourcePosition(file: path, line: line)
    entries += event.spelledOut(channels: options.channels).map {
      Entry(position: position, patient: patient, event: $0)
    }
  }

  private mutating func choice(_ name: String, _ row: [String: String], _ known: [String], line: Int)
    -> String?
  {
    guard let written = row[name] else { return nil }
    let text = written.lowercased()
    guard known.contains(text) else {
      fault(
        line,
        "the cell of '\(name)' is none of \(known.sorted().joined(separator: ", "))"
          + Suggestion.sentence(for: text, among: known))
      return nil
    }
    return text
  }

  private mutating func time(_ name: String, _ row: [String: String], line: Int) -> FHIRDateTime? {
    guard let text = row[name] else { return nil }
    guard let time = FHIRDateTime(text), time.start(in: options.zone) != nil else {
      fault(line, "the cell of '\(name)' must be a date such as 2026-11-23, or 2026-11-23T10:00:00-06:00")
      return nil
    }
    return time
  }

  private mutating func fault(_ line: Int, _ message: String) {
    findings.append(Finding(.error, .value, at: SourcePosition(file: path, line: line), message))
  }
}
