import OutreachCore
import OutreachStore
import Testing

/// What is known of telephone numbers, whoever has them.
struct NumberTests {
  private static let number = PhoneNumber(e164: "+12015550123")
  private static let other = PhoneNumber(e164: "+12015550199")

  private func evidence(_ kind: ContactEvidence.Kind, _ second: Int64) -> ContactEvidence {
    ContactEvidence(kind, at: Instant(secondsSinceEpoch: second), by: "desk", reference: "note 4")
  }

  @Test func `evidence belongs to the number and comes in the order of time`() throws {
    let workspace = try TestWorkspace()
    let (number, other) = (try #require(Self.number), try #require(Self.other))
    let since = try #require(CivilDate(year: 2026, month: 1, day: 3))
    try workspace.registry.record(evidence(.confirmed, 30), of: number)
    let batch = [
      (number: number, evidence: evidence(.reassignment(.noData, since: since), 10)),
      (number: other, evidence: evidence(.suspended, 5)),
      (number: number, evidence: evidence(.wrongNumber, 30)),
    ]
    try workspace.registry.record(batch)
    let expected = [
      evidence(.reassignment(.noData, since: since), 10), evidence(.confirmed, 30),
      evidence(.wrongNumber, 30),
    ]
    #expect(try workspace.registry.evidence(of: number) == expected)
    #expect(try workspace.registry.evidence(of: other) == [evidence(.suspended, 5)])
    #expect(try workspace.registry.revocations(at: number) == [])
    try workspace.importing([patient("a", phone: number.e164), patient("b", phone: number.e164)])
    for id in ["a", "b"] {
      #expect(try workspace.look(id) { try $0.evidence(of: number) } == expected)
      #expect(try workspace.look(id) { try $0.evidence(of: other) } == [evidence(.suspended, 5)])
    }
    // A new holder finds it too, and an import takes nothing away.
    try workspace.importing([patient("a", phone: other.e164), patient("c", phone: number.e164)])
    #expect(try workspace.look("c") { try $0.evidence(of: number) } == expected)
    #expect(try workspace.registry.evidence(of: number) == expected)
  }

  @Test func `one patient after another in a pass gets the evidence of their own number`() throws {
    let workspace = try TestWorkspace()
    let numbers = (0..<5).compactMap { PhoneNumber(e164: "+1201555012\($0)") }
    try workspace.importing(numbers.enumerated().map { patient("p\($0)", phone: $1.e164) })
    for (index, number) in numbers.enumerated() {
      try workspace.registry.record(evidence(.confirmed, Int64(index)), of: number)
    }
    var seen = 0
    try workspace.registry.forEachPatient { entry in
      let number = try #require(try entry.identity().contactPoints.first?.phone?.number)
      let index = try #require(numbers.firstIndex(of: number))
      #expect(try entry.evidence(of: number) == [evidence(.confirmed, Int64(index))])
      for other in numbers where other != number {
        #expect(try entry.evidence(of: other).map(\.at) != [Instant(secondsSinceEpoch: Int64(index))])
      }
      seen += 1
    }
    #expect(seen == 5)
  }

  @Test func `who has a number is known in order of handle, each of them among others`() throws {
    let workspace = try TestWorkspace()
    let number = try #require(Self.number)
    let ids = (0..<6).map { "p\($0)" }
    try workspace.importing(
      ids.map { patient($0, phone: number.e164) } + [
        patient("dead", phone: number.e164) { $0.facts.isDeceased = true },
        patient("gone", phone: number.e164, replacedBy: ["p0"]),
        patient("elsewhere", phone: Self.other?.e164),
      ])
    let handles = try ids.map { try #require(try workspace.registry.handle(named: .id(PatientID($0)))) }
    #expect(try workspace.registry.holders(of: number) == handles.sorted())
    for (id, handle) in zip(ids, handles) {
      let others = handles.filter { $0 != handle }.sorted()
      #expect(try workspace.look(id) { try $0.others(at: number) } == others)
    }
    #expect(try workspace.look("elsewhere") { try $0.others(at: number) } == handles.sorted())
    let nobody = try #require(PhoneNumber(e164: "+12015550100"))
    #expect(try workspace.registry.holders(of: nobody) == [])
  }
}
