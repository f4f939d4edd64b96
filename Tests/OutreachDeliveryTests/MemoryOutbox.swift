import OutreachCore
import OutreachDelivery

/// An outbox in memory, kept by the same state machine, for tests of the dispatcher.
final class MemoryOutbox: Outbox {
  private(set) var states: [SendID: SendState] = [:]
  private(set) var pauses: [CampaignID] = []
  private(set) var claims: [Int] = []
  private var attempts: [SendID: Int] = [:]
  private let token = LeaseToken(owner: 1)
  var clockFault: String?

  init(_ count: Int, wakeAt: Instant) {
    for number in 1...max(count, 1) where count > 0 {
      states[SendID(Int64(number))] = .planned(wakeAt: wakeAt)
    }
  }

  func count(_ kind: SendState.Kind) -> Int { states.values.count { $0.kind == kind } }

  private func receive(_ input: SendInput, _ id: SendID) throws {
    var state = states[id] ?? .void
    _ = try state.receive(input)
    states[id] = state
  }

  private func due(_ id: SendID) -> Instant? {
    switch states[id] {
    case .planned(let at), .retryAt(let at): at
    default: nil
    }
  }

  func lease(_ limit: Int, by channels: [Channel], at now: Instant) throws -> Int {
    if !pauses.isEmpty { return 0 }
    let due = states.keys.sorted().filter { id in self.due(id).map { $0 <= now } ?? false }.prefix(limit)
    for id in due { try receive(.lease(token, until: now + .seconds(60)), id) }
    return due.count
  }

  func claim(_ limit: Int, settling answers: [SettledMessage], at now: Instant) throws -> ClaimedMessages {
    try settle(answers, at: now)
    let leased = states.keys.sorted().filter { states[$0]?.kind == .leased }.prefix(limit)
    var claimed = ClaimedMessages()
    claimed.isEmpty = leased.isEmpty
    for id in leased {
      if !pauses.isEmpty {
        try receive(.hold(token, until: now), id)
        continue
      }
      try receive(.claim(token), id)
      attempts[id, default: 0] += 1
      claimed.messages.append((message: message(id, at: now), campaign: CampaignID("trial")))
    }
    if !claimed.messages.isEmpty { claims.append(claimed.messages.count) }
    return claimed
  }

  private func message(_ id: SendID, at now: Instant) -> OutboundMessage {
    OutboundMessage(
      id: id, token: SendToken("token-\(id.rawValue)"), channel: .sms, recipient: .address("someone"),
      language: "en",
      text: "A text", at: now, attempt: attempts[id, default: 1])
  }

  func settle(_ answers: [SettledMessage], at now: Instant) throws {
    for settled in answers { try receive(.answer(settled.answer, retryAt: settled.retryAt), settled.id) }
  }

  func release(at now: Instant) throws {
    for id in states.keys where states[id]?.kind == .leased { try receive(.hold(token, until: now), id) }
  }

  func nextDue(by channels: [Channel]) throws -> Instant? {
    pauses.isEmpty ? states.keys.compactMap { self.due($0) }.min() : nil
  }

  func inDoubt(of provider: String) throws -> [OutboundMessage] {
    states.keys.sorted().filter { states[$0] == .inDoubt }.map { message($0, at: .earliest) }
  }

  func settle(_ message: OutboundMessage, lookUp answer: LookUpAnswer, at now: Instant) throws {
    try receive(.lookUp(answer, now: now), message.id)
  }

  func pause(_ campaign: CampaignID, why: String, at now: Instant) throws { pauses.append(campaign) }

  func clockFault(at now: Instant) throws -> String? { clockFault }
}

/// A provider that answers as a test says and remembers what it took.
final class ScriptedProvider: Provider {
  let name = "scripted"
  let traits: ProviderTraits
  private(set) var taken: [SendToken] = []
  private(set) var batches: [Int] = []
  private let respond: (OutboundMessage) -> ProviderAnswer

  init(
    concurrency: Int = 4, rate: Int? = nil, canLookUp: Bool = false,
    respond: @escaping (OutboundMessage) -> ProviderAnswer
  ) {
    traits = ProviderTraits(channels: [.sms], canLookUp: canLookUp, rate: rate, concurrency: concurrency)
    self.respond = respond
  }

  func deliver(_ messages: [OutboundMessage], answer: (Int, ProviderAnswer) -> Void) throws(DeliveryError) {
    batches.append(messages.count)
    for (index, message) in messages.enumerated() {
      let given = respond(message)
      switch given {
      case .accepted, .unknown: taken.append(message.token)
      case .refused, .notTaken: break
      }
      answer(index, given)
    }
  }

  func lookUp(_ message: OutboundMessage, at now: Instant) throws(DeliveryError) -> LookUpAnswer {
    taken.contains(message.token) ? .taken(reference: nil) : .notTaken
  }
}

/// A clock that goes on only when somebody waits.
final class VirtualClock: @unchecked Sendable {
  private(set) var passed = Duration.zero
  let start = Instant(secondsSinceEpoch: 1_795_449_600)

  /// The clock as the dispatcher takes it.
  var clock: DispatchClock {
    DispatchClock(
      now: { Instant(secondsSinceEpoch: self.start.secondsSinceEpoch + self.passed.components.seconds) },
      elapsed: { self.passed }, sleep: { self.passed += max($0, .milliseconds(1)) }, random: { 0.5 })
  }
}
