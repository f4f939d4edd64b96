import Foundation
import OutreachCore
import Testing

@Suite struct ConformanceTests {
  /// A case of our own.
  private static func at(
    _ source: String, says text: String? = nil, with values: [String: String?] = [:], error: String? = nil
  ) -> ConformanceCase {
    ConformanceCase(
      source: source, values: values, text: text, errors: .types(error.map { [$0] } ?? []))
  }

  /// Texts that come to other texts.
  private static let accepted = [
    at("Good morning", says: "Good morning"),
    at("{{.input}}", says: ".input"),
    at("a \\{b\\} \\\\ \\|", says: "a {b} \\ |"),
    at("{ |word| } {|two \\| words|}", says: "word two | words"),
    at("At {$hour}", says: "At 9", with: ["hour": "9"]),
    at(".input{$n :integer}{{{$n} days}}", says: "1,200 days", with: ["n": "1200"]),
    at(".local $a = {x} .local $b = {$a} {{{$b}{$a}}}", says: "xx"),
    at("{{{$a} and {$b}}}", says: "p|q and \\", with: ["a": "p|q", "b": "\\"]),
    at(".local $a\u{301} = {x} {{{$\u{E1}}}}", says: "x"),
    at("{$\u{200E}a\u{200F}}", says: "x", with: ["a": "x"]),
    at(
      ".input {$n :number} .match $n 1 {{exactly}} one {{single}} * {{many}}", says: "exactly",
      with: ["n": "1"]
    ),
    at(
      ".input {$n :number minimumFractionDigits=1} .match $n one {{single}} * {{many}}", says: "many",
      with: ["n": "1"]),
    at(".local $s = {a :string} .match $s |*| {{star}} a {{letter}} * {{rest}}", says: "letter"),
    at(".local $n = {1 :number} .local $s = {$n :string} .match $s one {{form}} * {{word}}", says: "word"),
    at(".local $n = {1234.5 :number} .local $m = {$n :number} {{{$m}}}", says: "1,234.5"),
    at(
      ".local $n = {1 :number minimumFractionDigits=2} .local $m = {$n :number useGrouping=never} {{{$m}}}",
      says: "1.00"),
    at(
      ".local $n = {1.7 :integer} .local $m = {$n :number minimumFractionDigits=1} {{{$m}}}", says: "2.0"),
    at(".local $n = {|18446744073709551617| :number} .match $n one {{one}} * {{rest}}", says: "rest"),
    at("{|2026-11-30| :date}", says: "Nov 30, 2026"),
    at(
      ".local $d = {|2026-11-30| :date} .local $s = {$d :string} .match $s |Nov 30, 2026| {{then}} * {{_}}",
      says: "then"),
  ]

  /// Texts that are refused, at least two for each error of the specification.
  private static let refused = [
    at("{day", error: "syntax-error"),
    at(" \n.", error: "syntax-error"),
    at(".local $s = {b :string} .match $s|a|{{x}}*{{rest}}", error: "syntax-error"),
    at(".local day = {1} {{_}}", error: "syntax-error"),
    at(".local #day = {1} {{_}}", error: "syntax-error"),
    at("{$\u{200E}\u{200E}day}", error: "syntax-error"),
    at("{1 :number @a@b}", error: "syntax-error"),
    at(".input {$n :number} .match $n * * {{_}}", error: "variant-key-mismatch"),
    at(
      ".local $n = {1 :number} .local $m = {$n} .match $n $m 1 {{_}} * * {{_}}", error: "variant-key-mismatch"
    ),
    at(".input {$n :number} .match $n one {{_}}", error: "missing-fallback-variant"),
    at(".input {$n :number} .match $n |*| {{_}}", error: "missing-fallback-variant"),
    at(".input {$n} .match $n * {{_}}", error: "missing-selector-annotation"),
    at(".local $a = {x} .local $b = {$a} .match $b x {{_}} * {{_}}", error: "missing-selector-annotation"),
    at(".local $a = {x} .local $a = {y} {{_}}", error: "duplicate-declaration"),
    at(".local $a = {x :string p=$b} .input {$b} {{_}}", error: "duplicate-declaration"),
    at("{x :date length=long length=long}", error: "duplicate-option-name"),
    at(".local $a = {x :string p=1 p=2} {{_}}", error: "duplicate-option-name"),
    at(".input {$n :string} .match $n a {{_}} |a| {{_}} * {{_}}", error: "duplicate-variant"),
    at(".input {$n :string} .match $n \u{E9} {{_}} e\u{301} {{_}} * {{_}}", error: "duplicate-variant"),
    at("{$nobody}", error: "unresolved-variable"),
    at(".input {$nobody :string} .match $nobody a {{_}} * {{_}}", error: "unresolved-variable"),
    at("{1 :percentage}", error: "unknown-function"),
    at("{1 :my\u{200E}:number}", error: "unknown-function"),
    at(".local $a = {1 :my:number} .match $a 1 {{_}} * {{_}}", error: "unknown-function"),
    at("{word :number}", error: "bad-operand"),
    at("{|1e-9223372036854775808| :integer}", error: "bad-operand"),
    at("{$day :date}", with: ["day": "tomorrow"], error: "bad-operand"),
    at("{1 :number minimumFractionDigits=many}", error: "bad-option"),
    at(".local $n = {1 :number select=exact} .local $m = {$n :integer} {{{$m}}}", error: "bad-option"),
    at("{1 :number minimumFractionDigits=3 maximumFractionDigits=2}", error: "bad-option"),
    at(".local $d = {|2026-11-30| :date} .match $d a {{_}} * {{_}}", error: "bad-selector"),
    at(".local $d = {|2026-11-30| :date} .local $e = {$d} .match $e * {{_}}", error: "bad-selector"),
  ]

  /// Texts with something that the language leaves out.
  private static let leftOut: [(ConformanceCase, ConformanceCase.SkipReason)] = [
    (at("{#b}bold{/b}", says: "bold"), .markup),
    (at("{|word| @note=x}", says: "word"), .attribute),
    (at("a {word} and {2}", says: "a word and 2"), .bareWord),
    (at("{1 :number minimumFractionDigits=$n}", says: "1.0", with: ["n": "1"]), .function),
    (at("{|2026-11-30T09:00:00| :time}"), .time),
    (at(".input {$n} {{_}}", says: "_"), .missing),
    (at("{word :string u:dir=rtl}", says: "word"), .uOption),
    (ConformanceCase(source: "{1.5 :number}", locale: "fr", text: "1,5"), .locale),
  ]

  @Test func `texts of our own come to what they should`() {
    for one in Self.accepted {
      #expect(one.outcome() == .passed, "\(one.source)")
    }
    for one in Self.refused { #expect(one.outcome() == .refused, "\(one.source)") }
    for (one, reason) in Self.leftOut { #expect(one.outcome() == .skipped(reason), "\(one.source)") }
    #expect(Set(Self.leftOut.map(\.1)) == Set(ConformanceCase.SkipReason.allCases))
  }

  @Test func `a case that comes to something else is seen`() {
    for one in [
      Self.at("a", says: "b"), Self.at("{a", says: "a"), Self.at("a", error: "syntax-error"),
      Self.at("{x :number}", says: "x"), Self.at("{1 :number}", error: "bad-operand"),
      Self.at("{1 :number size=2}", says: "1"), Self.at("{x :number}", error: "bad-option"),
      Self.at(".local $a = {$a} {{_}}", says: "_"), Self.at("{{_}}", error: "duplicate-declaration"),
      Self.at("\u{1E0A}\u{323}", says: "\u{1E0C}\u{307}"),
    ] {
      guard case .mismatch = one.outcome() else {
        Issue.record("\(one.source): \(one.outcome())")
        continue
      }
    }
  }

  // MARK: The public suite

  /// Where the `.json` files of unicode-org/message-format-wg, `test/tests`, are; the suite is no part of this project.
  private static let folder = ProcessInfo.processInfo.environment["MF2_SUITE"]

  private static func files() throws -> [(name: String, cases: [ConformanceCase])] {
    guard let folder else { return [] }
    return try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().filter {
      $0.hasSuffix(".json")
    }
    .map { name in
      let bytes = try Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent(name))
      return (name, try ConformanceCase.cases(in: bytes))
    }
  }

  @Test(.enabled(if: folder != nil, "MF2_SUITE names the folder of the public suite"))
  func `the public suite passes, but for what the language leaves out`() throws {
    let files = try Self.files()
    #expect(!files.isEmpty)
    for (name, cases) in files {
      #expect(!cases.isEmpty, "\(name)")
      var passed = 0
      var refused = 0
      var skipped: [ConformanceCase.SkipReason: Int] = [:]
      for one in cases {
        switch one.outcome() {
        case .passed: passed += 1
        case .refused: refused += 1
        case .skipped(let reason): skipped[reason, default: 0] += 1
        case .mismatch(let what): Issue.record("\(name): \(one.source.debugDescription): \(what)")
        }
      }
      let reasons = ConformanceCase.SkipReason.allCases.compactMap { reason in
        skipped[reason].map { "\($0) \(reason.rawValue)" }
      }
      print(
        "\(name): \(passed) passed, \(refused) refused as they should be, "
          + "\(skipped.values.reduce(0, +)) skipped\(reasons.isEmpty ? "" : ": ")\(reasons.joined(separator: "; "))"
      )
    }
  }

  // MARK: Anything at all

  private static let alphabet: [Unicode.Scalar] = Array(
    "{}{}{}$:|\\*@#/=.-+ \n\t019aeT\0\u{61C}\u{200E}\u{2066}\u{3000}\u{301}\u{E9}\u{FFFE}\u{1F954}"
      .unicodeScalars)

  private func examine(_ text: String, _ seed: Int) {
    let bytes = Array(text.utf8)
    let (model, syntaxFaults) = MessageParser.parse(text)
    var faults = syntaxFaults + model.faults()
    _ = MessageTemplate(text, language: seed.isMultiple(of: 2) ? "en" : "es", channels: [.sms]) {
      faults.append($0)
    }
    for fault in faults {
      let ends = [fault.range.lowerBound, fault.range.upperBound]
      let isInside = ends.allSatisfy { end in
        (0...bytes.count).contains(end) && (end == bytes.count || bytes[end] & 0xC0 != 0x80)
      }
      #expect(isInside, "seed \(seed): \(text.debugDescription): \(fault)")
    }
  }

  @Test func `whatever bytes come, every fault lies in the text`() {
    for seed in SeededDice.seeds(2_000) {
      var dice = SeededDice(seed)
      let bytes = (0..<dice.int(0...40)).map { _ in UInt8(dice.int(0...255)) }
      examine(String(decoding: bytes, as: UTF8.self), seed)
      let scalars = (0..<dice.int(0...24)).map { _ in dice.pick(Self.alphabet) }
      examine(String(String.UnicodeScalarView(scalars)), seed)
    }
  }

  @Test func `whatever is changed in a text, every fault lies in it`() throws {
    let texts =
      (Self.accepted + Self.refused + Self.leftOut.map(\.0) + (try Self.files().flatMap(\.cases))).map(
        \.source)
    for seed in SeededDice.seeds(6_000) {
      var dice = SeededDice(seed)
      var scalars = Array(dice.pick(texts).unicodeScalars)
      for _ in 0..<dice.int(1...4) {
        let place = dice.int(0...scalars.count)
        switch dice.int(0...3) {
        case 0: scalars.insert(dice.pick(Self.alphabet), at: place)
        case 1:
          scalars.insert(contentsOf: dice.pick(texts).unicodeScalars.prefix(dice.int(0...12)), at: place)
        case 2: scalars.removeLast(scalars.count - place)
        default: if place < scalars.count { scalars.remove(at: place) }
        }
      }
      examine(String(String.UnicodeScalarView(scalars)), seed)
    }
  }
}

extension ConformanceCase {
  /// The cases of a file of the public suite, in order.
  static func cases(in file: Data) throws -> [ConformanceCase] {
    let root = try JSONSerialization.jsonObject(with: file) as? [String: Any] ?? [:]
    let properties = root["defaultTestProperties"] as? [String: Any] ?? [:]
    return (root["tests"] as? [[String: Any]] ?? []).map { test in
      let entry = properties.merging(test) { $1 }
      var one = ConformanceCase(source: entry["src"] as? String ?? "")
      one.locale = entry["locale"] as? String ?? one.locale
      for parameter in entry["params"] as? [[String: Any]] ?? [] {
        let value = parameter["value"].flatMap { $0 is NSNull ? nil : "\($0)" }
        if let name = parameter["name"] as? String { one.values[name] = .some(value) }
      }
      // Values are not isolated for direction: the specification has that as a strategy, 'none'.
      one.text = (entry["exp"] as? String).map { text in
        String(String.UnicodeScalarView(text.unicodeScalars.filter { !(0x2066...0x2069).contains($0.value) }))
      }
      if let names = entry["expErrors"] as? [[String: String]] {
        one.errors = .types(Set(names.compactMap { $0["type"] }))
      } else if entry["expErrors"] as? Bool == true {
        one.errors = .some
      }
      return one
    }
  }
}
