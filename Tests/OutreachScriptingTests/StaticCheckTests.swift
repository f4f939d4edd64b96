import OutreachCore
import OutreachScripting
import Testing

struct StaticCheckTests {
  /// The findings of code in 'decide', which stands on line 8 from column 30 on.
  private func findings(_ decide: String, extra: String = "") -> [String] {
    Fixture.findings(
      Fixture.campaign(
        decide: "if false then \(decide) end return { send('nudge'), send('visit') }", extra: extra))
  }

  @Test(arguments: [
    ("send('nugde')", "c.lua:8:49: error: this campaign has no message 'nugde' (did you mean 'nudge'?)"),
    ("send 'nugde'", "c.lua:8:49: error: this campaign has no message 'nugde' (did you mean 'nudge'?)"),
    (
      "task('cal_back')",
      "c.lua:8:49: error: there is no kind of work 'cal_back' (did you mean 'call_back'?); kinds are declared in clinic.lua under 'tasks'"
    ),
    (
      "patient:has('diabtes')",
      "c.lua:8:56: error: there is no set 'diabtes' (did you mean 'diabetes'?); sets are declared in valuesets.lua"
    ),
    (
      "patient:latest('hba1v', '%')",
      "c.lua:8:59: error: there is no set 'hba1v' (did you mean 'hba1c'?); sets are declared in valuesets.lua"
    ),
    (
      "patient:refill('glucose-lowring')",
      "c.lua:8:59: error: there is no set 'glucose-lowring' (did you mean 'glucose-lowering'?); sets are declared in valuesets.lua"
    ),
    (
      "patient:last_sent('nugde')",
      "c.lua:8:62: error: this campaign has no message 'nugde' (did you mean 'nudge'?)"
    ),
    (
      "patient:replied('nugde')",
      "c.lua:8:60: error: this campaign has no message 'nugde' (did you mean 'nudge'?)"
    ),
    ("local x = patient.agee", "c.lua:8:62: error: patient has no field 'agee' (did you mean 'age'?)"),
    ("patient:hass('diabetes')", "c.lua:8:52: error: patient has no method 'hass' (did you mean 'has'?)"),
    ("local x = patient.has", "c.lua:8:62: error: 'has' is asked with a colon: patient:has(…)"),
    (
      "local x = patient.fields.programm",
      "c.lua:8:69: error: the clinic has no field 'programm' (did you mean 'program'?); fields are declared in clinic.lua"
    ),
    ("sned('nudge')", "c.lua:8:44: error: there is nothing called 'sned' (did you mean 'send'?)"),
    ("print('x')", "c.lua:8:44: error: 'print' is not available to scripts"),
    ("count = 1", "c.lua:8:44: error: 'count' is not a local variable; write 'local count = …'"),
  ])
  func `a name that does not exist is found before any patient`(code: String, finding: String) {
    #expect(findings(code) == [finding])
  }

  @Test(arguments: [
    ("local x = patient.age", "c.lua:8:62", "age"),
    ("local x = patient.fields.program", "c.lua:8:69", "fields.program"),
    ("patient:has('diabetes')", "c.lua:8:52", "diabetes"),
    ("patient:refill('glucose-lowering')", "c.lua:8:52", "refill"),
    ("patient:latest('hba1c', '%')", "c.lua:8:52", "hba1c"),
    ("patient:next_appointment()", "c.lua:8:52", "appointment"),
    ("patient:appointments {}", "c.lua:8:52", "appointment"),
    ("patient:encounters {}", "c.lua:8:52", "encounter"),
    ("patient:last_sent('nudge')", "c.lua:8:52", "history"),
    ("patient:sent_count()", "c.lua:8:52", "history"),
  ])
  func `a read beyond uses is found before any patient`(code: String, place: String, fact: String) {
    #expect(
      findings(code, extra: "uses = { 'sex' },") == [
        "\(place): error: '\(fact)' is not among the facts this campaign uses; add it to uses = {…} if the campaign needs it"
      ])
  }

  @Test(arguments: [
    "local t = { sned = 1, print = 2 } local x = t.sned + t.print",
    "local function helper(p, ...) return p, ... end helper(1)",
    "for index, item in ipairs({}) do local y = index, item end",
    "local patient = { agee = 1 } local x = patient.agee",
    "goto done ::done::", "local name = 'nudge' local x = send(name)",
    "local t = { has = function(self, name) return name end } local s = t.has(t, 'anything')",
    "local text = [==[ sned('x') ]==] -- sned('y')\n--[[ print(1) ]] local z = text",
    "local x <const> = 3 local y = x", "local s = 'x' .. \"it's\" .. '\\'' .. '\\\\'",
  ])
  func `what is right is not reported`(code: String) {
    #expect(findings(code) == [])
  }

  @Test func `a computed send keeps the warnings away from names that the file mentions`() throws {
    let source = Fixture.campaign(decide: "local m = patient.age and 'nudge' or 'visit' return send(m)")
    #expect(Fixture.findings(source) == [])
  }
}
