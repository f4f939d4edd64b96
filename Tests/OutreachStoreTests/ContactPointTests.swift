import OutreachCore
import OutreachStore
import Testing

struct ContactPointTests {
  private let number = PhoneNumber(e164: "+12015550123")

  @Test func `a number is counted once for each active, living patient who has it in use`() throws {
    let number = try #require(number)
    let workspace = try TestWorkspace()
    try workspace.importing([
      patient("a", phone: number.e164), patient("b", phone: number.e164) { $0.facts.isDeceased = true },
      patient("c", phone: number.e164) { $0.facts.isActive = false },
      patient("d", phone: number.e164) { $0.identity.contactPoints[0].use = .old },
      patient("e", phone: number.e164) {
        $0.identity.contactPoints[0].endsOn = CivilDate(year: 2026, month: 11, day: 1)
      },
      patient("f", phone: number.e164, replacedBy: ["a"]),
      patient("g", phone: number.e164) { $0.identity.contactPoints += $0.identity.contactPoints },
    ])
    #expect(try workspace.look("a") { try $0.holders(of: number) } == 2)
    try workspace.importing([.deleted(ResourceID("Patient/g"))])
    #expect(try workspace.look("a") { try $0.holders(of: number) } == 1)
    try workspace.importing([patient("f", phone: number.e164), patient("a", phone: "+12015550124")])
    #expect(try workspace.look("a") { try $0.holders(of: number) } == 1)
    let other = try #require(PhoneNumber(e164: "+12015550199"))
    #expect(try workspace.look("a") { try $0.holders(of: other) } == 0)
  }

  @Test func `an address that ends today or later is in use`() throws {
    let number = try #require(number)
    for (day, holders) in [(21, 0), (22, 1), (23, 1), (24, 1)] {
      let workspace = try TestWorkspace()
      try workspace.importing([
        patient("a", phone: number.e164) {
          $0.identity.contactPoints[0].endsOn = CivilDate(year: 2026, month: 11, day: day)
        }
      ])
      #expect(try workspace.look("a") { try $0.holders(of: number) } == holders, "2026-11-\(day)")
    }
  }
}
