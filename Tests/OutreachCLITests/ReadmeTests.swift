import Foundation
import Testing

/// The README says what is true: its commands run, its targets exist, and what it shows is printed.
@Suite struct ReadmeTests {
  /// The fenced blocks of a language.
  private static func blocks(_ language: String) throws -> [[String]] {
    let text = try String(contentsOfFile: "\(Program.root)/README.md", encoding: .utf8)
    var blocks: [[String]] = []
    var current: [String]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line == "```\(language)" {
        current = []
      } else if line == "```", let block = current {
        blocks.append(block)
        current = nil
      } else if current != nil {
        current?.append(line)
      }
    }
    return blocks
  }

  @Test func `the excerpt is what the demo prints, line by line and in order`() throws {
    let excerpt = try #require(try Self.blocks("text").first).filter { !$0.isEmpty }
    let printed = try String(
      contentsOfFile: "\(Program.root)/Tests/OutreachCLITests/Snapshots/preview-diabetes-adherence.txt",
      encoding: .utf8)
    #expect(Self.missing(excerpt, from: printed) == [])
    #expect(excerpt.count > 8)
  }

  @Test func `the commands run and print what is shown`() throws {
    try Program.inFolder { program in
      for name in ["Campaigns", "Examples"] {
        try FileManager.default.createSymbolicLink(
          atPath: "\(program.folder)/\(name)", withDestinationPath: "\(Program.root)/\(name)")
      }
      var ran = 0
      for block in try Self.blocks("console") {
        var rest = block[...]
        while let line = rest.popFirst() {
          let command = try #require(line.hasPrefix("$ ") ? String(line.dropFirst(2)) : nil)
          let shown = Array(rest.prefix { !$0.hasPrefix("$ ") })
          rest = rest.dropFirst(shown.count)
          if command.hasPrefix("make ") {
            let makefile = try String(contentsOfFile: "\(Program.root)/Makefile", encoding: .utf8)
            #expect(makefile.contains("\n\(command.dropFirst(5)):"), "no target for '\(command)'")
            continue
          }
          let words = command.split(separator: " ").map(String.init)
          #expect(words.first == "outreach")
          let answer = try program.run(Array(words.dropFirst()), in: program.folder)
          #expect(answer.code == 0, "\(command): \(answer.complaints)")
          #expect(Self.missing(shown, from: answer.output) == [], "after '\(command)'")
          ran += 1
        }
      }
      #expect(ran >= 7)
    }
  }

  @Test func `every target that the README names exists`() throws {
    let text = try String(contentsOfFile: "\(Program.root)/README.md", encoding: .utf8)
    let makefile = try String(contentsOfFile: "\(Program.root)/Makefile", encoding: .utf8)
    let targets = Set(text.matches(of: /`make ([a-z-]+)`/).map { String($0.1) })
    #expect(targets.count >= 6)
    for target in targets { #expect(makefile.contains("\n\(target):"), "no target '\(target)'") }
  }

  /// The lines that do not occur, in this order, at the beginning of some line of a text.
  private static func missing(_ lines: [String], from text: String) -> [String] {
    var rest = text.split(separator: "\n").map(String.init)[...]
    return lines.filter { line in
      guard let index = rest.firstIndex(where: { $0.hasPrefix(line) }) else { return true }
      rest = rest[rest.index(after: index)...]
      return false
    }
  }
}
