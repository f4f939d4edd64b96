import Foundation
import Testing

/// `outreach import` as a person or a scheduler sees it.
@Suite struct ImportTests {
  private static func patient(_ id: String, _ more: String = "") -> String {
    #"{"resourceType":"Patient","id":"\#(id)","active":true,"name":[{"given":["Ana"]}]\#(more)}"#
  }

  @Test func `importing the same data again changes nothing and says so`() throws {
    try Program.inClinic { program in
      let again = try program.run("import", "--workspace", program.workspace, "Examples/clinic")
      #expect(again.code == 0)
      #expect(again.lines.last == "nothing changed")
    }
  }

  @Test func `a bad line is skipped and named, and the good ones are there`() throws {
    try Program.inClinic { program in
      let file = program.folder + "/mixed.ndjson"
      let lines = [Self.patient("good-1"), #"{"resourceType":"Patient","id":"#, Self.patient("good-2")]
      try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
      let answer = try program.run("import", "--workspace", program.workspace, file)
      #expect(answer.code == 4)
      #expect(answer.complaints.contains("\(file):2"))
      #expect(answer.output.contains("patients: 2 new"))
    }
  }

  @Test func `a file that cannot be read leaves the registry as it was`() throws {
    try Program.inClinic { program in
      let good = program.folder + "/a.ndjson"
      try Self.patient("good-1").write(toFile: good, atomically: true, encoding: .utf8)
      let answer = try program.run(
        "import", "--workspace", program.workspace, good, program.folder + "/missing.ndjson")
      #expect(answer.code == 4)
      let shown = try program.run("patient", "show", "--workspace", program.workspace, "good-1")
      #expect(shown.code == 4)
    }
  }

  @Test func `data that says it is from the future is refused`() throws {
    try Program.inClinic { program in
      let file = program.folder + "/future.json"
      try
        #"{"resourceType":"Bundle","type":"collection","timestamp":"2099-01-01T00:00:00Z","entry":[{"resource":\#(Self.patient("later"))}]}"#
        .write(toFile: file, atomically: true, encoding: .utf8)
      let answer = try program.run("import", "--workspace", program.workspace, file)
      #expect(answer.code == 4)
      #expect(answer.complaints.contains("--as-of"))
      let shown = try program.run("patient", "show", "--workspace", program.workspace, "later")
      #expect(shown.code == 4)
    }
  }

  @Test func `a table with a header is imported, and an unknown column is named with the one that was meant`()
    throws
  {
    try Program.inClinic { program in
      let file = program.folder + "/patients.csv"
      try "patient_id,birth_daet\n1,1960-01-01\n".write(toFile: file, atomically: true, encoding: .utf8)
      let wrong = try program.run("import", "--workspace", program.workspace, file)
      #expect(wrong.code == 4)
      #expect(wrong.complaints.contains("did you mean 'birth_date'"))
      try "patient_id,birth_date\ncsv-1,1960-01-01\n".write(toFile: file, atomically: true, encoding: .utf8)
      let right = try program.run("import", "--workspace", program.workspace, file)
      #expect(right.code == 0)
      #expect(right.output.contains("patients: 1 new"))
    }
  }

  @Test func `a small or broken import does not make old facts fresh`() throws {
    try Program.inFolder { program in
      let workspace = program.workspace
      let made = try program.run("init", workspace)
      #expect(made.code == 0)
      let first = try program.run(
        "import", "--workspace", workspace, "--as-of", "2026-11-10T00:00:00Z", "Examples/clinic")
      #expect(first.code == 0)
      func asOf() throws -> String {
        let answer = try program.run(
          ["explain", "--workspace", workspace, "lfc-001"] + PreviewTests.at
            + ["--campaign", "Campaigns/diabetes-adherence.lua"])
        return answer.lines.first { $0.contains(" facts ") } ?? answer.complaints
      }
      let before = try asOf()
      #expect(before.hasPrefix("  no    facts"))
      let empty = program.folder + "/empty.ndjson"
      try "".write(toFile: empty, atomically: true, encoding: .utf8)
      _ = try program.run("import", "--workspace", workspace, empty)
      let one = program.folder + "/one.ndjson"
      try Self.patient("one-more").write(toFile: one, atomically: true, encoding: .utf8)
      let small = try program.run("import", "--workspace", workspace, one)
      #expect(small.code == 0)
      let after = try asOf()
      #expect(after == before)
      let whole = try program.run("import", "--workspace", workspace, "Examples/clinic")
      #expect(whole.code == 0)
      let fresh = try asOf()
      #expect(fresh.hasPrefix("  yes   facts"))
    }
  }

  @Test func `what was read and left out is counted with its reason`() throws {
    try Program.inFolder { program in
      _ = try program.run("init", program.workspace)
      let answer = try program.run("import", "--workspace", program.workspace, "Examples/clinic")
      #expect(answer.output.contains("left out: 2 Consent (is not active)"))
    }
  }
}
