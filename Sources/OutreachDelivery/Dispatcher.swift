package import OutreachCore

/// What the dispatcher knows of time and chance.
package struct DispatchClock: Sendable {
  /// The clock on the wall.
  package var now: @Sendable () -> Instant
  /// A clock that nobody sets.
  package var elapsed: @Sendable () -> Duration
  /// Waits.
  package var sleep: @Sendable (Duration) -> Void
  /// A number from 0 up to 1.
  package var random: @Sendable () -> Double

  /// Makes a clock.
  package init(
    now: @escaping @Sendable () -> Instant, elapsed: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) -> Void,
    random: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.elapsed = elapsed
    self.sleep = sleep
    self.random = random
  }
}

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

  private func send(by provider: any Provider) throws {
    let traits = provider.traits
    let deadline = clock.elapsed() + patience
    var breaker = CircuitBreaker()
    var pace = traits.rate.map { Pace(rate: $0, at: clock.elapsed()) }
    var underWay: Handover?
    while !shouldStop() {
      let now = clock.now()
      if let fault = try outbox.clockFault(at: now) {
        report.stops.append(.init(needsPerson: true, sentence: fault))
        break
      }
      // While all is well half of what the provider takes is claimed during the other half's way; otherwise one after the
      // other, because what comes next hangs on the answers.
      let allowance = breaker.allowance(at: now)
      let isInHalves = allowance == nil && traits.concurrency > 1
      if !isInHalves, let current = underWay.take() {
        if try !settle(current, of: provider, &breaker) { return }
        continue
      }
      let away = underWay?.messages.count ?? 0
      var wanted = min(
        isInHalves ? traits.concurrency / 2 : traits.concurrency, allowance ?? .max,
        traits.concurrency - away,
        limit - report.accepted - away)
      if let opensAt = breaker.opensAt, opensAt > now {
        guard clock.elapsed() + (opensAt - now) <= deadline else {
          report.stops.append(
            .init(
              needsPerson: false,
              sentence:
                "'\(provider.name)' is in trouble and is left alone; what waits goes with the next run"))
          break
        }
        clock.sleep(min(Self.longestPause, opensAt - now))
        continue
      }
      if wanted <= 0 {
        // The limit is reached or will be with what is under way, or that is all that the provider takes.
        guard let current = underWay.take() else { break }
        if try !settle(current, of: provider, &breaker) { return }
        continue
      }
      if pace != nil {
        wanted = pace?.take(wanted, at: clock.elapsed()) ?? wanted
        if wanted == 0 {
          clock.sleep(min(pace?.wait ?? .zero, Self.longestPause))
          continue
        }
      }
      let claimed = try outbox.claim(wanted, at: now)
      let claimedAt = clock.elapsed()
      pace?.giveBack(wanted - claimed.messages.count)
      report.held += claimed.held
      report.dropped.merge(claimed.dropped, uniquingKeysWith: +)
      if let current = underWay.take() {
        let isOpen = try settle(current, of: provider, &breaker)
        // What was looked at too long ago, or before the provider's trouble was known, is looked at once more.
        if !isOpen || breaker.allowance(at: now) != nil || clock.elapsed() - claimedAt > Self.freshness {
          try putBack(claimed.messages)
          if !isOpen { return }
          continue
        }
      }
      if claimed.isEmpty {
        if try outbox.lease(Self.leaseSize, by: traits.channels, at: now) > 0 { continue }
        guard let due = try outbox.nextDue(by: traits.channels), clock.elapsed() + (due - now) <= deadline
        else { break }
        clock.sleep(min(max(due - now, .milliseconds(100)), Self.longestPause))
        continue
      }
      if !claimed.messages.isEmpty { underWay = Handover(claimed.messages, to: provider) }
    }
    if let current = underWay.take() { _ = try settle(current, of: provider, &breaker) }
  }

  /// How long ago a message may have been looked at when it is handed over; our choice.
  private static let freshness = Duration.seconds(1)

  /// Takes back messages that were claimed and not handed over: surely not taken.
  private func putBack(_ messages: [(message: OutboundMessage, campaign: CampaignID)]) throws {
    let now = clock.now()
    let answer = ProviderAnswer.notTaken(Obstacle(.passing, code: "not handed over"))
    try outbox.settle(
      messages.map { SettledMessage(id: $0.message.id, answer: answer, retryAt: now) }, at: now)
  }

  /// Waits for the answers to what is under way and writes them down; false where a person has to look first.
  private func settle(
    _ handover: Handover, of provider: any Provider, _ breaker: inout CircuitBreaker
  ) throws -> Bool {
    var answers: [SettledMessage] = []
    var isOpen = true
    var held: Set<CampaignID> = []
    let (given, failure) = handover.finished()
    for (place, answer) in given {
      let (message, campaign) = handover.messages[place]
      let now = clock.now()
      var settled = SettledMessage(id: message.id, answer: answer)
      breaker.note(answer, at: now)
      switch answer {
      case .accepted:
        report.accepted += 1
        refusals[campaign] = 0
      case .refused:
        report.refused += 1
        refusals[campaign, default: 0] += 1
        if refusals[campaign] == Self.refusalsInARow { held.insert(campaign) }
      case .notTaken(let obstacle) where obstacle.kind == .account:
        // Nothing of the message is wrong: it keeps all its attempts and goes when a person has looked.
        settled.retryAt = now
        report.retried += 1
        isOpen = false
      case .notTaken(let obstacle):
        settled.retryAt = retry.next(after: message.attempt, of: obstacle, at: now, random: clock.random())
        if settled.retryAt == nil { report.refused += 1 } else { report.retried += 1 }
      case .unknown: report.inDoubt += 1
      }
      answers.append(settled)
    }
    let now = clock.now()
    try outbox.settle(answers, at: now)
    if let failure { throw failure }
    for campaign in held.sorted() {
      let why = "\(Self.refusalsInARow) messages in a row were refused for good by '\(provider.name)'"
      try outbox.pause(campaign, why: why, at: now)
      report.stops.append(
        .init(
          needsPerson: true,
          sentence:
            "\(campaign) is held back: \(why); look at 'outreach outbox list', then 'outreach resume \(campaign)'"
        ))
    }
    progress(report)
    if !isOpen {
      let code = answers.lazy.compactMap { settled -> String? in
        if case .notTaken(let obstacle) = settled.answer, obstacle.kind == .account {
          obstacle.code
        } else {
          nil
        }
      }.first
      report.stops.append(
        .init(
          needsPerson: true,
          sentence:
            "'\(provider.name)' takes nothing from this account (\(code ?? "refused")); check its settings and secret"
        ))
    }
    return isOpen
  }
}
