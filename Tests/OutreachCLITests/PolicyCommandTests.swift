import Foundation
import Testing

/// The policy at the terminal.
@Suite struct PolicyCommandTests {
  @Test func `the policy in force is shown in words with its sources, and changes with the date`() throws {
    try Program.inClinic { program in
      func show(_ at: String) throws -> String {
        let answer = try program.run("policy", "show", "--workspace", program.workspace, "--at", at)
        guard answer.code == 0 else { throw Program.Failed(answer: answer) }
        return answer.output
      }
      let now = try show("2026-11-23")
      #expect(now.hasPrefix("us-primary-care, in force on Mon 23 Nov 2026\n"))
      for words in ["Texas", "Mississippi", "47 CFR 64.1200(a)(9)(iv)(F)", "2026-11-22"] {
        #expect(now.contains(words), "lacks \(words)")
      }
      #expect(now.split(separator: "\n").allSatisfy { $0.count <= 80 })
      #expect(try show("2027-02-01") != now.replacing("Mon 23 Nov 2026", with: "Mon 1 Feb 2027"))
    }
  }

  @Test func `a policy with a fault is named by place, and the one before it stays in force`() throws {
    try Program.inClinic { program in
      let path = "\(program.workspace)/policy.lua"
      let good = try String(contentsOfFile: path, encoding: .utf8)
      #expect(try ConsentCommandTests.verdict(program, "lfc-001") == "send")
      try good.replacing("quiet_hours =", with: "quite_hours =").write(
        toFile: path, atomically: true, encoding: .utf8)
      let checked = try program.run("check", "--workspace", program.workspace)
      #expect(checked.code == 1)
      #expect(checked.complaints.contains("\(path):"))
      #expect(checked.complaints.contains("did you mean 'quiet_hours'"))
      #expect(checked.complaints.contains("stays in force"))
      #expect(try ConsentCommandTests.verdict(program, "lfc-001") == "send")
    }
  }
}
