import OutreachCore
import OutreachScripting
import Testing

struct HostFunctionTests {
  @Test func `a bare send proposes the message and nothing else`() throws {
    let proposal = try Fixture.propose("return send('nudge')")
    #expect(proposal == Proposal(items: [.send(Intent(message: MessageID("nudge")))], read: []))
  }

  @Test func `a list is taken in its order and nothing is nothing`() throws {
    let items = try Fixture.propose(
      "return { task('book_visit'), send('nudge', { channel = 'sms' }), skip('why') }"
    ).items
    #expect(
      items == [
        .task(TaskRequest(kind: "book_visit")), .send(Intent(message: MessageID("nudge"), channel: .sms)),
        .skip("why"),
      ])
    #expect(try Fixture.propose("return nil").items == [])
    #expect(try Fixture.propose("return {}").items == [])
    #expect(try Fixture.propose("send('nudge')").items == [])
  }

  @Test(arguments: [
    ("send()", "send takes the name of a message, such as send(\"refill_due\")"),
    ("send(m)", "this campaign has no message 'nugde' (did you mean 'nudge'?)"),
    ("send('nudge', 'x')", "send takes its options as a table, such as { about = … }"),
    (
      "send('nudge', { abuot = 1 })",
      "send has no option 'abuot' (did you mean 'about'?); known are 'about', 'due', 'expires', 'channel' and 'on_refused'"
    ),
    (
      "send('nudge', { about = 'refill' })",
      "'about' of send must be a fact of the patient, such as patient:refill(…), not a text"
    ),
    (
      "send('nudge', { about = now })",
      "'about' of send must be a fact of the patient, such as patient:refill(…), not an object"
    ),
    (
      "send('nudge', { due = '3 days' })",
      "'due' of send must be an instant, such as before(appointment, \"3 days\"), not a text"
    ),
    (
      "send('nudge', { expires = 3 })",
      "'expires' of send must be an instant, such as before(appointment, \"3 days\"), not a number"
    ),
    ("send('nudge', { due = now, expires = now })", "'expires' of send is not after 'due'"),
    ("send('nudge', { channel = 'voice' })", "this campaign has no channel 'voice'"),
    (
      "send('nudge', { on_refused = send('nudge') })",
      "'on_refused' of send must be a task, such as task(\"call_back\")"
    ),
    (
      "send('visit')",
      "message 'visit' shows values of an appointment; write send(\"visit\", { about = … }) with one"
    ),
    ("task()", "task takes a kind of work, such as task(\"call_back\")"),
    ("task(m)", "there is no kind of work 'nugde'; kinds are declared in clinic.lua under 'tasks'"),
    (
      "task('call_back', { due = 'soon' })",
      "'due' of task must be a span of time such as \"7 days\" or \"36 hours\", not \"soon\""
    ),
    ("skip()", "skip takes the reason as a text, such as skip(\"seen last week\")"),
    ("skip('  ')", "skip takes the reason as a text, such as skip(\"seen last week\")"),
    ("skip(('x'):rep(501))", "the reason given to skip is longer than 500 bytes"),
    (
      "before(now)",
      "before takes a fact or instant and a span of time, such as before(appointment, \"3 days\")"
    ),
    (
      "after(now, '3 dais')",
      "the second argument of after must be a span of time such as \"7 days\" or \"36 hours\", not \"3 dais\""
    ),
    (
      "after('now', '3 days')",
      "the first argument of after must be a fact or an instant, such as an appointment, not a text"
    ),
    ("chance(2)", "chance takes a share from 0 to 1, such as chance(0.1)"),
    ("chance('half')", "chance takes a share from 0 to 1, such as chance(0.1)"),
    ("campaign {}", "'campaign' belongs outside 'audience' and 'decide'"),
    (
      "patient:has('diabtes' .. '')",
      "there is no set 'diabtes' (did you mean 'diabetes'?); sets are declared in valuesets.lua"
    ),
    ("patient:has()", "has takes the name of a value set, such as patient:has(\"diabetes\")"),
  ])
  func `what makes no sense is refused at its line with what was expected`(call: String, message: String)
    throws
  {
    let failure = try Fixture.failure("local m = 'nugde'\nlocal x = \(call)\nreturn skip('done')")
    #expect(failure.message == message)
    #expect(failure.reason == .scriptError)
    #expect(failure.position == SourcePosition(file: "c.lua", line: 9))
    #expect(failure.stack.first?.hasPrefix("c.lua:9: ") == true, "\(failure.stack)")
  }

  @Test func `about goes with a message that is not repeated only`() throws {
    var facts = PatientFacts()
    facts.medicationOrders = [
      MedicationOrder(
        id: ResourceID("R/1"), codes: [Coding(.rxnorm, "6809")], isActive: true,
        authoredOn: Fixture.date("2026-11-01"), supplyDays: 30)
    ]
    let failure = try Fixture.failure(
      "return send('nudge', { about = patient:refill('glucose-lowering') })", of: facts,
      extra: "repeat_after = '28 days',")
    #expect(
      failure.message
        == "this campaign has repeat_after, so its messages are about no fact; leave out 'about', or repeat_after"
    )
  }

  @Test(arguments: [
    ("before(now, '1 hour')", "2026-11-23T15:00:00Z"), ("after(now, '90 minutes')", "2026-11-23T17:30:00Z"),
    ("after(now, '1 day')", "2026-11-24T16:00:00Z"), ("after(now, '2 weeks')", "2026-12-07T16:00:00Z"),
    ("after(today, '1 day')", "2026-11-24T06:00:00Z"),
    ("before(after(now, '1 day'), '1 day')", "2026-11-23T16:00:00Z"),
    // Over the end of summer time the time of the day stays: 10:00 is 15:00Z on 31 October, 16:00Z on 23 November.
    ("before(now, '23 days')", "2026-10-31T15:00:00Z"), ("before(now, '552 hours')", "2026-10-31T16:00:00Z"),
  ])
  func `days keep the time of the day and hours are hours`(expression: String, expected: String) throws {
    let proposal = try Fixture.propose("return send('nudge', { due = \(expression) })")
    #expect(proposal.items == [.send(Intent(message: MessageID("nudge"), due: Fixture.instant(expected)))])
  }

  @Test func `a function of the embedding program is called with plain values`() throws {
    let functions = [
      ScriptFunction("describe") { arguments in .text("\(arguments)") },
      ScriptFunction("half") { arguments in
        guard case .number(let number)? = arguments.first else {
          throw ScriptFunctionError("half takes a number")
        }
        return .number(number / 2)
      },
      ScriptFunction("broken") { _ in throw Broken() },
    ]
    let environment = Fixture.environment(functions: functions)
    func run(_ decide: String) throws -> Proposal? {
      try Fixture.load(Fixture.campaign(decide: decide), in: environment)
        .propose(for: FactsOnly(), shared: SharedResources(), at: Fixture.now)
    }
    #expect(try run("return skip(tostring(half(5)))")?.items == [.skip("2.5")])
    #expect(try run("return skip(describe('a', 1, true, nil))")?.items.count == 1)
    let refused = try #require(throws: ScriptFailure.self) { try run("return half('x')") }
    #expect(refused.message == "half takes a number")
    #expect(refused.position?.line == 8)
    let table = try #require(throws: ScriptFailure.self) { try run("return half({})") }
    #expect(table.message == "half takes texts, numbers, true, false and nil only")
    #expect(throws: Broken.self) { try run("return skip(tostring(broken()))") }
  }

  private struct Broken: Error {}
}
