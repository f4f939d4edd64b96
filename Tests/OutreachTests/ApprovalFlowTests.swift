import Foundation
import Outreach
import OutreachCore
import OutreachStore
import OutreachTesting
import Testing

/// Who stands behind what is said, through a workspace.
@Suite struct ApprovalFlowTests {
  private static let now = Instant(rfc3339: "2026-11-23T16:00:00Z") ?? .earliest

  private static func inWorkspace(_ body: (Workspace) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "outreach-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let environment = ["OUTREACH_KEY_FILE": "\(folder)/test.key"]
    _ = try Workspace.create(at: "\(folder)/clinic", environment: environment)
    let day = try #require(CivilDate("2026-11-23"))
    try body(try Workspace.open(at: "\(folder)/clinic", environment: environment, on: day))
  }

  private static func source(_ text: String) -> [UInt8] {
    Array(
      """
      return campaign {
        id = "trial", title = "Trial", owner = "Team", purpose = "prescription", channels = { "sms" },
        messages = { note = { en = "\(text) {$clinic.name}: {$clinic.phone}. {$opt_out}" } },
        decide = function(patient) return send("note") end,
      }
      """.utf8)
  }

  private static func signature(_ name: String) -> WordingOverride.Signature {
    WordingOverride.Signature(by: name, account: name.lowercased(), at: now)
  }

  @Test
  func `a word that two people allow is a warning that names them, and is an error again when it is changed`()
    throws
  {
    try Self.inWorkspace { workspace in
      func findings(_ text: String) throws -> [Finding] {
        try workspace.engine().check(Self.source(text), file: "trial.lua").findings
      }
      let found = try #require(try findings("Your insulin is here.").first)
      #expect(found.rule == .medication && found.severity == .error)
      let scope = try #require(found.overridable)
      let number = try workspace.requestOverride(
        scope, reason: "our patients ask for it", for: .seconds(30 * 86_400), by: Self.signature("Ann"))
      #expect(try findings("Your insulin is here.").first?.severity == .error)
      try workspace.confirmOverride(number, by: Self.signature("Bo"))
      let allowed = try #require(try findings("Your insulin is here.").first)
      #expect(allowed.severity == .warning)
      #expect(allowed.message.contains("allowed by Ann and Bo as number \(number)"))
      #expect(try findings("Your insulin is here now.").first?.severity == .error, "another text")
      try workspace.withdrawOverride(number, by: Self.signature("Cy"))
      #expect(try findings("Your insulin is here.").first?.severity == .error)
      #expect(try workspace.overrides().map(\.withdrawn?.by) == ["Cy"])
    }
  }

  @Test func `what is sent must be approved as it stands`() throws {
    try Self.inWorkspace { workspace in
      let engine = try workspace.engine()
      let script = try #require(try engine.check(Self.source("Hello,"), file: "trial.lua").value)
      #expect(try workspace.approval(of: [script], with: engine) == .needed(approved: []))
      try workspace.approve(script, with: engine, by: "Ann", account: "ann", at: Self.now)
      #expect(
        try workspace.approval(of: [script], with: engine) == .needed(approved: [script.campaign.contentHash])
      )
      let changed = try #require(try engine.check(Self.source("Hello there,"), file: "trial.lua").value)
      #expect(try workspace.approval(of: [changed], with: engine) == .needed(approved: []))
    }
  }
}
