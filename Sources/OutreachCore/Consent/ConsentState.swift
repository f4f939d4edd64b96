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
    var fold = ConsentFold(of: events, for: question)
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
///
/// It knows them by their places in the ledger: an event is large, and most are only looked at.
private struct ConsentFold {
  /// A grant that speaks of the message, and how it stands by itself.
  private typealias Grant = (place: Int, footing: ConsentQuestion.Footing)

  private let events: [ConsentEvent]
  private let question: ConsentQuestion
  private var grants: [Grant] = []
  /// The latest revocation of the patient's own or a proxy's, and of anybody else.
  private var own: Int?
  private var other: Int?
  private var expiry: Int?
  private var asked: Int?
  private var transfers: [Int] = []
  private var numberRevocation: ConsentEvent?
  /// When the patient's own revocation ended, if it did.
  private var reopened: Instant?

  /// Hears every word, and finds out whether the patient's own revocation has ended.
  init(of events: [ConsentEvent], for question: ConsentQuestion) {
    self.events = events
    self.question = question
    for place in events.indices { hear(place) }
    guard let own else { return }
    let revoked = events[own].weight
    reopened =
      grants.filter { $0.footing == .sound && events[$0.place].isReopening && events[$0.place].at > revoked }
      .map { events[$0.place].at }.min()
  }

  private mutating func hear(_ place: Int) {
    if events[place].kind == .revoked {
      guard question.isRevoked(by: events[place]) else { return }
      if events[place].isOwnWord { own = later(own, place) } else { other = later(other, place) }
      return
    }
    guard question.isSpokenOf(by: events[place]) else { return }
    switch events[place].kind {
    case .granted: grants.append((place, question.footing(of: events[place])))
    case _ where events[place].sender != nil && events[place].sender != question.sender: break
    case .expired: expiry = later(expiry, place)
    case .transferred where events[place].number != nil: transfers.append(place)
    case .pending where events[place].expiresAt.map({ $0 > question.now }) ?? true:
      asked = later(asked, place)
    case .pending, .transferred, .revoked: break
    }
  }

  mutating func hear(atNumber revocation: ConsentEvent) {
    guard let number = question.number, question.isRevoked(by: revocation) else { return }
    let isAnswered = grants.contains { grant in
      grant.footing == .sound && events[grant.place].isReopening && events[grant.place].number == number
        && events[grant.place].at > revocation.weight
    }
    if !isAnswered, numberRevocation.map({ $0.weight < revocation.weight }) ?? true {
      numberRevocation = revocation
    }
  }

  var state: ConsentState {
    let isOpen = grants.contains { $0.footing == .sound && isUnrevoked($0.place) }
    if own != nil || other != nil, !isOpen {
      if let own, reopened == nil { return .revoked(events[own]) }
      if let other { return .revoked(events[other]) }
    }
    if let numberRevocation { return .numberRevoked(numberRevocation) }
    var live: Int?
    var ended: Grant?
    var lack: (place: Int, lack: ConsentLack)?
    for grant in grants {
      let place = grant.place
      if let found = self.lack(of: grant) {
        if lack.map({ events[$0.place].at < events[place].at }) ?? true { lack = (place, found) }
      } else if hasEnded(grant) {
        // It hides older grants even where a revocation stands against it, which must never make a consent.
        if ended.map({ events[place].outlives(events[$0.place]) }) ?? true { ended = grant }
      } else if isUnrevoked(place), live.map({ events[place].outlives(events[$0]) }) ?? true {
        live = place
      }
    }
    if let past = ended, let held = live {
      if events[held].at >= events[past.place].at { ended = nil } else { live = nil }
    }
    guard let last = live ?? ended?.place else {
      if let asked, lack.map({ events[$0.place].at <= events[asked].at }) ?? true {
        return .pending(events[asked])
      }
      return lack.map { .insufficient(events[$0.place], $0.lack) } ?? .missing
    }
    if let expiry, events[expiry].at >= events[last].at { return .expired(events[expiry]) }
    if case .outgrown(let day)? = ended?.footing { return .outgrown(events[last], on: day) }
    return ended == nil ? .granted(events[last]) : .expired(events[last])
  }

  private func hasEnded(_ grant: Grant) -> Bool {
    if case .outgrown = grant.footing { return true }
    return events[grant.place].expiresAt.map { $0 <= question.now } ?? false
  }

  /// Whether no revocation stands against a grant.
  private func isUnrevoked(_ place: Int) -> Bool {
    guard own != nil || other != nil else { return true }
    if events[place].source == .staff { return false }
    if let other, events[place].at <= events[other].weight { return false }
    guard let own else { return true }
    if events[place].isReopening { return events[place].at > events[own].weight }
    return reopened.map { events[place].at >= $0 } ?? false
  }

  private func lack(of grant: Grant) -> ConsentLack? {
    if case .lacking(let lack) = grant.footing { return lack }
    guard let number = question.number, let named = events[grant.place].number else { return nil }
    let moved = transfers.filter { events[$0].at >= events[grant.place].at }.max {
      (events[$0].at, events[$0].number?.e164 ?? "") < (events[$1].at, events[$1].number?.e164 ?? "")
    }
    return moved.flatMap { events[$0].number } ?? named == number ? nil : .otherNumber
  }

  /// The later of two words of one kind.
  private func later(_ latest: Int?, _ place: Int) -> Int {
    latest.map { events[$0].weight < events[place].weight ? place : $0 } ?? place
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
