/// What a patient's consent amounts to for one purpose and channel at one instant.
public enum ConsentState: Hashable, Sendable {
  /// Nothing on record speaks of it.
  case missing
  /// The last word was a grant, and it still holds.
  case granted(ConsentEvent)
  /// The last word was a grant that has run out.
  case expired(ConsentEvent)
  /// The last word was a refusal or withdrawal.
  case revoked(ConsentEvent)

  /// Folds everything that was said, up to an instant, into what holds.
  ///
  /// The latest word wins, and among words of the same instant the revocation, so that no import can undo
  /// what a patient withdrew without a newer grant. A revocation that nobody dated (``Instant/earliest``) outlasts
  /// every grant, because nothing says that the grant is newer.
  public init(of events: [ConsentEvent], purpose: Purpose, channel: Channel, at instant: Instant) {
    var last: ConsentEvent?
    for event in events
    where event.at <= instant && (event.purpose ?? purpose) == purpose
      && (event.channel ?? channel) == channel
    {
      guard let known = last else {
        last = event
        continue
      }
      let (new, old) = (Self.weight(of: event), Self.weight(of: known))
      if new > old || (new == old && Self.isStronger(event, than: known)) { last = event }
    }
    switch last {
    case nil: self = .missing
    case let event? where event.kind == .revoked: self = .revoked(event)
    case let event?:
      if let end = event.expiresAt, end <= instant { self = .expired(event) } else { self = .granted(event) }
    }
  }

  /// When a word was said, for comparing; an undated revocation comes after everything.
  private static func weight(of event: ConsentEvent) -> Instant {
    event.kind == .revoked && event.at == .earliest ? .latest : event.at
  }

  /// Among words of the same instant a revocation wins, then the grant that holds longer.
  private static func isStronger(_ event: ConsentEvent, than other: ConsentEvent) -> Bool {
    if event.kind != other.kind { return event.kind == .revoked }
    guard let end = event.expiresAt else { return other.expiresAt != nil }
    return other.expiresAt.map { end > $0 } ?? false
  }
}
