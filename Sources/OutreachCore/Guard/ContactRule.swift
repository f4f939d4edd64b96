/// There must be a number or address that can receive the message and is the patient's.
///
/// A number that several patients share is used only for messages that show nothing of any of them.
struct ContactRule: GuardRule {
  let name = "contact"

  func outcome(_ guarded: GuardCase) -> RuleOutcome {
    switch guarded.contact {
    case .missing(let detail): return .suppress(.contactMissing, detail)
    case .invalid(let detail): return .suppress(.contactInvalid, detail)
    case .usable(_, let point):
      guard let rule = guarded.environment.policy.contact.inForce(on: guarded.day) else {
        return .suppress(.contactStale, "no rule says how long numbers stay good on \(guarded.day)")
      }
      return Self.outcome(guarded, point, rule)
    }
  }

  private static func outcome(
    _ guarded: GuardCase, _ point: ContactPoint, _ rule: ContactRequirement
  ) -> RuleOutcome {
    func day(_ instant: Instant) -> String { "\(guarded.environment.clinicZone.date(at: instant))" }
    let standing = guarded.patient.standing(
      of: point, on: guarded.channel, requirement: rule, zone: guarded.environment.clinicZone,
      at: guarded.environment.now)
    switch standing.state {
    case .suspended(let evidence):
      let cause = evidence.kind == .wrongNumber ? "after a wrong-number reply" : "by the staff"
      return .suppress(.contactInvalid, "taken out of use on \(day(evidence.at)) \(cause)")
    case .reassigned(let evidence):
      return .suppress(
        .contactStale, "given up by its owner, the reassigned-numbers database said on \(day(evidence.at))")
    case _ where guarded.isCrowded:
      return .suppress(
        .contactShared, "more than \(GuardedPatient.largestHousehold) patients have the same number")
    case _ where guarded.isShared && guarded.showsPatient:
      return .suppress(.contactShared, "another patient has the same number")
    case .stale(nil):
      return .suppress(.contactStale, "nothing says when the number was last known to be the patient's")
    case .stale(let last?):
      return .suppress(.contactStale, "last known to be the patient's on \(day(last))")
    case .unchecked:
      let limit = rule.reassignmentCheckHolds.inWords
      return .suppress(.contactStale, "no answer of the reassigned-numbers database within \(limit)")
    case .verified(let evidence): return .allow("confirmed on \(day(evidence.at))")
    case .unverified:
      return .allow("last known to be the patient's" + (standing.lastKnown.map { " on \(day($0))" } ?? ""))
    }
  }
}
