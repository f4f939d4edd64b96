/// Where a message stands on its way out.
///
/// ```
///                ┌──────────── hold, take back ────────────┐
///                ▼                                         │
///  (new) ──▶ planned ──── lease ───▶ leased ─── drop ──▶ void
///               ▲ ▲                    │ claim: durable before a byte leaves
///               │ └─ took back ──┐     ▼
///          wakes│             sending ──── accepted ───▶ accepted ──▶ delivered │ undelivered
///               │                │ │ └──── refused ────▶ refused
///            retryAt ◀─ not taken┘ │
///               ▲                  └ unknown, process gone ─▶ inDoubt ─── found ──▶ accepted
///               └──────────────── looked up: not there ──────────┘ └─ a person ──▶ resolved │ retryAt
/// ```
///
/// (from a backup: planned, leased, sending, retryAt and void ── restored ──▶ inDoubt)
///
/// A lease may be taken back: nothing has left. `sending` is never taken back by a timer, because a byte may have left;
/// and `inDoubt` is left only by the provider's word or a person's.
public enum SendState: Hashable, Sendable {
  /// It waits for its time.
  case planned(wakeAt: Instant)
  /// A process holds it to look at it once more; nothing has left.
  case leased(LeaseToken, until: Instant)
  /// It is being handed to a provider, or was when the process ended.
  case sending(LeaseToken)
  /// A provider took it.
  case accepted
  /// A provider refused it for good; it did not leave.
  case refused
  /// A provider surely did not take it, and it may go once more.
  case retryAt(Instant)
  /// Nobody knows whether it left.
  case inDoubt
  /// A receipt says that it arrived.
  case delivered
  /// A receipt says that it did not arrive.
  case undelivered
  /// A person settled the doubt: it left.
  case resolved
  /// It is not sent, because it may not go or is not due any more; nothing left.
  case void

  /// The kinds of state, as they are stored and named.
  ///
  /// The numbers are stable.
  public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    case planned = 1
    case leased = 2
    case sending = 3
    case accepted = 4
    case refused = 5
    case retryAt = 6
    case inDoubt = 7
    case delivered = 8
    case undelivered = 9
    case resolved = 10
    case void = 11

    /// The name in output: `in_doubt`.
    public var name: String {
      switch self {
      case .planned: "planned"
      case .leased: "leased"
      case .sending: "sending"
      case .accepted: "accepted"
      case .refused: "refused"
      case .retryAt: "retry_at"
      case .inDoubt: "in_doubt"
      case .delivered: "delivered"
      case .undelivered: "undelivered"
      case .resolved: "resolved"
      case .void: "void"
      }
    }

    /// What a message in this state is for rules and scripts; nil where nothing left and nothing will by itself.
    public var contactStatus: PastContact.Status? {
      switch self {
      // It may have left: until somebody knows, it counts.
      case .sending, .inDoubt: .inDoubt
      case .accepted, .resolved: .sent
      case .delivered: .delivered
      case .undelivered: .undelivered
      case .refused: .refused
      case .planned, .leased, .retryAt, .void: nil
      }
    }
  }

  /// The kind of state.
  public var kind: Kind {
    switch self {
    case .planned: .planned
    case .leased: .leased
    case .sending: .sending
    case .accepted: .accepted
    case .refused: .refused
    case .retryAt: .retryAt
    case .inDoubt: .inDoubt
    case .delivered: .delivered
    case .undelivered: .undelivered
    case .resolved: .resolved
    case .void: .void
    }
  }
}

/// What tells one process's hold on messages from every other.
public struct LeaseToken: Hashable, Sendable {
  /// The number of the process's entry among those that send.
  public let owner: Int64

  /// Names an owner.
  public init(owner: Int64) { self.owner = owner }
}
