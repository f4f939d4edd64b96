import Foundation
import Testing

/// `outreach send` and what belongs to it, as people at a terminal use it.
@Suite struct SendCommandTests {
  /// Runs a body with the workspace of a clinic whose patients all get one mail now, and its campaign.
  private static func inClinic(
    patients: Int = 20, providers: String = "", _ body: (Program, String) throws -> Void
  ) throws {
    try Program.inFolder { program in
      let process = Process()
      process.executableURL = URL(filePath: Program.executable + "-bench")
      process.arguments = [
        "mailing", "--patients", "\(patients)", "--providers", providers, program.workspace,
      ]
      process.environment = [
        "PATH": "/usr/bin:/bin", "HOME": program.folder, "OUTREACH_KEY_FILE": program.key,
      ]
      try process.run()
      process.waitUntilExit()
      try #require(process.terminationStatus == 0)
      try body(program, "\(program.workspace)/note.lua")
    }
  }

  private static func object(_ line: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  @Test func `everybody gets the message once, the lines keep the schema, and a preview said so before`()
    throws
  {
    try Self.inClinic { program, campaign in
      let preview = try program.run("preview", "--workspace", program.workspace, "--format", "json", campaign)
      let sent = try program.run("send", "--workspace", program.workspace, "--format", "json", campaign)
      #expect(sent.code == 0, "\(sent.complaints)")
      let schema = try JSONSchema(file: "\(Program.root)/Sources/Outreach/Output/preview.schema.json")
      for line in sent.lines { #expect(try schema.violations(in: line) == [], "\(line)") }
      func decisions(_ lines: [String]) throws -> [[String: String]] {
        try lines.compactMap { line in
          let object = try Self.object(line)
          guard object["verdict"] != nil else { return nil }
          return ["patient", "message", "verdict", "channel", "to", "text"].reduce(into: [:]) {
            $0[$1] = object[$1] as? String
          }
        }
      }
      #expect(try decisions(sent.lines) == decisions(preview.lines))
      let plans = try [preview, sent].map { answer in
        try answer.lines.compactMap { (try Self.object($0)["summary"] as? [String: Any])?["plan"] as? String }
      }
      #expect(plans[0] == plans[1] && plans[0].count == 1)
      let last = try Self.object(sent.lines.last ?? "")
      let totals = try #require(last["sent"] as? [String: Any])
      #expect(totals["accepted"] as? Int == 20)
      let files = try FileManager.default.contentsOfDirectory(atPath: "\(program.workspace)/sent")
      let lines = try files.flatMap { file in
        try String(contentsOfFile: "\(program.workspace)/sent/\(file)", encoding: .utf8).split(
          separator: "\n")
      }
      let recipients = try lines.map { try #require(try Self.object(String($0))["to"] as? String) }
      #expect(Set(recipients) == Set((1...20).map { "t\($0)@example.org" }) && recipients.count == 20)
      let again = try program.run("send", "--workspace", program.workspace, campaign)
      #expect(again.code == 0 && again.output.contains("Sent: 0."))
    }
  }

  @Test func `what is wrong is answered with its code and the next step`() throws {
    try Self.inClinic { program, campaign in
      let here = ["--workspace", program.workspace]
      let wrong: [([String], Int32, String)] = [
        (["send"] + here, 2, "campaign"),
        (["send"] + here + ["--at", "2026-11-23T16:00:00Z", campaign], 2, "outreach preview --at"),
        (["send"] + here + ["--confirm", "abc", campaign], 2, "12 digits"),
        (["send"] + here + ["--confirm", "0123456789ab", campaign], 5, "Nothing was sent"),
        (["send"] + here + [campaign, "--only", "nobody"], 4, "no patient"),
        (["outbox", "resolve"] + here + ["7", "--left"], 4, "#7"),
        (["outbox", "resolve"] + here + ["7"], 2, "--not-left"),
        (["outbox", "list"] + here + ["--state", "acepted"], 2, "accepted"),
        (["resume"] + here + ["note"], 2, "not held back"),
        (["backup"] + here + ["\(program.workspace)/outreach.db"], 2, "outreach.db"),
        (["backup", "restore"] + here + ["\(program.workspace)/note.lua"], 4, "note.lua"),
      ]
      for (arguments, code, says) in wrong {
        let answer = try program.run(arguments)
        #expect(answer.code == code, "\(arguments): \(answer.code) \(answer.complaints)")
        #expect(answer.complaints.contains(says), "\(arguments): \(answer.complaints)")
      }
      let text = try String(contentsOfFile: campaign, encoding: .utf8)
      try text.replacing("A note", with: "Another note").write(
        toFile: campaign, atomically: true, encoding: .utf8)
      let changed = try program.run(["send"] + here + [campaign])
      #expect(changed.code == 3 && changed.complaints.contains("outreach approve"))
      #expect(try program.run(["outbox", "list"] + here).output.hasPrefix("Nothing was ever planned"))
    }
  }

  @Test func `a vendor without an agreement gets nothing, and one without its secret is not asked`() throws {
    let vendor = "portal = { kind = \"webhook\", channels = { \"email\" }, url = \"https://portal.example\""
    try Self.inClinic(providers: "\(vendor) }") { program, campaign in
      let answer = try program.run("send", "--workspace", program.workspace, "--format", "json", campaign)
      #expect(answer.code == 0, "\(answer.complaints)")
      let summary = try answer.lines.compactMap { try Self.object($0)["summary"] as? [String: Any] }.first
      #expect(summary?["suppress"] as? [String: Int] == ["provider_refused": 20])
    }
    let agreement = "agreement = { signed = \"2026-01-05\", expires = \"2099-01-05\" }"
    try Self.inClinic(providers: "\(vendor), \(agreement) }") { program, campaign in
      let answer = try program.run("send", "--workspace", program.workspace, campaign)
      #expect(answer.code == 4)
      #expect(answer.complaints.contains("OUTREACH_PORTAL_SECRET"))
      let secret = "\(program.folder)/secret"
      try "a secret that others can read".write(toFile: secret, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: secret)
      let file = "\(program.workspace)/clinic.lua"
      let text = try String(contentsOfFile: file, encoding: .utf8)
      try text.replacing("url =", with: "secret_file = \"\(secret)\", url =")
        .write(toFile: file, atomically: true, encoding: .utf8)
      let open = try program.run("send", "--workspace", program.workspace, campaign)
      #expect(open.code == 4 && open.complaints.contains("chmod 600"))
      try text.replacing("url =", with: "secret = \"abc\", url =")
        .write(toFile: file, atomically: true, encoding: .utf8)
      let named = try program.run("send", "--workspace", program.workspace, campaign)
      #expect(named.code == 1 && named.complaints.contains("does not belong in clinic.lua"))
    }
  }

  @Test func `a pause holds, a limit is kept, and the outbox tells without a name`() throws {
    try Self.inClinic { program, campaign in
      let here = ["--workspace", program.workspace]
      #expect(try program.run(["pause"] + here + ["note", "--why", "a look first"]).code == 0)
      let held = try program.run(["send"] + here + [campaign])
      #expect(held.output.contains("Sent: 0.") && held.output.contains("a look first"))
      #expect(try program.run(["outbox"] + here).output.hasPrefix("20 planned."))
      #expect(try program.run(["resume"] + here + ["note"]).code == 0)
      #expect(try program.run(["send"] + here + ["--limit", "7", campaign]).output.contains("Sent: 7."))
      let list = try program.run(["outbox", "list"] + here + ["--format", "json", "--state", "accepted"])
      #expect(list.lines.count == 7)
      for line in list.lines {
        let item = try Self.object(line)
        #expect(item["state"] as? String == "accepted" && item["campaign"] as? String == "note")
        #expect((item["patient"] as? String)?.hasPrefix("P-") == true)
      }
      let all = try ["planned", "accepted"].map {
        try program.run(["outbox", "list"] + here + ["--state", $0]).output
      }
      for text in all + list.lines { #expect(!text.contains("@") && !text.contains("Ana")) }
    }
  }

  @Test func `what was sent leaves no name, address or word in the database, and a backup comes back`() throws
  {
    try Self.inClinic { program, campaign in
      let here = ["--workspace", program.workspace]
      #expect(try program.run(["send"] + here + ["--limit", "10", campaign]).code == 0)
      let copy = "\(program.folder)/copy.db"
      #expect(try program.run(["backup"] + here + [copy]).code == 0)
      #expect(try program.run(["send"] + here + [campaign]).output.contains("Sent: 10."))
      for file in ["\(program.workspace)/outreach.db", "\(program.workspace)/outreach.db-wal", copy] {
        guard let bytes = FileManager.default.contents(atPath: file) else { continue }
        for word in ["@example.org", "Hi Ana", "A note", "wellness", "note\u{0}", "refill"] {
          #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word) in \(file)")
        }
      }
      let restored = try program.run(["backup", "restore"] + here + [copy])
      #expect(restored.code == 0 && restored.output.contains("In doubt: 10."), "\(restored.complaints)")
      // The file of what was sent is asked: nobody gets a second one.
      let after = try program.run(["send"] + here + [campaign])
      #expect(after.code == 0 && after.output.contains("Sent: 0."), "\(after.output)\(after.complaints)")
      #expect(try program.run(["outbox"] + here).output.hasPrefix("20 accepted."))
    }
  }
}
