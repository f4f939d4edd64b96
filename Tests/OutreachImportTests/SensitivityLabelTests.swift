import OutreachCore
import OutreachImport
import Testing

/// Records whose labels say that they are specially sensitive are withheld from scripts.
struct SensitivityLabelTests {
  private static let confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
  private static let actCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode"

  private func condition(_ labels: String) throws -> ImportTrial {
    try ImportTrial(
      "Condition",
      #"""
      "meta": {"security": [\#(labels)]}, "subject": {"reference": "Patient/p1"},
      "clinicalStatus": {"coding": [{"code": "active"}]},
      "code": {"coding": [{"system": "http://snomed.info/sct", "code": "44054006"}]}
      """#)
  }

  private func label(_ system: String?, _ code: String) -> String {
    let system = system.map { #""system": "\#($0)", "# } ?? ""
    return #"{\#(system)"code": "\#(code)"}"#
  }

  @Test(arguments: [
    (confidentiality, "HIV"), (actCode, "HIV"), (actCode, "SUD"), (actCode, "OPIOIDUD"), (actCode, "ETHUD"),
    (actCode, "PSYTHPN"), (actCode, "MH"), (confidentiality, "R"), (confidentiality, "V"), (nil, "HIV"),
  ])
  func `a retired label and a live one, a child and its parent withhold a fact alike`(
    system: String?, code: String
  ) throws {
    let trial = try condition(label(system, code))
    #expect(trial.records == [.noFact(PatientID("p1"), ResourceID("Condition/r1"))])
    #expect(trial.skipped("Condition") == .sensitive)
  }

  @Test(arguments: [(confidentiality, "N"), (confidentiality, "L"), (actCode, "R"), (actCode, "DEMO")])
  func `other labels withhold nothing, and the same letter of another system is none`(
    system: String, code: String
  ) throws {
    #expect(try condition(label(system, code)).skipped("Condition") == nil)
  }

  @Test func `no label says nothing, and one sensitive label among others is enough`() throws {
    #expect(try condition("").skipped("Condition") == nil)
    let both = [label(Self.confidentiality, "N"), label(Self.actCode, "SEX")].joined(separator: ",")
    #expect(try condition(both).skipped("Condition") == .sensitive)
  }

  @Test func `a stay is kept whatever its labels, because it only holds messages back`() throws {
    let trial = try ImportTrial(
      "Encounter",
      #"""
      "meta": {"security": [\#(label(Self.actCode, "MH"))]}, "status": "in-progress",
      "class": {"code": "IMP"}, "subject": {"reference": "Patient/p1"},
      "period": {"start": "2026-11-20T10:00:00Z"}
      """#)
    #expect(trial.skipped("Encounter") == nil)
    #expect(trial.records.contains { if case .fact = $0 { true } else { false } })
  }
}
