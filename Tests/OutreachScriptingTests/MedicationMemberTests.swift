import OutreachCore
import OutreachScripting
import Testing

struct MedicationMemberTests {
  private let metformin = Coding(.rxnorm, "6809")
  private let glipizide = Coding(.rxnorm, "4821")
  private let brand = Coding(.rxnorm, "999")

  private func order(
    _ id: String, _ code: Coding, active: Bool = true, authored: String? = nil, until: String? = nil,
    days: Int? = nil
  ) -> MedicationOrder {
    MedicationOrder(
      id: ResourceID(id), codes: [code], isActive: active, authoredOn: authored.map(Fixture.date),
      validUntil: until.map(Fixture.date), supplyDays: days)
  }

  private func dispense(_ orders: [String], _ code: Coding, _ day: String, _ days: Int? = nil) -> Dispense {
    Dispense(
      id: ResourceID("MedicationDispense/\(day)"), orders: orders.map { ResourceID($0) }, codes: [code],
      handedOverOn: Fixture.date(day), supplyDays: days)
  }

  private func refill(_ orders: [MedicationOrder], _ dispenses: [Dispense] = []) throws -> String {
    var facts = PatientFacts()
    facts.medicationOrders = orders
    facts.dispenses = dispenses
    return try Fixture.say(
      "(function() local r = p:refill('glucose-lowering') return r and r.due_on .. ' ' .. r.days_until_due end)()",
      of: facts)
  }

  @Test func `a refill is due when the last hand-over runs out`() throws {
    let order = order("R/1", metformin, authored: "2026-01-01", days: 30)
    #expect(try refill([order], [dispense(["R/1"], metformin, "2026-10-28", 30)]) == "2026-11-27 4")
    #expect(
      try refill(
        [order],
        [dispense(["R/1"], metformin, "2026-10-28", 30), dispense(["R/1"], metformin, "2026-09-01", 90)])
        == "2026-11-27 4")
  }

  @Test func `the days of supply come from the hand-over and else from the order`() throws {
    #expect(
      try refill([order("R/1", metformin, days: 20)], [dispense(["R/1"], metformin, "2026-11-20")])
        == "2026-12-10 17")
    #expect(try refill([order("R/1", metformin)], [dispense(["R/1"], metformin, "2026-11-20")]) == "nil")
  }

  @Test func `without a hand-over the order's own day counts, when both are known`() throws {
    #expect(try refill([order("R/1", metformin, authored: "2026-11-01", days: 30)]) == "2026-12-01 8")
    #expect(try refill([order("R/1", metformin, authored: "2026-11-01")]) == "nil")
    #expect(try refill([order("R/1", metformin, days: 30)]) == "nil")
    #expect(try refill([]) == "nil")
  }

  @Test func `of several orders the earliest due counts, and inactive or ended ones do not`() throws {
    let late = order("R/1", metformin, authored: "2026-11-01", days: 90)
    let early = order("R/2", glipizide, authored: "2026-11-01", days: 30)
    #expect(try refill([late, early]) == "2026-12-01 8")
    #expect(
      try refill([late, order("R/2", glipizide, active: false, authored: "2026-11-01", days: 30)])
        == "2027-01-30 68")
    #expect(
      try refill([late, order("R/2", glipizide, authored: "2026-11-01", until: "2026-11-22", days: 30)])
        == "2027-01-30 68")
  }

  @Test func `a hand-over without an order goes by its codes, and by the set when one order is left`() throws
  {
    let first = order("R/1", metformin, authored: "2026-06-01", days: 30)
    let second = order("R/2", glipizide, authored: "2026-11-20", days: 30)
    #expect(try refill([first], [dispense([], metformin, "2026-11-10", 30)]) == "2026-12-10 17")
    #expect(try refill([first], [dispense([], glipizide, "2026-11-10", 30)]) == "2026-12-10 17")
    #expect(try refill([first], [dispense([], brand, "2026-11-10", 30)]) == "2026-07-01 -145")
    // With two orders it fills only the one whose code it has.
    #expect(try refill([first, second], [dispense([], glipizide, "2026-11-21", 60)]) == "2026-07-01 -145")
  }

  @Test func `a hand-over of another order or of a day to come does not count`() throws {
    let order = order("R/1", metformin, authored: "2026-11-01", days: 30)
    #expect(try refill([order], [dispense(["R/9"], metformin, "2026-11-20", 30)]) == "2026-12-01 8")
    #expect(try refill([order], [dispense(["R/1"], metformin, "2026-11-24", 30)]) == "2026-12-01 8")
  }

  @Test func `a message about a refill names the order and the day`() throws {
    var facts = PatientFacts()
    facts.medicationOrders = [order("R/1", metformin, authored: "2026-11-01", days: 30)]
    let proposal = try Fixture.propose(
      "return send('nudge', { about = patient:refill('glucose-lowering') })", of: facts)
    #expect(
      proposal.items
        == [
          .send(
            Intent(
              message: MessageID("nudge"),
              about: .refill(order: ResourceID("R/1"), dueOn: Fixture.date("2026-12-01"))))
        ])
    #expect(proposal.read == ["refill"])
  }
}
