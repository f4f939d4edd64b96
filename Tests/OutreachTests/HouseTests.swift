import Foundation
import Testing

/// The house is as it was agreed: who may import whom.
@Suite struct HouseTests {
  /// What each target may import of the package and its dependencies.
  static let allowed: [String: Set<String>] = [
    "Lua": ["CLua"],
    "OutreachCore": [],
    "OutreachScripting": ["OutreachCore", "Lua"],
    "OutreachImport": ["OutreachCore", "CPhoneNumber"],
    "OutreachStore": ["OutreachCore", "CSeal", "GRDB", "GRDBSQLite"],
    "Outreach": [
      "OutreachCore", "OutreachScripting", "OutreachImport", "OutreachStore", "OutreachDelivery", "CLexicon",
    ],
    "OutreachDelivery": ["OutreachCore", "CCurl", "CSeal"],
    "OutreachTesting": ["Outreach"],
    "OutreachCLI": ["Outreach", "ArgumentParser"],
  ]

  /// What of the toolchain every target may import; the core has no input and output, so it has less.
  static let toolchain: Set = ["FoundationEssentials", "Glibc", "Synchronization"]

  @Test(arguments: allowed.keys.sorted())
  func `a target imports only what the table allows`(target: String) throws {
    let permitted = try #require(Self.allowed[target]).union(
      target == "OutreachCore" ? ["Synchronization"] : Self.toolchain)
    var files = 0
    for file in try Self.swiftFiles(of: target) {
      files += 1
      for module in Self.imports(of: try String(contentsOfFile: file, encoding: .utf8)) {
        #expect(permitted.contains(module), "\(file) imports \(module)")
      }
    }
    #expect(files > 0)
  }

  @Test func `nothing in the core or the scripting layer asks what time it is or draws by chance`() throws {
    for target in ["OutreachCore", "OutreachScripting", "OutreachImport", "Lua"] {
      for file in try Self.swiftFiles(of: target) {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        for word in [
          " Date()", "clock_gettime", "ContinuousClock", "SystemRandomNumberGenerator", "UUID()", ".random(",
        ] {
          #expect(!text.contains(word), "\(file) says \(word)")
        }
      }
    }
  }

  /// SQLite numbers `$1` and `$2` by their first use, PostgreSQL by their digits; in this order both agree.
  @Test func `the parameters of each statement are used first in their order`() throws {
    var statements = 0
    for file in try Self.swiftFiles(of: "OutreachStore") {
      let text = try String(contentsOfFile: file, encoding: .utf8)
      for literal in text.matches(of: /"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"/) {
        var used: [Int] = []
        for parameter in literal.output.matches(of: /\$(\d+)/) {
          guard let number = Int(parameter.1), !used.contains(number) else { continue }
          used.append(number)
        }
        if !used.isEmpty { statements += 1 }
        #expect(used == used.sorted(), "\(file): \(literal.output.prefix(80))")
      }
    }
    #expect(statements > 50)
  }

  @Test func `an import is read whatever its access and kind`() {
    #expect(
      Self.imports(of: "public import A\n  import struct B.C\n@_exported public import D\n// import E\n") == [
        "A", "B", "D",
      ])
  }

  private static func swiftFiles(of target: String) throws -> [String] {
    let folder = "\(ExampleClinic.root)/Sources/\(target)"
    return try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
      .map { "\(folder)/\($0)" }
  }

  private static func imports(of text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      let pattern =
        /^\s*(?:@\w+\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|func|var|let|protocol|typealias)\s+)?(\w+)/
      return line.prefixMatch(of: pattern).map { String($0.1) }
    }
  }
}
