import OutreachCore
import OutreachScripting
import Testing

struct EncounterMemberTests {
  private func stay(
    _ id: String, _ start: String, _ end: String?, kind: String = "IMP", status: String = "finished"
  ) -> Encounter {
    Encounter(
      id: ResourceID(id), status: status, kind: kind, codes: [],
      startedAt: Fixture.instant("\(start)T15:00:00Z"),
      endedAt: end.map { Fixture.instant("\($0)T15:00:00Z") })
  }

  private func list(_ options: String, _ encounters: [Encounter]) throws -> String {
    var facts = PatientFacts()
    facts.encounters = encounters
    return try Fixture.say(
      """
      (function()
        local d = {}
        for i, e in ipairs(p:encounters\(options)) do
          d[i] = e.kind .. ' ' .. e.status .. ' ' .. e.started_on .. ' ' .. tostring(e.ended_on) .. ' ' .. tostring(e.days_since_end)
        end
        return table.concat(d, '; ')
      end)()
      """, of: facts)
  }

  @Test func `encounters are listed the latest first and by when they ended`() throws {
    let all = [
      stay("E/1", "2026-10-01", "2026-10-20"), stay("E/2", "2026-11-10", "2026-11-16"),
      stay("E/3", "2026-11-20", "2026-11-20", kind: "AMB"),
    ]
    #expect(
      try list("{ within = '14 days' }", all)
        == "AMB finished 2026-11-20 2026-11-20 3; IMP finished 2026-11-10 2026-11-16 7")
    #expect(try list("{ within = '14 days', kind = 'IMP' }", all) == "IMP finished 2026-11-10 2026-11-16 7")
    #expect(try list("{ within = '7 days', kind = 'IMP' }", all) == "IMP finished 2026-11-10 2026-11-16 7")
    #expect(try list("{ within = '6 days', kind = 'IMP' }", all) == "")
    #expect(try list("{ kind = { 'IMP', 'EMER' } }", all).hasSuffix("2026-10-01 2026-10-20 34"))
  }

  @Test func `a stay that lasts has no end, and an end to come is none yet`() throws {
    let lasting = stay("E/1", "2026-01-01", nil, status: "in-progress")
    let planned = stay("E/2", "2026-11-20", "2026-11-30", status: "in-progress")
    #expect(try list("{ within = '14 days' }", [lasting]) == "IMP in-progress 2026-01-01 nil nil")
    #expect(try list("{ within = '14 days' }", [planned]) == "IMP in-progress 2026-11-20 nil nil")
  }

  @Test func `a visit without an end is taken by its start`() throws {
    #expect(try list("{ within = '14 days' }", [stay("E/1", "2026-01-01", nil)]) == "")
    #expect(
      try list("{ within = '14 days' }", [stay("E/1", "2026-11-20", nil)])
        == "IMP finished 2026-11-20 nil nil")
  }

  @Test func `cancelled and erroneous ones are there only when asked for, and those to come never`() throws {
    let all = [
      stay("E/1", "2026-11-20", nil, status: "cancelled"),
      stay("E/2", "2026-11-21", nil, status: "entered-in-error"),
      stay("E/3", "2026-11-24", nil, status: "planned"),
    ]
    #expect(try list("{}", all) == "")
    #expect(try list("{ status = 'cancelled' }", all) == "IMP cancelled 2026-11-20 nil nil")
  }

  @Test func `kinds that do not exist are refused`() throws {
    let failure = try Fixture.failure("return skip(tostring(#patient:encounters { kind = 'INP' }))")
    #expect(failure.message == "there is no kind of encounter 'INP' (did you mean 'IMP'?)")
    let hours = try Fixture.failure("return skip(tostring(#patient:encounters { within = '24 hours' }))")
    #expect(hours.message == "'within' of encounters must be in days or weeks, such as \"30 days\"")
  }

  @Test func `a message about a stay counts from its end`() throws {
    let encounter = stay("E/2", "2026-11-10", "2026-11-16")
    var facts = PatientFacts()
    facts.encounters = [encounter]
    let proposal = try Fixture.propose(
      """
      local e = patient:encounters { kind = 'IMP' }[1]
      return send('nudge', { about = e, due = after(e, '2 days'), on_refused = task('call_back', { about = e, due = '1 day' }) })
      """, of: facts)
    let work = TaskRequest(
      kind: "call_back", about: .encounter(encounter), due: Fixture.instant("2026-11-24T16:00:00Z"))
    #expect(
      proposal.items == [
        .send(
          Intent(
            message: MessageID("nudge"), about: .encounter(encounter),
            due: Fixture.instant("2026-11-18T15:00:00Z"),
            onRefused: work))
      ])
  }
}
