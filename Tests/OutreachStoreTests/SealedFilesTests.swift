import Foundation
import OutreachCore
import OutreachStore
import Testing

struct SealedFilesTests {
  /// Words that must not be found anywhere; in every kind of place a source can put one.
  private static let canaries = [
    "CANARYgiven", "CANARYfamily", "CANARYtyped", "CANARYstate", "CANARYzip", "CANARYzone", "CANARYfield",
    "CANARYvalue", "CANARYcode", "CANARYkind", "CANARYid", "CANARYlocation", "CANARYsource", "CANARYlanguage",
    "CANARYevidence", "CANARYwording", "CANARYcampaign", "CANARYcommand", "CANARYsender",
    "CANARYgrantor", "CANARYdesk", "CANARYreference", "CANARYpurpose", "CANARYchannel", "CANARYnote",
    "CANARYrefused", "+12015550177", "2015550177",
  ]

  @Test func `nothing readable of a patient is in any file`() throws {
    let workspace = try TestWorkspace()
    _ = try workspace.registry.withImport(asOf: .noon, recordedAt: .noon, source: "CANARYsource.ndjson") {
      session in
      for record in Self.records(["1", "2", "3"]) { try session.stage(record) }
    }
    // Rewritten and deleted rows leave their traces in free pages and in the log.
    try workspace.importing(Self.records(["1", "2"], code: "CANARYcode2"))
    try workspace.importing([
      .deleted(ResourceID("Patient/CANARYid1")), .deleted(ResourceID("Location/CANARYlocation")),
    ])
    let handle = try #require(try workspace.registry.handle(named: .id(PatientID("CANARYid2"))))
    try workspace.registry.recordReveal(of: [handle], by: "CANARYwho", at: .noon, command: "CANARYcommand")
    try Self.enterByHand(into: workspace, of: handle)
    try expectSealed(workspace.files(), atLeast: 2)
    // The same as a stolen copy while it is open, and after it was closed.
    try workspace.registry.close()
    try expectSealed(workspace.files(), atLeast: 2)
  }

  @Test func `an import killed while it stages leaves nothing readable and nothing else`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("before", name: "CANARYgiven")])
    let before = try workspace.contents()
    var copies: [String: [UInt8]] = [:]
    _ = try? workspace.registry.withImport(asOf: .noon, recordedAt: .noon, source: nil) { session in
      // Enough for several commits of the staging area.
      for number in 0..<8_000 {
        for record in Self.records(["-\(number)"]) { try session.stage(record) }
      }
      // What a power cut would leave behind: the files as they are now.
      copies = try workspace.files()
      throw CancellationError()
    }
    try expectSealed(copies, atLeast: 2)
    let restored = try TestWorkspace.Copy(of: workspace, files: copies)
    #expect(try restored.contents() == before)
  }

  @Test func `a process that dies in the middle of an import changes nothing`() async throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("before")])
    let before = try workspace.contents()
    let (database, keyStore, key) = (workspace.database, workspace.keyStore, workspace.masterKey.text)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [database = database as String, keyStore = keyStore as String, key = key as String] in
      let registry = try Registry(database: database, keyStore: keyStore, masterKey: MasterKey(parsing: key))
      _ = try registry.withImport(asOf: .noon, recordedAt: .noon, source: nil) { session in
        for number in 0..<20_000 { try session.stage(patient("new-\(number)", name: "CANARYgiven")) }
        kill(getpid(), SIGKILL)
      }
    }
    #expect(try workspace.contents() == before)
    try expectSealed(workspace.files(), atLeast: 2)
  }

  @Test func `a destroyed key makes one patient unreadable and leaves the others alone`() throws {
    let workspace = try TestWorkspace()
    let number = try #require(PhoneNumber(e164: "+12015550123"))
    try workspace.importing([
      patient("a", phone: number.e164), patient("b", phone: number.e164), condition("1", of: "a"),
    ])
    let handle = try #require(try workspace.registry.handle(named: .id(PatientID("a"))))
    #expect(try workspace.registry.destroyKey(of: handle))
    #expect(try workspace.registry.destroyKey(of: PatientHandle("P-2222222")) == false)
    #expect(throws: StoreError.keyDestroyed(handle)) { try workspace.facts("a") }
    #expect(throws: StoreError.keyDestroyed(handle)) { try workspace.look("a") { try $0.identity() } }
    #expect(try workspace.contents().map(\.identity.id.rawValue) == ["b"])
    #expect(try workspace.look("b") { try $0.holders(of: number) } == 1)
    let summary = try workspace.importing([patient("a"), patient("b", name: "Ben"), condition("1", of: "b")])
    #expect((summary.erased, summary.patients.changed) == (1, 1))
    #expect(throws: StoreError.keyDestroyed(handle)) { try workspace.facts("a") }
  }

  @Test func `an older copy of the key store is an error, not an erasure`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a")])
    let old = try workspace.files().filter { $0.key.hasPrefix("keys.db") }
    try workspace.importing([patient("b")])
    let handle = try #require(try workspace.registry.handle(named: .id(PatientID("b"))))
    let mixed = try workspace.files().merging(old) { $1 }
    let copy = try TestWorkspace.Copy(of: workspace, files: mixed.filter { !$0.key.hasSuffix("-shm") })
    #expect(throws: StoreError.keyMissing(handle)) { try copy.contents() }
  }

  @Test func `reveals are kept with who saw whom`() throws {
    let workspace = try TestWorkspace()
    let handles = [PatientHandle("P-2345"), PatientHandle("P-BCDF")]
    try workspace.registry.recordReveal(of: handles, by: "coordinator", at: .noon, command: "preview")
    let reveals = try workspace.registry.reveals()
    #expect(reveals.map(\.handles) == [handles])
    #expect(reveals.map(\.who) == ["coordinator"])
    #expect(reveals.map(\.command) == ["preview"])
    #expect(reveals.map(\.at) == [.noon])
  }

  @Test func `of an erased patient no entry can be read, and what stays at the number names nobody`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing(Self.records(["1"]))
    let handle = try #require(try workspace.registry.handle(named: .id(PatientID("CANARYid1"))))
    try Self.enterByHand(into: workspace, of: handle)
    #expect(try workspace.registry.destroyKey(of: handle))
    #expect(throws: StoreError.keyDestroyed(handle)) { try workspace.registry.ledger(of: .handle(handle)) }
    #expect(throws: StoreError.keyDestroyed(handle)) {
      try workspace.registry.preferences(of: .handle(handle))
    }
    let number = try #require(PhoneNumber(e164: "+12015550177"))
    let found = try workspace.registry.revocations(at: number)
    #expect(found.count == 1)
    for event in found {
      #expect(event.evidence.rawValue == "Ledger/1")
      #expect(event.grantor == nil && event.recordedBy == nil && event.reference == nil)
    }
    #expect(try workspace.registry.evidence(of: number).count == 1)
    #expect(try workspace.registry.holders(of: number) == [])
  }

  /// One entry of every kind, with a word in every place.
  private static func enterByHand(into workspace: TestWorkspace, of handle: PatientHandle) throws {
    let number = try #require(PhoneNumber(e164: "+12015550177"))
    let event = ConsentEvent(
      evidence: ResourceID("CANARYevidence"), kind: .revoked, purpose: Purpose("CANARYpurpose"),
      channel: Channel("CANARYchannel"), sender: "CANARYsender", at: .noon, source: .proxy,
      grantor: "CANARYgrantor", method: .inPerson, recordedBy: "CANARYdesk", wording: "CANARYwording",
      wordingLanguage: "CANARYlanguage", number: number, reference: "CANARYreference")
    try workspace.registry.record([event], of: handle, at: .noon)
    try workspace.registry.set(
      Preferences(
        channels: [Channel("CANARYchannel")], language: "CANARYlanguage",
        refusedPurposes: [Purpose("CANARYpurpose")], refusedCampaigns: [CampaignID("CANARYrefused")]),
      of: handle, by: "CANARYdesk", at: .noon)
    try workspace.registry.record(
      ContactEvidence(.wrongNumber, at: .noon, by: "CANARYdesk", reference: "CANARYnote"), of: number)
  }

  private func expectSealed(_ files: [String: [UInt8]], atLeast count: Int) throws {
    #expect(files.count >= count)
    for (name, bytes) in files {
      let data = Data(bytes)
      for canary in Self.canaries {
        #expect(data.range(of: Data(canary.utf8)) == nil, "\(canary) in \(name)")
      }
      #expect(data.range(of: Data("CANARY".utf8)) == nil, "\(name)")
      #expect(data.range(of: Data("E11".utf8)) == nil, "\(name)")
    }
  }

  private static func records(_ suffixes: [String], code: String = "CANARYcode") -> [ImportedRecord] {
    suffixes.flatMap { suffix -> [ImportedRecord] in
      let id = PatientID("CANARYid\(suffix)")
      let codes = [Coding(.icd10, code), Coding(.snomed, "CANARYcode-s")]
      let evidence = ResourceID("Consent/CANARYevidence\(suffix)")
      let place = ResourceID("Location/CANARYlocation")
      return [
        patient(id.rawValue, name: "CANARYgiven", phone: "+12015550177", replacedBy: ["CANARYidother"]) {
          $0.identity.familyName = "CANARYfamily"
          $0.identity.contactPoints[0].typed = "CANARYtyped (201) 555-0177"
          $0.identity.addresses = [PostalAddress(state: "CANARYstate", postalCode: "CANARYzip")]
          $0.identity.timeZone = "CANARYzone"
          $0.facts.language = "CANARYlanguage"
          $0.facts.fields = ["CANARYfield": .text("CANARYvalue")]
        },
        .fact(
          id,
          .condition(Condition(id: ResourceID("Condition/CANARYid\(suffix)"), codes: codes, isActive: true))),
        .fact(
          id,
          .appointment(
            Appointment(
              id: ResourceID("Appointment/CANARYid\(suffix)"), status: "booked", startsAt: .noon,
              kind: "CANARYkind", location: place))),
        .fact(
          id,
          .contact(
            PastContact(
              id: ResourceID("Communication/CANARYid\(suffix)"), at: .noon, status: .sent,
              key: .init(campaign: CampaignID("CANARYcampaign"), message: MessageID("m"), occurrence: .once)))
        ),
        .consent(
          id, evidence,
          [
            ConsentEvent(
              evidence: evidence, kind: .granted, purpose: nil, channel: nil, at: .noon,
              wording: "CANARYwording")
          ]),
        .location(Location(id: place, name: "CANARYlocation", timeZone: "CANARYzone")),
        .medication(ResourceID("Medication/CANARYid\(suffix)"), codes),
      ]
    }
  }
}
