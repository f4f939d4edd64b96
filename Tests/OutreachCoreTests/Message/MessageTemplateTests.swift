import OutreachCore
import Testing

@Suite struct MessageTemplateTests {
  private struct Fault: Equatable, CustomStringConvertible {
    var offset: Int
    var message: String
    var description: String { "\(offset): \(message)" }
  }

  private func compiled(_ text: String, on channels: [Channel] = [.sms]) -> (MessageTemplate, [Fault]) {
    var faults: [Fault] = []
    let template = MessageTemplate(text, language: "en", channels: channels) {
      faults.append(Fault(offset: $0.range.lowerBound, message: $0.sentence))
    }
    return (template, faults)
  }

  private func faults(_ text: String) -> [Fault] { compiled(text).1 }

  @Test func `text and values become pieces`() {
    let (template, faults) = compiled("Hi {$patient.first_name}, {$clinic.name}{$clinic.phone}.")
    #expect(faults.isEmpty)
    #expect(
      template.patterns[0].pieces == [
        .text("Hi "), .field(.patientFirstName, .plain), .text(", "), .field(.clinicName, .plain),
        .field(.clinicPhone, .plain),
        .text("."),
      ])
    #expect(template.fields == [.patientFirstName, .clinicName, .clinicPhone])
  }

  @Test func `escapes stand for themselves`() {
    let (template, faults) = compiled(#"a\{b\}c\\d\|e"#)
    #expect(faults.isEmpty)
    #expect(template.patterns[0].pieces == [.text(#"a{b}c\d|e"#)])
    #expect(compiled(#"\{$patient.age\}"#).0.patterns[0].pieces == [.text("{$patient.age}")])
  }

  @Test func `spaces inside the braces do not matter`() {
    #expect(compiled("{ $clinic.name\t}").0.patterns[0].pieces == [.field(.clinicName, .plain)])
  }

  @Test func `every value that is not clinical compiles`() {
    for field in MessageField.allCases where field.tier != nil {
      let (template, faults) = compiled("{$\(field.rawValue)}")
      #expect(faults.isEmpty)
      #expect(template.patterns[0].pieces == [.field(field, .plain)])
    }
  }

  @Test func `every clinical value is refused on every channel, with the reason`() {
    let clinical = MessageField.allCases.filter { $0.tier == nil }
    #expect(
      Set(clinical.map(\.rawValue)) == [
        "patient.last_name", "patient.birth_date", "patient.age", "patient.condition", "appointment.kind",
        "refill.medication", "observation.value",
      ])
    for field in clinical {
      for channel in Channel.all {
        let (template, faults) = compiled("Hi {$\(field.rawValue)}", on: [channel])
        #expect(
          faults == [
            Fault(
              offset: 3,
              message:
                "'{$\(field.rawValue)}' tells what somebody is treated for, or who they are, and a message "
                + "may be read by others; leave it out")
          ])
        #expect(template.fields.isEmpty)
      }
    }
  }

  @Test func `no channel is cleared for what health is about, unless a clinic says so`() {
    let rule = DisclosureRule()
    for channel in Channel.all + [Channel("carrier-pigeon")] { #expect(rule.clearance(of: channel) < .overt) }
    #expect(rule.unasked == .generic)
  }

  @Test func `an unknown value is named with what was probably meant, never a clinical one`() {
    #expect(
      faults("Hi {$patient.frist_name}!") == [
        Fault(
          offset: 3, message: "there is no value '{$patient.frist_name}' (did you mean 'patient.first_name'?)"
        )
      ])
    #expect(faults("{$patient.ages}").first?.message.contains("patient.age'") == false)
    #expect(faults("{$zzzzzz}").first?.message == "there is no value '{$zzzzzz}'")
  }

  @Test func `what the language does not have is refused where it stands`() {
    #expect(
      faults("Hé {clinic.name}") == [
        Fault(offset: 4, message: "'{clinic.name}' is not a value; values are written '{$name}'")
      ])
    #expect(
      faults("{$appointment.date :date style=long}") == [
        Fault(offset: 25, message: "':date' has no option 'style'; it has fields, length")
      ])
    #expect(faults("{}").map(\.offset) == [0])
    #expect(faults("{$}").map(\.offset) == [1])
    #expect(
      faults("a{$clinic.name").map(\.message) == [
        "'{' is never closed; write '{$name}', or '\\{' for a brace"
      ])
    #expect(faults("a{$clinic.name").map(\.offset) == [1])
    #expect(faults("ab}c").first == Fault(offset: 2, message: "'}' without '{'; write '\\}' for a brace"))
    #expect(faults("a\\b").first?.offset == 1)
    #expect(faults("a\\").first?.offset == 1)
    #expect(faults("a {{$clinic.name}}").count == 1)
    #expect(faults("").map(\.message) == ["the text is empty"])
  }

  @Test func `an accent upon a brace or a backslash does not hide it`() {
    #expect(faults("{\u{301}$clinic.name}").map(\.offset) == [0])
    #expect(faults("{$clinic.name}\u{301}").isEmpty)
    #expect(faults("a}\u{301}").map(\.offset) == [1])
    #expect(faults("a\\\u{301}").map(\.offset) == [1])
  }

  @Test func `several faults are all told, each at its place`() {
    #expect(faults("{$nope} } {$patient.age}\\x").map(\.offset) == [0, 8, 10, 24])
  }

  @Test(arguments: [
    ("\u{200B}", "U+200B"), ("\u{200D}", "U+200D"), ("\u{AD}", "U+00AD"),
    ("\u{7}", "U+0007"),
    ("\t", "U+0009"), ("\r", "U+000D"), ("\u{2028}", "U+2028"), ("\u{E000}", "U+E000"),
    ("\u{FEFF}", "U+FEFF"),
    ("\u{3164}", "U+3164"), ("\u{34F}", "U+034F"), ("\u{E0041}", "U+E0041"), ("\u{378}", "U+0378"),
  ])
  func `what nobody can see cannot be sent`(text: String, code: String) {
    let found = faults("ab\(text)c")
    #expect(found == [Fault(offset: 2, message: "\(code) is invisible or reserved and cannot be sent")])
  }

  @Test func `line breaks, letters of every script and emoji can be sent`() {
    #expect(faults("Hola,\n¿cómo está? 漢字 שלום 😀 ❤\u{FE0F}").isEmpty)
    #expect(faults("a\r\nb").count == 1)
  }

  @Test func `a template never holds a clinical value, whatever is written`() {
    let parts = [
      "{$", "}", "{", "\\", "$", "patient.age", "patient.first_name", "clinic.name", " ", "a", "\u{301}",
      ":date", "|",
      "opt_out", "refill.medication",
    ]
    for seed in SeededDice.seeds(4_000) {
      var dice = SeededDice(seed)
      let text = (0..<dice.int(0...9)).map { _ in dice.pick(parts) }.joined()
      let (template, faults) = compiled(text)
      #expect(template.fields.allSatisfy { $0.tier != nil }, "seed \(seed): \(text)")
      for fault in faults { #expect((0...text.utf8.count).contains(fault.offset), "seed \(seed): \(text)") }
      // What compiles says what was written: its pieces, written out again, are the text without its escapes.
      if faults.isEmpty, !text.contains(":"), !text.contains("|"), !text.contains("{{") {
        let again = template.patterns[0].pieces.map { piece in
          switch piece {
          case .text(let text): text
          case .field(let field, _): "{$\(field.rawValue)}"
          }
        }.joined()
        var plain = ""
        var isEscaped = false
        for scalar in text.unicodeScalars {
          if scalar == "\\", !isEscaped {
            isEscaped = true
          } else {
            plain.unicodeScalars.append(scalar)
            isEscaped = false
          }
        }
        #expect(again.filter { $0 != " " } == plain.filter { $0 != " " }, "seed \(seed): \(text)")
      }
    }
  }
}
