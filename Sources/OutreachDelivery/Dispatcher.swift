import OutreachCore

/// Hands over what is due: claims a few messages durably, gives them to their provider, writes down the answers, and so on.
///
/// At any moment no more messages are marked as being sent than are under way, so that a crash puts no others in doubt.
package final class Dispatcher {
  /// A campaign is held back after so many refusals for good in a row; our choice.
  package static let refusalsInARow = 5
  /// How many messages are leased at a time.
  private static let leaseSize = 256
  /// How long the next message is waited for before a dispatch ends.
  private static let longestPause = Duration.seconds(1)

  private let outbox: any Outbox
  private let clock: DispatchClock
  private let retry: RetryRule
  private let patience: Duration
  private let limit: Int
  private let shouldStop: () -> Bool
  private let progress: (DispatchReport) -> Void
  private var report = DispatchReport()
  private var started = Duration.zero
  private var refusals: [CampaignID: Int] = [:]

  /// Makes a dispatcher.
  ///
  /// - Parameters:
  ///   - patience: how long it waits for messages that are due soon, such as a second attempt.
  ///   - limit: the most messages to hand over.
  ///   - shouldStop: asked before each claim; what is under way is finished.
  ///   - progress: told after each step.
  package init(
    _ outbox: any Outbox, clock: DispatchClock, retry: RetryRule = RetryRule(),
    patience: Duration = .seconds(30),
    limit: Int = .max, shouldStop: @escaping () -> Bool = { false },
    progress: @escaping (DispatchReport) -> Void = { _ in }
  ) {
    self.outbox = outbox
    self.clock = clock
    self.retry = retry
    self.patience = patience
    self.limit = limit
    self.shouldStop = shouldStop
    self.progress = progress
  }

  /// Sends everything that is due by the providers.
  ///
  /// - Throws: what the outbox or the machine throws: then nothing more is sent, and what was under way is in doubt.
  package func run(_ providers: [any Provider]) throws -> DispatchReport {
    started = clock.elapsed()
    for provider in providers { try lookUpDoubts(provider) }
    do {
      for provider in providers { try send(by: provider) }
    } catch {
      // What was not claimed is free for the next sender; where even that fails its lease runs out.
      try? outbox.release(at: clock.now())
      throw error
    }
    try outbox.release(at: clock.now())
    for provider in providers { try lookUpDoubts(provider) }
    report.elapsed = clock.elapsed() - started
    return report
  }

  /// Asks a provider about messages of which nobody knows whether they left.
  private func lookUpDoubts(_ provider: any Provider) throws {
    guard provider.traits.canLookUp else { return }
    for message in try outbox.inDoubt(of: provider.name) {
      let now = clock.now()
      let answer = try provider.lookUp(message, at: now)
      guard answer != .cannotTell else { continue }
      try outbox.settle(message, lookUp: answer, at: now)
      report.lookedUp += 1
    }
    progress(report)
  }

  /// What is known of a provider during a run.
  private struct Lane {
    let provider: any Provider
    var breaker = CircuitBreaker()
    var pace: Pace?
    /// What is being handed over.
    var underWay: Handover?
    /// Answers that are written with the next claim, so that both wait for the disk once.
    var answers: [SettledMessage] = []
    /// Whether it takes so long that what is claimed meanwhile would be looked at too early.
    var isSlow = false
  }

  private func send(by provider: any Provider) throws {
    var lane = Lane(provider: provider)
    lane.pace = provider.traits.rate.map { Pace(rate: $0, at: clock.elapsed()) }
    do {
      try send(in: &lane)
    } catch {
      // What has its answer is not in doubt, if it can still be written.
      if let current = lane.underWay.take() { lane.answers += note(current, in: &lane).answers }
      try? outbox.settle(lane.answers, at: clock.now())
      throw error
    }
    _ = try finish(&lane)
    try write(&lane)
  }

  /// Writes the answers that are not written yet.
  private func write(_ lane: inout Lane) throws {
    if lane.answers.isEmpty { return }
    try outbox.settle(lane.answers, at: clock.now())
    lane.answers = []
  }

  private func send(in lane: inout Lane) throws {
    let provider = lane.provider
    let traits = provider.traits
    let deadline = clock.elapsed() + patience
    while !shouldStop() {
      let now = clock.now()
      if let fault = try outbox.clockFault(at: now) {
        report.stops.append(.init(needsPerson: true, sentence: fault))
        return
      }
      // While all is well half of what the provider takes is claimed during the other half's way; otherwise one after the
      // other, because what comes next hangs on the answers.
      let allowance = lane.breaker.allowance(at: now)
      let isInHalves = allowance == nil && traits.concurrency > 1 && !lane.isSlow
      if !isInHalves, lane.underWay != nil {
        if try !finish(&lane) { return }
        continue
      }
      let away = lane.underWay?.messages.count ?? 0
      var wanted = min(
        isInHalves ? traits.concurrency / 2 : traits.concurrency, allowance ?? .max,
        traits.concurrency - away,
        limit - report.accepted - away)
      if let opensAt = lane.breaker.opensAt, opensAt > now {
        guard clock.elapsed() + (opensAt - now) <= deadline else {
          report.stops.append(
            .init(
              needsPerson: false,
              sentence:
                "'\(provider.name)' is in trouble and is left alone; what waits goes with the next run"))
          return
        }
        clock.sleep(min(Self.longestPause, opensAt - now))
        continue
      }
      if wanted <= 0 {
        // The limit is reached or will be with what is under way, or that is all that the provider takes.
        if lane.underWay == nil { return }
        if try !finish(&lane) { return }
        continue
      }
      if lane.pace != nil {
        wanted = lane.pace?.take(wanted, at: clock.elapsed()) ?? wanted
        if wanted == 0 {
          clock.sleep(min(lane.pace?.wait ?? .zero, Self.longestPause))
          continue
        }
      }
      let claimed = try outbox.claim(wanted, settling: lane.answers, at: now)
      lane.answers = []
      let claimedAt = clock.elapsed()
      lane.pace?.giveBack(wanted - claimed.messages.count)
      report.held += claimed.held
      report.dropped.merge(claimed.dropped, uniquingKeysWith: +)
      if let current = lane.underWay.take() {
        let noted = note(current, in: &lane)
        lane.answers = noted.answers
        if let failure = noted.failure {
          try putBack(claimed.messages, in: &lane)
          throw failure
        }
        // What was looked at too long ago, or before the provider's trouble was known, is looked at once more.
        if clock.elapsed() - claimedAt > Self.freshness { lane.isSlow = true }
        if !noted.isOpen || !noted.held.isEmpty || lane.breaker.allowance(at: now) != nil || lane.isSlow {
          try putBack(claimed.messages, in: &lane)
          try hold(noted.held, by: provider)
          if !noted.isOpen { return }
          continue
        }
      }
      if claimed.isEmpty {
        try write(&lane)
        if try outbox.lease(Self.leaseSize, by: traits.channels, at: now) > 0 { continue }
        guard let due = try outbox.nextDue(by: traits.channels), clock.elapsed() + (due - now) <= deadline
        else { return }
        clock.sleep(min(max(due - now, .milliseconds(100)), Self.longestPause))
        continue
      }
      if !claimed.messages.isEmpty { lane.underWay = Handover(claimed.messages, to: provider) }
    }
  }

  /// Waits for what is under way and writes down the answers; false where a person has to look first.
  private func finish(_ lane: inout Lane) throws -> Bool {
    guard let current = lane.underWay.take() else { return true }
    let noted = note(current, in: &lane)
    lane.answers += noted.answers
    try write(&lane)
    if let failure = noted.failure { throw failure }
    try hold(noted.held, by: lane.provider)
    return noted.isOpen
  }

  /// How long ago a message may have been looked at when it is handed over; our choice.
  private static let freshness = Duration.seconds(1)

  /// Takes back messages that were claimed and not handed over: surely not taken.
  private func putBack(
    _ messages: [(message: OutboundMessage, campaign: CampaignID)], in lane: inout Lane
  ) throws {
    let now = clock.now()
    let answer = ProviderAnswer.notTaken(Obstacle(.passing, code: "not handed over"))
    lane.answers += messages.map { SettledMessage(id: $0.message.id, answer: answer, retryAt: now) }
    try write(&lane)
  }

  /// What the answers to a handover come to.
  private struct Noted {
    var answers: [SettledMessage] = []
    /// Campaigns that were refused too often in a row.
    var held: [CampaignID] = []
    /// Whether the provider takes anything of this account.
    var isOpen = true
    /// What the machine did; then some messages have no answer.
    var failure: DeliveryError?
  }

  /// Waits for the answers to what is under way.
  private func note(_ handover: Handover, in lane: inout Lane) -> Noted {
    var noted = Noted()
    let (given, failure) = handover.finished()
    noted.failure = failure
    for (place, answer) in given {
      let (message, campaign) = handover.messages[place]
      let now = clock.now()
      var settled = SettledMessage(id: message.id, answer: answer)
      lane.breaker.note(answer, at: now)
      switch answer {
      case .accepted:
        report.accepted += 1
        refusals[campaign] = 0
      case .refused:
        report.refused += 1
        refusals[campaign, default: 0] += 1
        if refusals[campaign] == Self.refusalsInARow { noted.held.append(campaign) }
      case .notTaken(let obstacle) where obstacle.kind == .account:
        // Nothing of the message is wrong: it keeps all its attempts and goes when a person has looked.
        settled.retryAt = now
        report.retried += 1
        if noted.isOpen { stop(lane.provider, obstacle) }
        noted.isOpen = false
      case .notTaken(let obstacle):
        settled.retryAt = retry.next(after: message.attempt, of: obstacle, at: now, random: clock.random())
        if settled.retryAt == nil { report.refused += 1 } else { report.retried += 1 }
      case .unknown: report.inDoubt += 1
      }
      noted.answers.append(settled)
    }
    progress(report)
    return noted
  }

  private func stop(_ provider: any Provider, _ obstacle: Obstacle) {
    report.stops.append(
      .init(
        needsPerson: true,
        sentence:
          "'\(provider.name)' takes nothing from this account (\(obstacle.code)); check its settings and secret"
      ))
  }

  /// Holds campaigns back that were refused too often in a row.
  private func hold(_ campaigns: [CampaignID], by provider: any Provider) throws {
    for campaign in campaigns.sorted() {
      let why = "\(Self.refusalsInARow) messages in a row were refused for good by '\(provider.name)'"
      try outbox.pause(campaign, why: why, at: clock.now())
      report.stops.append(
        .init(
          needsPerson: true,
          sentence:
            "\(campaign) is held back: \(why); look at 'outreach outbox list', then 'outreach resume \(campaign)'"
        ))
    }
  }
}
