import OutreachCore
import Testing

@Suite struct MessageChoiceTests {
  private static let visit = Appointment(
    id: ResourceID("Appointment/1"), status: "booked", startsAt: at("2026-11-30T20:30:00Z"))

  private func said(
    _ text: String, _ tier: DisclosureTier = .generic, on channel: Channel = .sms, in language: String = "en"
  ) throws -> String {
    var faults: [MessageFault] = []
    let template = MessageTemplate(text, language: language, channels: [.sms, .voice, .app]) {
      faults.append($0)
    }
    #expect(faults == [])
    let context = MessageContext(
      clinic: Clinic(name: "Lakeside Clinic", phone: "312-555-0100", timeZone: "America/Chicago"),
      givenName: "Ana",
      subject: .appointment(Self.visit, zone: "America/Chicago"),
      zone: InstalledZones.zone("America/Chicago"),
      channel: channel, tier: tier)
    return try Variant(language: language, body: template).rendered(for: context, replies: []).revealed
  }

  @Test func `words are chosen by tier, and what is left over goes to the star`() throws {
    let text = """
      .input {$tier :string}
      .match $tier
      sealed {{Please call {$clinic.phone}.}}
      overt  {{Your insulin is ready.}}
      *      {{Hi {$patient.first_name}.}}
      """
    #expect(try said(text, .sealed) == "Please call 312-555-0100.")
    #expect(try said(text, .generic) == "Hi Ana.")
    #expect(try said(text, .logistics) == "Hi Ana.")
    #expect(try said(text, .overt) == "Your insulin is ready.")
  }

  @Test func `with several selectors the first one that fits better decides`() throws {
    let text = """
      .input {$tier :string} .input {$channel :string} .input {$language :string}
      .match $tier $channel $language
      * * * {{rest}}
      * voice * {{call}}
      sealed * * {{sealed}}
      sealed voice es {{llamada}}
      """
    #expect(try said(text, .sealed, on: .voice) == "sealed")
    #expect(try said(text, .sealed, on: .voice, in: "es") == "llamada")
    #expect(try said(text, .generic, on: .voice) == "call")
    #expect(try said(text, .generic, on: .sms) == "rest")
  }

  @Test func `the order in which variants are written does not matter`() throws {
    let variants = ["sealed * {{a}}", "* voice {{b}}", "sealed voice {{c}}", "* * {{d}}"]
    for seed in SeededDice.seeds(24) {
      var dice = SeededDice(seed)
      var rest = variants
      var order: [String] = []
      while !rest.isEmpty { order.append(rest.remove(at: dice.int(0...(rest.count - 1)))) }
      let text =
        ".input {$tier :string} .input {$channel :string} .match $tier $channel \(order.joined(separator: " "))"
      #expect(try said(text, .sealed, on: .voice) == "c", "seed \(seed)")
      #expect(try said(text, .sealed, on: .sms) == "a", "seed \(seed)")
      #expect(try said(text, .generic, on: .voice) == "b", "seed \(seed)")
      #expect(try said(text, .generic, on: .sms) == "d", "seed \(seed)")
    }
  }

  @Test func `a pattern knows the tiers at which it can be chosen`() {
    let template = MessageTemplate(
      ".input {$tier :string} .match $tier sealed {{a}} overt {{b}} * {{c}}", language: "en", channels: [.sms]
    ) { fault in Issue.record("\(fault.sentence)") }
    #expect(template.patterns.map(\.tiers) == [[.sealed], [.overt], [.generic, .logistics]])
  }

  @Test(arguments: [
    ("0", "other", "other"), ("1", "one", "one"), ("1.0", "other", "one"), ("1.5", "other", "other"),
    ("2", "other", "other"),
    ("1000000", "other", "many"), ("-1", "one", "other"), ("21", "other", "other"),
  ])
  func `numbers have the forms of their language`(number: String, english: String, spanish: String) throws {
    // As many digits are shown as were written, so 1.0 is not 1.
    let digits =
      number.split(separator: ".").dropFirst().first.map { " minimumFractionDigits=\($0.count)" } ?? ""
    let text = ".local $n = {|\(number)| :number\(digits)} .match $n one {{one}} many {{many}} * {{other}}"
    #expect(try said(text) == english)
    if number != "-1" { #expect(try said(text, in: "es") == spanish) }
  }

  @Test func `an exact number goes before its form`() throws {
    #expect(try said(".local $n = {1 :integer} .match $n one {{form}} 1 {{exact}} * {{rest}}") == "exact")
    #expect(try said(".local $n = {1 :integer select=exact} .match $n one {{form}} * {{rest}}") == "rest")
  }

  @Test(arguments: [
    ("{1234567.891 :number}", "1,234,567.891"), ("{1234567 :number useGrouping=never}", "1234567"),
    ("{1.5 :integer}", "2"), ("{2.5 :integer}", "2"), ("{0.9999 :number maximumFractionDigits=2}", "1"),
    ("{1 :number minimumFractionDigits=2}", "1.00"), ("{1e3 :number}", "1,000"), ("{12e-1 :number}", "1.2"),
    ("{3 :number signDisplay=always}", "+3"), ("{|-3| :number signDisplay=never}", "3"),
    ("{|-0.0001| :number}", "0"),
    ("{999.9996 :number}", "1,000"), ("{0 :number}", "0"), ("{|words| :string}", "words"),
  ])
  func `literals are written as their function says`(text: String, expected: String) throws {
    #expect(try said(text) == expected)
  }

  @Test(arguments: [
    ("", "Nov 30, 2026", "30 nov 2026"), ("fields=weekday length=long", "Monday", "lunes"),
    ("fields=weekday", "Mon", "lun"), ("fields=day-weekday", "30 Mon", "lun 30"),
    ("fields=month-day length=long", "November 30", "30 de noviembre"),
    ("fields=month-day", "Nov 30", "30 nov"),
    ("fields=month-day length=short", "11/30", "30/11"),
    ("fields=month-day-weekday length=long", "Monday, November 30", "lunes, 30 de noviembre"),
    ("fields=year-month-day length=long", "November 30, 2026", "30 de noviembre de 2026"),
    ("fields=year-month-day length=short", "11/30/26", "30/11/26"),
    ("fields=year-month-day-weekday", "Mon, Nov 30, 2026", "lun, 30 nov 2026"),
    (
      "fields=year-month-day-weekday length=long", "Monday, November 30, 2026",
      "lunes, 30 de noviembre de 2026"
    ),
  ])
  func `days are written in their fields and lengths`(options: String, english: String, spanish: String)
    throws
  {
    #expect(try said("{$appointment.date :date \(options)}") == english)
    #expect(try said("{$appointment.date :date \(options)}", in: "es") == spanish)
    #expect(try said("{|2026-11-30| :date \(options)}") == english)
  }

  @Test func `times are written to the hour, the minute or the second`() throws {
    func time(_ options: String, _ language: String = "en") throws -> String {
      try said("{$appointment.time :time \(options)}", in: language)
    }
    #expect(try time("") == "2:30 PM")
    #expect(try time("precision=hour") == "2 PM")
    #expect(try time("precision=second") == "2:30:00 PM")
    #expect(try time("", "es") == "14:30")
    #expect(try time("precision=hour", "es") == "14 h")
    #expect(try time("precision=second", "es") == "14:30:00")
    #expect(
      try said("{$appointment.date :datetime dateFields=month-day timePrecision=hour}") == "Nov 30, 2 PM")
    #expect(try said("{$appointment.time :datetime}", in: "es") == "30 nov 2026, 14:30")
  }

  @Test func `another name for a value is the value, masked and all`() throws {
    #expect(
      try said(".local $who = {$patient.first_name} {{Hi {$who} and {$who :string}}}") == "Hi Ana and Ana")
    #expect(try said(".local $who = {$patient.first_name} {{Hi {$who}}}", .sealed) == "Hi there")
  }
}
