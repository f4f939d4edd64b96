import OutreachCore
import OutreachScripting
import Testing

struct HistoryMemberTests {
  private func contact(
    _ id: String, _ at: String, _ status: PastContact.Status = .delivered, message: String? = "nudge",
    campaign: String = "test-campaign", occurrence: String = "refill 2026-12-01", reply: String? = nil
  ) -> PastContact {
    PastContact(
      id: ResourceID(id), at: Fixture.instant(at), channel: .sms, status: status,
      key: message.map {
        PastContact.Key(
          campaign: CampaignID(campaign), message: MessageID($0), occurrence: Occurrence(occurrence))
      }, replyCode: reply)
  }

  private func say(_ expression: String, _ contacts: [PastContact]) throws -> String {
    var facts = PatientFacts()
    facts.contacts = contacts
    facts.medicationOrders = [
      MedicationOrder(
        id: ResourceID("R/1"), codes: [Coding(.rxnorm, "6809")], isActive: true,
        authoredOn: Fixture.date("2026-11-01"), supplyDays: 30)
    ]
    return try Fixture.say(expression, of: facts)
  }

  private func last(_ call: String) -> String {
    "(function() local s = \(call) return s and s.on .. ' ' .. s.days_ago .. ' ' .. s.status .. ' ' .. s.about end)()"
  }

  @Test func `the last message sent is this campaign's, up to now`() throws {
    let all = [
      contact("C/1", "2026-11-10T16:00:00Z"), contact("C/2", "2026-11-18T16:00:00Z", .undelivered),
      contact("C/3", "2026-11-19T16:00:00Z", campaign: "other"),
      contact("C/4", "2026-11-20T16:00:00Z", message: "visit"),
      contact("C/5", "2026-11-21T16:00:00Z", .inboundClosed),
      contact("C/6", "2026-11-22T16:00:00Z", .refused),
      contact("C/7", "2026-11-23T17:00:00Z"), contact("C/8", "2026-11-22T16:00:00Z", message: nil),
    ]
    #expect(try say(last("p:last_sent('nudge')"), all) == "2026-11-18 5 undelivered refill 2026-12-01")
    #expect(try say(last("p:last_sent('visit')"), all) == "2026-11-20 3 delivered refill 2026-12-01")
    #expect(try say(last("p:last_sent('nudge')"), []) == "nil")
  }

  @Test(arguments: [
    (PastContact.Status.sent, "sent"), (.delivered, "delivered"), (.undelivered, "undelivered"),
    (.inDoubt, "in_doubt"),
  ])
  func `what became of a message is a word`(status: PastContact.Status, word: String) throws {
    #expect(try say("p:last_sent('nudge').status", [contact("C/1", "2026-11-10T16:00:00Z", status)]) == word)
  }

  @Test func `a message about a fact is found by what it was about`() throws {
    let other = contact("C/1", "2026-11-20T16:00:00Z", occurrence: "refill 2026-11-01")
    let this = contact("C/2", "2026-11-10T16:00:00Z")
    let call = "p:last_sent('nudge', { about = p:refill('glucose-lowering') })"
    #expect(try say(last(call), [other, this]) == "2026-11-10 13 delivered refill 2026-12-01")
    #expect(try say(last(call), [other]) == "nil")
  }

  @Test func `messages are counted by name and time, and those that never left are not`() throws {
    let all = [
      contact("C/1", "2026-10-10T16:00:00Z"), contact("C/2", "2026-11-18T16:00:00Z", .undelivered),
      contact("C/3", "2026-11-19T16:00:00Z", .refused),
      contact("C/4", "2026-11-20T16:00:00Z", message: "visit"),
      contact("C/5", "2026-11-20T16:00:00Z", campaign: "other"),
      contact("C/6", "2026-11-21T16:00:00Z", .inboundOpen),
    ]
    #expect(try say("p:sent_count()", all) == "3")
    #expect(try say("p:sent_count{ message = 'nudge' }", all) == "2")
    #expect(try say("p:sent_count{ within = '30 days' }", all) == "2")
    #expect(try say("p:sent_count{ message = 'nudge', within = '5 days' }", all) == "0")
    #expect(try say("p:sent_count{ message = 'nudge', within = '6 days' }", all) == "1")
  }

  @Test func `a reply is the latest code that answers the message`() throws {
    let all = [
      contact("C/1", "2026-11-18T16:00:00Z", .inboundClosed, reply: "call_me"),
      contact("C/2", "2026-11-19T16:00:00Z", .inboundClosed, reply: "confirmed"),
      contact("C/3", "2026-11-20T16:00:00Z", .inboundClosed, occurrence: "refill 2026-11-01", reply: "other"),
      contact("C/4", "2026-11-21T16:00:00Z", .inboundOpen), contact("C/5", "2026-11-21T16:00:00Z"),
    ]
    #expect(try say("p:replied('nudge')", all) == "other")
    #expect(try say("p:replied('nudge', { about = p:refill('glucose-lowering') })", all) == "confirmed")
    #expect(try say("p:replied('nudge', { about = p:last_sent('nudge').about })", all) == "confirmed")
    #expect(try say("p:replied('visit')", all) == "nil")
  }

  @Test func `a message that the campaign does not have is an error with the nearest name`() throws {
    let failure = try Fixture.failure("local m = 'nugde'; return skip(tostring(patient:last_sent(m)))")
    #expect(failure.message == "this campaign has no message 'nugde' (did you mean 'nudge'?)")
  }
}
