/// What everything known of a number or address amounts to at one instant.
public struct ContactStanding: Hashable, Sendable {
  /// Whether it may be used, with the evidence that says so.
  public enum State: Hashable, Sendable {
    /// It is out of use since a wrong-number reply or a decision of the staff.
    case suspended(ContactEvidence)
    /// The reassigned-numbers database says that it was given up.
    case reassigned(ContactEvidence)
    /// An answer of the database is needed, and there is none that holds.
    case unchecked
    /// Nothing recent says that it is the patient's; the last that did, if anything.
    case stale(since: Instant?)
    /// Whoever answers it, or the staff, confirmed it, and that is recent.
    case verified(ContactEvidence)
    /// Something recent says that it is the patient's, and nobody has confirmed it.
    case unverified
  }

  /// Whether it may be used.
  public var state: State
  /// The last time that it was known to be the patient's.
  public var lastKnown: Instant?

  /// Folds what is known.
  ///
  /// - A wrong-number reply and a suspension hold until a later confirmation or reinstatement; of one instant
  ///   they win, and dated up to a day ahead they count at once.
  /// - The answer `yes` holds until a later confirmation, or a later word of the patient's own from the number.
  /// - The answer `no` says that the number stayed with its holder up to the day of the answer, where it was
  ///   asked from a day on which it was known to be the patient's or an earlier one; it keeps the number fresh
  ///   for the time that the requirement lets answers hold.
  /// - `no_data` says nothing, 47 CFR 64.1200(m).
  ///
  /// - Parameters:
  ///   - evidence: what became known of the number, whoever has it.
  ///   - lastKnown: the last time that the patient's record said it was theirs.
  ///   - lastWord: the last time that the patient wrote from it or named it.
  ///   - zone: the zone whose calendar names the day of an instant.
  public init(
    of evidence: [ContactEvidence] = [], lastKnown: Instant?, lastWord: Instant? = nil,
    requirement: ContactRequirement, zone: Zone, at now: Instant
  ) {
    var known = lastKnown
    var closed: ContactEvidence?
    var opened: Instant?
    var confirmed: ContactEvidence?
    var givenUp: ContactEvidence?
    for item in evidence where item.at <= now + (item.kind.closes ? ConsentQuestion.clockSkew : .zero) {
      switch item.kind {
      case .wrongNumber, .suspended: closed = Self.later(closed, item)
      case .reassignment(.yes, _): givenUp = Self.later(givenUp, item)
      case .confirmed:
        confirmed = Self.later(confirmed, item)
        opened = max(opened ?? item.at, item.at)
        known = max(known ?? item.at, item.at)
      case .reinstated: opened = max(opened ?? item.at, item.at)
      case .confirmationAsked, .reassignment(.no, _), .reassignment(.noData, _): break
      }
    }
    var checked: Instant?
    for (since, answered) in Self.stays(evidence, at: now) {
      guard let last = known, zone.date(at: last) >= since else { continue }
      known = max(last, answered)
      checked = answered
    }
    let isChecked = checked.map { now - $0 <= requirement.reassignmentCheckHolds } ?? false
    // An answer of the database makes no number fresh for longer than it holds itself.
    let shown = [lastKnown, confirmed?.at].compactMap { $0 }.max()
    let isFresh = isChecked || (shown.map { now - $0 <= requirement.freshness } ?? false)
    self.lastKnown = known
    if let closed, opened.map({ $0 <= closed.at }) ?? true {
      state = .suspended(closed)
    } else if let givenUp,
      ![lastWord, confirmed?.at].contains(where: { $0.map { $0 > givenUp.at } ?? false })
    {
      state = .reassigned(givenUp)
    } else if !isFresh {
      state = .stale(since: known)
    } else if requirement.needsReassignmentCheck, !isChecked {
      state = .unchecked
    } else if let confirmed, now - confirmed.at <= requirement.freshness {
      state = .verified(confirmed)
    } else {
      state = .unverified
    }
  }

  /// The answers `no` in their order: since when the number was not given up, and when that was answered.
  private static func stays(
    _ evidence: [ContactEvidence], at now: Instant
  ) -> [(since: CivilDate, answered: Instant)] {
    guard !evidence.isEmpty else { return [] }
    return evidence.compactMap { item -> (CivilDate, Instant)? in
      guard case .reassignment(.no, let since) = item.kind, item.at <= now else { return nil }
      return (since, item.at)
    }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
  }

  private static func later(_ known: ContactEvidence?, _ item: ContactEvidence) -> ContactEvidence {
    if let known, known.at >= item.at { known } else { item }
  }
}

extension ContactEvidence.Kind {
  /// Whether it takes the number out of use.
  fileprivate var closes: Bool {
    switch self {
    case .wrongNumber, .suspended, .reassignment(.yes, _): true
    case .confirmationAsked, .confirmed, .reinstated, .reassignment(.no, _), .reassignment(.noData, _): false
    }
  }
}

extension GuardedPatient {
  /// How one of the patient's numbers or addresses stands for a channel.
  ///
  /// What says that it is the patient's: the day from which the record lists it, a consent that was given, a
  /// message of the patient's, or one that was delivered. What names a number speaks of that number alone;
  /// what names none, of the channel.
  public func standing(
    of point: ContactPoint, on channel: Channel, requirement: ContactRequirement, zone: Zone, at now: Instant
  ) -> ContactStanding {
    let number = point.phone?.number
    var last: Instant?
    var word: Instant?
    func note(_ instant: Instant, isWord: Bool = false) {
      guard instant <= now else { return }
      if last.map({ $0 < instant }) ?? true { last = instant }
      if isWord, word.map({ $0 < instant }) ?? true { word = instant }
    }
    func isMeant(_ named: PhoneNumber?, _ namedChannel: Channel?) -> Bool {
      guard let named, let number else { return namedChannel == channel }
      return named == number
    }
    if let day = point.startsOn { note(zone.startOfDay(day)) }
    for consent in consents {
      let isNamed = number != nil && consent.number == number
      switch consent.kind {
      // What the staff say of a purpose tells nothing of a number.
      case .granted where consent.source != .staff && isMeant(consent.number, consent.channel ?? channel):
        note(consent.at, isWord: isNamed && consent.isOwnWord)
      case .transferred where isNamed: note(consent.at, isWord: consent.isOwnWord)
      case .granted, .revoked, .pending, .expired, .transferred: break
      }
    }
    for contact in facts.contacts where contact.isInbound || contact.status == .delivered {
      guard isMeant(contact.number, contact.channel) else { continue }
      note(contact.at, isWord: contact.isInbound && number != nil && contact.number == number)
    }
    return ContactStanding(
      of: number.flatMap { evidence[$0] } ?? [], lastKnown: last, lastWord: word, requirement: requirement,
      zone: zone, at: now)
  }
}
