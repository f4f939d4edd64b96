import Foundation
import Outreach
import OutreachStore
import Testing

/// `outreach preview` over the synthetic clinic.
@Suite struct PreviewTests {
  static let campaigns = [
    "appointment-reminder", "diabetes-adherence", "hypertension-check-in", "post-discharge-follow-up",
  ].map { "Campaigns/\($0).lua" }
  static let at = ["--at", "2026-11-23T16:00:00Z"]

  @Test func `the demo's preview is the one that is kept`() throws {
    try Program.inClinic { program in
      let answer = try program.run(
        ["preview", "--workspace", program.workspace, "Campaigns/diabetes-adherence.lua"] + Self.at)
      #expect(answer.code == 0)
      #expect(answer.complaints == "")
      try expectSnapshot(answer.output, named: "preview-diabetes-adherence.txt")
      #expect(answer.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
      #expect(!answer.output.contains("\u{1B}"))
    }
  }

  @Test func `all four campaigns together are settled as is kept, and every line keeps the schema`() throws {
    try Program.inClinic { program in
      let answer = try program.run(
        ["preview", "--workspace", program.workspace, "--format", "json"] + Self.campaigns + Self.at)
      #expect(answer.code == 0)
      try expectSnapshot(answer.output, named: "preview-all.jsonl")
      let schema = try JSONSchema(file: "\(Program.root)/Sources/Outreach/Output/preview.schema.json")
      for line in answer.lines {
        let violations = try schema.violations(in: line)
        #expect(violations == [])
      }
      #expect(answer.lines.last?.hasPrefix(#"{"summary":"#) == true)
      let keys = answer.lines.dropLast().map { $0.prefix { $0 != "," } }
      #expect(keys == keys.sorted())
    }
  }

  @Test func `two previews of the same data are the same bytes`() throws {
    try Program.inClinic { program in
      let arguments =
        ["preview", "--workspace", program.workspace, "--format", "json"] + Self.campaigns + Self.at
      let first = try program.run(arguments)
      let second = try program.run(arguments.reversedCampaigns)
      #expect(first.output == second.output)
    }
  }

  @Test func `nothing that identifies a patient is shown unless it is asked for`() throws {
    let canaries = try Canaries.ofExampleClinic()
    try Program.inClinic { program in
      for format in ["text", "json"] {
        let answer = try program.run(
          ["preview", "--workspace", program.workspace, "--format", format] + Self.campaigns + Self.at)
        #expect(canaries.found(in: answer.output + answer.complaints) == [])
      }
      let revealed = try program.run(
        ["preview", "--workspace", program.workspace, "--format", "json", "--reveal"] + Self.campaigns
          + Self.at)
      #expect(!canaries.found(in: revealed.output).isEmpty)
    }
  }

  @Test func `a look at identities is recorded by every command that gives one, and by no other`() throws {
    try Program.inClinic { program in
      let preview =
        ["preview", "--workspace", program.workspace, "Campaigns/diabetes-adherence.lua"] + Self.at
      _ = try program.run(preview)
      _ = try program.run("patient", "show", "--workspace", program.workspace, "lfc-001")
      _ = try program.run(preview + ["--reveal", "--limit", "2"])
      _ = try program.run("patient", "show", "--workspace", program.workspace, "--reveal", "lfc-001")
      let day = try #require(CivilDate("2026-11-23"))
      let workspace = try Workspace.open(
        at: program.workspace, environment: ["OUTREACH_KEY_FILE": program.key], on: day)
      let reveals = try workspace.registry.reveals()
      #expect(reveals.map(\.command) == ["preview", "patient show"])
      #expect(reveals.map(\.handles.count) == [2, 1])
    }
  }

  @Test func `no file of the workspace can be read by who has not the key`() throws {
    let canaries = try Canaries.ofExampleClinic()
    try Program.inClinic { program in
      _ = try program.run(
        ["preview", "--workspace", program.workspace, "--reveal"] + Self.campaigns + Self.at)
      let files = try FileManager.default.contentsOfDirectory(atPath: program.workspace)
      #expect(files.contains("outreach.db"))
      for file in files where !file.hasSuffix(".lua") {
        let bytes = try Data(contentsOf: URL(filePath: "\(program.workspace)/\(file)"))
        #expect(canaries.found(in: String(decoding: bytes, as: UTF8.self)) == [], "in \(file)")
      }
    }
  }

  @Test func `a reason and a limit choose what is shown and leave the totals as they are`() throws {
    try Program.inClinic { program in
      let base = ["preview", "--workspace", program.workspace, "--format", "json"] + Self.campaigns + Self.at
      let all = try program.run(base)
      let missing = try program.run(base + ["--reason", "consent_missing"])
      #expect(missing.lines.count > 1)
      #expect(missing.lines.dropLast().allSatisfy { $0.contains(#""reason":"consent_missing""#) })
      #expect(missing.lines.last == all.lines.last)
      let one = try program.run(base + ["--reason", "consent_missing", "--limit", "1"])
      #expect(one.lines.count == 2)
      #expect(one.lines.last == all.lines.last)
    }
  }

  @Test func `a patient is found by handle and by the source's identifier`() throws {
    try Program.inClinic { program in
      let base = ["preview", "--workspace", program.workspace, "--format", "json"] + Self.campaigns + Self.at
      let byID = try program.run(base + ["--patient", "lfc-001"])
      #expect(byID.code == 0)
      let handle = try #require(byID.lines.first?.firstMatch(of: /"patient":"(P-[0-9A-Z]+)"/)?.1)
      let byHandle = try program.run(base + ["--patient", String(handle)])
      #expect(byHandle.output == byID.output)
      let nobody = try program.run(base + ["--patient", "nobody"])
      #expect(nobody.code == 4)
    }
  }
}

extension [String] {
  /// The same command with its campaigns in the opposite order.
  fileprivate var reversedCampaigns: [String] {
    var files = filter { $0.hasSuffix(".lua") }
    return map { $0.hasSuffix(".lua") ? files.removeLast() : $0 }
  }
}
