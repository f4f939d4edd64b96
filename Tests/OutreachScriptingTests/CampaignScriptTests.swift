import OutreachCore
import OutreachScripting
import Testing

struct CampaignScriptTests {
  private func ask(_ script: CampaignScript, _ patient: FactsOnly, at now: Instant = Fixture.now) throws
    -> Proposal?
  {
    try script.propose(for: patient, shared: SharedResources(), at: now)
  }

  @Test func `outside the audience there is no proposal`() throws {
    for answer in ["false", "nil"] {
      let script = try Fixture.load(
        Fixture.campaign(decide: "return send('nudge')", audience: "return \(answer)"))
      #expect(try ask(script, FactsOnly()) == nil)
    }
  }

  @Test func `without an audience the campaign is for everybody`() throws {
    let source = Fixture.campaign(decide: "return send('nudge')").replacing(
      "audience = function(patient) return true end,", with: "")
    #expect(try ask(Fixture.load(source), FactsOnly())?.items.count == 1)
  }

  // MARK: Facts

  @Test func `a script that reads nothing of the patient opens nothing`() throws {
    let patient = FactsOnly()
    let decide =
      "local a, b, c = clinic.name, today.date, now.time; chance(0.5); before(now, '1 day'); return send('nudge')"
    #expect(try ask(Fixture.load(Fixture.campaign(decide: decide)), patient)?.read == [])
    #expect(patient.openings == 0)
  }

  @Test func `what most audiences ask opens the facts once, and no further than the problems`() throws {
    let patient = FactsOnly()
    let decide =
      "local a, s, l = patient.age, patient.sex, patient.language; patient:has('diabetes'); return send('nudge')"
    _ = try ask(Fixture.load(Fixture.campaign(decide: decide)), patient)
    #expect(patient.extents == [.problems])
  }

  @Test func `facts are opened once as far as the problems and once for everything, whatever is read`() throws
  {
    let patient = FactsOnly()
    let decide = """
      local a, s, l, f = patient.age, patient.sex, patient.language, patient.fields.program
      patient:has('diabetes') patient:takes('glucose-lowering') patient:refill('glucose-lowering') patient:encounters {}
      patient:appointments {} patient:next_appointment() patient:immunized('influenza-vaccine') patient:latest('hba1c', '%')
      patient:last_sent('nudge') patient:sent_count() patient:replied('nudge')
      return send('nudge')
      """
    let proposal = try #require(try ask(Fixture.load(Fixture.campaign(decide: decide)), patient))
    #expect(patient.extents == [.problems, .all])
    #expect(
      proposal.read == [
        "age", "appointment", "diabetes", "encounter", "fields.program", "glucose-lowering", "hba1c",
        "history",
        "influenza-vaccine", "language", "refill", "sex",
      ])
  }

  @Test func `the read set is what this patient's run has read`() throws {
    let decide =
      "if patient.sex == 'female' then return send('nudge') end local a = patient:has('diabetes') return {}"
    let script = try Fixture.load(Fixture.campaign(decide: decide))
    var woman = PatientFacts()
    woman.sex = "female"
    #expect(try ask(script, FactsOnly("P-2222", woman))?.read == ["sex"])
    #expect(try ask(script, FactsOnly("P-3333"))?.read == ["diabetes", "sex"])
    #expect(try ask(script, FactsOnly("P-2222", woman))?.read == ["sex"])
  }

  @Test(arguments: [
    ("local x = p.age", "age"), ("local x = p.fields.program", "fields.program"),
    ("p:has('diabetes')", "diabetes"),
    ("p:takes('glucose-lowering')", "glucose-lowering"), ("p:refill('glucose-lowering')", "refill"),
    ("p:latest('hba1c', '%')", "hba1c"), ("p:appointments()", "appointment"),
    ("p:next_appointment()", "appointment"),
    ("p:encounters()", "encounter"), ("p:immunized('influenza-vaccine')", "influenza-vaccine"),
    ("p:last_sent('nudge')", "history"), ("p:sent_count()", "history"), ("p:replied('nudge')", "history"),
    ("local x = p.language", "language"),
  ])
  func `a read beyond uses is an error that names the fact`(code: String, fact: String) throws {
    // Under another name, where the check before the run does not see that it is the patient.
    let failure = try Fixture.failure(
      "local p = patient \(dynamic(code)) return {}", extra: "uses = { 'sex' },")
    #expect(failure.reason == .scriptError)
    #expect(
      failure.message
        == "'\(fact)' is not among the facts this campaign uses; add it to uses = {…} if the campaign needs it"
    )
    #expect(failure.read == [])
  }

  /// The same call with its method's name computed, so that only the run can know it.
  private func dynamic(_ code: String) -> String {
    guard let colon = code.firstIndex(of: ":"), let bracket = code.firstIndex(of: "(") else { return code }
    let method = code[code.index(after: colon)..<bracket]
    let arguments = code[code.index(after: bracket)...].dropLast()
    return "local f = p['\(method)'] f(p\(arguments.isEmpty ? "" : ", \(arguments)"))"
  }

  // MARK: Isolation

  @Test(arguments: [
    "local n = 0", "local t = { n = 0 }",
    "local t = {} local function count() t[1] = (t[1] or 0) + 1 return t[1] end",
  ])
  func `what a script keeps from one patient is gone for the next`(keeper: String) throws {
    let step: String
    switch keeper {
    case "local n = 0": step = "n = n + 1 return skip('count ' .. n)"
    case "local t = { n = 0 }": step = "t.n = t.n + 1 return skip('count ' .. t.n)"
    default: step = "return skip('count ' .. count())"
    }
    let script = try Fixture.load("\(keeper)\n\(Fixture.campaign(decide: step))")
    // Either the write is refused each time, or its effect ends with the patient; it never carries over.
    let outcomes = (0..<3).map { _ in Result { try ask(script, FactsOnly()) } }
    for outcome in outcomes {
      switch outcome {
      case .success(let proposal): #expect(proposal?.items == [.skip("count 1")])
      case .failure(let error): #expect((error as? ScriptFailure)?.reason == .scriptError)
      }
    }
  }

  @Test func `a patient that a script keeps cannot be read later`() throws {
    let script = try Fixture.load(
      "local kept\n"
        + Fixture.campaign(decide: "if not kept then kept = patient end return skip(tostring(kept.age))"))
    func aged(_ year: Int) -> FactsOnly {
      var facts = PatientFacts()
      facts.birthDate = CivilDate(year: year, month: 1, day: 1)
      return FactsOnly("P-2222", facts)
    }
    #expect(try ask(script, aged(2000))?.items == [.skip("26")])
    #expect(try ask(script, aged(1990))?.items == [.skip("36")])
  }

  // MARK: Determinism

  @Test func `the same facts give the same proposals in any order and in any interpreter`() throws {
    let decide = """
      local t = { b = 1, a = 2, c = 3 }
      local keys = {}
      for key in pairs(t) do keys[#keys + 1] = key end
      return skip(table.concat(keys) .. tostring(chance(0.5)) .. tostring(chance(0.5)) .. tostring(chance(0.5)))
      """
    let source = Fixture.campaign(decide: decide)
    let handles = (0..<200).map { "P-\(1000 + $0)" }
    let (first, second) = (try Fixture.load(source), try Fixture.load(source))
    let forward = try handles.map { try ask(first, FactsOnly($0)) }
    let backward = try handles.reversed().map { try ask(second, FactsOnly($0)) }
    #expect(forward == Array(backward.reversed()))
    #expect(Set(forward.compactMap { $0?.items.first }).count == 8)
  }

  @Test func `chance takes the share it is asked for, and the documented numbers`() throws {
    let decide = "if chance(0.3) then return send('nudge') end"
    let script = try Fixture.load(Fixture.campaign(decide: decide))
    let chosen = try (0..<20_000).count { try ask(script, FactsOnly("P-\($0)"))?.items.isEmpty == false }
    // Within five standard deviations: sqrt(20000 * 0.3 * 0.7) is 65.
    #expect(abs(chosen - 6_000) < 325)
    // The first draws of three patients, computed apart from this program from the documented hash.
    for (handle, value) in [
      ("P-2222", 0.6214694161146652), ("P-3333", 0.4779301426218362), ("P-7K2M", 0.18110634842416806),
    ] {
      let share = try Fixture.load(
        Fixture.campaign(
          decide: "return skip(tostring(chance(\(value))) .. tostring(chance(0)) .. tostring(chance(1)))"))
      #expect(try ask(share, FactsOnly(handle))?.items == [.skip("falsefalsetrue")])
      let above = try Fixture.load(
        Fixture.campaign(decide: "return skip(tostring(chance(\(value) + 1e-12)))"))
      #expect(try ask(above, FactsOnly(handle))?.items == [.skip("true")])
    }
  }
}
