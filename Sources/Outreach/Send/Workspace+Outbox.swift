public import OutreachCore
import OutreachStore

/// One message on its way out, or that went.
public struct OutboxItem: Hashable, Sendable {
  /// Its row in the ledger.
  public var id: SendID
  /// Whom it is for.
  public var patient: PatientHandle
  /// Which message it is; nil for a patient who was erased.
  public var key: PastContact.Key?
  /// How it stands.
  public var state: SendState.Kind
  /// When it wakes, where it waits.
  public var wakeAt: Instant?
  /// By which channel it goes or went.
  public var channel: Channel
  /// Who carried it.
  public var provider: String?
  /// How often it was tried.
  public var attempts: Int
  /// When its state last changed.
  public var changedAt: Instant
  /// What was said of it last.
  public var outcome: String?
}

/// Something that is held back.
public struct HeldBack: Hashable, Sendable {
  /// The campaign; nil is everything.
  public var campaign: CampaignID?
  /// Who said so.
  public var by: String
  /// Why.
  public var why: String
  /// When.
  public var at: Instant
}

extension Workspace {
  /// How many messages stand in each state.
  public func outboxCounts() throws(OutreachError) -> [SendState.Kind: Int] {
    try wrapping { try registry.outboxCounts() }
  }

  /// Messages in some states, those that wake first at the front.
  public func outbox(
    _ states: Set<SendState.Kind>, of patient: PatientName? = nil, limit: Int = 1_000
  ) throws(OutreachError) -> [OutboxItem] {
    try wrapping {
      var handle: PatientHandle?
      if let patient {
        guard let known = try registry.handle(named: patient) else {
          throw OutreachError(.badInput, "no patient has that handle or identifier")
        }
        handle = known
      }
      return try registry.outbox(states, of: handle, limit: limit).map { entry in
        OutboxItem(
          id: entry.id, patient: entry.patient, key: entry.key, state: entry.state, wakeAt: entry.wakeAt,
          channel: entry.channel, provider: entry.provider, attempts: entry.attempts,
          changedAt: entry.changedAt,
          outcome: entry.outcome?.word)
      }
    }
  }

  /// Records that somebody says whether a message in doubt left; one that did not goes with the next run.
  ///
  /// - Throws: ``OutreachError`` where no message of that number is in doubt.
  public func resolve(_ id: SendID, left: Bool, by who: String, at now: Instant) throws(OutreachError) {
    try wrapping { try registry.settle(id, left: left, by: who, at: now) }
  }

  /// Records what a provider tells of a message.
  ///
  /// - Returns: whether there is such a message.
  @discardableResult
  public func record(
    _ receipt: Receipt, token: SendToken?, reference: String? = nil, of provider: String, at now: Instant
  ) throws(OutreachError) -> Bool {
    try wrapping { try registry.record(receipt, token: token, reference: reference, of: provider, at: now) }
  }

  /// Holds back everything that has not been handed over yet, of a campaign or of all; a sender that runs sees it before
  /// its next message.
  public func pause(_ campaign: CampaignID?, by who: String, why: String, at now: Instant)
    throws(OutreachError)
  {
    try wrapping { try registry.pause(Pause(campaign: campaign, by: who, why: why, at: now)) }
  }

  /// Lets a campaign, or what is held back as a whole, go on.
  ///
  /// - Returns: how many pauses ended.
  public func resume(_ campaign: CampaignID?) throws(OutreachError) -> Int {
    try wrapping { try registry.resume(campaign) }
  }

  /// What is held back, the oldest first.
  public func heldBack() throws(OutreachError) -> [HeldBack] {
    try wrapping {
      try registry.pauses().map { HeldBack(campaign: $0.campaign, by: $0.by, why: $0.why, at: $0.at) }
    }
  }

  /// Takes the machine's clock as right from now on, after it was set.
  public func trustClock(at now: Instant) throws(OutreachError) {
    try wrapping { try registry.keep(ClockReading.system(now: now)) }
  }

  private func wrapping<T>(_ body: () throws -> T) throws(OutreachError) -> T {
    do { return try body() } catch { throw OutreachError(wrapping: error) }
  }
}
