public import OutreachCore
public import OutreachDelivery
public import OutreachScripting
import OutreachStore

/// What is asked of a run that sends.
public struct SendOptions: Sendable {
  /// The only patients to look at; empty is everybody.
  public var only: [PatientName] = []
  /// The most messages to hand over now; the rest stays planned.
  public var limit = Int.max
  /// The plan that somebody has looked at, whole or its first digits (at least 12); nil asks for none.
  public var confirmedPlan: String?

  /// Asks for everything.
  public init() {}
}

/// What a run that sends came to.
public struct SendReport: Sendable {
  /// What was decided.
  public var summary: PreviewSummary
  /// Messages that an earlier process left behind and that are in doubt now.
  public var leftBehind: Int
  /// What was handed over.
  public var dispatch: DispatchReport
}

extension Workspace {
  /// Decides now, commits what was decided to the ledger, and hands over what is due.
  ///
  /// - Parameters:
  ///   - scripts: the campaigns; each must be approved as it stands.
  ///   - providers: whom to hand messages to; nil makes those that `clinic.lua` names.
  ///   - environment: where the providers' secrets are looked for.
  ///   - shouldStop: asked before each step; what is under way is finished.
  ///   - decided: called for each patient that a campaign speaks to, in order of handle, as ``Engine/preview(_:at:only:approval:each:)`` does.
  ///   - progress: told how the dispatch goes.
  /// - Throws: ``OutreachError``: `refused` for a campaign that nobody approved, `needsPerson` for a plan that is another one
  ///   than was confirmed or far larger than usual, and what the store or a provider's settings throw. Nothing is sent then.
  public func send(
    _ scripts: [CampaignScript], with engine: Engine, at now: Instant, options: SendOptions = SendOptions(),
    providers: [any Provider]? = nil, environment: [String: String],
    shouldStop: @escaping () -> Bool = { false },
    decided: (CampaignOutcome, any PatientEntry) throws -> Void = { _, _ in },
    progress: @escaping (DispatchReport) -> Void = { _ in }
  ) throws(OutreachError) -> SendReport {
    try send(
      scripts, with: engine, at: now, options: options, providers: providers, environment: environment,
      clock: .system, reading: ClockReading.system(now:), shouldStop: shouldStop, decided: decided,
      progress: progress)
  }

  /// As the public one, with the clocks as values.
  package func send(
    _ scripts: [CampaignScript], with engine: Engine, at now: Instant, options: SendOptions = SendOptions(),
    providers: [any Provider]? = nil, environment: [String: String] = [:],
    clock: DispatchClock, reading: @escaping (Instant) -> ClockReading, retry: RetryRule = RetryRule(),
    patience: Duration = .seconds(30), shouldStop: @escaping () -> Bool = { false },
    decided: (CampaignOutcome, any PatientEntry) throws -> Void = { _, _ in },
    progress: @escaping (DispatchReport) -> Void = { _ in }
  ) throws(OutreachError) -> SendReport {
    let scripts = try engine.ordered(scripts)
    try requireApproval(of: scripts, with: engine)
    let approval = try approval(of: scripts, with: engine)
    do {
      let providers = try providers ?? self.providers(for: scripts.map(\.campaign), environment: environment)
      let outbox = try CampaignOutbox(
        registry, engine: engine, scripts: scripts, approval: approval, clock: reading, at: now)
      if let fault = try outbox.clockFault(at: now) { throw OutreachError(.needsPerson, fault) }
      let recovered = try outbox.recover(at: now)
      let summary = try plan(
        scripts, with: engine, at: now, options: options, approval: approval, decided: decided)
      let dispatcher = Dispatcher(
        outbox, clock: clock, retry: retry, patience: patience, limit: options.limit, shouldStop: shouldStop,
        progress: progress)
      return SendReport(
        summary: summary, leftBehind: recovered.inDoubt, dispatch: try dispatcher.run(providers))
    } catch {
      throw OutreachError(wrapping: error)
    }
  }

  private func requireApproval(of scripts: [CampaignScript], with engine: Engine) throws(OutreachError) {
    for script in scripts where try !approvalStanding(of: script, with: engine).isApproved {
      let file = script.campaign.position.file
      throw OutreachError(
        .refused,
        "nobody has approved \(script.campaign.id) as it stands; look at it with 'outreach preview \(file)', "
          + "then 'outreach approve \(file)'")
    }
  }

  /// The providers that campaigns can need today.
  private func providers(
    for campaigns: [Campaign], environment: [String: String]
  ) throws -> [any Provider] {
    var settings: [ProviderSettings] = []
    for channel in campaigns.flatMap(\.channels) {
      let provider = clinic.provider(for: channel)
      // The guard refuses what would go to one without an agreement; its secret is not asked for.
      if provider.obstacle(on: day) == nil, !settings.contains(provider) { settings.append(provider) }
    }
    return try settings.map {
      try ProviderCatalogue.provider($0, folder: "\(directory)/sent", environment: environment)
    }
  }

  /// Decides, and commits what was decided unless somebody must look first.
  private func plan(
    _ scripts: [CampaignScript], with engine: Engine, at now: Instant, options: SendOptions,
    approval: GuardEnvironment.Approval, decided: (CampaignOutcome, any PatientEntry) throws -> Void
  ) throws -> PreviewSummary {
    let purposes = Dictionary(scripts.map { ($0.campaign.id, $0.campaign.purpose) }) { first, _ in first }
    let run = try registry.beginRun(at: now)
    let gaps = try registry.gaps(at: now)
    let inGaps = try engine.patientRun(scripts, at: now, approval: approval)
    var page: [LedgerDecision] = []
    var planned: [CampaignID: Int] = [:]
    let summary: PreviewSummary
    do {
      summary = try engine.preview(scripts, at: now, only: options.only, approval: approval) {
        outcome, entry in
        for decision in outcome.decisions {
          guard let purpose = purposes[decision.campaign] else { continue }
          if decision.sendAt != nil { planned[decision.campaign, default: 0] += 1 }
          let mayHaveLeft =
            try decision.sendAt != nil && !gaps.isEmpty && inGaps.mayHaveLeft(decision, for: entry, in: gaps)
          page.append(
            LedgerDecision(decision, purpose: purpose, mayHaveLeftSince: mayHaveLeft ? gaps.first?.from : nil)
          )
        }
        if page.count >= Self.pageSize {
          try registry.plan(page, in: run, at: now)
          page = []
        }
        try decided(outcome, entry)
      }
      try registry.plan(page, in: run, at: now)
      try check(summary.plan, planned: planned, options: options)
    } catch {
      try? registry.abandon(run, at: now)
      throw error
    }
    try registry.commit(run, planned: planned, plan: summary.plan, at: now)
    return summary
  }

  /// How many decisions are written in one transaction.
  private static let pageSize = 500

  /// Stops a run whose plan is another one than somebody confirmed, or far larger than usual.
  private func check(_ plan: String, planned: [CampaignID: Int], options: SendOptions) throws {
    if let confirmed = options.confirmedPlan {
      guard confirmed.utf8.count >= 12, plan.hasPrefix(confirmed) else {
        throw OutreachError(
          .needsPerson,
          "the plan is \(plan.prefix(12)) and not the one that was confirmed; look at the preview once more. Nothing was sent"
        )
      }
      return
    }
    for (campaign, count) in planned.sorted(by: { $0.key < $1.key }) {
      guard let usual = RunBrake.usual(planned: count, recent: try registry.recentRuns(of: campaign)) else {
        continue
      }
      throw OutreachError(
        .needsPerson,
        "\(campaign) would send \(count) messages, and usually sends \(usual); look at the preview, then confirm it with "
          + "--confirm \(plan.prefix(12)). Nothing was sent")
    }
  }
}
