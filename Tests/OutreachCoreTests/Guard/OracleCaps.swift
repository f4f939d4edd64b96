import OutreachCore

/// A message as the oracle counts it; nil is unknown.
struct OracleMessage {
  var at: Instant
  var channel: Channel?
  var purpose: Purpose?
  var campaign: CampaignID?
  var recipient: Recipient?
  var isJoint = false
}

/// The caps of a policy as the oracle reads them: the data of the rules, and a reading of its own.
struct OracleCaps {
  var policy: Policy
  var wish: Int?
  var zones: [Zone]
  var clinicZone: Zone
  /// Whether somebody else has the candidate's number too.
  var isShared = false

  /// What went to a patient and to those who share a number, by a case's records.
  static func messages(of made: GuardCaseBuilder) -> [OracleMessage] {
    let left: Set<PastContact.Status> = [.sent, .delivered, .undelivered, .inDoubt]
    return made.facts.contacts.filter { left.contains($0.status) }.map {
      OracleMessage(
        at: $0.at, channel: $0.channel, purpose: $0.purpose, campaign: $0.key?.campaign,
        recipient: $0.number.map(Recipient.phone))
    }
      + made.jointMessages.map {
        OracleMessage(
          at: $0.at, channel: $0.channel, purpose: $0.purpose, campaign: $0.campaign, recipient: $0.recipient,
          isJoint: true)
      }
  }

  /// Whether a message at its instant breaks no cap, by counting every span that would hold it.
  func holds(_ candidate: OracleMessage, among messages: [OracleMessage]) -> Bool {
    let today = clinicZone.civil(at: candidate.at).date
    var caps = policy.caps
    let isKnown = caps.contains { cap in
      if let channels = cap.channels { return candidate.channel.map(channels.contains) ?? true }
      return cap.purposes == nil && cap.campaigns == nil && cap.places == nil
    }
    if !isKnown {
      // A channel that no cap speaks of has each of them to itself.
      for index in caps.indices where caps[index].channels != nil {
        caps[index].channels = candidate.channel.map { [$0] }
      }
    }
    for cap in caps where isInScope(candidate, cap) {
      if policy.exemptions.contains(where: { !$0.obeys && isExempt(candidate, $0, on: today) }) { continue }
      if let last = cap.provenance.until, last < today {
        let hasSuccessor = policy.caps.contains { other in
          other.name == cap.name && isInForce(other.provenance, today)
            && (cap.channels == nil || other.channels == nil
              || Channel.all.contains {
                cap.channels?.contains($0) == true && other.channels?.contains($0) == true
              })
        }
        if !hasSuccessor { return false }
      }
      let counted = messages.filter { counts($0, cap, candidate) }
      for end in [candidate] + counted.filter({ $0.at > candidate.at }) {
        let day = clinicZone.civil(at: end.at).date
        guard isInForce(cap.provenance, day) else { continue }
        let taken = counted.filter { message in
          !policy.exemptions.contains { !$0.counts && isExempt(message, $0, on: day) }
        }
        if !fits(candidate, end.at, taken, cap) { return false }
      }
    }
    guard let wish else { return true }
    let own = messages.filter {
      !$0.isJoint || isShared && ($0.recipient.map { $0 == candidate.recipient } ?? true)
    }
    let week = FrequencyCap(name: "wish", limit: wish, window: .rolling(.days(7)), channels: nil)
    return ([candidate] + own.filter { $0.at > candidate.at }).allSatisfy {
      fits(candidate, $0.at, own, week)
    }
  }

  private func fits(
    _ candidate: OracleMessage, _ end: Instant, _ others: [OracleMessage], _ cap: FrequencyCap
  )
    -> Bool
  {
    func isWithin(_ inside: [OracleMessage]) -> Bool {
      var limit = cap.limit
      if let reserve = cap.reserve, let purpose = candidate.purpose, !reserve.purposes.contains(purpose) {
        let used = inside.filter { $0.purpose != nil && reserve.purposes.contains($0.purpose ?? .wellness) }
          .count
        if used < reserve.count { limit -= reserve.count - used }
      }
      return inside.count + 1 <= limit
    }
    if case .rolling(let span) = cap.window {
      let begin = end - span
      guard candidate.at > begin else { return true }
      return isWithin(others.filter { $0.at > begin && $0.at <= end })
    }
    return zones.allSatisfy { zone in
      let own = label(candidate.at, zone, cap.window)
      guard label(end, zone, cap.window) == own else { return true }
      return isWithin(others.filter { label($0.at, zone, cap.window) == own })
    }
  }

  /// A number that is the same for two instants exactly when they are in one day, week or month of the zone.
  private func label(_ instant: Instant, _ zone: Zone, _ window: FrequencyCap.Window) -> Int {
    let date = zone.civil(at: instant).date
    switch window {
    case .rolling: return 0
    case .calendarDay: return date.year * 10_000 + date.month * 100 + date.day
    case .calendarMonth: return date.year * 100 + date.month
    case .calendarWeek:
      var monday = date
      while monday.weekday != .monday { monday = monday.adding(days: -1) }
      return monday.year * 10_000 + monday.month * 100 + monday.day
    }
  }

  private func isInForce(_ provenance: Provenance, _ day: CivilDate) -> Bool {
    (provenance.from ?? .earliest) <= day && day <= (provenance.until ?? .latest)
  }

  private func isExempt(_ message: OracleMessage, _ exemption: CapExemption, on day: CivilDate) -> Bool {
    guard isInForce(exemption.provenance, day) else { return false }
    if let purposes = exemption.purposes {
      guard let purpose = message.purpose, purposes.contains(purpose) else { return false }
    }
    if let campaigns = exemption.campaigns {
      guard let campaign = message.campaign, campaigns.contains(campaign) else { return false }
    }
    return true
  }

  private func isInScope(_ message: OracleMessage, _ cap: FrequencyCap) -> Bool {
    if let channels = cap.channels, let channel = message.channel, !channels.contains(channel) {
      return false
    }
    if let purposes = cap.purposes, let purpose = message.purpose, !purposes.contains(purpose) {
      return false
    }
    if let all = cap.campaigns, let campaign = message.campaign, !all.contains(campaign) { return false }
    return true
  }

  private func counts(_ message: OracleMessage, _ cap: FrequencyCap, _ candidate: OracleMessage) -> Bool {
    guard isInScope(message, cap) else { return false }
    if cap.each == .purpose, let purpose = message.purpose, purpose != candidate.purpose { return false }
    if cap.each == .campaign, let campaign = message.campaign, campaign != candidate.campaign { return false }
    if cap.holder == .household { return true }
    let isElsewhere = message.recipient != nil && message.recipient != candidate.recipient
    if message.isJoint {
      return isShared && !isElsewhere
        || cap.holder == .contactPoint && message.recipient != nil && !isElsewhere
    }
    return cap.holder == .patient || !isElsewhere
  }
}

/// A catalogue in which the names that a patient's record gives stand for zones of the test's choice.
struct RenamedZones: ZoneSource {
  var files: [String: String]

  func tzif(named name: String) -> [UInt8]? { files[name].flatMap(InstalledZones().tzif) }
}

/// Caps and what they count, of every kind.
enum RandomCaps {
  static let purposes: [Purpose] = [.prescription, .appointment, .wellness]

  static func cap(_ dice: inout SeededDice, around day: CivilDate) -> FrequencyCap {
    let window: FrequencyCap.Window = dice.pick([
      .calendarDay, .calendarDay, .calendarWeek, .calendarMonth, .rolling(.minutes(60)), .rolling(.hours(24)),
      .rolling(.minutes(2_160)), .rolling(.days(7)),
    ])
    var cap = FrequencyCap(
      name: dice.pick(["one", "two"]), limit: dice.pick([1, 1, 1, 2, 2, 3]), window: window,
      channels: dice.pick([nil, [.sms], [.sms, .voice], [.sms, .email], [.voice]]))
    if dice.chance(3) { cap.limit = 0 }
    if dice.chance(25) { cap.purposes = Set(purposes.filter { _ in dice.chance(50) }) }
    if dice.chance(20) {
      cap.campaigns = Set((0...2).filter { _ in dice.chance(60) }.map { CampaignID("c\($0)") })
    }
    cap.each = dice.pick([.all, .all, .all, .purpose, .campaign])
    cap.holder = dice.pick([.patient, .patient, .contactPoint, .household])
    if dice.chance(25) { cap.reserve = .init(dice.int(1...2), for: [dice.pick(purposes)]) }
    if dice.chance(30) { cap.provenance = dates(&dice, around: day) }
    return cap
  }

  static func exemption(_ dice: inout SeededDice, around day: CivilDate) -> CapExemption {
    CapExemption(
      purposes: dice.chance(60) ? [dice.pick(purposes)] : nil,
      campaigns: dice.chance(40) ? [CampaignID("c\(dice.int(0...2))")] : nil, obeys: dice.chance(50),
      counts: dice.chance(50), provenance: dice.chance(50) ? dates(&dice, around: day) : Provenance())
  }

  private static func dates(_ dice: inout SeededDice, around day: CivilDate) -> Provenance {
    var provenance = Provenance()
    if dice.chance(60) { provenance.from = day.adding(days: dice.int(-10...10)) }
    if dice.chance(60) { provenance.until = (provenance.from ?? day).adding(days: dice.int(0...12)) }
    return provenance
  }
}
