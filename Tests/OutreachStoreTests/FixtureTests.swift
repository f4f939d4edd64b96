import Foundation
import OutreachCore
import OutreachStore
import Testing

/// Databases that released versions wrote, as files: every later version must open them.
///
/// `OUTREACH_RECORD_FIXTURE=1` makes the folder of the present version anew; it is done once, at its release.
struct FixtureTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  @Test(arguments: ["v1", "v2"])
  func `the database of a released version opens, with everything that was in it`(_ version: String) throws {
    let fixture = Self.folder.appending(path: version)
    if version == "v2", ProcessInfo.processInfo.environment["OUTREACH_RECORD_FIXTURE"] == "1" {
      try Self.record(fixture)
    }
    // Opened as a copy: opening writes.
    let copy = FileManager.default.temporaryDirectory.appending(path: "store-fixture-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: fixture, to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }
    let key = try MasterKey(parsing: String(contentsOf: copy.appending(path: "master.key"), encoding: .utf8))
    let path = copy.appending(path: "outreach.db").path
    #expect(try Registry.workspaceID(database: path) == "fixture")
    let registry = try Registry(
      database: path, keyStore: copy.appending(path: "keys.db").path, masterKey: key)
    #expect(registry.workspaceID == "fixture")
    let expected = Self.demographics()
    var found: [PatientID: PatientSnapshot] = [:]
    try registry.forEachPatient { entry in
      let snapshot = try PatientSnapshot(entry)
      found[snapshot.identity.id] = snapshot
    }
    #expect(found.count == expected.count)
    for demographics in expected {
      let snapshot = try #require(found[demographics.identity.id])
      #expect(snapshot.identity == demographics.identity)
      #expect(snapshot.facts.fields == demographics.facts.fields)
      #expect(snapshot.facts.birthDate == demographics.facts.birthDate)
      #expect(
        snapshot.facts.conditions.map(\.id.rawValue) == ["Condition/\(demographics.identity.id.rawValue)"])
      #expect(snapshot.facts.observations.map(\.value) == [7.4])
      #expect(snapshot.consents.first?.kind == .granted)
      // What a version did not know yet, and what one that knew it wrote.
      let own = PatientName.id(demographics.identity.id)
      let isFull = version != "v1" && demographics.identity.id.rawValue == "fixture-1"
      let entries = isFull ? [Self.entry] : []
      #expect(Array(snapshot.consents.dropFirst()) == entries)
      let ledger = try #require(try registry.ledger(of: own))
      #expect(ledger.map(\.recordedAt) == [.noon] + entries.map { _ in .noon + .seconds(60) })
      let wishes = try registry.preferences(of: own)
      #expect(wishes?.preferences == (isFull ? Self.wishes : nil))
      #expect(wishes?.by == (isFull ? "desk" : nil))
      // The handles in files and on paper must stay those of their patients.
      #expect(snapshot.handle.rawValue == Self.handles[demographics.identity.id.rawValue])
    }
    #expect(try registry.sharedResources().locations.count == 1)
    let number = try #require(PhoneNumber(e164: "+12015550123"))
    #expect(try registry.evidence(of: number) == (version == "v1" ? [] : [Self.evidence]))
    #expect(try registry.revocations(at: number).count == (version == "v1" ? 0 : 1))
    #expect(try registry.keptPolicy()?.text == (version == "v1" ? nil : Self.policy))
    let stamp = try #require(try registry.lastImport())
    #expect((stamp.asOf, stamp.recordedAt, stamp.version) == (.noon, .noon, 1))
    // What is opened is also written: an entry, and an import of the same again.
    let handle = try #require(try registry.handle(named: .id(PatientID("fixture-0"))))
    try registry.record([Self.entry], of: handle, at: .noon)
    #expect(try Self.importAll(into: registry).changedNothing)
    try registry.close()
  }

  @Test func `a database of an earlier version is not changed by who may only read`() throws {
    let copy = FileManager.default.temporaryDirectory.appending(path: "store-fixture-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: Self.folder.appending(path: "v1"), to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }
    let path = copy.appending(path: "outreach.db").path
    #expect(throws: StoreError.olderSchema(path)) {
      try Registry(
        database: path, keyStore: copy.appending(path: "keys.db").path,
        masterKey: MasterKey(parsing: Self.masterKey), readOnly: true)
    }
  }

  private static let entry = ConsentEvent(
    evidence: ResourceID("Ledger/1"), kind: .revoked, purpose: .appointment, channel: .sms,
    sender: "pharmacy", at: .noon, source: .proxy, grantor: "parent", method: .phone, recordedBy: "desk",
    wording: "form v3", wordingLanguage: "es", number: PhoneNumber(e164: "+12015550123"),
    reference: "scan 17", isScopeStated: false)

  private static let wishes = Preferences(
    channels: [.voice, .sms], language: "es", window: TimeWindow(from: "09:00", to: "12:00"),
    restDays: [.sunday], maximumPerWeek: 2, refusedPurposes: [.wellness],
    refusedCampaigns: [CampaignID("a")], disclosure: .sealed)

  private static let evidence = ContactEvidence(
    .reassignment(.noData, since: CivilDate(daysSinceEpoch: 20_000)), at: .noon, by: "desk",
    reference: "file 9")

  private static let policy = Array("return policy {}\n".utf8)

  private static let masterKey =
    "outreach-key-1 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"

  /// The handles that `masterKey` gives.
  private static let handles: [String: String] = [
    "fixture-0": "P-DQZ9", "fixture-1": "P-RVWP", "fixture-2": "P-6BV8", "fixture-3": "P-3PGN",
    "fixture-4": "P-G882",
  ]

  // Written out, because what an old file holds must not depend on a generator of today.
  private static func demographics() -> [Demographics] {
    (0..<5).map { number in
      var identity = PatientIdentity(
        id: PatientID("fixture-\(number)"), givenName: "Ñandú", familyName: "Example")
      var facts = PatientFacts()
      facts.birthDate = CivilDate(year: 1950 + number, month: 2, day: 28)
      facts.sex = "female"
      facts.language = "es"
      facts.fields = ["plan": .text("B"), "score": .number(0.5), "enrolled": .boolean(number % 2 == 0)]
      if number == 1 {
        identity.contactPoints = [
          ContactPoint(
            system: .sms, use: .mobile, rank: 1, typed: "(201) 555-0123",
            phone: PhoneNumber(e164: "+12015550123").map { .valid($0) },
            startsOn: CivilDate(year: 2020, month: 1, day: 1), endsOn: CivilDate(year: 2030, month: 1, day: 1)
          ),
          ContactPoint(system: .phone, use: .home, typed: "call me", phone: .unreadable(.letters)),
        ]
        identity.addresses = [PostalAddress(state: "NJ", postalCode: "07001", country: "US")]
        identity.timeZone = "America/New_York"
      }
      return Demographics(identity: identity, facts: facts)
    }
  }

  private static func record(_ fixture: URL) throws {
    try? FileManager.default.removeItem(at: fixture)
    try FileManager.default.createDirectory(at: fixture, withIntermediateDirectories: true)
    try Data(masterKey.utf8).write(to: fixture.appending(path: "master.key"))
    let registry = try Registry.create(
      database: fixture.appending(path: "outreach.db").path,
      keyStore: fixture.appending(path: "keys.db").path,
      masterKey: MasterKey(parsing: masterKey), workspaceID: "fixture")
    _ = try importAll(into: registry)
    let handle = try #require(try registry.handle(named: .id(PatientID("fixture-1"))))
    try registry.record([entry], of: handle, at: .noon + .seconds(60))
    try registry.set(wishes, of: handle, by: "desk", at: .noon)
    try registry.record(evidence, of: try #require(PhoneNumber(e164: "+12015550123")))
    try registry.keepPolicy(policy, at: .noon)
    try registry.close()
    for name in ["outreach.db", "keys.db"] {
      for suffix in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(at: fixture.appending(path: name + suffix))
      }
    }
    Issue.record("recorded \(fixture.lastPathComponent); run again without OUTREACH_RECORD_FIXTURE")
  }

  private static func importAll(into registry: Registry) throws -> PublishSummary {
    try registry.withImport(asOf: .noon, recordedAt: .noon, source: "fixture") { session in
      for demographics in demographics() {
        let id = demographics.identity.id
        try session.stage(.patient(demographics))
        try session.stage(condition(id.rawValue, of: id.rawValue))
        try session.stage(consent(id.rawValue, of: id.rawValue, [(.granted, .patient, 1_700_000_000)]))
        let measurement = Observation(
          id: ResourceID("Observation/\(id.rawValue)"), codes: [Coding(.loinc, "4548-4")], value: 7.4,
          unit: "%",
          at: .noon)
        try session.stage(.fact(id, .observations([measurement])))
      }
      try session.stage(.location(Location(id: ResourceID("Location/1"), name: "North")))
    }.summary
  }
}
