import Lua
import OutreachCore
import OutreachScripting
import Testing

struct ScriptFailureTests {
  @Test(arguments: [
    ("return patient.age > 3 and send('nudge')", "age"), ("return patient.sex .. 'x'", "sex"),
    ("return skip(patient.fields.program .. 'x')", "fields.program"),
    ("if patient.fields.risk_score > 2 then return end", "fields.risk_score"),
    ("return patient:latest('hba1c', '%').value > 7", "hba1c"),
    ("local r = patient:refill('glucose-lowering')\nif r.days_until_due < 5 then return end", "refill"),
    ("local visit = patient:next_appointment()\nlocal d = visit.days_until", "appointment"),
    ("return patient:last_sent('nudge').days_ago < 3", "history"),
    ("return #patient:replied('nudge') > 3", "history"),
    ("local a = patient.age\nlocal s = patient.sex\nreturn a + 1", "age"),
  ])
  func `a fact that is not on record is value_missing with its name`(decide: String, field: String) throws {
    let failure = try Fixture.failure(decide)
    #expect(failure.reason == .valueMissing)
    #expect(failure.decisionReason == .valueMissing)
    #expect(failure.field == field)
    #expect(failure.message.hasPrefix("'\(field)' is not on record"))
    #expect(failure.position != nil)
  }

  @Test func `a nil of the script's own making is its error`() throws {
    let failure = try Fixture.failure("local t = {}\nreturn t.x.y")
    #expect(failure.reason == .scriptError)
    #expect(failure.field == nil)
    #expect(failure.position == SourcePosition(file: "c.lua", line: 9))
  }

  @Test func `a missing value in the audience fails for this patient too`() throws {
    let script = try Fixture.load(
      Fixture.campaign(decide: "return send('nudge')", audience: "return patient.age >= 18"))
    let failure = try #require(throws: ScriptFailure.self) {
      try script.propose(for: FactsOnly(), shared: SharedResources(), at: Fixture.now)
    }
    #expect(failure.reason == .valueMissing)
    #expect(failure.read == ["age"])
  }

  @Test(arguments: [
    ("while true do end", ScriptFailure.Reason.scriptBudget),
    ("local function f() return 1 + f() end f()", .scriptBudget),
    ("local t = {} for i = 1, 1e9 do t[i] = { i } end", .scriptBudget),
    ("local s = 'x' while true do s = s .. s end", .scriptBudget),
    ("return skip(('x'):rep(1e9))", .scriptBudget),
    ("return ('a'):rep(300):find(('.-'):rep(3) .. 'b')", .scriptBudget),
    ("local t = { send('nudge') } for i = 1, 20 do t = { t } end return t", .scriptError),
    ("local t = {} for i = 1, 5000 do t[i] = 1 end return t", .scriptBudget),
    ("error('x')", .scriptError), ("assert(false, 'x')", .scriptError), ("return 1", .scriptError),
    ("return true", .scriptError),
    ("return 'send'", .scriptError), ("return patient", .scriptError), ("return now", .scriptError),
    ("return { 'nudge' }", .scriptError), ("return { message = 'nudge' }", .scriptError),
    ("return { send('nudge'), { send('visit') } }", .scriptError),
    ("return { send('nudge'), send('nudge') }", .scriptError),
    ("return function() end", .scriptError), ("return patient.age.x.y", .valueMissing),
    ("return { nil, send('nudge') }", .scriptError),
    ("local s = send('nudge') return { s, s }", .scriptError),
  ])
  func `a script that loops, recurses, allocates or answers nonsense fails for this patient`(
    decide: String, reason: ScriptFailure.Reason
  ) throws {
    let failure = try Fixture.failure(decide)
    #expect(failure.reason == reason, "\(failure)")
    #expect(failure.position?.file == "c.lua")
  }

  @Test(arguments: [
    ("return 1", "'decide' must return send(…), task(…), skip(…), a list of these, or nothing, not a number"),
    (
      "return patient",
      "'decide' must return send(…), task(…), skip(…), a list of these, or nothing, not patient"
    ),
    (
      "return { 'x' }",
      "'decide' must return send(…), task(…), skip(…), a list of these, or nothing, not a text"
    ),
    (
      "return { x = 1 }",
      "'decide' must return send(…), task(…), skip(…), a list of these, or nothing, not a table with names or gaps"
    ),
    (
      "return { send('nudge'), send('nudge') }",
      "'decide' returned the same message about the same fact twice"
    ),
  ])
  func `an answer that is none says what it should be and where decide is`(decide: String, message: String)
    throws
  {
    let failure = try Fixture.failure(decide)
    #expect(failure.description == "c.lua:8:3: \(message)")
    #expect(failure.logDescription == "c.lua:8:3: answer of the wrong kind")
  }

  @Test(arguments: ["1", "'yes'", "patient", "{}"])
  func `an audience that is neither true nor false fails`(answer: String) throws {
    let script = try Fixture.load(
      Fixture.campaign(decide: "return send('nudge')", audience: "return \(answer)"))
    let failure = try #require(throws: ScriptFailure.self) {
      try script.propose(for: FactsOnly(), shared: SharedResources(), at: Fixture.now)
    }
    #expect(failure.description.hasPrefix("c.lua:7:3: 'audience' must return true or false, not "))
  }

  @Test func `the next patient is served after a failure of any kind`() throws {
    let decide = """
      if patient.age == 1 then while true do end end
      if patient.age == 2 then error('x') end
      if patient.age == 3 then return 7 end
      if patient.age == 4 then local t = {} for i = 1, 1e9 do t[i] = {} end end
      return send('nudge')
      """
    let script = try Fixture.load(Fixture.campaign(decide: decide))
    func propose(_ age: Int) throws -> Proposal? {
      var facts = PatientFacts()
      facts.birthDate = CivilDate(year: 2026 - age, month: 1, day: 1)
      return try script.propose(for: FactsOnly("P-2222", facts), shared: SharedResources(), at: Fixture.now)
    }
    for age in [5, 1, 5, 2, 5, 3, 5, 4, 5] {
      if age == 5 {
        #expect(try propose(5)?.items == [.send(Intent(message: MessageID("nudge")))])
      } else {
        #expect(throws: ScriptFailure.self) { try propose(age) }
      }
    }
  }

  @Test func `what a script says of a patient is in no log line`() throws {
    var facts = PatientFacts()
    facts.fields = ["program": .text("secret-word")]
    for decide in [
      "error('secret-word ' .. patient.fields.program)", "assert(false, patient.fields.program)",
      "local t = {} return t[patient.fields.program].x", "return send(patient.fields.program)",
      "return skip(patient.fields.program, 1) .. {}", "return task(patient.fields.program)",
      "return patient.fields.program", "local x = patient return x[patient.fields.program]",
    ] {
      let failure = try Fixture.failure(decide, of: facts)
      #expect(!failure.logDescription.contains("secret-word"), "\(failure.logDescription)")
      #expect(
        failure.logDescription.hasPrefix("c.lua:8: ") || failure.logDescription.hasPrefix("c.lua:8:3: "))
    }
  }

  @Test func `the stack names the script's functions, innermost first`() throws {
    let failure = try Fixture.failure(
      "local function inner() error('x') end\nlocal function outer() inner() end\nouter()")
    #expect(failure.stack.count >= 3)
    #expect(failure.stack.first?.hasPrefix("c.lua:8: ") == true)
    #expect(failure.stack.dropFirst().first?.hasPrefix("c.lua:9: ") == true)
  }

  @Test func `what the patient's record throws goes through as it is`() throws {
    struct Unreadable: Error {}
    let script = try Fixture.load(Fixture.campaign(decide: "return skip(tostring(patient.age))"))
    let patient = FactsOnly()
    patient.failure = Unreadable()
    #expect(throws: Unreadable.self) {
      try script.propose(for: patient, shared: SharedResources(), at: Fixture.now)
    }
    let fine = try script.propose(for: FactsOnly(), shared: SharedResources(), at: Fixture.now)
    #expect(fine?.items == [.skip("nil")])
  }

  @Test func `the watchdog fails the job and not the patient`() throws {
    var limits = Limits()
    limits.callFuel = 1_000_000_000
    limits.deadline = .milliseconds(50)
    let script = try Fixture.load(
      Fixture.campaign(decide: "while true do end"), in: Fixture.environment(limits: limits))
    let failure = try #require(throws: ScriptJobFailure.self) {
      try script.propose(for: FactsOnly(), shared: SharedResources(), at: Fixture.now)
    }
    #expect(failure.message == "the script was stopped by the watchdog")
  }
}
