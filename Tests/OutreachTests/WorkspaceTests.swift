import Foundation
import Outreach
import OutreachStore
import Testing

/// Workspaces: keys, settings, and who looked.
@Suite struct WorkspaceTests {
  @Test func `who looked at whom, when and by which command is recorded`() throws {
    try ExampleClinic.withWorkspace { workspace in
      let at = try #require(Instant(rfc3339: "2026-11-23T16:00:00Z"))
      var handles: [PatientHandle] = []
      try workspace.patients.forEachPatient { handles.append($0.handle) }
      try workspace.recordReveal(of: Array(handles.prefix(2)), by: "pat", at: at, command: "preview")
      let reveals = try workspace.registry.reveals()
      #expect(reveals.count == 1)
      #expect(reveals.first?.who == "pat")
      #expect(reveals.first?.command == "preview")
      #expect(reveals.first?.at == at)
      #expect(reveals.first?.handles == Array(handles.prefix(2)))
    }
  }

  @Test func `a campaign is known by the SHA-256 of its file`() throws {
    try ExampleClinic.withWorkspace { workspace in
      let path = ExampleClinic.file(of: "diabetes-adherence")
      let sum = Process()
      sum.executableURL = URL(filePath: "/usr/bin/sha256sum")
      sum.arguments = [path]
      let pipe = Pipe()
      sum.standardOutput = pipe
      try sum.run()
      let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      let hash = try workspace.engine().campaign(at: path).campaign.contentHash
      #expect(hash.count == 64)
      #expect(output.hasPrefix(hash))
    }
  }

  @Test func `settings with faults are refused with every fault`() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/outreach-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let environment = ["OUTREACH_KEY_FILE": folder + ".key"]
    defer { for end in [".key", ".keys"] { try? FileManager.default.removeItem(atPath: folder + end) } }
    _ = try Workspace.create(at: folder, environment: environment)
    try "return clinic { nmae = \"X\" }".write(
      toFile: folder + "/clinic.lua", atomically: true, encoding: .utf8)
    try "return policy { name = \"p\", quiet_hours = { from = \"06:00\", to = \"23:00\" } }"
      .write(toFile: folder + "/policy.lua", atomically: true, encoding: .utf8)
    let day = try #require(CivilDate("2026-11-23"))
    do {
      _ = try Workspace.open(at: folder, environment: environment, on: day)
      Issue.record("the settings were taken")
    } catch {
      #expect(error.kind == .findings)
      #expect(error.findings.contains { $0.position.file.hasSuffix("clinic.lua") })
      #expect(error.findings.contains { $0.position.file.hasSuffix("policy.lua") })
    }
  }

  @Test func `a command can hold the key`() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/outreach-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let key = "outreach-key-1 " + String(repeating: "5a", count: 32)
    let environment = ["OUTREACH_KEY_COMMAND": "echo '\(key)'", "HOME": folder]
    _ = try Workspace.create(at: folder + "/w", environment: environment)
    let day = try #require(CivilDate("2026-11-23"))
    let workspace = try Workspace.open(at: folder + "/w", environment: environment, on: day)
    #expect(try workspace.patients.factsAsOf() == nil)
    #expect(throws: OutreachError.self) {
      try Workspace.open(
        at: folder + "/w", environment: ["OUTREACH_KEY_COMMAND": "false", "HOME": folder], on: day)
    }
  }
}
