import Foundation
import Testing

/// What `outreach check` says of campaigns, and who stands behind them.
@Suite struct CheckCommandTests {
  private static func campaign(_ text: String, extra: String = "", id: String = "trial") -> String {
    """
    return campaign {
      id = "\(id)", title = "Trial", owner = "Team", purpose = "prescription", channels = { "sms" }, \(extra)
      messages = {
        note = { en = "\(text)" },
      },
      decide = function(patient) return send("note") end,
    }
    """
  }

  private static let good = "Hi {$patient.first_name}, it's {$clinic.name}: {$clinic.phone}. {$opt_out}"

  private static func write(_ source: String, _ program: Program, _ name: String = "trial.lua") throws
    -> String
  {
    let path = "\(program.folder)/\(name)"
    try source.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test func `a finding has its place, its rule, its line and a mark`() throws {
    try Program.inClinic { program in
      let path = try Self.write(Self.campaign("Your insulin is here. " + Self.good), program)
      let answer = try program.run("check", "--workspace", program.workspace, path)
      #expect(answer.code == 1)
      let lines = answer.lines
      #expect(
        lines.first?.hasPrefix("\(path):4:25: error reveals-medication: 'insulin' tells of a medicine")
          == true)
      #expect(lines.count == 3)
      let mark = try #require(lines.last?.firstIndex(of: "^"))
      let column = lines[2].distance(from: lines[2].startIndex, to: mark)
      #expect(lines[1].dropFirst(column).hasPrefix("insulin"))
      #expect(lines[2].dropFirst(column) == "^~~~~~~")
    }
  }

  @Test func `findings are JSON for programs`() throws {
    try Program.inClinic { program in
      let path = try Self.write(Self.campaign("Your insulin is here. " + Self.good), program)
      let answer = try program.run("check", "--workspace", program.workspace, "--format", "json", path)
      #expect(answer.code == 1)
      let objects = try answer.lines.map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      }
      #expect(objects.count == 2)
      #expect(objects[0]["rule"] as? String == "reveals-medication")
      #expect(objects[0]["line"] as? Int == 4)
      #expect(objects[0]["length"] as? Int == 7)
      #expect((objects[1]["summary"] as? [String: Int]) == ["errors": 1, "warnings": 0])
    }
  }

  @Test func `a rule says why it is there, without a workspace`() throws {
    try Program.inClinic { program in
      let one = try program.run("check", "--explain", "reveals-medication")
      #expect(one.code == 0 && one.output.contains("HHS OCR FAQ 198") && one.output.contains("Two people"))
      let all = try program.run("check", "--explain", "all")
      #expect(all.output.contains("identifier") && all.lines.allSatisfy { $0.count <= 80 })
      let unknown = try program.run("check", "--explain", "reveals-medicine")
      #expect(unknown.code == 2)
    }
  }

  @Test func `an approval binds to a campaign as it stands, and any change voids it`() throws {
    try Program.inClinic { program in
      func preview(_ path: String) throws -> String {
        try program.run(
          "preview", "--workspace", program.workspace, path, "--at", "2026-11-23T16:00:00Z", "--limit", "0"
        ).output
      }
      let path = try Self.write(Self.campaign(Self.good), program)
      #expect(try preview(path).contains("Not approved yet"))
      let approved = try program.run("approve", "--workspace", program.workspace, "--by", "Dr. Ruiz", path)
      #expect(approved.code == 0)
      #expect(
        approved.output.contains(Self.good.prefix(40)) && approved.output.contains("Approved by Dr. Ruiz"))
      #expect(try preview(path).contains("Approved by Dr. Ruiz"))
      _ = try Self.write(Self.campaign("Hello. " + Self.good), program)
      #expect(try preview(path).contains("the message note changed"))
      let json = try program.run(
        "preview", "--workspace", program.workspace, path, "--at", "2026-11-23T16:00:00Z", "--limit", "0",
        "--format", "json")
      #expect(json.output.contains("\"approved\":false"))
    }
  }

  @Test func `nobody approves what does not load`() throws {
    try Program.inClinic { program in
      let path = try Self.write(Self.campaign("Your insulin. " + Self.good), program)
      #expect(try program.run("approve", "--workspace", program.workspace, path).code == 1)
    }
  }

  @Test func `a word is asked for by one and not confirmed by the same`() throws {
    try Program.inClinic { program in
      let path = try Self.write(Self.campaign("Your insulin is here. " + Self.good), program)
      func run(_ arguments: String...) throws -> Program.Answer {
        try program.run(["override", arguments[0], "--workspace", program.workspace] + arguments.dropFirst())
      }
      let asked = try run(
        "request", path, "--word", "insulin", "--reason", "our patients ask for it", "--by", "Ann")
      #expect(asked.code == 0 && asked.output.contains("number 1"))
      let same = try run("confirm", "1", "--by", "Bo")
      #expect(same.code == 3 && same.complaints.contains("second person"))
      #expect(try run("list").output.contains("'insulin' (reveals-medication)"))
      #expect(try run("request", path, "--word", "ins", "--reason", "our patients ask for it").code == 4)
      #expect(
        try run("request", path, "--word", "insulin", "--reason", "our patients ask for it", "--days", "91")
          .code == 3)
      #expect(try run("withdraw", "1").code == 0)
      #expect(try run("withdraw", "1").code == 3)
      #expect(try run("confirm", "7").code == 4)
    }
  }

  @Test func `a restricted programme says only what every programme says`() throws {
    try Program.inClinic { program in
      let own = try Self.write(
        Self.campaign(
          "Please call {$clinic.name} at {$clinic.phone}. {$opt_out}", extra: "programme = \"mental_health\","
        ),
        program)
      let answer = try program.run("check", "--workspace", program.workspace, own)
      #expect(answer.code == 1 && answer.output.contains("error cover: only this campaign says"))
      let shared = try Self.write(
        Self.campaign("{$neutral} {$opt_out}", extra: "programme = \"mental_health\","), program, "shared.lua"
      )
      let fine = try program.run("check", "--workspace", program.workspace, shared)
      #expect(fine.code == 0, "\(fine.output)")
    }
  }
}
