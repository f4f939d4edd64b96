package import OutreachCore

/// A CSV file with answers of the reassigned-numbers database.
///
/// The first line names the columns `number`, `date` and `answer`, in any order, and may name `queried_on`:
///
/// | column | what it holds |
/// | --- | --- |
/// | `number` | a telephone number as people type it |
/// | `date` | the day since which the database was asked, `YYYY-MM-DD` |
/// | `answer` | `yes`, `no`, `no data` or `no_data`, in any case |
/// | `queried_on` | the day of the answer; where the column or the cell is missing, the present |
///
/// A file with a fault counts for nothing: half of the answers would leave numbers in use that were given up.
package struct ReassignedNumberFile: ReassignedNumberSource {
  /// Where the file is.
  package var path: String
  /// The region of numbers without a country code, such as `US`.
  package var defaultRegion: String
  /// The zone in which a day of `queried_on` begins.
  package var zone: Zone
  /// The instant of the import, which dates answers without a day.
  package var now: Instant

  /// Names a file to read.
  package init(path: String, defaultRegion: String, zone: Zone, now: Instant) {
    self.path = path
    self.defaultRegion = defaultRegion
    self.zone = zone
    self.now = now
  }

  /// Every answer of the file, in its order; the file's name is the reference.
  ///
  /// - Throws: `ImportError` when the file cannot be read, ``ReassignedNumberFileError`` with all faults else.
  package func answers() throws -> [NumberEvidence] {
    let file = try InputFile(path: path)
    var reading = AnswerReading(self)
    var parser = CSVParser()
    var buffer: [UInt8] = []
    var isStart = true
    while try file.read(into: &buffer) > 0 {
      if isStart, buffer.starts(with: [0xEF, 0xBB, 0xBF]) { buffer.removeFirst(3) }
      isStart = false
      parser.feed(buffer) { reading.take($0) }
      buffer.removeAll(keepingCapacity: true)
    }
    parser.finish { reading.take($0) }
    if !reading.hasHeader { reading.report(1, "the file is empty; \(AnswerReading.headerWanted)") }
    guard reading.faults.isEmpty else { throw ReassignedNumberFileError(faults: reading.faults) }
    return reading.answers
  }
}

/// What is wrong with a file of answers, one sentence with `file:line` a fault, never with a number.
package struct ReassignedNumberFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The faults in the order of the file.
  package var faults: [String]

  /// The faults, one a line.
  package var description: String { faults.joined(separator: "\n") }
}

/// A file of answers while its rows come in.
private struct AnswerReading {
  static let headerWanted = "the first line must be 'number,date,answer', with or without ',queried_on'"

  private enum Column: String, CaseIterable {
    case number
    case date
    case answer
    case queriedOn = "queried_on"
  }

  /// A question to the database: it has one answer a day.
  private struct Question: Hashable {
    var number: PhoneNumber
    var since: CivilDate
    var queriedOn: CivilDate?
  }

  private let file: ReassignedNumberFile
  private let parser: PhoneNumberParser
  private let today: CivilDate
  private var columns: [Column]?
  private var asked: [Question: (answer: ReassignmentAnswer, line: Int)] = [:]
  private(set) var hasHeader = false
  private(set) var answers: [NumberEvidence] = []
  private(set) var faults: [String] = []

  init(_ file: ReassignedNumberFile) {
    self.file = file
    parser = PhoneNumberParser(defaultRegion: file.defaultRegion)
    today = file.zone.date(at: file.now)
  }

  mutating func report(_ line: Int, _ sentence: String) { faults.append("\(file.path):\(line): \(sentence)") }

  mutating func take(_ row: CSVParser.Row) {
    guard row.isTooLong || row.cells != [[]] else { return }
    guard hasHeader else {
      hasHeader = true
      return readHeader(row)
    }
    // Without columns no row can be read, and the header's fault says so once.
    guard let columns else { return }
    guard !row.isTooLong, !row.isMalformed else {
      return report(row.line, "the line is not CSV; put a cell with quotes or commas in double quotes")
    }
    guard row.cells.count == columns.count else {
      return report(row.line, "the line has \(row.cells.count) cells; the header names \(columns.count)")
    }
    let texts = row.cells.map { PatientText.trimmed(String(decoding: $0, as: UTF8.self)) ?? "" }
    read(Dictionary(uniqueKeysWithValues: zip(columns, texts)), row.line)
  }

  private mutating func readHeader(_ row: CSVParser.Row) {
    let names = row.cells.map {
      PatientText.trimmed(String(decoding: $0, as: UTF8.self))?.lowercased() ?? ""
    }
    let found = names.compactMap(Column.init)
    let isComplete = Set(found).isSuperset(of: [.number, .date, .answer])
    guard !row.isMalformed, !row.isTooLong, isComplete, found.count == names.count,
      Set(found).count == found.count
    else { return report(row.line, Self.headerWanted) }
    columns = found
  }

  /// The first instant of a day, or the last for an answer that takes the number out of use: of a day it wins.
  private func instant(of answer: ReassignmentAnswer, on day: CivilDate) -> Instant {
    guard answer == .yes else { return file.zone.startOfDay(day) }
    return min(file.zone.startOfDay(day.adding(days: 1)) - .seconds(1), file.now)
  }

  private mutating func read(_ cells: [Column: String], _ line: Int) {
    guard let reading = cells[.number].map(parser.parse), let number = reading.number, reading.isValid,
      reading.fault == nil
    else { return report(line, "the number cannot be read; write it as +1 and ten digits") }
    guard let since = cells[.date].flatMap({ CivilDate($0) }) else {
      return report(line, "the date cannot be read; write it as YYYY-MM-DD")
    }
    guard let answer = cells[.answer].flatMap(Self.answer) else {
      return report(line, "the answer must be 'yes', 'no' or 'no_data'")
    }
    var queriedOn: CivilDate?
    if let text = cells[.queriedOn], !text.isEmpty {
      guard let day = CivilDate(text) else {
        return report(line, "queried_on cannot be read; write it as YYYY-MM-DD, or leave it empty")
      }
      queriedOn = day
    }
    guard (queriedOn ?? today) <= today else {
      return report(line, "queried_on lies in the future; it is the day of the answer")
    }
    guard since <= queriedOn ?? today else {
      return report(line, "the date is later than the answer; it is the day since which was asked")
    }
    let question = Question(number: number, since: since, queriedOn: queriedOn)
    if let earlier = asked[question] {
      return report(
        line,
        earlier.answer == answer
          ? "line \(earlier.line) gives the same answer for the same number and date; remove one"
          : "line \(earlier.line) gives another answer for the same number and date; keep the right one")
    }
    asked[question] = (answer, line)
    answers.append(
      NumberEvidence(
        number: number,
        evidence: ContactEvidence(
          .reassignment(answer, since: since), at: queriedOn.map { instant(of: answer, on: $0) } ?? file.now,
          reference: String(file.path.split(separator: "/").last ?? "")
        )))
  }

  private static func answer(_ text: String) -> ReassignmentAnswer? {
    ReassignmentAnswer(rawValue: text.lowercased().replacing(" ", with: "_"))
  }
}
