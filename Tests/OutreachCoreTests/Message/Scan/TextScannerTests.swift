import FoundationEssentials
import OutreachCore
import Testing

/// The lexicons that come with the program, read from their files.
enum ShippedLists {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../../Sources/CLexicon/data").standardized

  static func bytes(_ name: String) -> [UInt8] {
    FileManager.default.contents(atPath: folder.appending(path: name).path).map(Array.init) ?? []
  }

  static let catalogue: LexiconCatalogue = {
    let lists = LexiconCatalogue.Lists(
      lay: ["en": bytes("lay-en.tsv"), "es": bytes("lay-es.tsv")], ordinary: ["en": bytes("ordinary-en.txt")],
      diagnoses: bytes("diagnoses.txt"),
      drugs: bytes("drugs.txt"))
    do throws(Lexicon.Fault) {
      return try LexiconCatalogue(lists)
    } catch {
      preconditionFailure("line \(error.line): \(error.sentence)")
    }
  }()

  /// One entry of a list written by hand.
  struct Entry: Sendable {
    var term: String
    var rule: CheckRule
    var hit: String
    var miss: String
  }

  static func entries(_ language: String) -> [Entry] {
    String(decoding: bytes("lay-\(language).tsv"), as: UTF8.self).split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 5, let rule = rules[parts[1]] else { return nil }
      return Entry(term: parts[0], rule: rule, hit: parts[3], miss: parts[4])
    }
  }

  private static let rules: [String: CheckRule] = [
    "condition": .condition, "symptom": .symptom, "medication": .medication, "supply": .supply, "test": .test,
    "procedure": .procedure, "specialty": .specialty, "substance_use": .substanceUse,
    "mental_health": .mentalHealth,
    "sexual_health": .sexualHealth, "reproductive": .reproductive, "violence": .violence,
  ]
}

@Suite struct TextScannerTests {
  static func hits(_ text: String, _ language: String = "en", allowing: [String] = []) -> [ScanHit] {
    guard var scanner = TextScanner(language: language, catalogue: ShippedLists.catalogue) else { return [] }
    return scanner.hits(in: text, allowing: allowing)
  }

  static func rules(_ text: String, _ language: String = "en") -> [CheckRule] {
    hits(text, language).map(\.rule)
  }

  @Test func `a language without a lexicon has no scanner`() {
    #expect(TextScanner(language: "fr", catalogue: ShippedLists.catalogue) == nil)
    #expect(TextScanner(language: "en", catalogue: LexiconCatalogue()) == nil)
    #expect(TextScanner(language: "es-MX", catalogue: ShippedLists.catalogue) != nil)
  }

  @Test(arguments: ["en", "es"]) func `each example of a lexicon is found, with its class`(language: String)
    throws
  {
    var scanner = try #require(TextScanner(language: language, catalogue: ShippedLists.catalogue))
    let entries = ShippedLists.entries(language)
    #expect(entries.count > 1_000)
    for entry in entries {
      // A longer term that holds this one tells more, and is what is said.
      let hits = scanner.hits(in: entry.hit)
      let isFound = hits.contains { hit in
        hit.rule == entry.rule
          || hit.word.split(separator: " ").count > entry.term.split(separator: " ").count
      }
      #expect(isFound, "\(entry.term): \(entry.hit) gave \(hits.map(\.rule))")
    }
  }

  @Test(arguments: ["en", "es"]) func `no counterexample of a lexicon is found`(language: String) throws {
    var scanner = try #require(TextScanner(language: language, catalogue: ShippedLists.catalogue))
    let entries = ShippedLists.entries(language)
    var alarms: [String] = []
    for entry in entries {
      let hits = scanner.hits(in: entry.miss).filter { $0.severity == .error }
      if !hits.isEmpty { alarms.append("\(entry.miss): \(hits.map { "\($0.word) \($0.rule)" })") }
    }
    // Two in a hundred may be stopped that a person would let pass.
    #expect(alarms.count * 50 <= entries.count, "\(alarms.count) of \(entries.count): \(alarms)")
  }

  @Test(arguments: [
    ("Your SSN is 219-09-9999", CheckRule.identifier, "219-09-9999"),
    ("219-09-9999", .identifier, "219-09-9999"),
    ("Card 4111 1111 1111 1111 was used", .identifier, "4111 1111 1111 1111"),
    ("Call 555-0199", .identifier, "555-0199"),
    ("Call (312) 555-0142 today", .identifier, "312) 555-0142"), ("MRN 004821", .identifier, "MRN 004821"),
    ("Your member number is A10482", .identifier, "member number is A10482"),
    ("Ref 12345678", .identifier, "12345678"),
    ("1EG4-TE5-MK73", .identifier, "1EG4"), ("Born 05/04/1961", .identifier, "05/04/1961"),
    ("On May 4, 1961", .identifier, "May 4, 1961"),
    ("El 4 de mayo de 1961", .identifier, "4 de mayo de 1961"),
    ("Write to ana@mail.example", .identifier, "ana@mail.example"),
    ("At 10.0.0.12", .identifier, "10.0.0.12"),
    ("See https://a.example/x", .link, "https://a.example/x"), ("See bit.ly/x", .link, "bit.ly/x"),
    ("www.a.b", .link, "www.a.b"),
    ("Take 10 units", .dose, "10 units"), ("500mg twice", .dose, "500mg"),
    ("half a tablet", .dose, "half a tablet"),
    ("dos pastillas", .dose, "dos pastillas"), ("Your last was 120/80", .result, "120/80"),
    ("It was 7.2%", .result, "7.2%"),
  ])
  func `numbers and addresses are known by their shape`(text: String, rule: CheckRule, word: String) {
    let found = Self.hits(text, text.contains("pastillas") || text.contains("mayo") ? "es" : "en")
    #expect(
      found.contains {
        $0.rule == rule && $0.word.hasPrefix(word) || $0.rule == rule && word.hasPrefix($0.word)
      }, "\(found)")
  }

  @Test(arguments: [
    "Your visit is Mon Nov 30 at 2:30 PM", "We open at 7 and close at 5:30", "Room 204, floor 3",
    "Please call in 2 days",
    "Bring 2 forms", "We moved to 1200 Lake Street", "Come 15 minutes early", "Suite 5, 2nd floor",
    "Half of us are out today",
    "A unit on the 3rd floor", "See you at 10.", "Thanks. See you then.", "Dr. Lee can see you at 9",
    "Visit 1 of 3",
    "Reply C or R", "On 11/30 we are closed", "24/7 help line", "50 of us moved",
  ])
  func `what only looks like it passes`(text: String) {
    #expect(Self.hits(text).filter { $0.severity == .error } == [], "\(text)")
  }

  @Test(arguments: [
    ("Su vísita es mañana", "es"), ("¿Puede venir? ¡Gracias!", "es"), ("We’re open – come by…", "en"),
    ("See you 👍 🙂", "en"),
    ("Café Zoë is next door", "en"), ("á é í ó ú ü ñ Ñ", "es"), ("a\nb", "en"),
  ])
  func `the characters of the languages belong`(text: String, language: String) {
    let foreign: Set<CheckRule> = [.repertoire, .composition, .invisible, .direction, .mixedScript]
    #expect(Self.rules(text, language).filter(foreign.contains) == [])
  }

  @Test(arguments: [
    ("cafe\u{301}", CheckRule.composition), ("a\u{200B}b", .invisible), ("a\u{202E}b", .direction),
    ("привет", .repertoire),
    ("cаll", .mixedScript), ("ｃａｌｌ", .repertoire), ("💉", .repertoire), ("💊", .repertoire), ("🎗", .repertoire),
    ("a\u{A0}b", .repertoire), ("𝐜𝐚𝐥𝐥", .repertoire), ("ⓒall", .mixedScript), ("a\u{336}b", .composition),
    ("a\u{7}", .invisible),
  ])
  func `other characters do not, each by its rule`(text: String, rule: CheckRule) {
    #expect(Self.rules(text).contains(rule), "\(Self.rules(text))")
  }

  @Test func `a word is found in capitals, with accents, in the plural and over hyphens`() {
    for text in ["INSULIN", "Insulin", "insulins", "ínsulin", "(insulin)", "insulin's"] {
      #expect(Self.rules("Your \(text) is here").contains(.medication), "\(text)")
    }
  }

  @Test
  func `a restricted word within a longer term stays restricted, and what is only beside it is told too`()
    throws
  {
    let lists = """
      rehab\tsubstance_use\terror\tx\ty
      rehab visit form\tprocedure\terror\tx\ty
      form check\ttest\terror\tx\ty
      check in\tsymptom\terror\tx\ty
      """
    let catalogue = try LexiconCatalogue(LexiconCatalogue.Lists(lay: ["en": Array(lists.utf8)]))
    var scanner = try #require(TextScanner(language: "en", catalogue: catalogue))
    func rules(_ text: String) -> [CheckRule] { scanner.hits(in: text).map(\.rule) }
    #expect(rules("a rehab visit form").contains(.substanceUse))
    // Who allows one of two terms that share a word has not allowed the other.
    #expect(Set(rules("a form check in")) == [.test, .symptom])
  }

  @Test func `what may stand there is not found, and everything beside it is`() {
    #expect(Self.hits("Call 312-555-0100", allowing: ["312-555-0100"]) == [])
    #expect(
      Self.hits("Call 312-555-0100 or 312-555-0101", allowing: ["312-555-0100"]).map(\.word) == [
        "312-555-0101"
      ])
  }

  @Test func `two texts that are read together are looked at together`() throws {
    var scanner = try #require(TextScanner(language: "en", catalogue: ShippedLists.catalogue))
    #expect(scanner.hits(acrossBreak: "Ask for your insu", "lin today").count == 1)
    #expect(scanner.hits(acrossBreak: "Ask for your pick-up", "today").isEmpty)
    // What one of them says by itself is not said twice.
    #expect(scanner.hits(acrossBreak: "Your insulin", "is here").isEmpty)
  }

  @Test(arguments: [
    "Lakeside Oncology", "Riverside Dialysis Center", "metro nephrology", "lakesideoncology example",
  ])
  func `a name tells by a part of a word too`(name: String) throws {
    var scanner = try #require(TextScanner(language: "en", catalogue: ShippedLists.catalogue))
    #expect(!scanner.hits(inName: name).isEmpty)
  }

  @Test(arguments: [
    "Lakeside Family Care", "Our Family Clinic", "Northwest Clinic, 2nd floor", "go lakeside example",
  ])
  func `a neutral name tells nothing`(name: String) throws {
    var scanner = try #require(TextScanner(language: "en", catalogue: ShippedLists.catalogue))
    #expect(scanner.hits(inName: name).filter { $0.severity == .error } == [])
  }

  @Test func `lists with a fault are named by line`() {
    func fault(_ text: String) -> Lexicon.Fault? {
      do throws(Lexicon.Fault) {
        _ = try LexiconCatalogue(LexiconCatalogue.Lists(lay: ["en": Array(text.utf8)]))
        return nil
      } catch {
        return error
      }
    }
    #expect(fault("a\tcondition\terror\tx\ty\nb\tcondition\terror\tx")?.line == 2)
    #expect(fault("a\tnonsense\terror\tx\ty")?.sentence.contains("nonsense") == true)
    #expect(fault("a\tcondition\tfatal\tx\ty")?.sentence.contains("'error' or a 'warning'") == true)
    #expect(fault("a b c d e f g\tcondition\terror\tx\ty")?.line == 1)
  }

  @Test func `another list is another version`() throws {
    func version(_ text: String) throws -> String {
      try LexiconCatalogue(LexiconCatalogue.Lists(lay: ["en": Array(text.utf8)])).version
    }
    #expect(try version("a\ttest\terror\tx\ty") != version("a\ttest\twarning\tx\ty"))
    #expect(try version("a\ttest\terror\tx\ty") == version("a\ttest\terror\tx\ty"))
  }
}
