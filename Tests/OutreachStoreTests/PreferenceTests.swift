import OutreachCore
import OutreachStore
import Testing

struct PreferenceTests {
  private func handle(_ workspace: TestWorkspace, _ id: String) throws -> PatientHandle {
    try #require(try workspace.registry.handle(named: .id(PatientID(id))))
  }

  private func at(_ second: Int64) -> Instant { Instant(secondsSinceEpoch: second) }

  private func language(_ workspace: TestWorkspace, _ id: String) throws -> String? {
    let kept = try workspace.registry.preferences(of: .id(PatientID(id)))?.preferences
    let seen = try workspace.look(id) { try $0.preferences() }
    #expect((kept ?? Preferences()) == seen)
    return seen?.language
  }

  @Test func `the last wishes hold, with who recorded them and when`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a"), patient("b")])
    let a = try handle(workspace, "a")
    #expect(try workspace.registry.preferences(of: .handle(a)) == nil)
    #expect(try workspace.registry.preferences(of: .id(PatientID("nobody"))) == nil)
    #expect(try workspace.look("a") { try $0.preferences() } == Preferences())
    try workspace.registry.set(Preferences(language: "es"), of: a, by: "desk", at: at(20))
    let wishes = Preferences(channels: [.voice], maximumPerWeek: 1, disclosure: .sealed)
    // The order is that of recording, not of the clock that was read.
    try workspace.registry.set(wishes, of: a, by: "nurse", at: at(10))
    let kept = try #require(try workspace.registry.preferences(of: .handle(a)))
    #expect(kept.preferences == wishes)
    #expect((kept.by, kept.at) == ("nurse", at(10)))
    #expect(try workspace.look("a") { try $0.preferences() } == wishes)
    #expect(try workspace.look("b") { try $0.preferences() } == Preferences())
    // No import speaks of wishes.
    try workspace.importing([patient("a", name: "Other")])
    #expect(try workspace.look("a") { try $0.preferences() } == wishes)
    try workspace.registry.set(Preferences(), of: a, by: "nurse", at: at(30))
    #expect(try workspace.look("a") { try $0.preferences().isEmpty } == true)
  }

  @Test func `wishes of merged records are united, the patient's own before the newest of the others`() throws
  {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("x"), patient("y"), patient("new")])
    try workspace.registry.set(Preferences(language: "es"), of: handle(workspace, "x"), by: "d", at: at(20))
    try workspace.registry.set(Preferences(language: "fr"), of: handle(workspace, "y"), by: "d", at: at(10))
    #expect(try language(workspace, "new") == nil)
    try workspace.importing([patient("x", replacedBy: ["new"]), patient("y", replacedBy: ["new"])])
    #expect(try language(workspace, "new") == "es")
    #expect(try language(workspace, "y") == "fr")
    try workspace.registry.set(Preferences(language: "vi"), of: handle(workspace, "y"), by: "d", at: at(30))
    #expect(try language(workspace, "new") == "vi")
    #expect(try workspace.registry.destroyKey(of: handle(workspace, "y")))
    #expect(try language(workspace, "new") == "es")
    // One of their own, even an earlier one, goes before, and undoes nothing that another record narrows.
    try workspace.registry.set(
      Preferences(language: "de", maximumPerWeek: 2), of: handle(workspace, "new"), by: "d", at: at(5))
    let narrowing = Preferences(language: "es", maximumPerWeek: 1, refusedPurposes: [.wellness])
    try workspace.registry.set(narrowing, of: handle(workspace, "x"), by: "d", at: at(40))
    let united = Preferences(language: "de", maximumPerWeek: 1, refusedPurposes: [.wellness])
    #expect(try workspace.look("new") { try $0.preferences() } == united)
  }

  @Test func `wishes of an erased patient cannot be read any more`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a")])
    let a = try handle(workspace, "a")
    try workspace.registry.set(Preferences(language: "es"), of: a, by: "desk", at: .noon)
    #expect(try workspace.registry.destroyKey(of: a))
    #expect(throws: StoreError.keyDestroyed(a)) { try workspace.registry.preferences(of: .handle(a)) }
    #expect(throws: StoreError.keyDestroyed(a)) { try workspace.look("a") { try $0.preferences() } }
    #expect(throws: StoreError.keyDestroyed(a)) {
      try workspace.registry.set(Preferences(), of: a, by: "desk", at: .noon)
    }
  }

  @Test func `one patient after another in a pass has their own wishes`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing((0..<20).map { patient("p\($0)") })
    var expected: [PatientHandle: Preferences] = [:]
    for number in 0..<20 {
      let own = try handle(workspace, "p\(number)")
      if number % 2 == 0 { expected[own] = Preferences(maximumPerWeek: number) }
      if let wishes = expected[own] {
        try workspace.registry.set(wishes, of: own, by: "desk", at: .noon)
      }
    }
    try workspace.registry.forEachPatient { entry in
      let wishes = try entry.preferences()
      #expect(wishes == expected[entry.handle] ?? Preferences())
    }
  }

  @Test func `the last policy that was kept comes back, byte by byte`() throws {
    let workspace = try TestWorkspace()
    #expect(try workspace.registry.keptPolicy() == nil)
    for text in [Array("return policy {}\n".utf8), [], [0, 0xFF, 0x0A]] {
      let now = at(Int64(text.count))
      try workspace.registry.keepPolicy(text, at: now)
      let kept = try #require(try workspace.registry.keptPolicy())
      #expect((kept.text, kept.keptAt) == (text, now))
    }
  }
}
