import Foundation
import Outreach
import OutreachCore
import OutreachTesting
import Testing

/// Real-looking messages through the whole check, with the lexicons that come with the program.
@Suite struct MessageCorpusTests {
  /// One line of a lexicon written by hand.
  struct Line: Sendable, CustomTestStringConvertible {
    var language: String
    var term: String
    var rule: CheckRule
    var isError: Bool
    var bad: String
    var good: String

    var testDescription: String { "\(language): \(term)" }
  }

  private static let rules: [String: CheckRule] = [
    "condition": .condition, "symptom": .symptom, "medication": .medication, "supply": .supply, "test": .test,
    "procedure": .procedure, "specialty": .specialty, "substance_use": .substanceUse,
    "mental_health": .mentalHealth,
    "sexual_health": .sexualHealth, "reproductive": .reproductive, "violence": .violence,
  ]

  /// Every so-many-th line of a lexicon.
  static func lines(every step: Int) -> [Line] {
    ["en", "es"].flatMap { language -> [Line] in
      let path = "\(ExampleClinic.root)/Sources/CLexicon/data/lay-\(language).tsv"
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      return text.split(separator: "\n").enumerated().compactMap { index, line in
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard index % step == 0, parts.count == 5, let rule = rules[parts[1]] else { return nil }
        return Line(
          language: language, term: parts[0], rule: rule, isError: parts[2] == "error", bad: parts[3],
          good: parts[4])
      }
    }
  }

  private static func engine() throws -> Engine {
    try Engine(
      clinic: Clinic(
        name: "Lakeside Family Care", phone: "312-555-0100", timeZone: "America/Chicago",
        taskKinds: ["call_back"]),
      patients: SamplePatients([], asOf: nil))
  }

  private static func findings(_ text: String, _ language: String) throws -> (
    findings: [Finding], source: String
  ) {
    let quoted = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
      "{", with: "\\\\{")
    let source = """
      return campaign {
        id = "trial", title = "Trial", owner = "Team", purpose = "prescription", channels = { "email" },
        messages = { note = { email = { \(language) = { subject = "{$clinic.name}", body = "\(quoted) {$opt_out}" } } } },
        decide = function(patient) return send("note") end,
      }
      """
    let engine = try Self.engine()
    return (try engine.check(Array(source.utf8), file: "trial.lua").findings, source)
  }

  @Test func `three hundred messages that tell something are refused, each by its rule and at its words`()
    throws
  {
    let lines = Self.lines(every: 10)
    #expect(lines.count >= 300)
    for line in lines {
      let (findings, source) = try Self.findings(line.bad, line.language)
      let text = source.split(separator: "\n").map { Array($0) }
      let found = findings.contains { finding in
        guard finding.rule == line.rule,
          (finding.severity == .error) == line.isError || finding.severity == .error,
          let column = finding.position.column
        else { return false }
        let row = text[finding.position.line - 1]
        let marked = String(row[(column - 1)..<min(column - 1 + finding.length, row.count)]).lowercased()
        let first = line.term.split { !$0.isLetter && !$0.isNumber }.first.map(String.init) ?? line.term
        return Self.plain(marked).contains(Self.plain(first))
      }
      #expect(found, "\(line.language) \(line.term): \(line.bad) gave \(findings.map(\.description))")
    }
  }

  @Test func `a hundred neutral messages pass`() throws {
    let lines = Self.lines(every: 29)
    #expect(lines.count >= 100)
    var stopped: [String] = []
    for line in lines {
      let errors = try Self.findings(line.good, line.language).findings.filter {
        $0.severity == .error && $0.rule != .grade
      }
      if !errors.isEmpty { stopped.append("\(line.good): \(errors.map(\.message))") }
    }
    #expect(stopped.count * 50 <= lines.count, "\(stopped)")
  }

  private static func plain(_ text: String) -> String {
    text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
  }

  @Test func `the shipped campaigns have nothing that a list would find`() throws {
    let engine = try Self.engine()
    for name in [
      "appointment-reminder", "diabetes-adherence", "hypertension-check-in", "post-discharge-follow-up",
    ] {
      let path = "\(ExampleClinic.root)/Campaigns/\(name).lua"
      let source = try #require(FileManager.default.contents(atPath: path))
      let words = try engine.check(Array(source), file: name).findings.filter { finding in
        finding.rule != .name && finding.rule != .fact
      }
      #expect(words.map(\.description) == [])
    }
  }

  @Test func `both languages of the program have a lexicon of their own`() {
    #expect(LexiconCatalogue.shipped.languages == ["en", "es"])
    #expect(LexiconCatalogue.shipped["en"].map { $0.count > 20_000 } == true)
  }
}
