import OutreachCore
import OutreachImport
import Testing

@Suite struct ReassignedNumberFileTests {
  /// The answers of a file, as `last four, answer, since, instant`.
  private func read(_ text: String) throws -> [NumberEvidence] {
    var answers: [NumberEvidence] = []
    try ImportTrial.withFolder([("answers.csv", Array(text.utf8))]) { folder in
      let file = ReassignedNumberFile(
        path: "\(folder)/answers.csv", defaultRegion: "US", zone: ImportTrial.chicago, now: ImportTrial.now)
      do {
        answers = try file.answers()
      } catch let error as ReassignedNumberFileError {
        throw ImportTrial.Refusal(text: error.description.replacing(folder + "/", with: ""))
      }
    }
    return answers
  }

  private func faults(_ text: String) throws -> [String] {
    do {
      let answers = try read(text)
      Issue.record("\(answers.count) answers were read")
      return []
    } catch let refusal as ImportTrial.Refusal {
      return refusal.text.split(separator: "\n").map(String.init)
    }
  }

  @Test func `an answer is evidence of its number, dated by the day of the answer`() throws {
    let answers = try read(
      """
      number,date,answer,queried_on
      (312) 555-0123,2026-01-03,no,2026-11-20
      +13125550124,2026-01-04,Yes,
      1-312-555-0125,2026-01-05,No Data,2026-11-23
      "312.555.0126",2026-01-06,NO_DATA,2026-11-23
      """)
    #expect(answers.map(\.number.e164) == (3...6).map { "+1312555012\($0)" })
    #expect(
      answers.map(\.evidence.kind) == [
        .reassignment(.no, since: CivilDate(year: 2026, month: 1, day: 3) ?? .latest),
        .reassignment(.yes, since: CivilDate(year: 2026, month: 1, day: 4) ?? .latest),
        .reassignment(.noData, since: CivilDate(year: 2026, month: 1, day: 5) ?? .latest),
        .reassignment(.noData, since: CivilDate(year: 2026, month: 1, day: 6) ?? .latest),
      ])
    #expect(
      answers.map(\.evidence.at) == [at("2026-11-20"), ImportTrial.now, at("2026-11-23"), at("2026-11-23")])
    #expect(answers.allSatisfy { $0.evidence.reference == "answers.csv" })
  }

  @Test func `the columns may be in any order and letters, with a mark, CRLF and empty lines`() throws {
    let answers = try read("\u{FEFF}Answer, Number ,DATE\r\n\r\nno,3125550123,2026-11-23\r\n\r\n")
    #expect(answers.count == 1)
    #expect(answers.first?.evidence.at == ImportTrial.now)
  }

  @Test(arguments: [
    "", "\n\n", "number,date\n", "number,date,answer,note\n", "number,date,answer,answer\n",
    "3125550123,2026-01-03,no\n",
    "\"number,date,answer\n",
  ])
  func `a file without its header says what the header is, and not what is written there`(text: String) throws
  {
    let faults = try faults(text)
    #expect(faults.count == 1)
    #expect(faults.first?.hasPrefix("answers.csv:1: ") == true)
    #expect(faults.first?.contains("number,date,answer") == true)
    #expect(faults.first?.contains("312") == false)
  }

  @Test func `each bad line is one fault with its line and what would be right, and none has the number`()
    throws
  {
    let faults = try faults(
      """
      number,date,answer,queried_on
      3125550123,2026-01-03,no,2026-11-20
      312555012,2026-01-03,no,
      312-555-0124 x5,2026-01-03,no,
      5555550124,2026-01-03,no,
      3125550125,2026-02-30,no,
      3125550125,01/03/2026,no,
      3125550125,2026-01-03,maybe,
      3125550125,2026-01-03,,
      3125550125,2026-01-03,no,soon
      3125550125,2026-01-03,no,2026-11-24
      3125550125,2026-11-24,no,
      3125550125,2026-11-21,no,2026-11-20
      3125550125,2026-01-03,no
      3125550125,2026-01-03,"no"x,
      """)
    let number = "the number cannot be read; write it as +1 and ten digits"
    let date = "the date cannot be read; write it as YYYY-MM-DD"
    let answer = "the answer must be 'yes', 'no' or 'no_data'"
    let expected = [
      number, number, number, date, date, answer, answer,
      "queried_on cannot be read; write it as YYYY-MM-DD, or leave it empty",
      "queried_on lies in the future; it is the day of the answer",
      "the date is later than the answer; it is the day since which was asked",
      "the date is later than the answer; it is the day since which was asked",
      "the line has 3 cells; the header names 4",
      "the line is not CSV; put a cell with quotes or commas in double quotes",
    ]
    #expect(faults == expected.enumerated().map { "answers.csv:\($0.offset + 3): \($0.element)" })
  }

  @Test func `the same number and date twice is a fault, whether it says the same or contradicts`() throws {
    let faults = try faults(
      """
      number,date,answer
      3125550123,2026-01-03,no
      +1 312 555 0123,2026-01-03,no
      (312) 555-0123,2026-01-03,yes
      3125550123,2026-01-04,yes
      """)
    #expect(
      faults == [
        "answers.csv:3: line 2 gives the same answer for the same number and date; remove one",
        "answers.csv:4: line 2 gives another answer for the same number and date; keep the right one",
      ])
  }

  @Test func `a number may be asked about again on another day`() throws {
    let answers = try read(
      """
      number,date,answer,queried_on
      3125550123,2026-01-03,no,2026-10-20
      3125550123,2026-01-03,yes,2026-11-20
      """)
    #expect(answers.count == 2)
  }

  @Test func `a file that is not there is an import's error`() {
    let file = ReassignedNumberFile(
      path: "/nowhere/answers.csv", defaultRegion: "US", zone: .utc, now: ImportTrial.now)
    #expect(throws: ImportError.self) { try file.answers() }
  }
}
