/// What a patient's consent amounts to for one message at one instant.
///
/// It is the fold of everything that was said, by these rules:
///
/// - A revocation speaks for the person: it counts for every sender and at every number. One of the patient's
///   own or a proxy's ends only by a later grant of the patient or a proxy; one of a record or of the staff by
///   any later grant but the staff's. Of words of one instant the revocation wins, and one that nobody dated
///   (``Instant/earliest``) outlasts every grant. One dated up to a day ahead counts at once.
/// - A grant counts from its instant on; the latest counts, and one that has run out does not bring back an
///   older one. One with a sender holds for that sender. One with a number holds for that number, and after it
///   was transferred for the last number it was transferred to; one without a number holds for all.
/// - What the staff say without a word of the patient's counts only with a reference to the evidence, and only
///   where nobody ever revoked.
/// - A parent's grant ends when the patient comes of age, and from then on undoes no revocation; a minor's own
///   does not count. Revocations of either do. A record that does not say who gave it is held to neither.
/// - An expiry ends the grants said before it; a later one of any kind counts again.
/// - A question that waits for confirmation is no grant, and touches no word said before it.
/// - A revocation said at the number by whoever has it counts too, until the patient gives a later grant that
///   names the number; the patient's own words are folded as such.
public enum ConsentState: Hashable, Sendable {
  /// Nothing on record speaks of it.
  case missing
  /// A grant is on record that does not count.
  case insufficient(ConsentEvent, ConsentLack)
  /// The person was asked and has not confirmed yet.
  case pending(ConsentEvent)
  /// There is a grant, and it still holds.
  case granted(ConsentEvent)
  /// A grant has run out, or the clinic ended it: the event is the grant or the expiry.
  case expired(ConsentEvent)
  /// A parent's grant ended on the day on which the patient came of age.
  case outgrown(ConsentEvent, on: CivilDate)
  /// The person refused or withdrew.
  case revoked(ConsentEvent)
  /// Whoever has the number refused or withdrew.
  case numberRevoked(ConsentEvent)

  /// Folds everything that was said, up to the question's instant, into what holds.
  ///
  /// - Parameters:
  ///   - events: what was said by or for the patient, in any order.
  ///   - numberRevocations: what anybody revoked at the number that the message would use.
  public init(
    of events: [ConsentEvent], numberRevocations: [ConsentEvent] = [], for question: ConsentQuestion
  ) {
    var fold = ConsentFold(question)
    for event in events { fold.hear(event) }
    fold.settle()
    // What is kept at the number says less than the ledger does: its evidence tells that it is the patient's own.
    for revocation in numberRevocations
    where !events.contains(where: { $0.kind == .revoked && $0.evidence == revocation.evidence }) {
      fold.hear(atNumber: revocation)
    }
    self = fold.state
  }

  /// Whether a message may go out.
  public var isGranted: Bool { if case .granted = self { true } else { false } }
}

/// The words of a ledger that speak of one message, sorted by what they do.
private struct ConsentFold {
  private let question: ConsentQuestion
  private var grants: [(event: ConsentEvent, footing: ConsentQuestion.Footing)] = []
  /// The latest revocation of the patient's own or a proxy's, and of anybody else.
  private var own: ConsentEvent?
  private var other: ConsentEvent?
  private var numberRevocation: ConsentEvent?
  private var expiry: ConsentEvent?
  private var asked: ConsentEvent?
  private var transfers: [ConsentEvent] = []
  /// When the patient's own revocation ended, if it did.
  private var reopened: Instant?

  init(_ question: ConsentQuestion) { self.question = question }

  mutating func hear(_ event: ConsentEvent) {
    if event.kind == .revoked {
      guard question.isRevoked(by: event) else { return }
      if event.isOwnWord { Self.keep(event, in: &own) } else { Self.keep(event, in: &other) }
      return
    }
    guard question.isSpokenOf(by: event) else { return }
    switch event.kind {
    case .granted: grants.append((event, question.footing(of: event)))
    case _ where event.sender != nil && event.sender != question.sender: break
    case .expired: Self.keep(event, in: &expiry)
    case .transferred where event.number != nil: transfers.append(event)
    case .pending where event.expiresAt.map({ $0 > question.now }) ?? true: Self.keep(event, in: &asked)
    case .pending, .transferred, .revoked: break
    }
  }

  /// Finds out, once every word is heard, whether the patient's own revocation has ended.
  mutating func settle() {
    guard let own else { return }
    reopened =
      grants.filter { $0.footing == .sound && $0.event.isReopening && $0.event.at > own.weight }
      .map(\.event.at).min()
  }

  mutating func hear(atNumber revocation: ConsentEvent) {
    guard let number = question.number, question.isRevoked(by: revocation) else { return }
    let isAnswered = grants.contains { grant, footing in
      footing == .sound && grant.isReopening && grant.number == number && grant.at > revocation.weight
    }
    if !isAnswered { Self.keep(revocation, in: &numberRevocation) }
  }

  var state: ConsentState {
    let isOpen = grants.contains { $0.footing == .sound && isUnrevoked($0.event) }
    if own != nil || other != nil, !isOpen {
      if let own, reopened == nil { return .revoked(own) }
      if let other { return .revoked(other) }
    }
    if let numberRevocation { return .numberRevoked(numberRevocation) }
    var live: ConsentEvent?
    var ended: (event: ConsentEvent, footing: ConsentQuestion.Footing)?
    var lack: (event: ConsentEvent, ConsentLack)?
    for grant in grants {
      if let found = self.lack(of: grant) {
        if lack.map({ $0.event.at < grant.event.at }) ?? true { lack = (grant.event, found) }
      } else if hasEnded(grant) {
        // It hides older grants even where a revocation stands against it, which must never make a consent.
        if ended.map({ grant.event.outlives($0.event) }) ?? true { ended = grant }
      } else if isUnrevoked(grant.event), live.map({ grant.event.outlives($0) }) ?? true {
        live = grant.event
      }
    }
    if let past = ended, let held = live {
      if held.at >= past.event.at { ended = nil } else { live = nil }
    }
    guard let last = live ?? ended?.event else {
      if let asked, lack.map({ $0.event.at <= asked.at }) ?? true { return .pending(asked) }
      return lack.map { .insufficient($0.event, $0.1) } ?? .missing
    }
    if let expiry, expiry.at >= last.at { return .expired(expiry) }
    if case .outgrown(let day)? = ended?.footing { return .outgrown(last, on: day) }
    return ended == nil ? .granted(last) : .expired(last)
  }

  private func hasEnded(_ grant: (event: ConsentEvent, footing: ConsentQuestion.Footing)) -> Bool {
    if case .outgrown = grant.footing { return true }
    return grant.event.expiresAt.map { $0 <= question.now } ?? false
  }

  /// Whether no revocation stands against a grant.
  private func isUnrevoked(_ grant: ConsentEvent) -> Bool {
    guard own != nil || other != nil else { return true }
    if grant.source == .staff { return false }
    if let other, grant.at <= other.weight { return false }
    guard let own else { return true }
    if grant.isReopening { return grant.at > own.weight }
    return reopened.map { grant.at >= $0 } ?? false
  }

  private func lack(of grant: (event: ConsentEvent, footing: ConsentQuestion.Footing)) -> ConsentLack? {
    if case .lacking(let lack) = grant.footing { return lack }
    guard let number = question.number, let named = grant.event.number else { return nil }
    let moved = transfers.filter { $0.at >= grant.event.at }.max {
      ($0.at, $0.number?.e164 ?? "") < ($1.at, $1.number?.e164 ?? "")
    }
    return moved?.number ?? named == number ? nil : .otherNumber
  }

  private static func keep(_ event: ConsentEvent, in latest: inout ConsentEvent?) {
    if latest.map({ $0.weight < event.weight }) ?? true { latest = event }
  }
}

extension ConsentEvent {
  /// When a word was said, for comparing; an undated revocation comes after everything.
  fileprivate var weight: Instant { kind == .revoked && at == .earliest ? .latest : at }

  /// Whether the patient or somebody for them said it.
  var isOwnWord: Bool { source == .patient || source == .proxy }

  /// Whether it can end what the patient withdrew: a word of theirs with evidence.
  ///
  /// What an import brings is evidence itself; what is entered by hand has to say where the evidence is.
  fileprivate var isReopening: Bool {
    isOwnWord && (hasReference || !(evidence.rawValue.isEmpty || evidence.rawValue.hasPrefix(Self.ledger)))
  }

  /// Whether it says where the evidence is.
  public var hasReference: Bool { reference?.contains { !$0.isWhitespace } ?? false }

  /// How the identifiers of entries made by hand begin.
  package static let ledger = "Ledger/"

  /// Whether a grant was said later than another, or at the same instant and holds longer.
  fileprivate func outlives(_ other: ConsentEvent) -> Bool {
    if at != other.at { return at > other.at }
    guard let end = expiresAt else { return other.expiresAt != nil }
    return other.expiresAt.map { end > $0 } ?? false
  }
}
