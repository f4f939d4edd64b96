import Foundation
import Testing

/// `outreach explain` and `outreach patient show`.
@Suite struct ExplainTests {
  @Test func `an explanation has every rule and is the one that is kept`() throws {
    try Program.inClinic { program in
      let answer = try program.run(
        ["explain", "--workspace", program.workspace, "lfc-001"] + PreviewTests.at + ["--campaign"]
          + PreviewTests.campaigns)
      #expect(answer.code == 0)
      try expectSnapshot(answer.output, named: "explain-lfc-001.txt")
      #expect(answer.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
  }

  @Test func `a record is shown without identity, and with it when asked`() throws {
    try Program.inClinic { program in
      let canaries = try Canaries.ofExampleClinic()
      let masked = try program.run("patient", "show", "--workspace", program.workspace, "lfc-001")
      #expect(masked.code == 0)
      #expect(canaries.found(in: masked.output) == [])
      try expectSnapshot(masked.output, named: "patient-show-lfc-001.txt")
      let revealed = try program.run(
        "patient", "show", "--workspace", program.workspace, "--reveal", "lfc-001")
      #expect(canaries.found(in: revealed.output).contains("lfc-001"))
    }
  }
}
