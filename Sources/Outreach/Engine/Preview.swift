public import OutreachCore
public import OutreachScripting
import OutreachStore

/// Totals of a preview.
public struct PreviewSummary: Hashable, Sendable {
  /// Patients that were looked at.
  public var patients = 0
  /// Patients that a campaign speaks to, counted once for each campaign.
  public var inAudience = 0
  /// Messages that go out now.
  public var send = 0
  /// Messages that go out later.
  public var deferred = 0
  /// Messages that do not go out, by reason.
  public var suppressed: [Reason: Int] = [:]
  /// Work for people.
  public var tasks = 0
  /// Patients that a script left alone and said why.
  public var skip = 0
  /// Patients in the audience for whom nothing is due.
  public var nothing = 0
  /// Patients whom somebody should look at because they are reached so often, counted once for each campaign.
  public var fatigued = 0
  /// Whether every campaign is approved as it stands; nil where nobody asked.
  public var isApproved: Bool?
  /// The hash of everything that decides what goes out; the same plan is the same messages to the same people.
  public var plan = ""

  /// Makes empty totals.
  public init() {}
}

extension Engine {
  /// Shows what campaigns would do at an instant, and changes nothing.
  ///
  /// - Parameters:
  ///   - scripts: the campaigns; their messages to one patient are settled together.
  ///   - now: the instant for which to decide.
  ///   - only: the only patients to look at, one after the other; empty is everybody.
  ///   - approval: whether campaigns must be approved, as they must be to be sent.
  ///   - each: called for each patient that a campaign speaks to, in order of handle.
  /// - Returns: the totals.
  /// - Throws: ``OutreachError`` when the run as a whole cannot go on; what concerns one patient is a decision.
  @discardableResult
  public func preview(
    _ scripts: [CampaignScript], at now: Instant, only: [PatientName] = [],
    approval: GuardEnvironment.Approval = .notNeeded,
    each: (CampaignOutcome, any PatientEntry) throws -> Void
  ) throws(OutreachError) -> PreviewSummary {
    do {
      let scripts = try ordered(scripts)
      let run = try patientRun(scripts, at: now, approval: approval)
      var summary = PreviewSummary()
      let plan = try Plan(
        scripts.map(\.campaign), policyHash: policyHash, lexiconVersion: lexiconVersion,
        factsAsOf: run.environment.factsAsOf)
      func visit(_ entry: any PatientEntry) throws {
        summary.patients += 1
        for outcome in try run.outcomes(for: entry) {
          summary.add(outcome)
          try plan.add(outcome.decisions)
          try each(outcome, entry)
        }
      }
      for name in only {
        try settleHousehold(of: name, in: run)
        guard try patients.withPatient(name, visit) else {
          throw OutreachError(.badInput, "no patient has that handle or identifier")
        }
      }
      if only.isEmpty { try patients.forEachPatient(visit) }
      summary.plan = try plan.finished()
      return summary
    } catch {
      throw OutreachError(wrapping: error)
    }
  }
}

extension PreviewSummary {
  fileprivate mutating func add(_ outcome: CampaignOutcome) {
    inAudience += 1
    tasks += outcome.tasks.count
    if outcome.decisions.isEmpty, outcome.tasks.isEmpty {
      if outcome.skips.isEmpty { nothing += 1 } else { skip += 1 }
    }
    if outcome.decisions.contains(where: \.isFatigued) { fatigued += 1 }
    for decision in outcome.decisions {
      switch decision.verdict {
      case .send: send += 1
      case .defer: deferred += 1
      case .suppress:
        if let reason = decision.reason { suppressed[reason, default: 0] += 1 }
      }
    }
  }
}
