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
    #expect(reading.findings.map(\.withoutRule) == findings)
    #expect(reading.value == nil)
  }

  @Test func `a file that declares nothing, or twice, is refused`() {
    func findings(_ source: String) -> [String] {
      ClinicFile.read(Array(source.utf8), file: "clinic.lua").findings.map(\.withoutRule)
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
    #expect(read(line).findings.map(\.withoutRule) == [finding])
  }
}
