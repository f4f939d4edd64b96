import Foundation
import Testing

/// The consent ledger at the terminal, and what it does to previews.
@Suite struct ConsentCommandTests {
  private static let campaign = "Campaigns/diabetes-adherence.lua"
  private static let monday = "2026-11-23T16:00:00Z"

  /// What a preview says of one patient: the verdict, or the reason.
  static func verdict(_ program: Program, _ patient: String, at: String = monday) throws -> String {
    let answer = try program.run(
      "preview", "--workspace", program.workspace, campaign, "--patient", patient, "--at", at, "--format",
      "json")
    guard answer.code == 0, let line = answer.lines.first,
      let fields = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    else { throw Program.Failed(answer: answer) }
    return fields["reason"] as? String ?? fields["verdict"] as? String ?? "no decision"
  }

  /// The answer without line breaks and indents.
  private static func unwrapped(_ answer: Program.Answer) -> String {
    answer.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func consent(_ program: Program, _ arguments: String...) throws -> Program.Answer {
    try program.run(["consent", arguments[0], "--workspace", program.workspace] + arguments.dropFirst())
  }

  @Test func `a revocation takes effect at once, and only a new grant with evidence ends it`() throws {
    try Program.inClinic { program in
      #expect(try Self.verdict(program, "lfc-001") == "send")
      let revoked = try consent(program, "revoke", "lfc-001", "--on", "2026-11-21", "--how", "phone")
      #expect(revoked.code == 0, "said: \(revoked.complaints)")
      #expect(try Self.verdict(program, "lfc-001") == "consent_revoked")

      let again = try program.run("import", "--workspace", program.workspace, "Examples/clinic")
      #expect(again.code == 0)
      #expect(try Self.verdict(program, "lfc-001") == "consent_revoked")

      let byStaff = try consent(program, "grant", "lfc-001", "--by", "staff", "--evidence", "note 7")
      #expect(byStaff.code == 3)
      let withoutEvidence = try consent(program, "grant", "lfc-001")
      #expect(withoutEvidence.code == 3)
      #expect(withoutEvidence.complaints.contains("'evidence'"))
      #expect(try Self.verdict(program, "lfc-001") == "consent_revoked")

      let granted = try consent(
        program, "grant", "lfc-001", "--on", "2026-11-22", "--purpose", "prescription", "--channel", "sms",
        "--evidence", "scan 2231", "--wording", "form v4", "--wording-language", "es", "--how", "paper")
      #expect(granted.code == 0, "said: \(granted.complaints)")
      #expect(try Self.verdict(program, "lfc-001") == "send")
      let shown = try consent(program, "show", "lfc-001", "--at", Self.monday)
      #expect(shown.output.contains("withdrew from every purpose by every"))
      #expect(shown.output.contains("  prescription by sms: agreed Sun 22 Nov 2026"))
      #expect(Self.unwrapped(shown).contains("sms, on paper, form v4 (es), evidence scan 2231"))
      #expect(!shown.output.contains("Alvarez") && !shown.output.contains("+1"))
    }
  }

  @Test func `a person who was asked and has not confirmed gets nothing`() throws {
    try Program.inClinic { program in
      #expect(try Self.verdict(program, "lfc-041") == "consent_missing")
      _ = try consent(program, "grant", "lfc-041", "--pending", "--on", "2026-11-21", "--how", "web")
      #expect(try Self.verdict(program, "lfc-041") == "consent_missing")
      let shown = try consent(program, "show", "lfc-041", "--at", Self.monday)
      #expect(Self.unwrapped(shown).contains("asked Sat 21 Nov 2026, not confirmed yet"))
      _ = try consent(
        program, "grant", "lfc-041", "--on", "2026-11-22", "--how", "reply", "--evidence", "reply 1")
      #expect(try Self.verdict(program, "lfc-041") == "send")
    }
  }

  @Test func `a ledger goes out as FHIR and comes in again`() throws {
    try Program.inClinic { program in
      _ = try consent(program, "revoke", "lfc-001", "--on", "2026-11-21", "--purpose", "wellness")
      let exported = try consent(program, "show", "lfc-001", "--format", "fhir")
      #expect(exported.code == 0)
      let bundle = try JSONSerialization.jsonObject(with: Data(exported.output.utf8)) as? [String: Any]
      #expect(bundle?["resourceType"] as? String == "Bundle")
      let entries = bundle?["entry"] as? [[String: Any]] ?? []
      #expect(entries.count >= 2)
      #expect(
        entries.allSatisfy { ($0["resource"] as? [String: Any])?["resourceType"] as? String == "Consent" })
    }
  }

  @Test func `a file of words is taken as a whole or not at all`() throws {
    try Program.inClinic { program in
      let file = program.folder + "/words.csv"
      func write(_ rows: String...) throws {
        let header = "patient,decision,purpose,channel,on,by,evidence\n"
        try (header + rows.joined(separator: "\n") + "\n").write(
          toFile: file, atomically: true, encoding: .utf8)
      }
      try write(
        "lfc-041,granted,prescription,sms,2026-11-20,patient,scan 9",
        "lfc-047,grantd,prescription,sms,2026-11-20,,",
        "nobody,revoked,all,all,2026-11-20,patient,", "lfc-046,granted,billing,sms,2030-01-01,,")
      let refused = try program.run("consent", "import", "--workspace", program.workspace, file)
      #expect(refused.code == 4)
      #expect(refused.complaints.contains("\(file):3: error value: the cell of 'decision' is none of"))
      #expect(refused.complaints.contains("did you mean 'granted'"))
      #expect(refused.complaints.contains("\(file):4: error name: the registry has no patient"))
      #expect(refused.complaints.contains("\(file):5: error value: the date of 'on' is still to come"))
      #expect(refused.complaints.contains("\(file):5: error value: a grant needs the cell of 'by'"))
      #expect(!refused.complaints.contains("nobody"))
      #expect(try Self.verdict(program, "lfc-041") == "consent_missing")

      try write(
        "lfc-041,granted,prescription,sms,2026-11-20,patient,scan 9",
        "lfc-001,revoked,all,all,2026-11-20,patient,")
      let taken = try program.run("consent", "import", "--workspace", program.workspace, file)
      #expect(taken.output == "recorded 2 words of 2 patients\n")
      #expect(try Self.verdict(program, "lfc-041") == "send")
      #expect(try Self.verdict(program, "lfc-001") == "consent_revoked")
      let twice = try program.run("consent", "import", "--workspace", program.workspace, file)
      #expect(twice.output == "recorded 0 words of 0 patients\n")
    }
  }

  @Test func `wrong words are refused with what would be right`() throws {
    try Program.inClinic { program in
      let purpose = try consent(program, "grant", "lfc-001", "--purpose", "prescripton")
      #expect(purpose.code == 2)
      #expect(purpose.complaints.contains("did you mean 'prescription'"))
      let future = try consent(program, "revoke", "lfc-001", "--on", "2099-01-01")
      #expect(future.code == 2)
      let ends = try consent(program, "grant", "lfc-001", "--on", "2026-11-20", "--until", "2026-11-19")
      #expect(ends.code == 2)
      let nobody = try consent(program, "revoke", "P-ZZZZ")
      #expect(nobody.code == 4)
    }
  }

  @Test func `nobody slips past a refusal by mistyping who speaks or leaving the evidence blank`() throws {
    try Program.inClinic { program in
      _ = try consent(program, "revoke", "lfc-001", "--on", "2026-11-20 10:00", "--how", "reply", "--bare")
      for by in ["Staf", "nurse", "office"] {
        let answer = try consent(program, "grant", "lfc-001", "--by", by, "--evidence", "x")
        #expect(answer.code == 2, "by \(by)")
        #expect(answer.complaints.contains("patient, staff, parent, guardian, agent"))
      }
      let staff = try consent(program, "grant", "lfc-001", "--by", "Staff", "--evidence", "x")
      #expect(staff.code == 3)
      for blank in ["", "  ", "\t"] {
        let answer = try consent(program, "grant", "lfc-001", "--evidence", blank)
        #expect(answer.code == 3)
      }
      #expect(try Self.verdict(program, "lfc-001") == "consent_revoked")
    }
  }

  @Test func `of the words of one day the refusal is the last`() throws {
    try Program.inClinic { program in
      _ = try consent(program, "grant", "lfc-001", "--on", "2026-11-20 10:00", "--evidence", "scan 1")
      #expect(try Self.verdict(program, "lfc-001") == "send")
      _ = try consent(program, "revoke", "lfc-001", "--on", "2026-11-20")
      #expect(try Self.verdict(program, "lfc-001") == "consent_revoked")
    }
  }

  @Test func `a look at another day does not make a policy the last good one`() throws {
    try Program.inClinic { program in
      let path = "\(program.workspace)/policy.lua"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let later = text.replacing("{ limit = ", with: "{ from_date = \"2031-01-01\", limit = ")
      #expect(later != text)
      try later.write(toFile: path, atomically: true, encoding: .utf8)
      _ = try program.run("policy", "show", "--workspace", program.workspace, "--at", "2031-01-02")
      #expect(try Self.verdict(program, "lfc-033") == "frequency_cap")
    }
  }
}
