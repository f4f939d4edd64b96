/// The record must be that of a living person who can be written to.
struct PatientRule: GuardRule {
  let name = "patient"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    let facts = guarded.patient.facts
    let now = guarded.environment.now
    if facts.isDeceased { return .suppress(.patientInactive, "the person has died") }
    switch guarded.patient.standing {
    case .current: break
    case .replaced: return .suppress(.patientInactive, "another record replaced this one")
    case .deleted: return .suppress(.patientInactive, "the source deleted the record")
    case .cyclic: return .suppress(.patientInactive, "the record's links go round in a circle")
    }
    if !facts.isActive { return .suppress(.patientInactive, "the record is not active") }
    if facts.isTest { return .suppress(.patientInactive, "it is a test record") }
    if facts.flags.contains(where: { $0.kind == .doNotContact && $0.holds(at: now) }) {
      return .suppress(.patientInactive, "the record is flagged 'do not contact'")
    }
    if facts.encounters.contains(where: { Self.isStay($0, at: now) }) {
      return .suppress(.patientInactive, "the patient is in hospital")
    }
    return .allow("active")
  }

  /// An inpatient, observation or emergency encounter that has begun and not ended, v3-ActCode.
  private static func isStay(_ encounter: Encounter, at now: Instant) -> Bool {
    ["IMP", "ACUTE", "NONAC", "OBSENC", "EMER", "SS"].contains(encounter.kind)
      && ["in-progress", "arrived", "triaged", "onleave", "unknown"].contains(encounter.status)
      && encounter.startedAt <= now && (encounter.endedAt.map { $0 > now } ?? true)
  }
}

extension Flag {
  /// Whether the flag has begun and not ended.
  func holds(at now: Instant) -> Bool { (startsAt ?? now) <= now && (endsAt.map { $0 > now } ?? true) }
}
