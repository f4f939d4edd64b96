import Foundation
import Testing

/// What went wrong, and whose turn it is, as exit codes tell it.
@Suite struct ExitCodeTests {
  @Test(arguments: [
    (["preview", "x.lua"], 2, "there is no workspace in"),
    (["preview"], 2, "campaigns"),
    (["nonsense"], 2, "nonsense"),
    (["import", "--workspace", "/nowhere", "x"], 2, "outreach init"),
    (["--help"], 0, ""),
    (["preview", "--reason", "quiet_huors", "x.lua"], 2, "did you mean 'quiet_hours'"),
  ])
  func `usage is 2, help is 0`(arguments: [String], code: Int32, says: String) throws {
    try Program.inFolder { program in
      let answer = try program.run(arguments, environment: ["OUTREACH_WORKSPACE": program.folder])
      #expect(answer.code == code)
      #expect(says.isEmpty || answer.complaints.contains(says), "said: \(answer.complaints)")
    }
  }

  @Test func `a campaign with faults is 1 and names file and line`() throws {
    try Program.inClinic { program in
      let file = program.folder + "/broken.lua"
      try "return campaign {\n  id = \"broken\",\n  purpos = \"prescription\",\n}\n"
        .write(toFile: file, atomically: true, encoding: .utf8)
      let checked = try program.run("check", "--workspace", program.workspace, file)
      #expect(checked.code == 1)
      #expect(checked.output.contains("\(file):3"))
      #expect(checked.output.contains("did you mean 'purpose'"))
      let previewed = try program.run("preview", "--workspace", program.workspace, file)
      #expect(previewed.code == 1)
    }
  }

  @Test func `the shipped campaigns have no faults`() throws {
    try Program.inClinic { program in
      let checked = try program.run(["check", "--workspace", program.workspace] + PreviewTests.campaigns)
      #expect(checked.code == 0)
      #expect(checked.output.split(separator: "\n").allSatisfy { $0.hasSuffix("nothing to say") })
    }
  }

  @Test func `a missing file and a bad line are 4`() throws {
    try Program.inClinic { program in
      let missing = try program.run("import", "--workspace", program.workspace, "/nowhere/at/all.ndjson")
      #expect(missing.code == 4)
      #expect(missing.complaints.contains("/nowhere/at/all.ndjson"))
      let file = program.folder + "/half.ndjson"
      try #"{"resourceType":"Patient","id":"secret-"#.write(toFile: file, atomically: true, encoding: .utf8)
      let half = try program.run("import", "--workspace", program.workspace, file)
      #expect(half.code == 4)
      #expect(half.complaints.contains("\(file):1"))
      #expect(!half.complaints.contains("secret-"))
    }
  }

  @Test func `another key is refused and nothing is shown`() throws {
    try Program.inClinic { program in
      let other = program.folder + "/other.key"
      _ = try program.run("init", program.folder + "/elsewhere", environment: ["OUTREACH_KEY_FILE": other])
      let answer = try program.run(
        ["patient", "show", "--workspace", program.workspace, "lfc-001"],
        environment: ["OUTREACH_KEY_FILE": other])
      #expect(answer.code == 4)
      #expect(answer.output == "")
      #expect(answer.complaints.contains("key"))
      try FileManager.default.removeItem(atPath: other)
      let gone = try program.run(
        ["patient", "show", "--workspace", program.workspace, "lfc-001"],
        environment: ["OUTREACH_KEY_FILE": other])
      #expect(gone.code == 4)
      #expect(gone.complaints.contains(other))
    }
  }

  @Test func `init makes a workspace once, with the key outside it and closed to others`() throws {
    try Program.inFolder { program in
      let made = try program.run("init", program.workspace)
      #expect(made.code == 0)
      let names = try FileManager.default.contentsOfDirectory(atPath: program.workspace)
      #expect(names.contains("clinic.lua") && names.contains("outreach.db"))
      #expect(!names.contains { $0.hasSuffix(".key") || $0.hasSuffix(".keys") })
      let mode = try FileManager.default.attributesOfItem(atPath: program.key)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      let again = try program.run("init", program.workspace)
      #expect(again.code == 2)
    }
  }

  @Test func `two campaigns of one id are refused, and the place is named`() throws {
    try Program.inClinic { program in
      let file = program.folder + "/copy.lua"
      try FileManager.default.copyItem(
        atPath: "\(Program.root)/Campaigns/diabetes-adherence.lua", toPath: file)
      for verb in ["preview", "check"] {
        let answer = try program.run(
          verb, "--workspace", program.workspace, "Campaigns/diabetes-adherence.lua", file)
        #expect(answer.code == 1)
        #expect((answer.output + answer.complaints).contains("is also that of"))
      }
    }
  }

  @Test func `an answer that cannot be written is no success`() throws {
    try Program.inClinic { program in
      let shell = Process()
      shell.executableURL = URL(filePath: "/bin/sh")
      shell.arguments = [
        "-c", "\(Program.executable) patient show --workspace \(program.workspace) lfc-001 >/dev/full",
      ]
      shell.environment = ["OUTREACH_KEY_FILE": program.key]
      shell.standardError = FileHandle.nullDevice
      try shell.run()
      shell.waitUntilExit()
      #expect(shell.terminationStatus == 75)
    }
  }

  @Test func `a rule that has ended on the day in question is named, and the last good policy stands in`()
    throws
  {
    try Program.inClinic { program in
      let path = "\(program.workspace)/policy.lua"
      let text = try String(contentsOfFile: path, encoding: .utf8)
        .replacing(
          "fresh_for = \"540 days\",", with: "fresh_for = \"540 days\", until_date = \"2026-11-23\",")
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      func preview(_ at: String) throws -> Program.Answer {
        try program.run(
          "preview", "--workspace", program.workspace, "Campaigns/diabetes-adherence.lua", "--at", at)
      }
      let inForce = try preview("2026-11-23 10:00")
      #expect(inForce.code == 0 && inForce.complaints == "")
      #expect(inForce.output.contains("Goes out now"))
      let over = try preview("2026-11-24 10:00")
      #expect(over.code == 0)
      #expect(over.complaints.contains("\(path):"))
      #expect(over.complaints.contains("stays in force"))
      #expect(over.output.contains("Goes out now"))
    }
  }

  @Test func `a clinic in a zone that does not exist is named with its place`() throws {
    try Program.inClinic { program in
      let path = "\(program.workspace)/clinic.lua"
      let text = try String(contentsOfFile: path, encoding: .utf8).replacing(
        "America/Chicago", with: "America/Chigaco")
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let answer = try program.run("check", "--workspace", program.workspace)
      #expect(answer.code == 1)
      #expect(answer.complaints.contains("clinic.lua:6"))
    }
  }

  @Test func `a mistake of a script is told to its author in words`() throws {
    try Program.inClinic { program in
      let file = program.folder + "/mistake.lua"
      try """
      return campaign {
        id = "mistake", title = "T", owner = "O", purpose = "wellness", channels = { "sms" },
        messages = { hello = { en = "{$clinic.name} {$clinic.phone} {$opt_out}" } },
        decide = function(patient) return send("hello", { due = after(now, "1 fortnight") }) end,
      }
      """.write(toFile: file, atomically: true, encoding: .utf8)
      let answer = try program.run(
        ["explain", "--workspace", program.workspace, "lfc-001"] + PreviewTests.at + ["--campaign", file])
      #expect(answer.code == 0)
      #expect(answer.output.contains("mistake.lua:4"))
      #expect(answer.output.contains("fortnight"))
    }
  }

  @Test(arguments: ["clinic", "policy", "valuesets"])
  func `settings that are checked as a campaign are told from one`(name: String) throws {
    try Program.inClinic { program in
      let answer = try program.run(
        "check", "--workspace", program.workspace, "\(program.workspace)/\(name).lua")
      #expect(answer.code == 1)
      #expect(answer.output.contains("is a workspace's settings and no campaign"))
    }
  }
}
