import OutreachCore
import OutreachDelivery
import OutreachScripting
import OutreachStore

/// The workspace's outbox for the campaigns of one run: what is due is decided once more by the same engine before it goes.
final class CampaignOutbox: Outbox {
  private let registry: Registry
  private let engine: Engine
  private let scripts: [CampaignScript]
  private let approval: GuardEnvironment.Approval
  private let session: OutboxSession
  private let clock: (Instant) -> ClockReading
  private var reading: ClockReading
  private var isClockTrusted = false

  /// How long a message may be leased and not claimed; another sender may take it then.
  ///
  /// Our choice.
  private static let leaseTime = Duration.seconds(300)

  init(
    _ registry: Registry, engine: Engine, scripts: [CampaignScript], approval: GuardEnvironment.Approval,
    clock: @escaping (Instant) -> ClockReading, at now: Instant
  ) throws {
    self.registry = registry
    self.engine = engine
    self.scripts = scripts
    self.approval = approval
    self.clock = clock
    reading = try registry.clockReading() ?? clock(now)
    session = try OutboxSession(registry, at: now)
  }

  private var campaigns: [CampaignID] { scripts.map(\.campaign.id) }

  /// Takes over what senders that are gone left behind.
  func recover(at now: Instant) throws -> OutboxSession.Recovered { try session.recover(at: now) }

  func lease(_ limit: Int, by channels: [Channel], at now: Instant) throws -> Int {
    try session.lease(limit, of: campaigns, by: channels, until: now + Self.leaseTime, at: now)
  }

  func claim(_ limit: Int, settling answers: [SettledMessage], at now: Instant) throws -> ClaimedMessages {
    var origins: [CampaignID] = []
    var environment: GuardEnvironment?
    let claimed = try session.claim(
      limit, settling: answers.map { ($0.id, $0.answer, $0.retryAt) }, linkHost: engine.clinic.linkHost,
      at: now
    ) { leased, patients in
      let known =
        try environment
        ?? engine.guardEnvironment(at: now, factsAsOf: patients.factsAsOf(), approval: approval)
      environment = known
      let verdict = try self.verdict(on: leased, among: patients, in: known)
      if case .send(let decision, _, _) = verdict, decision.text != nil, decision.recipient != nil {
        origins.append(leased.key.campaign)
      }
      return verdict
    }
    var messages = ClaimedMessages()
    messages.messages = Array(zip(claimed.messages, origins)).map { (message: $0, campaign: $1) }
    messages.held = claimed.held
    messages.dropped = claimed.dropped
    messages.isEmpty = claimed.isEmpty
    return messages
  }

  /// Lets campaign and guard decide once more, on today's facts.
  private func verdict(
    on leased: OutboxSession.Leased, among patients: LedgerPatients, in environment: GuardEnvironment
  ) throws -> OutboxSession.Verdict {
    // What went out a moment ago counts: nothing is remembered from one message to the next.
    let run = PatientRun(
      scripts: scripts, environment: environment, shared: try patients.sharedResources(),
      household: Household(of: patients))
    var verdict = OutboxSession.Verdict.drop(.noLongerDue)
    _ = try patients.withPatient(.handle(leased.patient)) { entry in
      for outcome in try run.outcomes(for: entry) where outcome.campaign == leased.key.campaign {
        for decision in outcome.decisions {
          if decision.message == nil, let reason = decision.reason { verdict = .drop(reason) }
          guard decision.message == leased.key.message, decision.occurrence == leased.key.occurrence else {
            continue
          }
          verdict = self.verdict(decision, on: leased)
        }
      }
    }
    return verdict
  }

  private func verdict(_ decision: Decision, on leased: OutboxSession.Leased) -> OutboxSession.Verdict {
    switch decision.verdict {
    case .suppress: return .drop(decision.reason ?? .noLongerDue)
    case .defer:
      guard let at = decision.sendAt else { return .drop(decision.reason ?? .noWindow) }
      return .hold(until: at)
    case .send:
      guard let channel = decision.channel else { return .drop(.contactMissing) }
      let provider = engine.clinic.provider(for: channel)
      guard provider.name == engine.clinic.provider(for: leased.channel).name else { return .move(channel) }
      return .send(
        decision,
        SendGrounds(
          campaignHash: scripts.first { $0.campaign.id == decision.campaign }?.campaign.contentHash ?? "",
          policyHash: engine.policyHash, lexiconVersion: engine.lexiconVersion, rules: decision.rules),
        provider: provider.name)
    }
  }

  func settle(_ answers: [SettledMessage], at now: Instant) throws {
    try session.settle(answers.map { ($0.id, $0.answer, $0.retryAt) }, at: now)
  }

  func release(at now: Instant) throws {
    try session.release(at: now)
    if isClockTrusted { try registry.keep(clock(now)) }
  }

  func nextDue(by channels: [Channel]) throws -> Instant? { try session.nextDue(of: campaigns, by: channels) }

  func inDoubt(of provider: String) throws -> [OutboundMessage] {
    try registry.outbox([.inDoubt]).filter { entry in
      // Of what a backup left in doubt nobody wrote down who would have carried it.
      (entry.provider ?? engine.clinic.provider(for: entry.channel).name) == provider
    }.compactMap(\.message)
  }

  func settle(_ message: OutboundMessage, lookUp answer: LookUpAnswer, at now: Instant) throws {
    try registry.settle(message.id, lookUp: answer, at: now)
  }

  func pause(_ campaign: CampaignID, why: String, at now: Instant) throws {
    try registry.pause(Pause(campaign: campaign, by: "outreach", why: why, at: now))
  }

  func clockFault(at now: Instant) throws -> String? {
    let present = clock(now)
    defer { reading = present }
    let advice = "look at it with 'date', then let sending go on with 'outreach resume --clock'"
    switch present.jump(since: reading) {
    case nil:
      isClockTrusted = true
      return nil
    case .back(let by):
      isClockTrusted = false
      return "this machine's clock was set back by \(by.components.seconds) s; \(advice)"
    case .ahead(let by):
      isClockTrusted = false
      return "this machine's clock is ahead by \(by.components.seconds / 86_400) days; \(advice)"
    }
  }
}
