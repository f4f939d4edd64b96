import Foundation
import GRDB
import OutreachCore
import OutreachStore
import Testing

/// Consents that are entered by hand.
struct LedgerTests {
  private static let number = PhoneNumber(e164: "+12015550123")
  private static let present = "import_run IS NOT NULL AND superseded_by IS NULL"
  private static let later = Instant.noon + .seconds(60)

  private func event(
    _ kind: ConsentEvent.Kind, _ second: Int64 = 10, _ source: ConsentEvent.Source = .patient,
    number: PhoneNumber? = nil, evidence: String = ""
  ) -> ConsentEvent {
    ConsentEvent(
      evidence: ResourceID(evidence), kind: kind, purpose: .appointment, channel: .sms,
      at: Instant(secondsSinceEpoch: second), source: source, grantor: "parent", method: .phone,
      recordedBy: "desk", wording: "form v3", number: number, reference: "scan 17", isScopeStated: false)
  }

  private func handle(_ workspace: TestWorkspace, _ id: String) throws -> PatientHandle {
    try #require(try workspace.registry.handle(named: .id(PatientID(id))))
  }

  private func kinds(_ workspace: TestWorkspace, _ id: String) throws -> [ConsentEvent.Kind] {
    try workspace.look(id) { try $0.consents().map(\.kind) } ?? []
  }

  @Test func `an entry is part of the patient's consents and of the ledger, with all it says`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a"), patient("b"), consent("1", of: "a", [(.granted, .record, 5)])])
    let a = try handle(workspace, "a")
    let number = try #require(Self.number)
    let entered = try workspace.registry.record(
      [event(.revoked, number: number), event(.granted, 20, evidence: "Form/7")], of: a, at: Self.later)
    #expect(entered.map(\.evidence.rawValue) == ["Ledger/1", "Form/7"])
    var expected = event(.revoked, number: number)
    expected.evidence = ResourceID("Ledger/1")
    #expect(entered.first == expected)
    let consents = try workspace.look("a") { try $0.consents() }
    #expect(consents.map { Array($0.dropFirst()) } == entered)
    let ledger = try #require(try workspace.registry.ledger(of: .id(PatientID("a"))))
    #expect(ledger.map(\.event.kind) == [.granted, .revoked, .granted])
    #expect(ledger.dropFirst().map(\.event) == entered)
    #expect(ledger.map(\.recordedAt) == [.noon, Self.later, Self.later])
    #expect(ledger.map(\.isSuperseded) == [false, false, false])
    #expect(ledger.map(\.patient) == [a, a, a])
    #expect(try workspace.registry.ledger(of: .handle(a)) == ledger)
    #expect(try workspace.registry.ledger(of: .id(PatientID("b"))) == [])
    #expect(try workspace.registry.ledger(of: .id(PatientID("nobody"))) == nil)
  }

  @Test func `no two entries of a workspace have the same name`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a"), patient("b")])
    var names: [String] = []
    for id in ["a", "b", "a"] {
      names += try workspace.registry.record(
        [event(.granted), event(.granted)], of: handle(workspace, id), at: .noon
      ).map(\.evidence.rawValue)
    }
    #expect(Set(names).count == 6)
    #expect(names.allSatisfy { $0.hasPrefix("Ledger/") })
  }

  @Test func `no import removes or supersedes an entry, whatever it says`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a"), patient("b")])
    let entered = try workspace.registry.record(
      [event(.revoked), event(.granted, 20), event(.granted, 30, evidence: "Consent/1")],
      of: handle(workspace, "a"), at: Self.later)
    func entries() throws -> [ConsentEvent] {
      try workspace.look("a") { try $0.consents().filter { $0.method == .phone } } ?? []
    }
    try workspace.importing([consent("1", of: "a", [(.granted, .record, 40)])])
    #expect(try entries() == entered)
    try workspace.importing([
      .consent(PatientID("a"), ResourceID("Ledger/1"), []), .deleted(ResourceID("Ledger/1")),
      .deleted(ResourceID("Consent/1")),
    ])
    #expect(try entries() == entered)
    try workspace.importing([
      .consent(PatientID("b"), ResourceID("Ledger/1"), [event(.granted, 50)]),
      .deleted(ResourceID("Patient/a")),
    ])
    #expect(try entries() == entered)
    try workspace.importing([patient("a")])
    #expect(try entries() == entered)
    let ledger = try #require(try workspace.registry.ledger(of: .id(PatientID("a"))))
    #expect(ledger.filter { $0.event.method == .phone }.allSatisfy { !$0.isSuperseded })
    #expect(ledger.filter { $0.event.method == nil }.map(\.isSuperseded) == [true])
  }

  @Test func `random imports and entries keep what a plain list of them keeps`() throws {
    for seed in 0..<UInt64(2 * testScale) {
      var random = RandomRecords(seed: seed)
      let workspace = try TestWorkspace()
      try workspace.importing([patient("p0"), patient("p1"), patient("p2")])
      var byHand: [String: [ConsentEvent]] = [:]
      var imported: [String: (patient: String, kind: ConsentEvent.Kind)] = [:]
      for step in 0..<20 {
        let id = "p\(random.number(0...2))"
        if random.flip() {
          var event = random.event(ResourceID(""))
          event.evidence = ResourceID(random.flip() ? "" : "Consent/r\(random.number(0...2))")
          byHand[id, default: []] += try workspace.registry.record(
            [event], of: handle(workspace, id), at: Instant(secondsSinceEpoch: Int64(step)))
        } else {
          // What the record says now, of one patient at a time: a grant, or nothing.
          let record = "r\(random.number(0...2))"
          let says = random.flip()
          imported[record] = says ? (id, .granted) : nil
          try workspace.importing([consent(record, of: id, says ? [(.granted, .record, 10)] : [])])
          if !says { try workspace.importing([.deleted(ResourceID("Consent/\(record)"))]) }
        }
      }
      for id in ["p0", "p1", "p2"] {
        let held = try workspace.look(id) { try $0.consents() } ?? []
        let records = imported.values.filter { $0.patient == id }.count
        let hand = byHand[id] ?? []
        #expect(held.count == hand.count + records, "seed \(seed), \(id)")
        #expect(hand.allSatisfy { held.contains($0) }, "seed \(seed), \(id)")
        let ledger = try #require(try workspace.registry.ledger(of: .id(PatientID(id))))
        #expect(ledger.filter { !$0.isSuperseded }.map(\.event).count == held.count, "seed \(seed), \(id)")
      }
    }
  }

  @Test func `a merged record's entries count for the one that stands for it, and stay when it is split`()
    throws
  {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("old"), patient("new")])
    let (old, new) = (try handle(workspace, "old"), try handle(workspace, "new"))
    try workspace.registry.record([event(.revoked)], of: old, at: Self.later)
    try workspace.registry.record([event(.granted, 5)], of: new, at: .noon)
    #expect(try kinds(workspace, "new") == [.granted])
    try workspace.importing([patient("old", replacedBy: ["new"])])
    #expect(try kinds(workspace, "new") == [.granted, .revoked])
    let ledger = try #require(try workspace.registry.ledger(of: .handle(new)))
    #expect(ledger.map(\.patient) == [new, old])
    #expect(ledger.map(\.recordedAt) == [.noon, Self.later])
    try workspace.importing([patient("old")])
    #expect(try kinds(workspace, "new") == [.granted])
    #expect(try kinds(workspace, "old") == [.revoked])
  }

  @Test func `what an import revoked stays with the number that a later import takes away`() throws {
    let workspace = try TestWorkspace()
    let old = try #require(Self.number)
    try workspace.importing([
      patient("a", phone: old.e164),
      consent("1", of: "a", [(.revoked, .patient, 10), (.granted, .patient, 5)]),
    ])
    #expect(try workspace.look("a") { try $0.revocations(at: old) } == [])
    try workspace.importing([patient("a", phone: "+12015550199"), patient("b", phone: old.e164)])
    let found = try workspace.look("b") { try $0.revocations(at: old) } ?? []
    #expect(found.map(\.kind) == [.revoked])
    #expect(found.allSatisfy { $0.evidence.rawValue.hasPrefix("Ledger/") && $0.grantor == nil })
    #expect(try workspace.look("b") { try $0.consents() } == [])
    // Importing the same again takes no number away and says nothing again.
    try workspace.importing([patient("a", phone: "+12015550199")])
    #expect(try workspace.look("b") { try $0.revocations(at: old) } == found)
  }

  @Test func `a revocation stays with the person and with the old number when the number changes`() throws {
    let workspace = try TestWorkspace()
    let old = try #require(Self.number)
    let new = try #require(PhoneNumber(e164: "+12015550199"))
    try workspace.importing([patient("a", phone: old.e164)])
    let entered = try workspace.registry.record(
      [event(.revoked, number: old), event(.granted, 5, number: old)], of: handle(workspace, "a"), at: .noon)
    try workspace.importing([patient("a", phone: new.e164), patient("b", phone: old.e164)])
    // With the person, at whatever number.
    #expect(try workspace.look("a") { try $0.consents() } == entered)
    #expect(try workspace.look("a") { try $0.revocations(at: new) } == [])
    // With the number, for whoever has it now; without who said it.
    let found = try workspace.look("b") { try $0.revocations(at: old) } ?? []
    #expect(try workspace.look("b") { try $0.consents() } == [])
    #expect(found.map(\.kind) == [.revoked])
    #expect(found.map(\.evidence) == entered.prefix(1).map(\.evidence))
    #expect(found.map(\.at) == entered.prefix(1).map(\.at))
    #expect(found.map(\.purpose) == [.appointment])
    #expect(found.map(\.number) == [old])
    #expect(found.map(\.isScopeStated) == [false])
    #expect(found.allSatisfy { $0.grantor == nil && $0.recordedBy == nil && $0.reference == nil })
    #expect(try workspace.registry.revocations(at: old) == found)
  }

  @Test func `entries for nobody and for the erased are refused, and nothing of them is kept`() throws {
    let workspace = try TestWorkspace()
    let number = try #require(Self.number)
    try workspace.importing([patient("a", phone: number.e164)])
    let a = try handle(workspace, "a")
    let nobody = PatientHandle("P-2222222")
    #expect(throws: StoreError.noPatient(nobody)) {
      try workspace.registry.record([event(.revoked, number: number)], of: nobody, at: .noon)
    }
    #expect(throws: StoreError.noPatient(nobody)) {
      try workspace.registry.set(Preferences(language: "es"), of: nobody, by: "desk", at: .noon)
    }
    try workspace.registry.record([event(.revoked, number: number)], of: a, at: .noon)
    #expect(try workspace.registry.destroyKey(of: a))
    #expect(throws: StoreError.keyDestroyed(a)) {
      try workspace.registry.record([event(.revoked, number: number)], of: a, at: .noon)
    }
    #expect(throws: StoreError.keyDestroyed(a)) { try workspace.registry.ledger(of: .handle(a)) }
    // What was said at the number still holds there.
    #expect(try workspace.registry.revocations(at: number).count == 1)
  }

  @Test func `an entry during a pass is not in its way, and holds for who is read afterwards`() throws {
    let workspace = try TestWorkspace()
    // More than one page of a pass.
    try workspace.importing((0..<1_100).map { patient("p\($0)") })
    var handles: [PatientHandle] = []
    try workspace.registry.forEachPatient { handles.append($0.handle) }
    let last = try #require(handles.last)
    var seen: [ConsentEvent.Kind] = []
    var isFirst = true
    try workspace.registry.forEachPatient { entry in
      if isFirst { try workspace.registry.record([event(.revoked)], of: last, at: .noon) }
      isFirst = false
      if entry.handle == last { seen = try entry.consents().map(\.kind) }
    }
    #expect(seen == [.revoked])
  }

  @Test(arguments: [
    "DELETE FROM consent_event", "DELETE FROM number_event", "DELETE FROM preference",
    "UPDATE number_event SET number = x'00'", "UPDATE number_event SET detail = x'00'",
    "UPDATE preference SET detail = x'00'", "UPDATE preference SET version = version + 9",
    // An entry by hand is superseded by nothing, an imported one once and by a later one.
    "UPDATE consent_event SET superseded_by = 9 WHERE import_run IS NULL",
    "UPDATE consent_event SET superseded_by = 9 WHERE superseded_by IS NOT NULL",
    "UPDATE consent_event SET superseded_by = NULL WHERE import_run IS NOT NULL",
    "UPDATE consent_event SET superseded_by = sequence WHERE \(present)",
    // What may be superseded may not be changed by the way.
    "UPDATE consent_event SET superseded_by = 9, statement = x'00' WHERE \(present)",
    "UPDATE consent_event SET superseded_by = 9, recorded_at = 0 WHERE \(present)",
    "UPDATE consent_event SET superseded_by = 9, evidence = x'00' WHERE \(present)",
    "UPDATE consent_event SET superseded_by = 9, sequence = 8 WHERE \(present)",
    "UPDATE consent_event SET superseded_by = 9, patient = 1 WHERE \(present)",
    "UPDATE consent_event SET superseded_by = 9, import_run = NULL WHERE \(present)",
  ])
  func `what was entered can be neither changed nor deleted`(sql: String) throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a"), consent("1", of: "a", [(.granted, .record, 5)])])
    try workspace.importing([consent("1", of: "a", [(.granted, .record, 6)])])
    let a = try handle(workspace, "a")
    try workspace.registry.record([event(.revoked, number: Self.number)], of: a, at: .noon)
    try workspace.registry.set(Preferences(language: "es"), of: a, by: "desk", at: .noon)
    try workspace.registry.close()
    #expect {
      try DatabaseQueue(path: workspace.database).write { try $0.execute(sql: sql) }
    } throws: { error in
      (error as? DatabaseError)?.message?.hasSuffix("is append-only") ?? false
    }
  }
}
