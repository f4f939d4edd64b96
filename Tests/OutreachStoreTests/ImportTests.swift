import Foundation
import OutreachCore
import OutreachStore
import Testing

struct ImportTests {
  @Test func `what was imported is what the pass shows, in order of handle`() throws {
    let workspace = try TestWorkspace()
    var random = RandomRecords(seed: 7)
    var identities: [PatientID: PatientIdentity] = [:]
    var records: [ImportedRecord] = []
    for number in 0..<300 {
      let demographics = random.demographics("source-\(number)")
      identities[demographics.identity.id] = demographics.identity
      records.append(.patient(demographics))
    }
    let summary = try workspace.importing(records)
    #expect(summary.patients.new == 300)
    let contents = try workspace.contents()
    #expect(contents.map(\.handle) == contents.map(\.handle).sorted())
    #expect(Dictionary(uniqueKeysWithValues: contents.map { ($0.identity.id, $0.identity) }) == identities)
    #expect(try workspace.registry.patientCount() == 300)
    #expect(try workspace.registry.factsAsOf() == .noon)
  }

  @Test func `the same import again changes nothing and says so`() throws {
    let workspace = try TestWorkspace()
    let records = everyKindOfRecord(seed: 11)
    let first = try workspace.importing(records)
    #expect(!first.changedNothing)
    let before = try workspace.contents()
    let version = try workspace.registry.lastImport()?.version
    let second = try workspace.importing(records.shuffledWithinKinds())
    #expect(second.changedNothing, "\(second)")
    #expect(second.patients.unchanged == first.patients.new)
    #expect(try workspace.contents() == before)
    #expect(try workspace.registry.lastImport()?.version == version)
  }

  @Test func `the order of an import makes no difference, neither to the handles`() throws {
    let records = everyKindOfRecord(seed: 12)
    let workspace = try TestWorkspace()
    try workspace.importing(records)
    let other = try TestWorkspace(sharingKeyOf: workspace)
    try other.importing(records.reversed())
    #expect(try other.contents() == workspace.contents())
  }

  @Test func `a body that throws leaves the registry as it was`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a", name: "Ana"), condition("1", of: "a")])
    let before = try workspace.contents()
    struct Interruption: Error {}
    #expect(throws: Interruption.self) {
      try workspace.registry.withImport(asOf: .noon, recordedAt: .noon, source: nil) { session in
        try session.stage(patient("a", name: "Other"))
        for number in 0..<5_000 { try session.stage(patient("new-\(number)")) }
        throw Interruption()
      }
    }
    #expect(try workspace.contents() == before)
    #expect(try workspace.registry.lastImport()?.version == 1)
  }

  @Test func `facts are replaced, taken back and deleted record by record`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([
      patient("a"), patient("b"), condition("1", of: "a"), condition("2", of: "a"), condition("3", of: "a"),
      condition("4", of: "b"),
    ])
    let summary = try workspace.importing([
      condition("1", of: "a", code: "I10"), condition("2", of: "a"),
      .noFact(PatientID("a"), ResourceID("Condition/3")),
      .deleted(ResourceID("Condition/4")), condition("5", of: "b"), condition("6", of: "nobody"),
    ])
    var tally = Tally()
    (tally.new, tally.changed, tally.unchanged, tally.removed) = (1, 1, 1, 2)
    #expect(summary.facts[.condition] == tally)
    #expect(summary.unknownReferences == 1)
    #expect(try workspace.facts("a")?.conditions.map(\.id.rawValue) == ["Condition/1", "Condition/2"])
    #expect(try workspace.facts("a")?.conditions.first?.codes.first?.code == "I10")
    #expect(try workspace.facts("b")?.conditions.map(\.id.rawValue) == ["Condition/5"])
  }

  @Test func `a new demographic record keeps the facts, and of two in one import the later counts`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a", name: "First"), condition("1", of: "a")])
    let summary = try workspace.importing([patient("a", name: "Second"), patient("a", name: "Third")])
    #expect(summary.patients.changed == 1)
    #expect(try workspace.look("a") { try $0.identity().givenName } == "Third")
    #expect(try workspace.facts("a")?.conditions.count == 1)
  }

  @Test func `measurements of one record come and go together and keep their order`() throws {
    let workspace = try TestWorkspace()
    func pressure(_ values: [Double]) -> ImportedRecord {
      .fact(
        PatientID("a"),
        .observations(
          values.map {
            Observation(
              id: ResourceID("Observation/1"), codes: [Coding(.loinc, "8480-6")], value: $0, unit: "mm[Hg]",
              at: .noon)
          }))
    }
    try workspace.importing([patient("a"), pressure([140, 90, 3])])
    let summary = try workspace.importing([pressure([150, 80])])
    #expect(summary.facts[.observation]?.changed == 1)
    #expect(try workspace.facts("a")?.observations.map(\.value) == [150, 80])
  }

  @Test func `a record that moves to another patient leaves the first one`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([
      patient("a"), patient("b"), condition("1", of: "a"), consent("c", of: "a", [(.granted, .record, 1)]),
    ])
    let summary = try workspace.importing([
      condition("1", of: "b"), consent("c", of: "b", [(.granted, .record, 1)]),
    ])
    #expect(summary.facts[.condition]?.removed == 1)
    #expect(try workspace.facts("a")?.conditions == [])
    #expect(try workspace.facts("b")?.conditions.count == 1)
    #expect(try workspace.look("a") { try $0.consents() } == [])
    #expect(try workspace.look("b") { try $0.consents().count } == 1)
  }

  @Test func `of one record for two patients in one import the later counts, whichever comes first by hash`()
    throws
  {
    for first in [true, false] {
      let (one, other) = first ? ("a", "b") : ("b", "a")
      let workspace = try TestWorkspace()
      try workspace.importing([
        patient("a"), patient("b"), condition("1", of: one), condition("1", of: other),
      ])
      #expect(try workspace.facts(one)?.conditions == [])
      #expect(try workspace.facts(other)?.conditions.count == 1)
    }
  }

  @Test func `a deletion and a statement in one import count in their order`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a"), condition("1", of: "a"), condition("2", of: "a")])
    try workspace.importing([
      .deleted(ResourceID("Condition/1")), condition("1", of: "a"), condition("2", of: "a"),
      .deleted(ResourceID("Condition/2")),
    ])
    #expect(try workspace.facts("a")?.conditions.map(\.id.rawValue) == ["Condition/1"])
  }

  @Test func `a deleted patient stays as a mark, and comes back with a new record`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a", phone: "+12015550123"), condition("1", of: "a")])
    #expect(try workspace.importing([.deleted(ResourceID("Patient/a"))]).patients.removed == 1)
    #expect(try workspace.look("a") { $0.standing } == .deleted)
    #expect(try workspace.importing([.deleted(ResourceID("Patient/a"))]).changedNothing)
    #expect(try workspace.importing([patient("a")]).changedNothing == false)
    #expect(try workspace.look("a") { $0.standing } == .current)
    #expect(try workspace.facts("a")?.conditions.count == 1)
  }

  @Test func `shared records are kept, replaced and deleted`() throws {
    let workspace = try TestWorkspace()
    let place = Location(id: ResourceID("Location/1"), name: "North", timeZone: "America/Denver", state: "CO")
    let medication = ResourceID("Medication/1")
    try workspace.importing([.location(place), .medication(medication, [Coding(.rxnorm, "860975")])])
    #expect(try workspace.registry.sharedResources().locations == [place.id: place])
    #expect(try workspace.registry.sharedResources().medications[medication]?.first?.code == "860975")
    let summary = try workspace.importing([
      .location(Location(id: place.id, name: "South")), .deleted(medication),
    ])
    #expect((summary.shared.changed, summary.shared.removed) == (1, 1))
    #expect(try workspace.registry.sharedResources().locations[place.id]?.name == "South")
    #expect(try workspace.registry.sharedResources().medications.isEmpty)
  }

  @Test func `a pass ends with an error when an import is published in between`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing((0..<1_500).map { patient("p\($0)") })
    let writer = try Registry(
      database: workspace.database, keyStore: workspace.keyStore, masterKey: workspace.masterKey)
    var count = 0
    #expect(throws: StoreError.changedMeanwhile) {
      try workspace.registry.forEachPatient { _ in
        count += 1
        guard count == 10 else { return }
        _ = try writer.withImport(asOf: .noon, recordedAt: .noon, source: nil) {
          try $0.stage(patient("late"))
        }
      }
    }
    #expect(count == 1_000)
    try writer.close()
  }

  @Test func `an error of the body of a pass comes through as it is`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a")])
    struct Stop: Error {}
    #expect(throws: Stop.self) { try workspace.registry.forEachPatient { _ in throw Stop() } }
    #expect(throws: Stop.self) {
      _ = try workspace.registry.withPatient(.id(PatientID("a"))) { _ in throw Stop() }
    }
    #expect(try workspace.registry.withPatient(.id(PatientID("b"))) { _ in } == false)
  }

  @Test func `inside a pass the registry may be asked for something else`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a", name: "Ana"), patient("b", name: "Ben")])
    var names: Set<String?> = []
    try workspace.registry.forEachPatient { entry in
      _ = try workspace.registry.sharedResources()
      #expect(try workspace.registry.factsAsOf() == .noon)
      #expect(try workspace.look("b") { try $0.identity().givenName } == "Ben")
      try workspace.registry.recordReveal(of: [entry.handle], by: "who", at: .noon, command: "preview")
      names.insert(try entry.identity().givenName)
    }
    #expect(names == ["Ana", "Ben"])
    #expect(try workspace.registry.reveals().count == 2)
  }

  private func everyKindOfRecord(seed: UInt64) -> [ImportedRecord] {
    var random = RandomRecords(seed: seed)
    var patients: [ImportedRecord] = []
    var others: [ResourceID: ImportedRecord] = [:]
    for number in 0..<60 {
      let id = PatientID("source-\(number)")
      patients.append(.patient(random.demographics(id.rawValue)))
      for index in 0..<random.number(0...12) {
        let (record, fact) = random.fact().renumbered("\(number)-\(index)")
        others[record] = .fact(id, fact)
      }
      let evidence = ResourceID("Consent/\(number)")
      others[evidence] = .consent(id, evidence, random.some(0...3) { $0.event(evidence) })
    }
    return patients + others.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension [ImportedRecord] {
  fileprivate func shuffledWithinKinds() -> [ImportedRecord] {
    var generator = SeededGenerator(seed: 3)
    return shuffled(using: &generator)
  }
}

extension Fact {
  /// The fact under an identifier that no other one has.
  fileprivate func renumbered(_ number: String) -> (ResourceID, Fact) {
    let id = ResourceID("Any/\(number)")
    switch self {
    case .condition(var fact):
      fact.id = id
      return (id, .condition(fact))
    case .medicationOrder(var fact):
      fact.id = id
      return (id, .medicationOrder(fact))
    case .dispense(var fact):
      fact.id = id
      return (id, .dispense(fact))
    case .observations(var facts):
      for index in facts.indices { facts[index].id = id }
      return (id, .observations(facts))
    case .appointment(var fact):
      fact.id = id
      return (id, .appointment(fact))
    case .encounter(var fact):
      fact.id = id
      return (id, .encounter(fact))
    case .immunization(var fact):
      fact.id = id
      return (id, .immunization(fact))
    case .flag(var fact):
      fact.id = id
      return (id, .flag(fact))
    case .contact(var fact):
      fact.id = id
      return (id, .contact(fact))
    }
  }
}
