import OutreachCore
import Testing

/// One mistake in a text, and what is said of it.
struct Mistake: CustomTestStringConvertible, Sendable {
  var text: String
  var rule: CheckRule
  /// The part of the text that is marked.
  var marked: String
  /// A part of the sentence.
  var says: String

  init(_ text: String, _ rule: CheckRule, _ marked: String, _ says: String) {
    self.text = text
    self.rule = rule
    self.marked = marked
    self.says = says
  }

  var testDescription: String { "\(rule.rawValue): \(text)" }
}

@Suite struct MessageFaultTests {
  static func faults(_ text: String, _ language: String = "en") -> [MessageFault] {
    var faults: [MessageFault] = []
    _ = MessageTemplate(text, language: language, channels: [.sms, .voice]) { faults.append($0) }
    return faults
  }

  static func part(_ text: String, _ range: Range<Int>) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }

  static let tier = ".input {$tier :string}"

  static let mistakes: [Mistake] = [
    // Syntax.
    Mistake("Hi {", .syntax, "{", "never closed"),
    Mistake("Hi {$patient.first_name", .syntax, "{", "never closed"),
    Mistake("Hi }", .syntax, "}", "write '\\}'"),
    Mistake("a\\b", .syntax, "\\", "a backslash stands before"),
    Mistake("Hi {first_name!}", .syntax, "{first_name!}", "is not a value"),
    Mistake("Hi {{$clinic.name}}", .syntax, "{{", "only at its beginning"),
    Mistake("Hi {$}", .syntax, "$", "'$' is followed by a name"),
    Mistake("Hi {$clinic.name:string}", .syntax, ":", "this cannot stand in a value"),
    Mistake("Hi {$clinic.name : string}", .syntax, ":", "':' is followed by the name of a function"),
    Mistake("{$appointment.date :date length}", .syntax, "}", "an option is a name, '=' and a value"),
    Mistake("{$appointment.date :date length=}", .syntax, "}", "the option 'length' has no value"),
    Mistake("{|open}", .syntax, "|", "'|' is never closed"),
    Mistake("{$clinic.name @}", .syntax, "}", "'@' is followed by a name"),
    Mistake("{#}", .syntax, "}", "markup has a name"),
    Mistake(".match $tier * {{a}}", .selector, "$tier", "nothing says how '$tier' is compared"),
    Mistake("\(tier) .match * {{a}}", .syntax, ".match", "'.match' takes the names it chooses by"),
    Mistake("\(tier) .match $tier * {a}", .syntax, "{", "a variant is keys and a text in double braces"),
    Mistake("\(tier) .match $tier * {{a}} b", .syntax, "b", "a variant is keys"),
    Mistake("\(tier) .match $tier", .syntax, ".match", "has no variant"),
    Mistake("\(tier) Hi", .syntax, "H", "after declarations the text stands in double braces"),
    Mistake("\(tier) {{a", .syntax, "{{", "'{{' is never closed"),
    Mistake("{{a}} b", .syntax, "b", "nothing can follow"),
    Mistake(".input $tier {{a}}", .syntax, "$", "'.input' takes a value in braces"),
    Mistake(".input {|a|} {{a}}", .syntax, "{|a|}", "takes a value with a name"),
    Mistake(".local x = {1} {{a}}", .syntax, "x", "'.local' takes a name"),
    Mistake(".local $x {1} {{a}}", .syntax, "{", "is followed by '='"),
    Mistake(".local $x = 1 {{a}}", .syntax, "1", "is followed by a value in braces"),
    Mistake(".set $x = {1} {{a}}", .syntax, ".set", "there is no statement '.set'"),
    Mistake("", .syntax, "", "the text is empty"),
    Mistake("{{}}", .syntax, "{{}}", "the text is empty"),
    // The data model.
    Mistake(".local $x = {1} .local $x = {2} {{a}}", .declaration, ".local $x = {2}", "declared twice"),
    Mistake(".local $x = {$x} {{a}}", .declaration, ".local $x = {$x}", "declared twice"),
    Mistake("\(tier) \(tier) {{a}}", .declaration, tier, "declared twice"),
    Mistake(
      ".local $x = {$tier :string} .input {$tier :string} {{a}}", .declaration, ".input {$tier :string}",
      "declared twice"),
    Mistake("{$appointment.date :date length=long length=short}", .option, "length=short", "given twice"),
    Mistake("\(tier) .match $tier sealed {{a}}", .fallback, "sealed", "add * {{…}}"),
    Mistake("\(tier) .match $tier * * {{a}} * {{b}}", .variant, "* *", "has 2 keys"),
    Mistake("\(tier) .match $tier sealed {{a}} sealed {{b}} * {{c}}", .variant, "sealed", "the same keys"),
    // What is left out.
    Mistake("{#b}Hi", .unsupported, "{#b}", "no markup"),
    Mistake("Hi {clinic.name}", .syntax, "{clinic.name}", "is not a value"),
    Mistake("Hi {$clinic.name @note=x}", .unsupported, "{$clinic.name @note=x}", "leave '@note' out"),
    Mistake("{3 :currency}", .unsupported, ":currency", "there is no function ':currency'"),
    Mistake("{$appointment.date :dat}", .unsupported, ":dat", "did you mean 'date'?"),
    // Values and functions.
    Mistake(
      "Hi {$patient.frist_name}", .unknownValue, "{$patient.frist_name}", "did you mean 'patient.first_name'?"
    ),
    Mistake("Hi {$patient.last_name}", .disclosure, "{$patient.last_name}", "leave it out"),
    Mistake(
      ".local $who = {$patient.age :string} {{Hi {$who}}}", .disclosure, "{$patient.age :string}",
      "leave it out"),
    Mistake("{$tier}", .selector, "{$tier}", "is not shown"),
    Mistake("{$opt_out :string}", .operand, "{$opt_out :string}", "takes no function"),
    Mistake(
      "{$patient.first_name :date}", .operand, "{$patient.first_name :date}", "nothing that ':date' can write"
    ),
    Mistake(
      "{$clinic.phone :number}", .operand, "{$clinic.phone :number}", "nothing that ':number' can write"),
    Mistake(
      "{$appointment.time :date}", .operand, "{$appointment.time :date}", "nothing that ':date' can write"),
    Mistake("{three :number}", .operand, "{three :number}", "'three' is no number"),
    Mistake("{|2026-02-30| :date}", .operand, "{|2026-02-30| :date}", "is no day"),
    Mistake("{:number}", .operand, "{:number}", "needs a value"),
    Mistake(
      "\(tier) .local $x = {$tier :number} .match $x * {{a}}", .operand, "{$tier :number}",
      "compared by ':string'"),
    Mistake(
      "{$appointment.date :date length=tiny}", .option, "length=tiny", "it is one of long, medium, short"),
    Mistake("{$appointment.date :date style=long}", .option, "style=long", "it has fields, length"),
    Mistake(
      "{$appointment.time :time precision=day}", .option, "precision=day", "it is one of hour, minute, second"
    ),
    Mistake("{$appointment.date :date length=$tier}", .option, "length=$tier", "written in place"),
    Mistake("{$clinic.name :string u:dir=rtl}", .option, "u:dir=rtl", "it has none"),
    Mistake("{3 :number select=ordinal}", .option, "select=ordinal", "one of plural, exact"),
    Mistake("{3 :number maximumFractionDigits=x}", .option, "maximumFractionDigits=x", "is one of 0, 1"),
    // Choices.
    Mistake(
      ".input {$patient.first_name :string} .match $patient.first_name Ana {{a}} * {{b}}", .privateSelector,
      "$patient.first_name", "would tell of it"),
    Mistake(
      ".local $w = {$appointment.weekday :string} .match $w Mon {{a}} * {{b}}", .privateSelector, "$w",
      "would tell of it"),
    Mistake(
      "\(tier) .match $tier sealed {{See you {$appointment.date}.}} * {{a}}", .disclosure,
      "{$appointment.date}",
      "this text is for 'sealed'"),
    // Characters.
    Mistake("a\u{202E}b", .direction, "\u{202E}", "U+202E turns the direction"),
    Mistake("a\u{200B}b", .invisible, "\u{200B}", "U+200B is invisible"),
    Mistake("{{a\tb}}", .invisible, "\t", "U+0009"),
    Mistake("{|a\u{200B}b|}", .invisible, "\u{200B}", "U+200B"),
  ]

  @Test(arguments: mistakes) func `a mistake has its rule, its place and a sentence`(_ mistake: Mistake)
    throws
  {
    let faults = Self.faults(mistake.text)
    #expect(faults.count == 1, "\(faults)")
    let fault = try #require(faults.first)
    #expect(fault.rule == mistake.rule)
    #expect(Self.part(mistake.text, fault.range) == mistake.marked)
    #expect(fault.sentence.contains(mistake.says), "\(fault.sentence)")
  }

  @Test(arguments: [
    "Hi", "{$clinic.name}", "{ $clinic.name\t}", "\\{\\}\\\\\\|", "{{Hi}}", " {{Hi}} ",
    "{|words|} and {3 :number}",
    "\(tier) .match $tier sealed {{a}} * {{b}}", ".local $n = {3 :integer} .match $n one {{day}} * {{days}}",
    ".input {$channel :string} .input {$tier :string} .match $tier $channel sealed voice {{a}} * * {{b}}",
    ".local $who = {$patient.first_name :string} {{Hi {$who}}}",
    "{$appointment.date :date fields=weekday length=long}",
    ".local $a = {$tier :string} .local $b = {$a} .match $b * {{c}}", "¿Cómo está? 漢字", "a\nb",
    "{{\n}}", ".match", "\(tier)\n.match $tier\n\tsealed {{a}}\n\t* {{b}}",
  ])
  func `what the language has compiles`(_ text: String) {
    // A text that looks like a statement and is none is said in double braces.
    if text == ".match" {
      #expect(Self.faults(text).count == 1)
      #expect(Self.faults("{{.match}}").isEmpty)
    } else {
      #expect(Self.faults(text) == [], "\(text)")
    }
  }

  @Test func `whatever is written, every fault has a place in the text`() {
    let parts = [
      "{", "}", "{{", "}}", "$", ":", "|", "\\", "*", " ", "\n", ".input", ".local", ".match", "$tier", "=",
      "{$tier :string}",
      "{$clinic.name}", "sealed", "@a", "#b", "/", ":date", "length=long", "é", "\u{202E}", "\u{301}", "3",
      "👍",
    ]
    for seed in SeededDice.seeds(4_000) {
      var dice = SeededDice(seed)
      let text = (0..<dice.int(0...14)).map { _ in dice.pick(parts) }.joined()
      for fault in Self.faults(text) {
        #expect(
          fault.range.lowerBound >= 0 && fault.range.upperBound <= text.utf8.count, "seed \(seed): \(text)")
        #expect(!fault.sentence.isEmpty)
      }
    }
  }
}
