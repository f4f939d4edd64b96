import OutreachCore
import OutreachScripting
import Testing

struct PatientMemberTests {
  @Test(arguments: [
    ("1980-11-23", "46"), ("1980-11-24", "45"), ("2008-02-29", "18"), ("2026-11-23", "0"),
    ("2026-11-24", "nil"),
  ])
  func `age counts completed years on the clinic's day and a birth date to come is none`(
    born: String, age: String
  ) throws {
    var facts = PatientFacts()
    facts.birthDate = Fixture.date(born)
    #expect(try Fixture.say("p.age", of: facts) == age)
  }

  @Test func `the clinic's day is the day in its zone and not in UTC`() throws {
    var facts = PatientFacts()
    facts.birthDate = Fixture.date("2000-11-24")
    #expect(try Fixture.say("p.age", of: facts, at: Fixture.instant("2026-11-24T05:59:59Z")) == "25")
    #expect(try Fixture.say("p.age", of: facts, at: Fixture.instant("2026-11-24T06:00:00Z")) == "26")
    #expect(try Fixture.say("today.date", at: Fixture.instant("2026-11-24T05:59:59Z")) == "2026-11-23")
  }

  @Test func `sex, language and fields are as recorded and nil where nothing is`() throws {
    var facts = PatientFacts()
    #expect(try Fixture.say("p.sex", of: facts) == "nil")
    #expect(try Fixture.say("p.language", of: facts) == "nil")
    #expect(try Fixture.say("p.fields.program", of: facts) == "nil")
    facts.sex = "female"
    facts.language = "es"
    facts.fields = [
      "program": .text("chw"), "risk_score": .number(2.5), "enrolled": .boolean(true), "secret": .text("x"),
    ]
    #expect(try Fixture.say("p.sex .. p.language", of: facts) == "femalees")
    #expect(try Fixture.say("p.fields.program", of: facts) == "chw")
    #expect(try Fixture.say("p.fields.risk_score * 2", of: facts) == "5.0")
    #expect(try Fixture.say("p.fields.enrolled == true", of: facts) == "true")
  }

  @Test func `a field that clinic lua does not declare is an error even when the record has it`() throws {
    var facts = PatientFacts()
    facts.fields = ["program_name": .text("x")]
    let failure = try Fixture.failure(
      "local f = patient.fields return skip(tostring(f.program_name))", of: facts)
    #expect(failure.reason == .scriptError)
    #expect(
      failure.message
        == "the clinic has no field 'program_name'; fields are declared in clinic.lua")
  }

  @Test(arguments: [
    ([Coding(.icd10, "E11.9")], true, "true"), ([Coding(.icd10, "E11")], true, "true"),
    ([Coding(.icd10, "E12")], true, "false"), ([Coding(.snomed, "44054006")], true, "true"),
    ([Coding(.snomed, "E11")], true, "false"), ([Coding(.icd10, "E11.9")], false, "false"),
    ([Coding(.icd10, "I10"), Coding(.snomed, "44054006")], true, "true"), ([], true, "false"),
  ])
  func `has is true for an active problem of the set`(codes: [Coding], isActive: Bool, expected: String)
    throws
  {
    var facts = PatientFacts()
    facts.conditions = [Condition(id: ResourceID("Condition/1"), codes: codes, isActive: isActive)]
    #expect(try Fixture.say("p:has('diabetes')", of: facts) == expected)
  }

  @Test func `set matching agrees with the catalogue for every code`() throws {
    // ValueSets.indices(containing:) is the oracle for what a script's has() finds.
    for code in ["E10", "E1", "E10.1", "E101", "E11.65", "E13", "I10", "I1", "4", "44054006"] {
      for system in [CodeSystem.icd10, .snomed] {
        let coding = Coding(system, code)
        var facts = PatientFacts()
        facts.conditions = [Condition(id: ResourceID("Condition/1"), codes: [coding], isActive: true)]
        for set in ["diabetes", "hypertension"] {
          let index = try #require(Fixture.sets.index(of: set))
          let expected = Fixture.sets.indices(containing: coding).contains(index)
          #expect(try Fixture.say("p:has('\(set)')", of: facts) == "\(expected)", "\(coding) in \(set)")
        }
      }
    }
  }

  @Test func `takes goes by active orders, their validity and shared medications`() throws {
    func order(_ codes: [Coding], active: Bool = true, until: String? = nil, medication: String? = nil)
      -> PatientFacts
    {
      var facts = PatientFacts()
      facts.medicationOrders = [
        MedicationOrder(
          id: ResourceID("MedicationRequest/1"), codes: codes, medication: medication.map { ResourceID($0) },
          isActive: active, validUntil: until.map(Fixture.date))
      ]
      return facts
    }
    let metformin = Coding(.rxnorm, "6809")
    let shared = SharedResources(medications: [ResourceID("Medication/m"): [metformin]])
    let takes = "p:takes('glucose-lowering')"
    #expect(try Fixture.say(takes, of: order([metformin])) == "true")
    #expect(try Fixture.say(takes, of: order([metformin], active: false)) == "false")
    #expect(try Fixture.say(takes, of: order([metformin], until: "2026-11-22")) == "false")
    #expect(try Fixture.say(takes, of: order([metformin], until: "2026-11-23")) == "true")
    #expect(try Fixture.say(takes, of: order([], medication: "Medication/m"), shared: shared) == "true")
    #expect(try Fixture.say(takes, of: order([], medication: "Medication/other"), shared: shared) == "false")
  }

  @Test func `immunized looks back as far as it is asked to and not ahead`() throws {
    func given(_ day: String) -> PatientFacts {
      var facts = PatientFacts()
      facts.immunizations = [
        Immunization(id: ResourceID("Immunization/1"), codes: [Coding(.cvx, "150")], on: Fixture.date(day))
      ]
      return facts
    }
    #expect(try Fixture.say("p:immunized('influenza-vaccine')", of: given("2020-01-01")) == "true")
    #expect(try Fixture.say("p:immunized('influenza-vaccine')", of: given("2026-11-24")) == "false")
    let lately = "p:immunized('influenza-vaccine', { within = '10 days' })"
    #expect(try Fixture.say(lately, of: given("2026-11-13")) == "true")
    #expect(try Fixture.say(lately, of: given("2026-11-12")) == "false")
  }

  @Test(arguments: [
    ("patient.bha1c", "patient has no field 'bha1c'"), ("patient.agee", "(did you mean 'age'?)"),
    ("patient:hass('diabetes')", "(did you mean the method 'patient:has(...)'?)"),
  ])
  func `a member that does not exist is an error with the nearest name`(expression: String, part: String)
    throws
  {
    // A name that the check before the run cannot follow.
    let failure = try Fixture.failure(
      "local x = patient; local y = x; return skip(tostring(\(expression.replacing("patient", with: "y"))))")
    #expect(failure.reason == .scriptError)
    #expect(failure.message.contains(part), "\(failure.message)")
    #expect(failure.position?.line == 8)
  }

  @Test func `names, numbers and birth dates are not there`() throws {
    for member in ["name", "first_name", "phone", "address", "birth_date", "id", "handle", "email"] {
      let failure = try Fixture.failure("local x = patient; return skip(tostring(x.\(member)))")
      #expect(failure.message.hasPrefix("patient has no field '\(member)'"))
    }
  }

  @Test func `the clinic, today and now are readable`() throws {
    #expect(
      try Fixture.say("clinic.name .. clinic.phone .. clinic.time_zone .. clinic.country .. clinic.language")
        == "Lakeside Family Care312-555-0100America/ChicagoUSen")
    #expect(
      try Fixture.say("today.date .. today.weekday .. today.year .. today.month .. today.day")
        == "2026-11-23mon20261123")
    #expect(
      try Fixture.say("now.date .. now.time .. now.weekday .. now.days_until .. now.hours_until")
        == "2026-11-2310:00mon00.0")
  }
}
