public import Outreach

/// Checks that a source of patients keeps what the engine relies on.
///
/// Run it on a source with at least two patients, in any test framework:
///
/// ```swift
/// #expect(try PatientSourceConformance(of: MySource(), knownID: PatientID("17")).violations() == [])
/// ```
public struct PatientSourceConformance {
  private let source: any PatientSource
  private let knownID: PatientID

  /// Takes a source and the source identifier of a patient in it.
  public init(of source: any PatientSource, knownID: PatientID) {
    self.source = source
    self.knownID = knownID
  }

  /// Every way in which the source breaks the contract, as sentences; empty when it keeps it.
  public func violations() throws -> [String] {
    var faults: [String] = []
    let first = try handles()
    if first.count < 2 { faults.append("the suite needs a source with at least two patients") }
    if first != first.sorted() { faults.append("patients do not come in ascending order of handle") }
    if Set(first).count != first.count { faults.append("a handle comes twice") }
    for (left, right) in zip(first, first.dropFirst()) where right.rawValue.hasPrefix(left.rawValue) {
      faults.append("the handle \(left) begins the handle \(right)")
    }
    if try handles() != first { faults.append("a second pass gives other patients than the first") }

    try source.forEachPatient { entry in
      let handle = entry.handle
      if try entry.facts() != entry.facts() { faults.append("\(handle) has other facts when asked again") }
      if try entry.identity() != entry.identity() {
        faults.append("\(handle) is someone else when asked again")
      }
      let inUse = try entry.identity().contactPoints.filter { $0.use != .old && $0.endsOn == nil }
      for number in inUse.compactMap({ $0.phone?.number }) {
        let isCounted = try entry.standing == .current && entry.facts().isActive && !entry.facts().isDeceased
        if isCounted, try entry.holders(of: number) < 1 {
          faults.append("\(handle) does not hold its own number")
        }
        let others = try entry.others(at: number)
        if others != others.sorted() || others.contains(handle) {
          faults.append("the others at a number of \(handle) are not others in order of handle")
        }
        let holders = min(others.count, GuardedPatient.largestHousehold) + 1
        if isCounted, try min(entry.holders(of: number), GuardedPatient.largestHousehold + 1) != holders {
          faults.append("a number of \(handle) has more or fewer holders than patients")
        }
      }
    }
    for handle in first {
      var found: PatientHandle?
      if try !source.withPatient(.handle(handle), { found = $0.handle }) || found != handle {
        faults.append("\(handle) is not found by its handle")
      }
    }
    if try !source.withPatient(.id(knownID), { _ in }) {
      faults.append("the known patient is not found by identifier")
    }
    if try source.withPatient(.handle(PatientHandle("P-NOBODY")), { _ in }) {
      faults.append("a patient is found that does not exist")
    }
    struct Stop: Error {}
    var visited = 0
    do {
      try source.forEachPatient { _ in
        visited += 1
        throw Stop()
      }
      faults.append("an error thrown by the body is swallowed")
    } catch is Stop {
      if visited != 1 { faults.append("the pass goes on after the body threw") }
    }
    return faults
  }

  private func handles() throws -> [PatientHandle] {
    var handles: [PatientHandle] = []
    try source.forEachPatient { handles.append($0.handle) }
    return handles
  }
}
