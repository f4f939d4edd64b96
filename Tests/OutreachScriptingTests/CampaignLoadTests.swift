import OutreachCore
import OutreachScripting
import Testing

struct CampaignLoadTests {
  /// A campaign's file with one line replaced, removed or added.
  private func file(replacing line: Int? = nil, with text: String = "", adding: String = "") -> String {
    var lines = [
      "return campaign {",
      "  id = \"test-campaign\",",
      "  title = \"Test\",",
      "  owner = \"Team\",",
      "  purpose = \"prescription\",",
      "  channels = { \"sms\" },",
      "  messages = {",
      "    nudge = {",
      "      en = \"\(Fixture.goodText)\",",
      "      replies = { C = { code = \"confirmed\" } },",
      "    },",
      "  },",
      "  decide = function(patient) return send(\"nudge\") end,",
      adding,
      "}",
    ]
    if let line { lines[line - 1] = text }
    return lines.joined(separator: "\n")
  }

  @Test func `a campaign's file becomes a campaign`() throws {
    let script = try Fixture.load(
      file(
        adding: """
            priority = 2, schedule = { every = "2 weeks", at = "10:00" }, send_between = { "09:00", "12:00" },
            uses = { "age", "refill", "fields.program", "hba1c" }, repeat_after = "28 days",
          """))
    let campaign = script.campaign
    #expect(campaign.id == CampaignID("test-campaign"))
    #expect(campaign.title == "Test")
    #expect(campaign.owner == "Team")
    #expect(campaign.purpose == .prescription)
    #expect(campaign.channels == [.sms])
    #expect(campaign.priority == 2)
    #expect(campaign.schedule == Schedule(every: .days(14, at: try #require(CivilTime("10:00")))))
    #expect(campaign.sendBetween == TimeWindow(from: "09:00", to: "12:00"))
    #expect(campaign.uses == ["age", "refill", "fields.program", "hba1c"])
    #expect(campaign.repeatAfter == .seconds(28 * 86_400))
    #expect(campaign.position == SourcePosition(file: "c.lua", line: 1, column: 8))
    let message = try #require(campaign.messages[MessageID("nudge")])
    #expect(message.replies == [ReplyOption(key: "C", code: "confirmed")])
    #expect(message.variants.map(\.language) == ["en"])
    #expect(message.variants[0].body.fields == [.patientFirstName, .clinicName, .clinicPhone, .optOut])
    #expect(message.position == SourcePosition(file: "c.lua", line: 8, column: 5))
  }

  @Test func `a campaign carries the hash of the file it was loaded from`() throws {
    #expect(try Fixture.load(file(adding: "priority = 3,")).campaign.contentHash == "hash")
  }

  @Test(arguments: [
    ("\"4 hours\"", Schedule.Every.interval(.seconds(14_400))),
    ("\"30 minutes\"", .interval(.seconds(1_800))),
  ])
  func `a schedule can be an interval`(every: String, expected: Schedule.Every) throws {
    #expect(
      try Fixture.load(file(adding: "schedule = { every = \(every) },")).campaign.schedule
        == Schedule(every: expected))
  }

  @Test func `a schedule can be days of the week`() throws {
    let script = try Fixture.load(file(adding: "schedule = { weekdays = { 'mon', 'thu' }, at = '08:30' },"))
    #expect(
      script.campaign.schedule
        == Schedule(every: .weekdays([.monday, .thursday], at: try #require(CivilTime("08:30")))))
  }

  @Test(arguments: [
    // line, text of the line, the finding
    (2, "", "c.lua:1:17: error: the campaign needs 'id', such as id = \"diabetes-adherence\""),
    (2, "  id = 7,", "c.lua:2:8: error: 'id' must be a text, not a number"),
    (
      2, "  id = \"Test Campaign\",",
      "c.lua:2:8: error: 'id' must be small letters, digits and '-', not \"Test Campaign\""
    ),
    (
      3, "  titel = \"Test\", title = \"Test\",",
      "c.lua:3:3: error: the campaign has no field 'titel' (did you mean 'title'?)"
    ),
    (3, "  title = \"  \",", "c.lua:3:11: error: 'title' is empty"),
    (3, "  title = \"a\", title = \"b\",", "c.lua:3:16: error: 'title' is given twice"),
    (
      4, "  owner = \"Team\", \"stray\",",
      "c.lua:4:19: error: the campaign has named fields only; write name = value"
    ),
    (
      5, "  purpose = \"perscription\",",
      "c.lua:5:13: error: there is no purpose 'perscription' (did you mean 'prescription'?); known are 'appointment', 'wellness', "
        + "'registration', 'preoperative', 'lab_result', 'post_discharge', 'prescription' and 'home_care'"
    ),
    (
      6, "  channels = { \"smss\" },",
      "c.lua:6:16: error: there is no channel 'smss' (did you mean 'sms'?); known are 'sms', 'voice', 'email' and 'app'"
    ),
    (6, "  channels = {},", "c.lua:6:14: error: 'channels' names no channel"),
    (
      6, "  channels = \"sms\",",
      "c.lua:6:14: error: 'channels' must be a list of texts such as { \"a\", \"b\" }, not a text"
    ),
    (6, "  channels = { \"sms\", \"sms\" },", "c.lua:6:23: error: \"sms\" is in the list twice"),
    (
      13, "",
      "c.lua:1:17: error: the campaign needs 'decide', such as decide = function(patient) return send(\"…\") end"
    ),
    (13, "  decide = true,", "c.lua:13:12: error: 'decide' must be a function, not true"),
    (14, "  audience = \"all\",", "c.lua:14:14: error: 'audience' must be a function, not a text"),
    (14, "  priority = 0,", "c.lua:14:14: error: 'priority' must be a whole number from 1 to 9, not 0"),
    (
      14, "  priority = 1.5,",
      "c.lua:14:14: error: 'priority' must be a whole number from 1 to 9, not a number"
    ),
    (
      14, "  schedule = { at = \"10:00\" },",
      "c.lua:14:14: error: the schedule needs 'every', such as every = \"1 day\""
    ),
    (
      14, "  schedule = { every = \"1 day\" },",
      "c.lua:14:14: error: the schedule needs 'at', such as at = \"10:00\""
    ),
    (
      14, "  schedule = { every = \"1 dya\", at = \"10:00\" },",
      "c.lua:14:24: error: 'every' must be a span of time such as \"7 days\" or \"36 hours\", not \"1 dya\""
    ),
    (
      14, "  schedule = { every = \"1 day\", at = \"10\" },",
      "c.lua:14:38: error: 'at' must be a time of the day such as \"09:00\", not \"10\""
    ),
    (
      14, "  schedule = { every = \"1 minute\" },",
      "c.lua:14:24: error: 'every' must be at least \"5 minutes\""
    ),
    (
      14, "  schedule = { every = \"2 hours\", at = \"10:00\" },",
      "c.lua:14:35: error: 'at' goes with days or weeks, not with \"2 hours\""
    ),
    (
      14, "  schedule = { every = \"1 day\", weekdays = { \"mon\" }, at = \"10:00\" },",
      "c.lua:14:16: error: a schedule has 'every' or 'weekdays', not both"
    ),
    (
      14, "  schedule = { weekdays = { \"monday\" }, at = \"10:00\" },",
      "c.lua:14:29: error: there is no day \"monday\"; known are 'mon', 'tue', 'wed', 'thu', 'fri', 'sat' and 'sun'"
    ),
    (
      14, "  send_between = { \"09:00\" },",
      "c.lua:14:18: error: 'send_between' must be two times of one day, such as { \"09:00\", \"12:00\" }"
    ),
    (
      14, "  send_between = { \"22:00\", \"06:00\" },",
      "c.lua:14:18: error: 'send_between' must be two times of one day, such as { \"09:00\", \"12:00\" }"
    ),
    (
      14, "  send_between = { \"06:00\", \"08:30\" },",
      "c.lua:14:18: error: no message could ever go out: the policy is closed 06:00–08:30 on every day; it is open 09:00–20:00"
    ),
    (
      14, "  uses = { \"age\", \"hba1v\" },",
      "c.lua:14:19: error: there is no fact 'hba1v' (did you mean 'hba1c'?); facts are age, sex, language, refill, appointment, "
        + "encounter, history, fields.NAME and the sets of valuesets.lua"
    ),
    (9, "      en = \"\",", "c.lua:9:12: error: 'en' is empty"),
    (9, "      en = 7,", "c.lua:9:12: error: 'en' must be a text, not a number"),
    (9, "", "c.lua:8:13: error: message 'nudge' has no text; write en = \"…\""),
    (
      9, "      en = (\"x\"):rep(3),",
      "c.lua:9:12: error: the text of 'en' is computed; write it in place as a text, or as texts joined by '..'"
    ),
    (
      9, "      en = \"Hi \" .. clinic.name,",
      "c.lua:9:12: error: the text of 'en' is computed; write it in place as a text, or as texts joined by '..'"
    ),
    (
      9, "      vioce = {}, en = \"\(Fixture.goodText)\",",
      "c.lua:9:7: error: message 'nudge' has no field 'vioce' (did you mean 'voice'?); write a language, a channel or 'replies'"
    ),
    (
      9, "      voice = { en = \"x\" }, en = \"\(Fixture.goodText)\",",
      "c.lua:9:7: error: this campaign has no channel 'voice'; add it to 'channels' or leave the text out"
    ),
    (
      9, "      fr = \"Bonjour\", en = \"\(Fixture.goodText)\",",
      "c.lua:9:7: error: the language 'fr' has no words for {$opt_out} yet; known are 'en' and 'es'"
    ),
    (
      9, "      en = \"{$clinic.name} {$clinic.phone}\",",
      "c.lua:9:12: error: every text must say how to stop; add {$opt_out} (47 CFR 64.1200(a)(9)(iv)(G))"
    ),
    (
      9, "      en = \"{$clinic.phone} {$opt_out}\",",
      "c.lua:9:12: error: a message by sms must name the clinic and how to reach it; add {$clinic.name} (47 CFR 64.1200(a)(9)(iv)(B))"
    ),
    (
      9, "      en = \"{$clinic.name} {$opt_out}\",",
      "c.lua:9:12: error: a message by sms must name the clinic and how to reach it; add {$clinic.phone} (47 CFR 64.1200(a)(9)(iv)(B))"
    ),
    (
      10, "      replies = { STOP = { code = \"stop\" } },",
      "c.lua:10:19: error: 'STOP' is taken: carriers read it as an opt-out, an opt-in or a call for help; use one letter such as C"
    ),
    (
      10, "      replies = { Yes = { code = \"yes\" } },",
      "c.lua:10:19: error: 'Yes' is taken: carriers read it as an opt-out, an opt-in or a call for help; use one letter such as C"
    ),
    (
      10, "      replies = { CANCEL = { code = \"cancelled\" } },",
      "c.lua:10:19: error: 'CANCEL' is taken: carriers read it as an opt-out, an opt-in or a call for help; use one letter such as C"
    ),
    (
      10, "      replies = { END = { code = \"ended\" } },",
      "c.lua:10:19: error: 'END' is taken: carriers read it as an opt-out, an opt-in or a call for help; use one letter such as C"
    ),
    (
      10, "      replies = { c = { code = \"confirmed\" } },",
      "c.lua:10:19: error: 'c' is no reply; use capital letters or digits, such as C"
    ),
    (
      10, "      replies = { [\"9\"] = { code = \"confirmed\" } },",
      "c.lua:10:20: error: '9' is taken: it stops further calls"
    ),
    (
      10, "      replies = { C = { cod = \"confirmed\", code = \"x\" } },",
      "c.lua:10:25: error: reply 'C' has no field 'cod' (did you mean 'code'?)"
    ),
    (
      10, "      replies = { C = {} },",
      "c.lua:10:23: error: reply 'C' needs 'code', such as code = \"confirmed\""
    ),
    (10, "      replies = { C = \"confirmed\" },", "c.lua:10:23: error: 'C' must be a table, not a text"),
    (
      10, "      replies = { C = { code = \"Yes!\" } },",
      "c.lua:10:32: error: 'code' must be small letters, digits and '_', not \"Yes!\""
    ),
    (
      10, "      replies = { C = { code = \"x\", task = \"cal_back\" } },",
      "c.lua:10:44: error: there is no kind of work 'cal_back' (did you mean 'call_back'?); kinds are declared in clinic.lua under 'tasks'"
    ),
  ])
  func `one mistake is one finding at its place`(line: Int, text: String, finding: String) {
    #expect(Fixture.findings(file(replacing: line, with: text)) == [finding])
  }

  @Test func `a finding that quotes the file cannot steer a terminal`() {
    #expect(
      Fixture.findings(file(replacing: 2, with: "  id = \"a\\27[2Jb\",")) == [
        "c.lua:2:8: error: 'id' must be small letters, digits and '-', not \"a\u{FFFD}[2Jb\""
      ])
  }

  @Test func `all mistakes are reported together, in the order of the file`() {
    let source = file(replacing: 3, with: "  titel = 1,", adding: "  priority = 12,")
      .replacing("channels = { \"sms\" }", with: "channels = { \"smss\" }")
    #expect(
      Fixture.findings(source).map { $0.split(separator: ": ").first.map(String.init) } == [
        "c.lua:1:17", "c.lua:3:3", "c.lua:6:16", "c.lua:14:14",
      ])
  }

  @Test(arguments: [
    ("", "c.lua:1: error: the file must end in 'return campaign {…}'"),
    ("campaign {}", "c.lua:1: error: the file must end in 'return campaign {…}'"),
    ("return {}", "c.lua:1: error: the file must end in 'return campaign {…}'"),
    ("return campaign(7)", "c.lua:1: error: 'campaign' takes a table: campaign { id = … }"),
    (
      "campaign {}\nreturn campaign {}",
      "c.lua:2: error: 'campaign' is called a second time; a file declares one campaign"
    ),
    ("return campaign {", "c.lua:1: error: unexpected symbol near <eof>"),
    (
      "local x = nil\nreturn campaign { id = x.y }",
      "c.lua:2: error: attempt to index a nil value (local 'x')"
    ),
    (
      "local t = today.date\nreturn campaign {}",
      "c.lua:1: error: this is not known while the file loads; use it inside 'audience' or 'decide'"
    ),
    ("send('x')", "c.lua:1: error: 'send' belongs inside 'decide'"),
    ("task('x')", "c.lua:1: error: 'task' belongs inside 'decide'"),
    ("skip('x')", "c.lua:1: error: 'skip' belongs inside 'decide'"),
    ("chance(0.5)", "c.lua:1: error: 'chance' belongs inside 'audience' or 'decide'"),
    (
      "before(now, '1 day')",
      "c.lua:1: error: this is not known while the file loads; use it inside 'audience' or 'decide'"
    ),
  ])
  func `a file that is no campaign says what is missing`(source: String, finding: String) {
    #expect(Fixture.findings(source) == [finding])
  }

  @Test(arguments: [
    "while true do end", "local function f() return f() + 1 end f()",
    "local t = {} for i = 1, 1e9 do t[i] = {} end",
    "local s = ('x'):rep(1e9)", "print(('x'):rep(1e9))", "io.write('x')", "os.exit()", "require('os')",
  ])
  func `a file that loops, recurses, allocates or reaches out does not load`(line: String) {
    let findings = Fixture.findings("\(line)\n\(file())")
    #expect(findings.count == 1)
    #expect(findings.first?.hasPrefix("c.lua:1: error: ") == true, "\(findings)")
  }

  @Test func `a file with a byte order mark or with line breaks of Windows is read as any other`() throws {
    let source = file(replacing: 3, with: "  titel = 1, title = \"Test\",")
    let windows = source.replacing("\n", with: "\r\n")
    #expect(Fixture.findings("\u{FEFF}\(windows)") == Fixture.findings(source))
    #expect(Fixture.findings(source).count == 1)
  }

  @Test func `bytes that are no script have one finding and no value`() {
    // Not arguments of the test, because it would print them.
    let files: [[UInt8]] = [
      Array(repeating: UInt8(ascii: "{"), count: 100_000),
      Array("return ".utf8) + Array(repeating: UInt8(ascii: "("), count: 100_000),
      Array(repeating: UInt8(ascii: "x"), count: 5 << 20), [0x1B, 0x4C, 0x75, 0x61, 0x54],
      Array("return campaign { id = '\u{0}".utf8) + [0xFF, 0x27, 0x7D], Array(repeating: 0xFF, count: 1_000),
      Array("return campaign { id = 'a".utf8) + [0xFF] + Array("' }".utf8),
    ]
    for (index, bytes) in files.enumerated() {
      let reading = CampaignScript.load(bytes, file: "c.lua", contentHash: "hash", in: Fixture.environment())
      #expect(reading.value == nil, "file \(index)")
      #expect(reading.findings.map(\.position.line) == [1], "file \(index)")
      #expect(ClinicFile.read(bytes, file: "c.lua").value == nil, "file \(index)")
    }
  }

  @Test func `a file of many mistakes reports a hundred`() {
    let fields = (0..<1_000).map { "x\($0) = 1," }.joined(separator: "\n")
    #expect(Fixture.findings("return campaign {\n\(fields)\n}").count == 100)
  }

  @Test(arguments: [
    ("send", "c.lua:1: error: 'send', which the embedding program adds, is the name of something else"),
    ("pairs", "c.lua:1: error: 'pairs', which the embedding program adds, is the name of something else"),
    (
      "Is Busy",
      "c.lua:1: error: 'Is Busy', which the embedding program adds, is no name; use small letters, digits and '_'"
    ),
  ])
  func `a function of the embedding program needs a name of its own`(name: String, finding: String) {
    let environment = Fixture.environment(functions: [ScriptFunction(name) { _ in .none }])
    #expect(Fixture.findings(file(), in: environment) == [finding])
  }

  /// The findings of a campaign that sends between two times, under some hours on 2026-11-23.
  private func findings(_ from: String, _ to: String, _ rules: [OpenHours]) -> [String] {
    var environment = Fixture.environment()
    environment.policy.quietHours = QuietHours(rules)
    environment.day = Fixture.date("2026-11-23")
    return Fixture.findings(
      file(adding: "  send_between = { \"\(from)\", \"\(to)\" },"), in: environment)
  }

  @Test func `a campaign narrows the policy's hours and is told where it would widen them`() {
    func narrows(_ from: String, _ to: String) -> String {
      "c.lua:14:18: warning: the policy narrows 'send_between' from \(from) to \(to)"
    }
    func closed(_ window: String, _ open: String) -> String {
      "c.lua:14:18: error: no message could ever go out: the policy is closed \(window) on every day; it is open \(open)"
    }
    let split = [
      OpenHours(weekdays: [.monday], window: TimeWindow(hours: 9..<12)),
      OpenHours(weekdays: [.tuesday], window: TimeWindow(hours: 14..<18)),
    ]
    #expect(findings("09:00", "20:00", [OpenHours()]) == [])
    #expect(findings("10:00", "11:00", [OpenHours()]) == [])
    #expect(findings("08:00", "12:00", [OpenHours()]) == [narrows("08:00–12:00", "09:00–12:00")])
    #expect(findings("00:00", "23:00", [OpenHours()]) == [narrows("00:00–23:00", "09:00–20:00")])
    #expect(findings("11:00", "15:00", split) == [])
    #expect(findings("11:00", "13:00", split) == [narrows("11:00–13:00", "11:00–12:00")])
    #expect(findings("12:00", "14:00", split) == [closed("12:00–14:00", "09:00–18:00")])
    #expect(findings("20:00", "21:00", [OpenHours()]) == [closed("20:00–21:00", "09:00–20:00")])
    // Another name holds as well, on the days on which both are open.
    let mornings = OpenHours(name: "mornings", weekdays: [.monday], window: TimeWindow(hours: 8..<10))
    #expect(findings("08:00", "12:00", split + [mornings]) == [narrows("08:00–12:00", "09:00–10:00")])
    #expect(findings("14:00", "16:00", split + [mornings]) == [closed("14:00–16:00", "09:00–10:00")])
    // What holds only somewhere, for another channel, by another clock or on other days narrows nothing.
    var others = [mornings, mornings, mornings, mornings]
    others[0].places = [.state("TX")]
    others[1].channels = [.voice]
    others[2].clock = "Etc/GMT+6"
    others[3].provenance.until = Fixture.date("2026-11-22")
    for other in others { #expect(findings("09:00", "20:00", [OpenHours(), other]) == [], "\(other)") }
  }

  @Test func `a campaign for a purpose that is not in force loads with a warning that says the day`() {
    var environment = Fixture.environment()
    environment.day = Fixture.date("2026-11-23")
    func findings(from: String? = nil, until: String? = nil) -> [String] {
      environment.policy.addedPurposes = [
        AddedPurpose(
          Purpose("survey"),
          Provenance(from: from.flatMap(CivilDate.init), until: until.flatMap(CivilDate.init)))
      ]
      let source = file(replacing: 5, with: "  purpose = \"survey\",")
      return Fixture.findings(source, in: environment)
    }
    #expect(findings() == [])
    #expect(findings(from: "2026-11-23", until: "2026-11-23") == [])
    #expect(
      findings(from: "2026-11-24") == [
        "c.lua:5:13: warning: the policy allows messages for 'survey' from 2026-11-24 on; until then they are refused"
      ])
    #expect(
      findings(until: "2026-11-22") == [
        "c.lua:5:13: warning: the policy allowed messages for 'survey' until 2026-11-22; they are refused now"
      ])
  }

  @Test func `an unknown zone of the clinic is a finding`() {
    var environment = Fixture.environment()
    environment.clinic.timeZone = "Mars/Olympus"
    #expect(
      Fixture.findings(file(), in: environment).first?.contains("the clinic's zone: There is no time zone")
        == true)
  }
}
