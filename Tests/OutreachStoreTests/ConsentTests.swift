import OutreachCore
import OutreachStore
import Testing

struct ConsentTests {
  @Test func `consent that changes supersedes what its record said`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a"), consent("1", of: "a", [(.granted, .record, 10)])])
    let summary = try workspace.importing([consent("1", of: "a", [(.revoked, .record, 20)])])
    #expect(summary.consents.changed == 1)
    #expect(try kinds(workspace, "a") == [.revoked])
    // What was revoked stays, though nobody says by whom; a grant goes with its record.
    try workspace.importing([consent("1", of: "a", []), consent("2", of: "a", [(.granted, .record, 10)])])
    #expect(try kinds(workspace, "a") == [.revoked, .granted])
    #expect(try workspace.importing([consent("2", of: "a", [])]).consents.removed == 1)
    #expect(try kinds(workspace, "a") == [.revoked])
  }

  @Test(arguments: [ConsentEvent.Source.patient, .proxy, .record])
  func `what a patient revoked stays, whatever an import says of the record later`(
    _ source: ConsentEvent.Source
  ) throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a"), consent("1", of: "a", [(.revoked, source, 10)])])
    try workspace.importing([consent("1", of: "a", [(.granted, .record, 5)])])
    #expect(try kinds(workspace, "a") == [.granted, .revoked])
    #expect(try workspace.importing([consent("1", of: "a", [(.granted, .record, 5)])]).changedNothing)
    try workspace.importing([consent("1", of: "a", [])])
    #expect(try kinds(workspace, "a") == [.revoked])
    try workspace.importing([.deleted(ResourceID("Consent/1"))])
    #expect(try kinds(workspace, "a") == [.revoked])
    try workspace.importing([patient("a")])
    #expect(try kinds(workspace, "a") == [.revoked])
  }

  @Test func `a record that goes to another patient and comes back grants the other one no more`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a"), patient("b")])
    for id in ["a", "b", "a", "b", "b", "a"] {
      try workspace.importing([consent("1", of: id, [(.granted, .record, 10)])])
      #expect(try kinds(workspace, "a") == (id == "a" ? [.granted] : []))
      #expect(try kinds(workspace, "b") == (id == "b" ? [.granted] : []))
    }
  }

  @Test func `what is told of a revocation in other words is one revocation`() throws {
    let workspace = try TestWorkspace()
    let evidence = ResourceID("Consent/1")
    var event = ConsentEvent(
      evidence: evidence, kind: .revoked, purpose: nil, channel: .sms, at: .noon, source: .patient)
    try workspace.importing([patient("a"), .consent(PatientID("a"), evidence, [event])])
    event.method = .record
    event.wording = "form v3"
    try workspace.importing([.consent(PatientID("a"), evidence, [event])])
    #expect(try workspace.look("a") { try $0.consents() } == [event])
    // Another channel, another moment or another speaker is another word.
    var narrower = event
    narrower.purpose = .wellness
    try workspace.importing([.consent(PatientID("a"), evidence, [narrower])])
    #expect(try workspace.look("a") { try $0.consents() } == [narrower, event])
  }

  @Test func `a deleted record grants no more`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a"), consent("1", of: "a", [(.granted, .patient, 10)])])
    try workspace.importing([.deleted(ResourceID("Consent/1"))])
    #expect(try kinds(workspace, "a") == [])
  }

  @Test func `merged records unite what was said and what was sent`() throws {
    let workspace = try TestWorkspace()
    let contact = PastContact(id: ResourceID("Communication/1"), at: .noon, channel: .sms, status: .sent)
    try workspace.importing([
      patient("old", replacedBy: ["middle"]), patient("middle", replacedBy: ["new"]), patient("new"),
      consent("1", of: "old", [(.revoked, .patient, 10)]), consent("2", of: "new", [(.granted, .record, 5)]),
      .fact(PatientID("old"), .contact(contact)),
    ])
    #expect(try kinds(workspace, "new") == [.granted, .revoked])
    #expect(try workspace.facts("new")?.contacts == [contact])
    #expect(try workspace.look("old") { $0.standing } == .replaced)
    #expect(try workspace.look("middle") { $0.standing } == .replaced)
    #expect(try workspace.look("new") { $0.standing } == .current)
    try workspace.importing([patient("old")])
    #expect(try kinds(workspace, "new") == [.granted])
    #expect(try workspace.look("old") { $0.standing } == .current)
  }

  @Test func `records that replace each other are cyclic, with those that lead there`() throws {
    let workspace = try TestWorkspace()
    let summary = try workspace.importing([
      patient("a", replacedBy: ["b"]), patient("b", replacedBy: ["a"]), patient("c", replacedBy: ["a"]),
      patient("d", replacedBy: ["d"]), patient("e"), patient("f", replacedBy: ["unknown"]),
    ])
    #expect(summary.linkFaults == 4)
    #expect(summary.replaced == 5)
    #expect(summary.unknownReferences == 1)
    for id in ["a", "b", "c", "d"] { #expect(try workspace.look(id) { $0.standing } == .cyclic) }
    #expect(try workspace.look("e") { $0.standing } == .current)
    #expect(try workspace.look("f") { $0.standing } == .replaced)
  }

  private func kinds(_ workspace: TestWorkspace, _ id: String) throws -> [ConsentEvent.Kind] {
    try workspace.look(id) { try $0.consents().map(\.kind) } ?? []
  }
}
