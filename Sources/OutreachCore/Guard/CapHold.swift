/// One cap as it holds for one candidate, with the messages that it counts for it.
///
/// A message keeps the cap when every window that would hold it has room: the one that ends with the
/// message, and those that end with one that is planned for later, because that must keep the cap too. Each
/// window is judged by the rules of the day on which it ends, so that a plan says what will be decided when
/// its time comes.
struct CapHold {
  /// Why one more message would not keep a cap.
  enum Obstacle {
    /// A window is full of these messages, in order of time.
    case full([CountedMessage])
    /// The rule held until a day, and no other has taken its place.
    case ended(CivilDate)
  }

  let cap: FrequencyCap
  /// The messages of the cap's scope and holder, in order of time.
  let counted: [CountedMessage]
  /// Every zone the patient may be in.
  let zones: [Zone]
  /// The zone whose calendar says which rules are in force.
  let clinicZone: Zone
  /// The purpose and campaign of the candidate; nil for one that has neither reserve nor exemption.
  var purpose: Purpose?
  var campaign: CampaignID?
  /// Exemptions that can lift the cap or take messages out of its count.
  var exemptions: [CapExemption] = []
  /// When the versions of the cap hold, this one included.
  var versions: [Provenance] = []

  /// Whether it can hold the candidate back at any time at all.
  var isFelt: Bool { !counted.isEmpty || dependsOnDay || allowance(among: []) < 1 }

  /// The earliest instant, at or after `start` and before `end`, at which one more message keeps the cap.
  func earliest(from start: Instant, before end: Instant) -> Instant? {
    guard start < end else { return nil }
    if obstacle(at: start) == nil { return start }
    // Room appears only where a message leaves a window and where a rule begins or ends.
    return (departures + changes).filter { $0 > start && $0 < end }.sorted()
      .first { obstacle(at: $0) == nil }
  }

  /// What stands against one more message at an instant; nil when it keeps the cap.
  func obstacle(at instant: Instant) -> Obstacle? {
    if dependsOnDay {
      let day = clinicZone.date(at: instant)
      if exemptions.contains(where: { !$0.obeys && $0.covers(purpose: purpose, campaign: campaign, on: day) })
      {
        return nil
      }
      if case .ended(let last) = cap.provenance.standing(on: day),
        !versions.contains(where: { $0.standing(on: day) == .inForce })
      {
        return .ended(versions.compactMap(\.until).filter { $0 < day }.max() ?? last)
      }
    }
    if let full = fullWindow(endingAt: instant, holding: instant) { return .full(full) }
    for end in laterEnds(after: instant) {
      if let full = fullWindow(endingAt: end, holding: instant) { return .full(full) }
    }
    return nil
  }

  /// The ends of the other windows that would hold a message at an instant and may have rules of their own.
  private func laterEnds(after instant: Instant) -> [Instant] {
    switch cap.window {
    case .rolling(let span): counted.map(\.at).filter { $0 > instant && $0 < instant + span }
    case .calendarDay, .calendarWeek, .calendarMonth:
      // The window is the same one; only the day whose rules judge it can differ.
      dependsOnDay ? counted.map(\.at).filter { $0 > instant } : []
    }
  }

  /// The messages of the window that ends at `end` if it holds `instant` and has no room; nil if it has.
  private func fullWindow(endingAt end: Instant, holding instant: Instant) -> [CountedMessage]? {
    var counted = counted
    if dependsOnDay {
      let day = clinicZone.date(at: end)
      guard cap.provenance.standing(on: day) == .inForce else { return nil }
      counted.removeAll { message in
        exemptions.contains {
          !$0.counts && $0.covers(purpose: message.purpose, campaign: message.campaign, on: day)
        }
      }
    }
    if case .rolling(let span) = cap.window {
      let inside = counted.filter { $0.at <= end && $0.at + span > end }
      return inside.count >= allowance(among: inside) ? inside : nil
    }
    for zone in zones {
      let period = cap.window.period(of: zone.date(at: instant))
      guard end == instant || cap.window.period(of: zone.date(at: end)) == period else { continue }
      let inside = counted.filter { cap.window.period(of: zone.date(at: $0.at)) == period }
      if inside.count >= allowance(among: inside) { return inside }
    }
    return nil
  }

  /// How many messages a window may hold, the candidate included: fewer than the limit where some are kept
  /// for other purposes.
  private func allowance(among inside: [CountedMessage]) -> Int {
    guard let reserve = cap.reserve, let purpose, !reserve.purposes.contains(purpose) else {
      return cap.limit
    }
    let used = inside.count { $0.purpose.map(reserve.purposes.contains) ?? false }
    return cap.limit - max(0, reserve.count - used)
  }

  /// The instants at which a counted message leaves a window.
  private var departures: [Instant] {
    if case .rolling(let span) = cap.window { return counted.map { $0.at + span } }
    return zones.flatMap { zone in
      counted.flatMap { message -> [Instant] in
        guard let next = cap.window.nextPeriod(after: zone.date(at: message.at)) else { return [] }
        // Where the clocks go back over midnight, the old day comes again and ends twice.
        let midnight = CivilDateTime(date: next, time: .midnight)
        return [
          zone.startOfDay(next), zone.instant(of: midnight, gap: .firstAfter, overlap: .second),
        ]
      }
    }
  }

  /// The instants at which a version of the cap or an exemption begins or ends.
  private var changes: [Instant] {
    guard dependsOnDay else { return [] }
    return (versions + [cap.provenance] + exemptions.map(\.provenance)).flatMap { provenance in
      [provenance.from, provenance.until?.adding(days: 1)].compactMap { $0 }.map(clinicZone.startOfDay)
    }
  }

  /// Whether the answer can hang on the day and not only on what is counted.
  private var dependsOnDay: Bool {
    !exemptions.isEmpty || cap.provenance.from != nil || cap.provenance.until != nil
  }
}

extension CapHold {
  /// All caps that can hold a candidate back: those of the policy and the patient's own wish.
  static func all(for guarded: GuardCase) -> [CapHold] {
    let policy = guarded.environment.policy
    let wish = guarded.patient.preferences.maximumPerWeek
    if guarded.counted.isEmpty, guarded.environment.isFirstMessageFree, wish ?? 1 > 0 { return [] }
    let zones =
      guarded.whereabouts.zones.isEmpty ? [guarded.environment.clinicZone] : guarded.whereabouts.zones
    let purpose = guarded.candidate.campaign.purpose
    let campaign = guarded.candidate.campaign.id
    let history =
      guarded.counted.count < 2
      ? guarded.counted
      : guarded.counted.sorted { ($0.at, $0.channel?.rawValue ?? "") < ($1.at, $1.channel?.rawValue ?? "") }
    func hold(_ cap: FrequencyCap, versions: [Provenance], exemptions: [CapExemption]) -> CapHold? {
      let hold = CapHold(
        cap: cap, counted: history.filter { counts($0, cap, guarded) }, zones: zones,
        clinicZone: guarded.environment.clinicZone, purpose: purpose, campaign: campaign,
        exemptions: exemptions, versions: versions)
      return hold.isFelt ? hold : nil
    }
    var holds: [CapHold] = []
    holds.reserveCapacity(8)
    for cap in policy.caps(concerning: guarded.channel)
    where cap.covers(nil, purpose, campaign)
      && (cap.places.map { $0.contains(where: guarded.whereabouts.places.contains) } ?? true)
    {
      if let hold = hold(cap, versions: versions(of: cap, in: policy), exemptions: policy.exemptions) {
        holds.append(hold)
      }
    }
    if let wish {
      let cap = FrequencyCap(
        name: "the patient's wish: \(wish) a week", limit: wish, window: .rolling(.seconds(7 * 86_400)),
        channels: nil)
      if let wished = hold(cap, versions: [], exemptions: []) { holds.append(wished) }
    }
    return holds
  }

  /// When the versions of a cap hold: those of its name that share a channel with it.
  private static func versions(of cap: FrequencyCap, in policy: Policy) -> [Provenance] {
    guard cap.provenance.until != nil else { return [] }
    return policy.caps.filter { other in
      guard other.name == cap.name else { return false }
      guard let channels = cap.channels, let others = other.channels else { return true }
      return !channels.isDisjoint(with: others)
    }.map(\.provenance)
  }

  /// Whether a cap counts a message for the candidate; what is not known of the message counts.
  private static func counts(_ message: CountedMessage, _ cap: FrequencyCap, _ guarded: GuardCase) -> Bool {
    guard cap.covers(message.channel, message.purpose, message.campaign) else { return false }
    switch cap.each {
    case .all: break
    case .purpose:
      let purpose = guarded.candidate.campaign.purpose
      guard message.purpose ?? purpose == purpose else { return false }
    case .campaign:
      let campaign = guarded.candidate.campaign.id
      guard message.campaign ?? campaign == campaign else { return false }
    }
    // What went to an unknown number to somebody else can have gone to this one only if both have it.
    let isHere =
      message.recipient.map { $0 == guarded.contact.recipient } ?? (!message.isJoint || guarded.isShared)
    return switch cap.holder {
    case .household: true
    case .contactPoint: isHere
    case .patient: !message.isJoint || guarded.isShared && isHere
    }
  }
}
