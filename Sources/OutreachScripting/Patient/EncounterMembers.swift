import Lua
import OutreachCore

// `patient:encounters{…}`.
extension ScriptRun {
  /// The classes of HL7 v3 ActCode that FHIR R4 allows in `Encounter.class`.
  static let encounterKinds = [
    "AMB", "EMER", "FLD", "HH", "IMP", "ACUTE", "NONAC", "OBSENC", "PRENC", "SS", "VR",
  ]

  /// The statuses of FHIR R4, `Encounter.status`.
  static let encounterStatuses = [
    "planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled", "entered-in-error",
    "unknown",
  ]

  /// `patient:encounters{ within = "30 days", kind = "IMP", status = "finished" }`: a list, the latest first.
  ///
  /// `within` looks back from today: it holds visits and stays that ended then, began then without an end, or
  /// still last. Cancelled and erroneous ones are there only when `status` asks for them.
  func encounters(_ arguments: borrowing Arguments, _ facts: OpenedFacts) throws -> Value {
    let options = try OptionTable(
      arguments, at: 0, of: "encounters", known: ["within", "kind", "status"], in: self)
    let earliest = try earliestDay(options.span("within"), of: "encounters")
    let kinds = try options.choices("kind", among: Self.encounterKinds, called: "kind of encounter")
    let statuses = try options.choices("status", among: Self.encounterStatuses, called: "encounter status")
    try note(.encounter)
    let found = facts.record.encounters.filter { encounter in
      guard encounter.startedAt <= now, kinds?.contains(encounter.kind) ?? true else { return false }
      if let statuses {
        guard statuses.contains(encounter.status) else { return false }
      } else if encounter.status == "cancelled" || encounter.status == "entered-in-error" {
        return false
      }
      let isUnderWay = encounter.endedAt == nil && ["in-progress", "onleave"].contains(encounter.status)
      return isUnderWay || clinicZone.date(at: encounter.endedAt ?? encounter.startedAt) >= earliest
    }
    return .table(
      Table(
        array: found.sorted { ($0.startedAt, $0.id) > ($1.startedAt, $1.id) }
          .map { hand(.encounter($0), as: .encounter) }))
  }

  func read(_ field: EncounterField, of fact: FactObject) -> Value {
    guard case .encounter(let encounter) = fact else { return .null }
    // An end that is still to come is a plan, not a fact.
    let ended = encounter.endedAt.flatMap { $0 <= now ? clinicZone.date(at: $0) : nil }
    switch field {
    case .kind: return .string(encounter.kind)
    case .status: return .string(encounter.status)
    case .startedOn: return .string("\(clinicZone.date(at: encounter.startedAt))")
    case .endedOn: return ended.map { .string("\($0)") } ?? .null
    case .daysSinceEnd: return ended.map { .integer(Int64($0.days(until: today))) } ?? .null
    }
  }
}
