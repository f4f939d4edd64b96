import Foundation
import Testing

/// What is known about numbers and what patients wish, at the terminal.
@Suite struct ContactCommandTests {
  private func contact(_ program: Program, _ arguments: String...) throws -> Program.Answer {
    try program.run(["contact", arguments[0], "--workspace", program.workspace] + arguments.dropFirst())
  }

  /// The last four digits of the only number of a patient, as `contact show` shows it.
  private func lastFour(_ program: Program, _ patient: String) throws -> String {
    let shown = try contact(program, "show", patient)
    guard let line = shown.lines.first(where: { $0.hasPrefix("•••") }) else {
      throw Program.Failed(answer: shown)
    }
    return String(line.dropFirst(3).prefix(4))
  }

  @Test func `a wrong number is out of use for everybody who has it, until somebody makes sure`() throws {
    try Program.inClinic { program in
      let number = try lastFour(program, "lfc-001")
      #expect(try ConsentCommandTests.verdict(program, "lfc-001") == "send")
      let asked = try contact(program, "verify", "lfc-001", "--number", number, "--on", "2026-11-20")
      #expect(asked.code == 0, "said: \(asked.complaints)")
      #expect(asked.output.contains("¿Es este el número correcto"))
      #expect(!asked.output.contains("María"))
      #expect(try ConsentCommandTests.verdict(program, "lfc-001") == "send")
      let wrong = try contact(
        program, "verify", "lfc-001", "--number", number, "--answer", "wrong", "--on", "2026-11-20 12:00")
      #expect(wrong.output.contains("suspended"))
      #expect(
        try ConsentCommandTests.verdict(program, "lfc-001", at: "2026-11-23T16:00:00Z") == "contact_invalid")
      let bare = try contact(program, "reinstate", "lfc-001", "--number", number)
      #expect(bare.code == 2)
      _ = try contact(
        program, "reinstate", "lfc-001", "--number", number, "--evidence", "called back", "--on", "2026-11-21"
      )
      let shown = try contact(program, "show", "lfc-001", "--at", "2026-11-23T16:00:00Z")
      for words in ["Asked whether", "wrong number", "Put back into use"] {
        #expect(shown.output.contains(words))
      }
      #expect(!shown.output.contains("suspended"))
    }
  }

  @Test func `answers on reassigned numbers are taken as a whole or not at all`() throws {
    try Program.inClinic { program in
      let revealed = try program.run(
        "patient", "show", "--workspace", program.workspace, "lfc-001", "--reveal")
      let number = try #require(revealed.output.firstMatch(of: /\+1\d{10}/)).output
      let file = program.folder + "/answers.csv"
      try "number,date,answer\n\(number),2026-01-03,yess\n".write(
        toFile: file, atomically: true, encoding: .utf8)
      let refused = try contact(program, "import-rnd", file)
      #expect(refused.code == 4)
      #expect(refused.complaints.contains("\(file):2"))
      #expect(!refused.complaints.contains(number))
      try "number,date,answer,queried_on\n\(number),2026-01-03,yes,2026-11-20\n"
        .write(toFile: file, atomically: true, encoding: .utf8)
      let taken = try contact(program, "import-rnd", file)
      #expect(taken.output == "recorded: 1 yes, 0 no, 0 no data\n")
      #expect(try ConsentCommandTests.verdict(program, "lfc-001") == "contact_stale")
      let shown = try contact(program, "show", "lfc-001", "--at", "2026-11-23T16:00:00Z")
      #expect(shown.output.contains("reassigned, as of"))
    }
  }

  @Test func `a number out of use comes back only with evidence`() throws {
    try Program.inClinic { program in
      let number = try lastFour(program, "lfc-001")
      let suspended = try contact(program, "suspend", "lfc-001", "--number", number, "--on", "2026-11-20")
      #expect(suspended.output.contains("It is now suspended"))
      let bare = try contact(program, "verify", "lfc-001", "--number", number, "--answer", "yes")
      #expect(bare.code == 3)
      #expect(bare.complaints.contains("--evidence"))
      #expect(try ConsentCommandTests.verdict(program, "lfc-001") == "contact_invalid")
      let shown = try contact(
        program, "verify", "lfc-001", "--number", number, "--answer", "yes", "--evidence", "note 3", "--on",
        "2026-11-21")
      #expect(shown.output.contains("It is now verified"))
      #expect(try ConsentCommandTests.verdict(program, "lfc-001") == "send")
    }
  }

  @Test func `a number that the patient does not have is an error`() throws {
    try Program.inClinic { program in
      let answer = try contact(program, "suspend", "lfc-001", "--number", "9999")
      #expect(answer.code == 4)
      #expect(answer.complaints.contains("no such number"))
    }
  }

  @Test func `what a patient wishes narrows what goes out`() throws {
    try Program.inClinic { program in
      func set(_ arguments: String...) throws -> Program.Answer {
        try program.run(["preference", "set", "--workspace", program.workspace, "lfc-001"] + arguments)
      }
      #expect(
        try program.run("preference", "show", "--workspace", program.workspace, "lfc-001").output
          .contains("no wishes"))
      #expect(try set("--window", "11:00-18:00").code == 0)
      #expect(try ConsentCommandTests.verdict(program, "lfc-001") == "quiet_hours")
      #expect(try set("--window", "none", "--rest", "mon").code == 0)
      #expect(try ConsentCommandTests.verdict(program, "lfc-001") == "quiet_hours")
      #expect(try set("--rest", "none", "--refused-purposes", "prescription").code == 0)
      #expect(try ConsentCommandTests.verdict(program, "lfc-001") == "consent_revoked")
      #expect(try set("--refused-purposes", "none", "--channels", "sms", "--disclosure", "sealed").code == 0)
      #expect(try ConsentCommandTests.verdict(program, "lfc-001") == "send")
      let sealed = try program.run(
        "preview", "--workspace", program.workspace, "Campaigns/diabetes-adherence.lua", "--at",
        "2026-11-23T16:00:00Z",
        "--patient", "lfc-001")
      #expect(sealed.output.contains("nuestra oficina") && !sealed.output.contains("es Lakeside"))
      #expect(
        try set("--disclosure", "none", "--channels", "none", "--weekly", "1", "--language", "en").code == 0)
      #expect(try ConsentCommandTests.verdict(program, "lfc-001") == "send")
      let shown = try program.run("preference", "show", "--workspace", program.workspace, "lfc-001")
      #expect(shown.output.contains("At most 1 in seven days.") && shown.output.contains("Language: en."))
      let wrong = try set("--channels", "sms,fax")
      #expect(wrong.code == 2)
      #expect(wrong.complaints.contains("there is no 'fax'"))
      for faulty in [
        ["--window", "9-5"], ["--weekly", "0"], ["--disclosure", "all"], ["--language", "español"],
      ] {
        #expect(
          try program.run(["preference", "set", "--workspace", program.workspace, "lfc-001"] + faulty).code
            == 2)
      }
    }
  }
}
