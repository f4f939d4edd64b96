import OutreachCore

/// The first row of a CSV file: what each column holds.
struct CSVHeader {
  /// The columns in the order of the file.
  let columns: [CSVColumn]
  /// Their headers as the documentation writes them.
  let names: [String]
  private let positions: [CSVColumn: Int]

  init(_ cells: [[UInt8]], path: String, options: ImportOptions) throws(ImportError) {
    let written = cells.map { String(decoding: $0, as: UTF8.self) }
    let renamed = Dictionary(
      options.columns.map { (Self.normal($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
    let names = written.map { name in
      let normal = Self.normal(name)
      return renamed[normal].map(Self.normal) ?? normal
    }
    // Without this column the line may be a patient's, and is not repeated in an error.
    guard names.contains(CSVColumn.Fixed.patientID.rawValue) else { throw .noHeader(path: path) }
    var columns: [CSVColumn] = []
    var positions: [CSVColumn: Int] = [:]
    for (index, name) in names.enumerated() {
      guard let column = Self.column(name, options) else {
        throw .unknownColumn(
          path: path, column: Self.printable(written[index]), suggestion: Self.suggestion(name, options))
      }
      guard positions.updateValue(index, forKey: column) == nil else {
        throw .repeatedColumn(path: path, column: name)
      }
      columns.append(column)
    }
    self.columns = columns
    self.names = names
    self.positions = positions
  }

  /// Where a column stands in a row; nil when the file does not have it.
  func position(_ column: CSVColumn.Fixed) -> Int? { positions[.fixed(column)] }

  private static func column(_ name: String, _ options: ImportOptions) -> CSVColumn? {
    if let fixed = CSVColumn.Fixed(rawValue: name) { return .fixed(fixed) }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 3, parts[0] == "consent" {
      let purpose = options.purposes.first { $0.rawValue == parts[1] }
      let channel = options.channels.first { $0.rawValue == parts[2] }
      guard purpose != nil || parts[1] == "all", channel != nil || parts[2] == "all" else { return nil }
      return .consent(purpose, channel)
    }
    guard parts.count == 2, parts[0] == "field" else { return nil }
    let field = parts[1].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard field.count <= 2, let kind = CSVColumn.FieldKind(rawValue: field.count == 2 ? field[1] : "text"),
      field[0].utf8.first.map(isLetter) == true, field[0].utf8.allSatisfy(isNameByte)
    else { return nil }
    return .field(field[0], kind)
  }

  private static func suggestion(_ name: String, _ options: ImportOptions) -> String {
    let fixed = CSVColumn.Fixed.allCases.map(\.rawValue)
    guard name.hasPrefix("consent") else { return Suggestion.sentence(for: name, among: fixed) }
    let purposes = options.purposes.map(\.rawValue) + ["all"]
    let channels = options.channels.map(\.rawValue) + ["all"]
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let nearest: String?
    if parts.count == 3 {
      // Each part by itself: a purpose that there is none of is not near another because the rest agrees.
      let purpose = Suggestion.nearest(to: parts[1], among: purposes)
      let channel = Suggestion.nearest(to: parts[2], among: channels)
      nearest = purpose.flatMap { purpose in channel.map { "consent.\(purpose).\($0)" } }
    } else {
      let consents = purposes.flatMap { purpose in channels.map { "consent.\(purpose).\($0)" } }
      nearest = Suggestion.nearest(to: name, among: fixed + consents)
    }
    if let nearest { return " (did you mean '\(nearest)'?)" }
    return """
       (write 'consent.PURPOSE.CHANNEL' with a purpose of \(purposes.joined(separator: ", ")) and a channel \
      of \(channels.joined(separator: ", ")))
      """
  }

  /// Lower case, with underscores for spaces and hyphens, and without white space around it.
  private static func normal(_ name: String) -> String {
    let trimmed = PatientText.trimmed(name) ?? ""
    return String(trimmed.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
  }

  /// A header for an error message: one line of a reasonable length.
  private static func printable(_ name: String) -> String {
    String(name.unicodeScalars.prefix(60).map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) })
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
