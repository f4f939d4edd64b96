import OutreachCore
import OutreachScripting
import Testing

struct ClinicFileTests {
  private func read(_ body: String) -> Reading<Clinic> {
    ClinicFile.read(Array("return clinic {\n\(body)\n}".utf8), file: "clinic.lua")
  }
  private let whole = "name = \"Lakeside\", phone = \"312-555-0100\", time_zone = \"America/Chicago\","

  @Test func `a clinic's file becomes a clinic`() {
    let reading = read(
      "\(whole) country = 'CA', language = 'ES', tasks = { 'call_back' }, fields = { 'risk' },")
    #expect(reading.findings == [])
    #expect(
      reading.value
        == Clinic(
          name: "Lakeside", phone: "312-555-0100", timeZone: "America/Chicago", country: "CA", language: "es",
          taskKinds: ["call_back"], fields: ["risk"]))
    #expect(read(whole).value == Clinic(name: "Lakeside", phone: "312-555-0100", timeZone: "America/Chicago"))
  }

  @Test(arguments: [
    (
      "", "",
      [
        "clinic.lua:1:15: error: the clinic needs 'name', such as name = \"Riverside Primary Care\"",
        "clinic.lua:1:15: error: the clinic needs 'phone', such as phone = \"(312) 555-0100\"",
        "clinic.lua:1:15: error: the clinic needs 'time_zone', such as time_zone = \"America/Chicago\"",
      ]
    ),
    ("nmae = 1,", "x", ["clinic.lua:2:1: error: the clinic has no field 'nmae' (did you mean 'name'?)"]),
    (
      "phone = \"312-555-CALL\",", "phone",
      ["clinic.lua:2:9: error: 'phone' must be a telephone number, such as \"(312) 555-0100\""]
    ),
    (
      "time_zone = \"CST\",", "time_zone",
      ["clinic.lua:2:13: error: 'time_zone' must be a name such as \"America/Chicago\", not \"CST\""]
    ),
    (
      "country = \"usa\",", "x",
      ["clinic.lua:2:11: error: 'country' must be two capital letters such as \"US\", not \"usa\""]
    ),
    (
      "language = \"english\",", "x",
      ["clinic.lua:2:12: error: 'language' must be a language such as \"en\" or \"es\", not \"english\""]
    ),
    (
      "tasks = { \"Call Back\" },", "x",
      [
        "clinic.lua:2:11: error: \"Call Back\" is no name; use small letters, digits and '_', such as \"call_back\""
      ]
    ),
    ("tasks = { 7 },", "x", ["clinic.lua:2:11: error: 'tasks' must be a list of texts; this is a number"]),
    (
      "fields = \"risk\",", "x",
      ["clinic.lua:2:10: error: 'fields' must be a list of texts such as { \"a\", \"b\" }, not a text"]
    ),
    ("name = print,", "name", ["clinic.lua:2: error: 'print' is not available to scripts"]),
  ])
  func `a mistake is reported at its place`(line: String, key: String, findings: [String]) {
    var rest = whole
    if key == "" { rest = "" }
    if key == "name" { rest = rest.replacing("name = \"Lakeside\", ", with: "") }
    if key == "phone" { rest = rest.replacing("phone = \"312-555-0100\", ", with: "") }
    if key == "time_zone" { rest = rest.replacing("time_zone = \"America/Chicago\",", with: "") }
    let reading = read("\(line)\n\(rest)")
    #expect(reading.findings.map(\.description) == findings)
    #expect(reading.value == nil)
  }

  @Test func `a file that declares nothing, or twice, is refused`() {
    func findings(_ source: String) -> [String] {
      ClinicFile.read(Array(source.utf8), file: "clinic.lua").findings.map(\.description)
    }
    #expect(findings("") == ["clinic.lua:1: error: the file must end in 'return clinic {…}'"])
    #expect(findings("clinic {}") == ["clinic.lua:1: error: the file must end in 'return clinic {…}'"])
    #expect(
      findings("clinic {}\nreturn clinic {}") == [
        "clinic.lua:2: error: 'clinic' is called a second time; a file declares one"
      ])
    #expect(findings("return clinic 'x'") == ["clinic.lua:1: error: 'clinic' takes a table: clinic {…}"])
  }
}

struct ValueSetFileTests {
  private func read(_ body: String) -> Reading<ValueSets> {
    ValueSetFile.read(Array("return valuesets {\n\(body)\n}".utf8), file: "valuesets.lua")
  }

  @Test func `sets hold their codes by system`() throws {
    let reading = read(
      "diabetes = { icd10 = { 'E11', 'E10.9' }, snomed = { '44054006' } }, ['a1c'] = { loinc = { '4548-4' } },"
    )
    #expect(reading.findings == [])
    let sets = try #require(reading.value)
    #expect(sets.names == ["a1c", "diabetes"])
    #expect(
      Set(sets.sets[1].codes) == [
        Coding(.icd10, "E11"), Coding(.icd10, "E10.9"), Coding(.snomed, "44054006"),
      ])
    #expect(sets.sets[0].codes == [Coding(.loinc, "4548-4")])
  }

  @Test(arguments: [
    ("a = { icd = { 'E11' } },", "valuesets.lua:2:7: error: set 'a' has no field 'icd'"),
    (
      "a = { icd10 = { 'e11' } },",
      "valuesets.lua:2:17: error: \"e11\" is no ICD-10 code; they look like \"E11\" or \"E11.9\""
    ),
    (
      "a = { icd10 = { 'E119' } },",
      "valuesets.lua:2:17: error: \"E119\" is no ICD-10 code; they look like \"E11\" or \"E11.9\""
    ),
    (
      "a = { loinc = { '4548' } },",
      "valuesets.lua:2:17: error: \"4548\" is no LOINC code; they look like \"4548-4\""
    ),
    (
      "a = { rxnorm = { 'x' } },",
      "valuesets.lua:2:18: error: \"x\" is no rxnorm code; they are digits such as \"6809\""
    ),
    (
      "a = { snomed = { '12' } },",
      "valuesets.lua:2:18: error: \"12\" is no snomed code; they are digits such as \"44054006\""
    ),
    ("a = { cvx = { 140 } },", "valuesets.lua:2:15: error: 'cvx' must be a list of texts; this is a number"),
    ("a = {},", "valuesets.lua:2:5: error: set 'a' has no codes; write such as icd10 = { \"E11\" }"),
    (
      "age = { icd10 = { 'E11' } },",
      "valuesets.lua:2:1: error: 'age' is the name of another fact; choose another for the set"
    ),
    (
      "a_b = { icd10 = { 'E11' } },",
      "valuesets.lua:2:1: error: 'a_b' is no name for a set; use small letters, digits and '-', such as [\"blood-pressure\"]"
    ),
    (
      "a = { icd10 = { 'E11' } }, a = { icd10 = { 'E12' } },", "valuesets.lua:2:28: error: 'a' is given twice"
    ),
    (
      "{ icd10 = { 'E11' } },",
      "valuesets.lua:2:1: error: the value sets has named fields only; write name = value"
    ),
  ])
  func `a mistake is reported at its place`(line: String, finding: String) {
    #expect(read(line).findings.map(\.description) == [finding])
  }
}

struct PolicyFileTests {
  private func read(_ body: String, on day: String = "2026-11-23") -> Reading<Policy> {
    PolicyFile.read(
      Array("return policy { name = \"p\",\n\(body)\n}".utf8), file: "policy.lua", on: Fixture.date(day))
  }

  @Test func `what is left out is as in the default policy`() {
    var expected = Policy()
    expected.name = "p"
    #expect(read("").value == expected)
    #expect(read("").findings == [])
  }

  @Test func `a policy's file becomes a policy`() throws {
    let reading = read(
      """
      quiet_hours = { from = "10:00", to = "18:00", days = { "mon", "tue" }, federal_holidays = false, source = "x",
        checked_on = "2026-11-22" },
      caps = { { limit = 1, per = "calendar day" }, { limit = 2, per = "7 days", channels = { "sms", "voice" } } },
      purposes = { "care_gap" },
      facts = { maximum_age = "2 days", appointment = "12 hours", care_gap = "5 days" },
      contact = { fresh_for = "90 days" }, message = { characters = 140, expires_after = "3 days" },
      reply = { hold = "30 minutes" },
      """)
    #expect(reading.findings == [])
    let policy = try #require(reading.value)
    #expect(policy.quietHours.window == TimeWindow(from: "10:00", to: "18:00"))
    #expect(policy.quietHours.weekdays == [.monday, .tuesday])
    #expect(!policy.quietHours.restsOnFederalHolidays)
    #expect(
      policy.caps == [
        FrequencyCap(
          name: "1 a calendar day", limit: 1, window: .calendarDay, channels: [.sms, .voice, .email, .app]),
        FrequencyCap(
          name: "2 in 7 days", limit: 2, window: .rolling(.seconds(7 * 86_400)), channels: [.sms, .voice]),
      ])
    #expect(policy.addedPurposes == [Purpose("care_gap")])
    #expect(policy.factsMaximumAge == .seconds(2 * 86_400))
    #expect(policy.factsMaximumAge(for: .appointment) == .seconds(43_200))
    #expect(policy.factsMaximumAge(for: Purpose("care_gap")) == .seconds(5 * 86_400))
    #expect(policy.contactFreshness == .seconds(90 * 86_400))
    #expect(policy.maximumCharacters == 140)
    #expect(policy.expiresAfter == .seconds(3 * 86_400))
    #expect(policy.replyHold == .seconds(1_800))
  }

  @Test(arguments: [
    (
      "quiet_hours = { from = \"07:59\" },",
      "policy.lua:2:15: error: the window 07:59–20:00 goes beyond 08:00–21:00, which is the law (47 CFR 64.1200(c)(1)) and cannot be widened"
    ),
    (
      "quiet_hours = { to = \"21:01\" },",
      "policy.lua:2:15: error: the window 09:00–21:01 goes beyond 08:00–21:00, which is the law (47 CFR 64.1200(c)(1)) and cannot be widened"
    ),
    (
      "quiet_hours = { from = \"20:00\", to = \"09:00\" },",
      "policy.lua:2:15: error: the window must end after it begins, on the same day, not 20:00–09:00"
    ),
    (
      "quiet_hours = { form = \"09:00\" },",
      "policy.lua:2:17: error: the rule of quiet hours has no field 'form' (did you mean 'from'?)"
    ),
    ("quiet_hours = { days = {} },", "policy.lua:2:24: error: 'days' names no day"),
    ("caps = { { per = \"7 days\" } },", "policy.lua:2:10: error: cap 1 needs 'limit', such as limit = 1"),
    (
      "caps = { { limit = 1, per = \"week\" } },",
      "policy.lua:2:29: error: 'per' must be \"calendar day\" or a span such as \"24 hours\" or \"7 days\", not \"week\""
    ),
    (
      "caps = { { limit = 0, per = \"7 days\" } },",
      "policy.lua:2:20: error: 'limit' must be a whole number from 1 to 1000, not 0"
    ),
    (
      "caps = { { limit = 1, per = \"calendar day\", channels = { \"sms\", \"voice\", \"app\" } }, { limit = 3, per = \"7 days\", channels = { \"sms\", \"voice\" } } },",
      "policy.lua:2:8: error: no cap counts messages by email; every channel needs one"
    ),
    (
      "caps = { limit = 1 },",
      "policy.lua:2:8: error: 'caps' is a list; write caps = { { limit = 1, per = \"calendar day\" } }"
    ),
    (
      "caps = { { limit = 2, per = \"calendar day\" }, { limit = 3, per = \"7 days\" } },",
      "policy.lua:2:8: warning: these caps allow more than 1 text or call a day or 3 in 7 days (47 CFR 64.1200(a)(9)(iv)(F)); "
        + "every patient must have agreed to that"
    ),
    (
      "purposes = { \"billing\" },",
      "policy.lua:2:14: error: the purpose \"billing\" cannot be added: this program sends messages of care only"
    ),
    (
      "facts = { maximum_age = \"3 dais\" },",
      "policy.lua:2:25: error: 'maximum_age' must be a span of time such as \"7 days\" or \"36 hours\", not \"3 dais\""
    ),
    (
      "message = { characters = 161 },",
      "policy.lua:2:26: error: 'characters' must be a whole number from 20 to 160, not 161"
    ),
    (
      "reply = { hold = \"1 hour\", until_date = \"2026-11-22\" },",
      "policy.lua:2:41: error: the rule of replies held until 2026-11-22; look up the rule and put in the one that holds now"
    ),
    (
      "reply = { hold = \"1 hour\", from_date = \"2026-11-24\" },",
      "policy.lua:2:40: error: the rule of replies holds only from 2026-11-24 on; put in the rule that holds on 2026-11-23"
    ),
    (
      "reply = { hold = \"1 hour\", checked_on = \"yesterday\" },",
      "policy.lua:2:41: error: 'checked_on' must be a date such as \"2026-11-23\", not \"yesterday\""
    ),
    (
      "reply = { hold = \"1 hour\", source = 7 },",
      "policy.lua:2:37: error: 'source' must be a text, not a number"
    ),
    ("repyl = {},", "policy.lua:2:1: error: the policy has no field 'repyl' (did you mean 'reply'?)"),
  ])
  func `a mistake is reported at its place`(line: String, finding: String) {
    let reading = read(line)
    #expect(reading.findings.map(\.description) == [finding])
    #expect((reading.value == nil) == finding.contains(" error: "))
  }

  @Test func `a rule holds on its last day and not on the next`() {
    let rule = "reply = { hold = \"1 hour\", from_date = \"2026-11-01\", until_date = \"2026-11-23\" },"
    #expect(read(rule, on: "2026-11-01").value != nil)
    #expect(read(rule, on: "2026-11-23").value != nil)
    #expect(read(rule, on: "2026-11-24").value == nil)
    #expect(read(rule, on: "2026-10-31").value == nil)
  }
}
