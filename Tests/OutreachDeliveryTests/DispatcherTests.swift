import OutreachCore
import OutreachDelivery
import Testing

/// How messages are handed over, on a virtual clock.
@Suite struct DispatcherTests {
  private static let passing = ProviderAnswer.notTaken(Obstacle(.passing, code: "busy"))

  private static func run(
    _ count: Int, by provider: ScriptedProvider, patience: Duration = .seconds(3_600), limit: Int = .max,
    prepare: (MemoryOutbox) -> Void = { _ in }, shouldStop: @escaping () -> Bool = { false }
  ) throws -> (outbox: MemoryOutbox, report: DispatchReport, passed: Duration) {
    let clock = VirtualClock()
    let outbox = MemoryOutbox(count, wakeAt: clock.start)
    prepare(outbox)
    let dispatcher = Dispatcher(
      outbox, clock: clock.clock, patience: patience, limit: limit, shouldStop: shouldStop)
    return (outbox, try dispatcher.run([provider]), clock.passed)
  }

  @Test func `each message is handed over once, and never more at once than the provider takes`() throws {
    let provider = ScriptedProvider { _ in .accepted(reference: nil) }
    let (outbox, report, _) = try Self.run(1_000, by: provider)
    #expect(report.accepted == 1_000)
    #expect(outbox.count(.accepted) == 1_000)
    #expect(Set(provider.taken).count == 1_000 && provider.taken.count == 1_000)
    #expect(provider.batches.allSatisfy { $0 <= 4 })
    #expect(outbox.claims == provider.batches, "what is marked as being sent is under way")
  }

  @Test func `no more are marked as being sent than the provider takes, at any moment`() throws {
    final class CountingOutbox: Outbox {
      let inner: MemoryOutbox
      var most = 0
      init(_ inner: MemoryOutbox) { self.inner = inner }
      func lease(_ limit: Int, by channels: [Channel], at now: Instant) throws -> Int {
        try inner.lease(limit, by: channels, at: now)
      }
      func claim(_ limit: Int, settling answers: [SettledMessage], at now: Instant) throws -> ClaimedMessages
      {
        defer { most = max(most, inner.count(.sending)) }
        return try inner.claim(limit, settling: answers, at: now)
      }
      func settle(_ answers: [SettledMessage], at now: Instant) throws { try inner.settle(answers, at: now) }
      func release(at now: Instant) throws { try inner.release(at: now) }
      func nextDue(by channels: [Channel]) throws -> Instant? { try inner.nextDue(by: channels) }
      func inDoubt(of provider: String) throws -> [OutboundMessage] { [] }
      func settle(_ message: OutboundMessage, lookUp answer: LookUpAnswer, at now: Instant) throws {}
      func pause(_ campaign: CampaignID, why: String, at now: Instant) throws {}
      func clockFault(at now: Instant) throws -> String? { nil }
    }
    for concurrency in [1, 2, 3, 10] {
      let clock = VirtualClock()
      let counting = CountingOutbox(MemoryOutbox(200, wakeAt: clock.start))
      let provider = ScriptedProvider(concurrency: concurrency) { message in
        message.id.rawValue % 7 == 0 ? .unknown("timeout") : .accepted(reference: nil)
      }
      let report = try Dispatcher(counting, clock: clock.clock, patience: .seconds(3_600)).run([provider])
      #expect(report.accepted + report.inDoubt == 200)
      #expect(counting.most <= concurrency)
    }
  }

  @Test func `what is claimed during the way of a slow provider and put back arrives once`() throws {
    let clock = VirtualClock()
    let outbox = MemoryOutbox(100, wakeAt: clock.start)
    let provider = ScriptedProvider(concurrency: 10) { _ in
      clock.clock.sleep(.seconds(1))
      return .accepted(reference: nil)
    }
    let report = try Dispatcher(outbox, clock: clock.clock, patience: .seconds(36_000)).run([provider])
    #expect(report.accepted == 100 && outbox.count(.accepted) == 100)
    #expect(Set(provider.taken).count == 100 && provider.taken.count == 100)
    #expect(provider.batches.allSatisfy { $0 <= 10 })
  }

  @Test func `a rate is kept`() throws {
    let provider = ScriptedProvider(rate: 10) { _ in .accepted(reference: nil) }
    let (_, report, passed) = try Self.run(100, by: provider)
    #expect(report.accepted == 100)
    #expect(passed >= .seconds(9) && passed <= .seconds(12))
  }

  @Test func `what was surely not taken goes again and arrives once`() throws {
    var tries: [SendID: Int] = [:]
    let provider = ScriptedProvider { message in
      tries[message.id, default: 0] += 1
      return tries[message.id] == 1 && message.id.rawValue % 3 == 0 ? Self.passing : .accepted(reference: nil)
    }
    let (outbox, report, _) = try Self.run(300, by: provider)
    #expect(report.accepted == 300 && report.retried == 100)
    #expect(provider.taken.count == 300 && Set(provider.taken).count == 300)
    #expect(outbox.count(.accepted) == 300)
  }

  @Test func `what may have been taken is never handed over again by itself`() throws {
    let provider = ScriptedProvider {
      $0.id.rawValue % 10 == 0 ? .unknown("timeout") : .accepted(reference: nil)
    }
    let (outbox, report, _) = try Self.run(200, by: provider)
    #expect(report.inDoubt == 20 && outbox.count(.inDoubt) == 20)
    #expect(provider.taken.count == 200 && Set(provider.taken).count == 200)
  }

  @Test func `a look-up settles doubts`() throws {
    let provider = ScriptedProvider(canLookUp: true) {
      $0.id.rawValue % 10 == 0 ? .unknown("timeout") : .accepted(reference: nil)
    }
    let (outbox, report, _) = try Self.run(200, by: provider)
    #expect(report.lookedUp == 20)
    #expect(outbox.count(.inDoubt) == 0 && outbox.count(.accepted) == 200)
    #expect(provider.taken.count == 200)
  }

  @Test func `a provider in trouble is left alone, and what waits stays planned`() throws {
    let provider = ScriptedProvider { _ in Self.passing }
    let (outbox, report, _) = try Self.run(1_000, by: provider, patience: .seconds(20))
    #expect(provider.batches.reduce(0, +) < 20, "most are never tried")
    #expect(outbox.count(.planned) + outbox.count(.retryAt) == 1_000)
    #expect(report.stops.count == 1 && report.stops.first?.needsPerson == false)
  }

  @Test func `a provider that comes back gets everything`() throws {
    var calls = 0
    let provider = ScriptedProvider { _ in
      calls += 1
      return calls <= 12 ? Self.passing : .accepted(reference: nil)
    }
    let (outbox, report, _) = try Self.run(100, by: provider, patience: .seconds(7_200))
    #expect(report.accepted == 100 && outbox.count(.accepted) == 100)
    #expect(report.stops.isEmpty)
  }

  @Test func `five refusals for good in a row hold the campaign back`() throws {
    let provider = ScriptedProvider { _ in .refused(Refusal(.invalidRecipient, code: "21211")) }
    let (outbox, report, _) = try Self.run(100, by: provider)
    #expect(outbox.pauses == [CampaignID("trial")])
    #expect(report.refused < 5 + 4, "no more than were under way")
    #expect(outbox.count(.planned) + outbox.count(.retryAt) == 100 - report.refused, "the rest did not leave")
    #expect(report.stops.first?.needsPerson == true)
  }

  @Test func `an account that is refused stops everything and costs no message an attempt`() throws {
    let provider = ScriptedProvider(concurrency: 1) { _ in .notTaken(Obstacle(.account, code: "401")) }
    let (outbox, report, _) = try Self.run(100, by: provider)
    #expect(provider.batches == [1])
    #expect(outbox.count(.refused) == 0)
    #expect(report.stops.first?.needsPerson == true)
    #expect(report.stops.first?.sentence.contains("401") == true)
  }

  @Test func `a stop finishes what is under way and frees the rest`() throws {
    var isWanted = false
    let provider = ScriptedProvider(concurrency: 1) { message in
      if message.id.rawValue == 10 { isWanted = true }
      return .accepted(reference: nil)
    }
    let (outbox, report, _) = try Self.run(100, by: provider, shouldStop: { isWanted })
    #expect(report.accepted == 10)
    #expect(outbox.count(.planned) == 90 && outbox.count(.sending) == 0 && outbox.count(.leased) == 0)
  }

  @Test func `a limit is kept to the message`() throws {
    let provider = ScriptedProvider { _ in .accepted(reference: nil) }
    let (outbox, report, _) = try Self.run(100, by: provider, limit: 7)
    #expect(report.accepted == 7 && outbox.count(.planned) == 93)
  }

  @Test func `nothing is sent by a clock that was moved`() throws {
    let provider = ScriptedProvider { _ in .accepted(reference: nil) }
    let (outbox, report, _) = try Self.run(10, by: provider, prepare: { $0.clockFault = "set back" })
    #expect(provider.batches.isEmpty && outbox.count(.planned) == 10)
    #expect(report.stops.first?.sentence == "set back")
  }

  @Test func `an error of the machine ends it, and what has no answer is not handed over again`() throws {
    struct Broken: Error {}
    final class BreakingOutbox: Outbox {
      let inner: MemoryOutbox
      init(_ inner: MemoryOutbox) { self.inner = inner }
      func lease(_ limit: Int, by channels: [Channel], at now: Instant) throws -> Int {
        try inner.lease(limit, by: channels, at: now)
      }
      func claim(_ limit: Int, settling answers: [SettledMessage], at now: Instant) throws -> ClaimedMessages
      {
        if !answers.isEmpty { throw Broken() }
        return try inner.claim(limit, settling: [], at: now)
      }
      func settle(_ answers: [SettledMessage], at now: Instant) throws { throw Broken() }
      func release(at now: Instant) throws { try inner.release(at: now) }
      func nextDue(by channels: [Channel]) throws -> Instant? { try inner.nextDue(by: channels) }
      func inDoubt(of provider: String) throws -> [OutboundMessage] { [] }
      func settle(_ message: OutboundMessage, lookUp answer: LookUpAnswer, at now: Instant) throws {}
      func pause(_ campaign: CampaignID, why: String, at now: Instant) throws {}
      func clockFault(at now: Instant) throws -> String? { nil }
    }
    let clock = VirtualClock()
    let memory = MemoryOutbox(100, wakeAt: clock.start)
    let provider = ScriptedProvider { _ in .accepted(reference: nil) }
    #expect(throws: Broken.self) {
      _ = try Dispatcher(BreakingOutbox(memory), clock: clock.clock).run([provider])
    }
    #expect(provider.taken.count == 4, "what was under way and no more")
    #expect(memory.count(.sending) == 4 && memory.count(.planned) == 96, "as many as may be under way")
  }
}
