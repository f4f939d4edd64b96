import OutreachCore

/// What an import says of records of one patient: a fact, or that there is none any more.
typealias FactChanges = [ResourceID: Fact?]

/// A fact in one of the lists of ``PatientFacts``.
private protocol ListedFact: Equatable {
  static var kind: FactKind { get }
  var id: ResourceID { get }
  /// The entries that a fact makes in this list; none when it belongs in another one.
  static func entries(of fact: Fact) -> [Self]
}

extension PatientFacts {
  /// Brings the lists in line with the changes, counts them, and keeps the order of identifiers.
  ///
  /// - Returns: the records that were not in any list before.
  mutating func apply(_ changes: FactChanges, counting tallies: inout [FactKind: Tally]) -> [ResourceID] {
    if changes.isEmpty { return [] }
    var added: [ResourceID] = []
    Self.merge(changes, into: &conditions, &tallies, &added)
    Self.merge(changes, into: &medicationOrders, &tallies, &added)
    Self.merge(changes, into: &dispenses, &tallies, &added)
    Self.merge(changes, into: &observations, &tallies, &added)
    Self.merge(changes, into: &appointments, &tallies, &added)
    Self.merge(changes, into: &encounters, &tallies, &added)
    Self.merge(changes, into: &immunizations, &tallies, &added)
    Self.merge(changes, into: &flags, &tallies, &added)
    Self.merge(changes, into: &contacts, &tallies, &added)
    return added
  }

  /// All records that state a fact of the patient.
  var recordIDs: [ResourceID] {
    var ids: [ResourceID] = []
    ids += conditions.map(\.id)
    ids += medicationOrders.map(\.id)
    ids += dispenses.map(\.id)
    ids += observations.map(\.id)
    ids += appointments.map(\.id)
    ids += encounters.map(\.id)
    ids += immunizations.map(\.id)
    ids += flags.map(\.id)
    ids += contacts.map(\.id)
    return ids
  }

  /// The demographic part of `other` with this one's lists.
  func replacingDemographics(with other: PatientFacts) -> PatientFacts {
    var facts = self
    facts.birthDate = other.birthDate
    facts.sex = other.sex
    facts.language = other.language
    facts.isActive = other.isActive
    facts.isDeceased = other.isDeceased
    facts.isTest = other.isTest
    facts.replacedBy = other.replacedBy
    facts.fields = other.fields
    return facts
  }

  private static func merge<Entry: ListedFact>(
    _ changes: FactChanges, into list: inout [Entry], _ tallies: inout [FactKind: Tally],
    _ added: inout [ResourceID]
  ) {
    var earlier: [ResourceID: [Entry]] = [:]
    for entry in list where changes[entry.id] != nil { earlier[entry.id, default: []].append(entry) }
    var tally = Tally()
    var fresh: [Entry] = []
    for (id, fact) in changes {
      let now = fact.map(Entry.entries(of:)) ?? []
      let before = earlier.isEmpty ? [] : earlier[id] ?? []
      if now.isEmpty, before.isEmpty { continue }
      fresh += now
      if now == before {
        tally.unchanged += 1
      } else if before.isEmpty {
        tally.new += 1
        added.append(id)
      } else if now.isEmpty {
        tally.removed += 1
      } else {
        tally.changed += 1
      }
    }
    if tally == Tally() { return }
    tallies[Entry.kind, default: Tally()].add(tally)
    if tally.changedNothing { return }
    let all = list.filter { changes[$0.id] == nil } + fresh
    // Entries of one record keep their order.
    list = all.enumerated().sorted { ($0.element.id, $0.offset) < ($1.element.id, $1.offset) }.map(\.element)
  }
}

extension Tally {
  /// Adds another count to this one.
  mutating func add(_ other: Tally) {
    new += other.new
    changed += other.changed
    unchanged += other.unchanged
    removed += other.removed
  }
}

extension Condition: ListedFact {
  fileprivate static var kind: FactKind { .condition }
  fileprivate static func entries(of fact: Fact) -> [Condition] {
    if case .condition(let fact) = fact { [fact] } else { [] }
  }
}

extension MedicationOrder: ListedFact {
  fileprivate static var kind: FactKind { .medicationOrder }
  fileprivate static func entries(of fact: Fact) -> [MedicationOrder] {
    if case .medicationOrder(let fact) = fact { [fact] } else { [] }
  }
}

extension Dispense: ListedFact {
  fileprivate static var kind: FactKind { .dispense }
  fileprivate static func entries(of fact: Fact) -> [Dispense] {
    if case .dispense(let fact) = fact { [fact] } else { [] }
  }
}

extension Observation: ListedFact {
  fileprivate static var kind: FactKind { .observation }
  fileprivate static func entries(of fact: Fact) -> [Observation] {
    if case .observations(let facts) = fact { facts } else { [] }
  }
}

extension Appointment: ListedFact {
  fileprivate static var kind: FactKind { .appointment }
  fileprivate static func entries(of fact: Fact) -> [Appointment] {
    if case .appointment(let fact) = fact { [fact] } else { [] }
  }
}

extension Encounter: ListedFact {
  fileprivate static var kind: FactKind { .encounter }
  fileprivate static func entries(of fact: Fact) -> [Encounter] {
    if case .encounter(let fact) = fact { [fact] } else { [] }
  }
}

extension Immunization: ListedFact {
  fileprivate static var kind: FactKind { .immunization }
  fileprivate static func entries(of fact: Fact) -> [Immunization] {
    if case .immunization(let fact) = fact { [fact] } else { [] }
  }
}

extension Flag: ListedFact {
  fileprivate static var kind: FactKind { .flag }
  fileprivate static func entries(of fact: Fact) -> [Flag] {
    if case .flag(let fact) = fact { [fact] } else { [] }
  }
}

extension PastContact: ListedFact {
  fileprivate static var kind: FactKind { .contact }
  fileprivate static func entries(of fact: Fact) -> [PastContact] {
    if case .contact(let fact) = fact { [fact] } else { [] }
  }
}
