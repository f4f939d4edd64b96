import OutreachCore
import OutreachScripting
import Testing

struct AppointmentMemberTests {
  private let shared = SharedResources(locations: [
    ResourceID("Location/chicago"): Location(
      id: ResourceID("Location/chicago"), name: "Main", timeZone: "America/Chicago"),
    ResourceID("Location/tokyo"): Location(
      id: ResourceID("Location/tokyo"), name: "East", timeZone: "Asia/Tokyo"),
    ResourceID("Location/nowhere"): Location(id: ResourceID("Location/nowhere"), timeZone: "Mars/Olympus"),
  ])

  private func booked(
    _ at: String, _ status: String = "booked", id: String = "A/1", location: String? = nil,
    declined: Bool = false
  ) -> Appointment {
    Appointment(
      id: ResourceID(id), status: status, startsAt: Fixture.instant(at), kind: "check-up",
      location: location.map { ResourceID($0) }, patientDeclined: declined)
  }

  private func say(_ expression: String, _ appointments: [Appointment]) throws -> String {
    var facts = PatientFacts()
    facts.appointments = appointments
    return try Fixture.say(expression, of: facts, shared: shared)
  }

  private let next = """
    (function()
      local a = p:next_appointment()
      if not a then return 'none' end
      return table.concat({ a.starts_at.date, a.starts_at.time, a.starts_at.weekday, tostring(a.days_until), a.status,
        tostring(a.kind), tostring(a.location) }, ' ')
    end)()
    """

  @Test func `the next appointment is the first from now on at which the patient is expected`() throws {
    let all = [
      booked("2026-11-23T15:59:59Z", id: "A/past"),
      booked("2026-11-24T15:00:00Z", "cancelled", id: "A/cancelled"),
      booked("2026-11-24T16:00:00Z", "proposed", id: "A/proposed"),
      booked("2026-11-24T17:00:00Z", id: "A/no", declined: true),
      booked("2026-11-30T16:00:00Z", id: "A/later"), booked("2026-11-25T20:30:00Z", id: "A/next"),
    ]
    #expect(try say(next, all) == "2026-11-25 14:30 wed 2 booked check-up nil")
    #expect(try say(next, []) == "none")
    for status in ["pending", "arrived", "checked-in"] {
      #expect(try say(next, [booked("2026-11-25T20:30:00Z", status)]).contains(status))
    }
  }

  @Test func `days until an appointment are days in the zone of its place`() throws {
    // 16:30Z is tomorrow in Tokyo already, and so is now.
    #expect(
      try say(next, [booked("2026-11-23T16:30:00Z", location: "Location/tokyo")])
        == "2026-11-24 01:30 tue 0 booked check-up East")
    #expect(
      try say(next, [booked("2026-11-24T15:30:00Z", location: "Location/tokyo")])
        == "2026-11-25 00:30 wed 1 booked check-up East")
    #expect(
      try say(next, [booked("2026-11-24T15:30:00Z", location: "Location/chicago")])
        == "2026-11-24 09:30 tue 1 booked check-up Main")
    #expect(
      try say(next, [booked("2026-11-24T15:30:00Z", location: "Location/unlisted")])
        == "2026-11-24 09:30 tue 1 booked check-up nil")
  }

  @Test func `an appointment that is today at its place and tomorrow at the clinic is today`() throws {
    // 07:00Z is 01:00 of the 24th in Chicago, where it is the 23rd now, and 16:00 of the 24th in Tokyo, where it is
    // the 24th now.
    let at = "2026-11-24T07:00:00Z"
    #expect(try say("p:next_appointment().days_until", [booked(at, location: "Location/tokyo")]) == "0")
    #expect(
      try say("p:next_appointment().starts_at.days_until", [booked(at, location: "Location/tokyo")]) == "0")
    #expect(try say("p:next_appointment().days_until", [booked(at, location: "Location/chicago")]) == "1")
    #expect(try say("#p:appointments{ within = '1 day' }", [booked(at, location: "Location/chicago")]) == "1")
  }

  @Test func `at a place of an unknown zone no day is known and nothing is guessed`() throws {
    let appointment = [booked("2026-11-24T15:30:00Z", location: "Location/nowhere")]
    #expect(try say("p:next_appointment().days_until", appointment) == "nil")
    #expect(try say("p:next_appointment().starts_at", appointment) == "nil")
    var facts = PatientFacts()
    facts.appointments = appointment
    let script = try Fixture.load(
      Fixture.campaign(decide: "return send('nudge', { due = before(patient:next_appointment(), '1 day') })"))
    let failure = try #require(throws: ScriptFailure.self) {
      try script.propose(for: FactsOnly("P-2222", facts), shared: shared, at: Fixture.now)
    }
    #expect(failure.reason == .valueMissing)
    #expect(failure.field == "appointment.starts_at")
  }

  @Test func `appointments are listed ahead or back, by status, the earliest first`() throws {
    let all = [
      booked("2026-11-30T18:00:00Z", id: "A/7days"), booked("2026-12-01T18:00:00Z", id: "A/8days"),
      booked("2026-11-24T18:00:00Z", id: "A/1day"), booked("2026-11-20T18:00:00Z", "noshow", id: "A/missed"),
      booked("2026-11-01T18:00:00Z", "noshow", id: "A/missed-long-ago"),
    ]
    func list(_ call: String) -> String {
      "(function() local d = {} for i, a in ipairs(\(call)) do d[i] = a.days_until end return table.concat(d, ' ') end)()"
    }
    #expect(try say(list("p:appointments()"), all) == "1 7 8")
    #expect(try say(list("p:appointments{ within = '7 days' }"), all) == "1 7")
    #expect(try say(list("p:appointments{ within = '1 week' }"), all) == "1 7")
    #expect(try say(list("p:appointments{ within = '27 hours' }"), all) == "1")
    #expect(try say(list("p:appointments{ within = '25 hours' }"), all) == "")
    #expect(try say(list("p:appointments{ ago = '7 days', status = 'noshow' }"), all) == "-3")
    #expect(
      try say(list("p:appointments{ ago = '30 days', status = { 'noshow', 'booked' } }"), all) == "-22 -3")
    #expect(try say(list("p:appointments{ status = 'noshow' }"), all) == "")
  }

  @Test(arguments: [
    (
      "{ within = '7 dyas' }",
      "'within' of appointments must be a span of time such as \"7 days\" or \"36 hours\", not \"7 dyas\""
    ),
    (
      "{ whithin = '7 days' }",
      "appointments has no option 'whithin' (did you mean 'within'?); known are 'within', 'ago' and 'status'"
    ),
    ("{ status = 'no-show' }", "there is no appointment status 'no-show' (did you mean 'noshow'?)"),
    ("{ status = 3 }", "'status' of appointments must be a text or a list of texts, not a number"),
    ("{ '7 days' }", "appointments takes named options only; known are 'within', 'ago' and 'status'"),
    ("'7 days'", "appointments takes its options as a table, such as { within = … }"),
    (
      "{ within = '7 days', ago = '7 days' }", "appointments takes 'within' (ahead) or 'ago' (back), not both"
    ),
  ])
  func `options that make no sense are refused`(options: String, message: String) throws {
    let failure = try Fixture.failure("return skip(tostring(#patient:appointments(\(options))))")
    #expect(failure.message == message)
    #expect(failure.reason == .scriptError)
  }

  @Test func `a message about an appointment carries it and the zone of its place`() throws {
    let appointment = booked("2026-11-24T15:30:00Z", location: "Location/tokyo")
    var facts = PatientFacts()
    facts.appointments = [appointment]
    let proposal = try Fixture.propose(
      """
      local a = patient:next_appointment()
      return send('visit', { about = a, due = before(a, '1 day'), expires = a.starts_at })
      """, of: facts, shared: shared)
    #expect(
      proposal.items == [
        .send(
          Intent(
            message: MessageID("visit"), about: .appointment(appointment, zone: "Asia/Tokyo"),
            due: Fixture.instant("2026-11-23T15:30:00Z"), expires: appointment.startsAt))
      ])
    #expect(proposal.read == ["appointment"])
  }
}
