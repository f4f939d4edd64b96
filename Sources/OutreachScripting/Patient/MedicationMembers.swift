import Lua
import OutreachCore

/// A refill that falls due.
struct Refill: Hashable {
  var order: ResourceID
  var dueOn: CivilDate
}

// `patient:takes(set)` and `patient:refill(set)`.
extension ScriptRun {
  /// `patient:takes(set)`: whether an active prescription is in the set.
  func takes(_ arguments: borrowing Arguments, _ facts: OpenedFacts) throws -> Value {
    let set = try setIndex(arguments, .takes)
    try note(names.position(ofSet: set))
    let matcher = matchers[set]
    return .boolean(
      facts.record.medicationOrders.contains { isActive($0) && matches($0.codes, $0.medication, matcher) })
  }

  /// `patient:refill(set)`: the earliest due of the active prescriptions of the set, nil when none is known.
  func refill(_ arguments: borrowing Arguments, _ facts: OpenedFacts) throws -> Value {
    let set = try setIndex(arguments, .refill)
    try note(.refill)
    let matcher = matchers[set]
    let orders = facts.record.medicationOrders.filter {
      isActive($0) && matches($0.codes, $0.medication, matcher)
    }
    let refills = orders.compactMap { order -> Refill? in
      dueDate(of: order, isOnly: orders.count == 1, matcher, facts).map { Refill(order: order.id, dueOn: $0) }
    }
    // Of two that fall due on one day the first by identifier, so that the answer never depends on an order of rows.
    guard let first = refills.min(by: { ($0.dueOn, $0.order) < ($1.dueOn, $1.order) }) else { return .null }
    return hand(.refill(first), as: .refill)
  }

  func read(_ field: RefillField, of fact: FactObject) -> Value {
    guard case .refill(let refill) = fact else { return .null }
    switch field {
    case .dueOn: return .string("\(refill.dueOn)")
    case .daysUntilDue: return .integer(Int64(today.days(until: refill.dueOn)))
    }
  }

  private func isActive(_ order: MedicationOrder) -> Bool {
    order.isActive && order.validUntil.map { $0 >= today } ?? true
  }

  /// Whether a medication is in a set, by its own codes or those of a shared record.
  private func matches(_ codes: [Coding], _ medication: ResourceID?, _ matcher: SetMatcher) -> Bool {
    matcher.containsAny(of: codes) || matcher.containsAny(of: sharedCodes(medication))
  }

  private func sharedCodes(_ medication: ResourceID?) -> [Coding] {
    medication.flatMap { shared.medications[$0] } ?? []
  }

  /// When the medication of a prescription runs out, nil where it cannot be known.
  private func dueDate(
    of order: MedicationOrder, isOnly: Bool, _ matcher: SetMatcher, _ facts: OpenedFacts
  ) -> CivilDate? {
    var last: Dispense?
    for dispense in facts.record.dispenses where dispense.handedOverOn <= today {
      if let last, last.handedOverOn > dispense.handedOverOn { continue }
      if fills(dispense, order, isOnly: isOnly, matcher) { last = dispense }
    }
    if let last {
      return (last.supplyDays ?? order.supplyDays).map { last.handedOverOn.adding(days: $0) }
    }
    guard let authoredOn = order.authoredOn, let supplyDays = order.supplyDays else { return nil }
    return authoredOn.adding(days: supplyDays)
  }

  /// Whether a hand-over belongs to a prescription: it says so, or says nothing and the codes do.
  private func fills(_ dispense: Dispense, _ order: MedicationOrder, isOnly: Bool, _ matcher: SetMatcher)
    -> Bool
  {
    if !dispense.orders.isEmpty { return dispense.orders.contains(order.id) }
    let ordered = order.codes + sharedCodes(order.medication)
    if (dispense.codes + sharedCodes(dispense.medication)).contains(where: ordered.contains) { return true }
    // Pharmacies hand over another package or brand under another code. With one prescription of the set there
    // is no doubt which one that fills; with two there is, and then none is taken to be filled.
    return isOnly && matches(dispense.codes, dispense.medication, matcher)
  }
}
