import OutreachCore

/// Reads one row of a CSV file: a patient and what the row states of them.
///
/// Facts of a row have identifiers made of the patient's, so that a later file replaces them: an empty cell
/// takes back what an earlier one stated. A column that the file does not have says nothing.
struct CSVPatient {
  private let header: CSVHeader
  private let context: ReadingContext
  private let cells: [String]
  private var lost: [ResourceFault] = []

  /// - Throws: ``ResourceFault`` when the cells are not UTF-8.
  init(_ row: CSVParser.Row, header: CSVHeader, context: ReadingContext) throws(ResourceFault) {
    guard row.cells.count == header.columns.count else { throw ResourceFault(.cellCount) }
    var cells: [String] = []
    for cell in row.cells {
      guard let text = String(validating: cell, as: UTF8.self) else { throw ResourceFault(.notUTF8) }
      cells.append(PatientText.trimmed(text) ?? "")
    }
    self.cells = cells
    self.header = header
    self.context = context
  }

  /// The patient, then the facts and the consents of the row.
  mutating func read() throws(ResourceFault) -> Reading {
    guard let written = cell(.patientID), FHIRReference.isID(written) else {
      throw ResourceFault(.missing, at: CSVColumn.Fixed.patientID.rawValue)
    }
    let id = PatientID(written)
    var records: [ImportedRecord] = [.patient(Demographics(identity: identity(id), facts: facts()))]
    records += [flag(id), conditions(id), appointment(id), consent(id)].compactMap { $0 }
    return Reading(records, lost: lost)
  }

  // MARK: - The patient

  private mutating func identity(_ id: PatientID) -> PatientIdentity {
    let phones: [(CSVColumn.Fixed, ContactPoint.Use?)] = [
      (.phone, nil), (.mobilePhone, .mobile), (.homePhone, .home), (.workPhone, .work),
    ]
    var points = phones.compactMap { column, use in
      cell(column).map { ContactPoint(system: .phone, use: use, typed: $0, phone: context.phones.parse($0)) }
    }
    if let email = cell(.email) { points.append(ContactPoint(system: .email, typed: email)) }
    let address = StateCode.address(
      state: cell(.state), postalCode: cell(.postalCode), country: cell(.country), others: [],
      in: context.options.defaultRegion)
    // A zone that there is none of is kept, since the guard refuses what it does not know.
    if let zone = cell(.zone), !context.options.isZone(zone) { loses(.unknownZone, .zone) }
    return PatientIdentity(
      id: id, givenName: cell(.givenName), familyName: cell(.familyName), contactPoints: points,
      addresses: address.map { [$0] } ?? [], timeZone: cell(.zone))
  }

  private mutating func facts() -> PatientFacts {
    var facts = PatientFacts()
    facts.birthDate = birthDate()
    if let sex = cell(.sex)?.lowercased() {
      let known = [
        "female": "female", "f": "female", "male": "male", "m": "male", "other": "other",
        "unknown": "unknown",
      ]
      facts.sex = known[sex]
      if facts.sex == nil { loses(.unreadableCell, .sex) }
    }
    if let language = cell(.language) {
      facts.language = LanguageTag.read(language)
      if facts.language == nil { loses(.unreadableCell, .language) }
    }
    // A yes or no that cannot be read is taken the way in which nobody is contacted.
    facts.isActive = flag(.active, unread: false) ?? true
    facts.isDeceased =
      cell(.deceased).flatMap { FHIRDateTime($0) } != nil || flag(.deceased, unread: true) ?? false
    facts.isTest = flag(.test, unread: true) ?? false
    facts.replacedBy = cell(.replacedBy).map { [PatientID($0)] } ?? []
    facts.fields = fields()
    return facts
  }

  private mutating func birthDate() -> CivilDate? {
    guard let cell = cell(.birthDate) else { return nil }
    guard let date = PartialDate(cell) else {
      loses(.unreadableDate, .birthDate)
      return nil
    }
    guard date.earliest <= context.today else {
      loses(.futureDate, .birthDate)
      return nil
    }
    return date.date
  }

  private mutating func fields() -> [String: FieldValue] {
    var fields: [String: FieldValue] = [:]
    for (index, column) in header.columns.enumerated() {
      guard case .field(let name, let kind) = column, !cells[index].isEmpty else { continue }
      switch kind {
      case .text: fields[name] = .text(cells[index])
      case .number: fields[name] = Double(cells[index]).flatMap { $0.isFinite ? .number($0) : nil }
      case .boolean: fields[name] = Self.yesOrNo(cells[index]).map { .boolean($0) }
      }
      if fields[name] == nil { lost.append(ResourceFault(.unreadableCell, at: header.names[index])) }
    }
    return fields
  }

  // MARK: - Facts

  private mutating func flag(_ patient: PatientID) -> ImportedRecord? {
    guard header.position(.doNotContact) != nil else { return nil }
    let id = Self.id("Flag", patient)
    guard flag(.doNotContact, unread: true) ?? false else { return .noFact(patient, id) }
    return .fact(patient, .flag(Flag(id: id, kind: .doNotContact)))
  }

  private mutating func conditions(_ patient: PatientID) -> ImportedRecord? {
    guard header.position(.conditions) != nil else { return nil }
    let id = Self.id("Condition", patient)
    var codes: [Coding] = []
    for word in (cell(.conditions) ?? "").split(whereSeparator: { " ;|\n\t".contains($0) }) {
      let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2, let system = CodeSystem(name: parts[0].lowercased()) else {
        loses(.unreadableCell, .conditions)
        continue
      }
      codes.append(Coding(system, parts[1]))
    }
    guard !codes.isEmpty else { return .noFact(patient, id) }
    return .fact(patient, .condition(Condition(id: id, codes: codes, isActive: true)))
  }

  private mutating func appointment(_ patient: PatientID) -> ImportedRecord? {
    guard header.position(.appointment) != nil else { return nil }
    let id = Self.id("Appointment", patient)
    guard let cell = cell(.appointment) else { return .noFact(patient, id) }
    let time = FHIRDateTime(String(cell.map { $0 == " " ? "T" : $0 }))
    if case .partial = time {
      loses(.unreadableDate, .appointment)
      return .noFact(patient, id)
    }
    guard let startsAt = time?.start(in: context.zone) else {
      loses(.unreadableDate, .appointment)
      return .noFact(patient, id)
    }
    return .fact(patient, .appointment(Appointment(id: id, status: "booked", startsAt: startsAt)))
  }

  private mutating func consent(_ patient: PatientID) -> ImportedRecord? {
    let columns = header.columns.indices.compactMap { index -> CSVConsent.Cell? in
      guard case .consent(let purpose, let channel) = header.columns[index] else { return nil }
      return CSVConsent.Cell(
        purpose: purpose, channel: channel, text: cells[index], column: header.names[index])
    }
    guard !columns.isEmpty else { return nil }
    let id = Self.id("Consent", patient)
    let consent = CSVConsent(columns, evidence: id, wording: cell(.consentWording), context: context)
    lost += consent.lost
    return .consent(patient, id, consent.events)
  }

  // MARK: - Cells

  private func cell(_ column: CSVColumn.Fixed) -> String? {
    guard let position = header.position(column), !cells[position].isEmpty else { return nil }
    return cells[position]
  }

  /// Yes, no, or nil where the cell is empty or missing; `unread` for a cell that says neither.
  private mutating func flag(_ column: CSVColumn.Fixed, unread: Bool) -> Bool? {
    guard let cell = cell(column) else { return nil }
    if let value = Self.yesOrNo(cell) { return value }
    loses(.unreadableCell, column)
    return unread
  }

  private mutating func loses(_ reason: ImportReason, _ column: CSVColumn.Fixed) {
    lost.append(ResourceFault(reason, at: column.rawValue))
  }

  private static func yesOrNo(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "yes", "y", "true", "t", "1": true
    case "no", "n", "false", "f", "0": false
    default: nil
    }
  }

  private static func id(_ type: String, _ patient: PatientID) -> ResourceID {
    ResourceID(type: type, id: "csv-\(patient.rawValue)")
  }
}
