import OutreachCore
import Testing

/// What must never happen, over patients and campaigns of every kind.
@Suite struct GuardInvariantTests {
  private static let loops = 1_000

  private func forEachCase(_ body: (Int, GuardCaseBuilder, [Decision]) -> Void) {
    var reasons: Set<Reason> = []
    var sends = 0
    let seeds = SeededDice.seeds(Self.loops)
    for seed in seeds {
      var dice = SeededDice(seed)
      let made = RandomGuardCase.make(&dice)
      let decisions = made.decisions()
      sends += decisions.count { $0.sendAt != nil }
      for decision in decisions { if let reason = decision.reason { reasons.insert(reason) } }
      body(seed, made, decisions)
    }
    if seeds.count >= Self.loops {
      #expect(sends > seeds.count / 20, "too few of the cases send anything to prove much")
      #expect(reasons.count >= 20, "the cases are too much alike: \(reasons)")
    }
  }

  @Test func `nothing goes out at an hour closed in any zone the patient may be in`() {
    forEachCase { seed, made, decisions in
      for decision in decisions {
        guard let instant = decision.sendAt else { continue }
        #expect(!decision.zones.isEmpty, "seed \(seed)")
        let between = made.candidates.first { $0.campaign.id == decision.campaign }?.campaign.sendBetween
        for zone in decision.zones.map(InstalledZones.zone) {
          let local = zone.civil(at: instant)
          #expect((9 * 60..<20 * 60).contains(local.time.hour * 60 + local.time.minute), "seed \(seed)")
          #expect((local.date.daysSinceEpoch + 4) % 7 != 0, "seed \(seed): a Sunday")
          #expect(!MinuteOracle.holidays.contains(local.date.description), "seed \(seed)")
          #expect(between?.contains(local.time) ?? true, "seed \(seed)")
        }
      }
    }
  }

  @Test func `the zones of what goes out hold those of the statement, the address and the number`() {
    forEachCase { seed, made, decisions in
      for decision in decisions where decision.sendAt != nil {
        let zones = Set(decision.zones)
        if let stated = made.identity.timeZone { #expect(zones.contains(stated), "seed \(seed)") }
        for address in made.identity.addresses where (address.country ?? "US") == "US" {
          let known = address.state.flatMap { StateZones.zones(state: $0, postalCode: address.postalCode) }
          #expect(known.map(zones.isSuperset) ?? (made.identity.timeZone != nil), "seed \(seed)")
        }
        if case .phone(let number)? = decision.recipient {
          #expect(zones.isSuperset(of: NumberZones.zones(for: number)), "seed \(seed)")
        }
      }
    }
  }

  @Test func `no cap is broken by what goes out now and later together`() {
    forEachCase { seed, made, decisions in
      let past = OracleCaps.messages(of: made)
      var planned: [OracleMessage] = []
      for decision in decisions {
        guard let instant = decision.sendAt else { continue }
        let message = OracleMessage(
          at: instant, channel: decision.channel,
          purpose: made.candidates.first { $0.campaign.id == decision.campaign }?.campaign.purpose,
          campaign: decision.campaign, recipient: decision.recipient)
        let caps = OracleCaps(
          policy: made.policy, wish: made.preferences.maximumPerWeek,
          zones: decision.zones.map(InstalledZones.zone),
          clinicZone: InstalledZones.zone(made.clinic.timeZone), isShared: Self.isShared(decision, made))
        #expect(caps.holds(message, among: past + planned), "seed \(seed): \(decision.campaign)")
        planned.append(message)
      }
    }
  }

  private static func isShared(_ decision: Decision, _ made: GuardCaseBuilder) -> Bool {
    if case .phone(let number)? = decision.recipient { made.sharedNumbers.contains(number) } else { false }
  }

  @Test func `no text goes to a number twice within two days`() {
    forEachCase { seed, made, decisions in
      var said = made.facts.contacts.filter { $0.countsTowardCaps && $0.text != nil }.map {
        (at: $0.at, text: $0.text, to: $0.number.map(Recipient.phone))
      }
      said += made.jointMessages.filter { $0.text != nil }.map {
        (at: $0.at, text: $0.text, to: $0.recipient)
      }
      for decision in decisions {
        guard let instant = decision.sendAt, let text = decision.text else { continue }
        let fingerprint = TextFingerprint(of: text.revealed)
        for other in said where other.to != nil && other.to == decision.recipient && other.text == fingerprint
        {
          let gap = other.at < instant ? instant - other.at : other.at - instant
          #expect(gap >= .days(2), "seed \(seed): \(decision.campaign)")
        }
        said.append((at: instant, text: fingerprint, to: decision.recipient))
      }
    }
  }

  @Test func `whoever gets a message has agreed to it at that time`() {
    forEachCase { seed, made, decisions in
      for decision in decisions {
        guard let instant = decision.sendAt, let channel = decision.channel else { continue }
        let purpose = made.candidates.first { $0.campaign.id == decision.campaign }?.campaign.purpose
        let said = made.consents.filter {
          $0.at <= instant && ($0.purpose == nil || $0.purpose == purpose)
            && ($0.channel == nil || $0.channel == channel)
        }
        let last = said.map(\.at).max()
        let latest = said.filter { $0.at == last }
        #expect(!latest.isEmpty && latest.allSatisfy { $0.kind == .granted }, "seed \(seed)")
        #expect(latest.contains { $0.expiresAt.map { $0 > instant } ?? true }, "seed \(seed)")
      }
    }
  }

  @Test func `nothing goes to a number that is shared, invalid, at work, at home by text or out of use`() {
    forEachCase { seed, made, decisions in
      for decision in decisions where decision.sendAt != nil {
        switch decision.recipient {
        case .phone(let number):
          #expect(!made.sharedNumbers.contains(number), "seed \(seed)")
          let today = InstalledZones.zone("America/Chicago").date(at: made.now)
          let points = made.identity.contactPoints.filter { point in
            guard let reading = point.phone, reading.number == number, reading.isValid, reading.fault == nil
            else {
              return false
            }
            let isRightKind = decision.channel == .voice ? reading.canReceiveVoice : reading.canReceiveText
            let isOwn = point.use != .work && point.use != .old
            let isTextable = decision.channel == .voice || point.use != .home || point.system == .sms
            return isRightKind && isOwn && isTextable && [.phone, .sms].contains(point.system)
              && (point.startsOn ?? today) <= today && (point.endsOn ?? today) >= today
          }
          #expect(!points.isEmpty, "seed \(seed)")
        case .address(let address):
          #expect(decision.channel == .email && address == "a@example.com", "seed \(seed)")
        case nil: Issue.record("seed \(seed): a message to nowhere")
        }
      }
    }
  }

  @Test
  func `nothing goes to the dead, the inactive, tests, old records, or on old facts and refused purposes`() {
    forEachCase { seed, made, decisions in
      for decision in decisions where decision.sendAt != nil {
        #expect(!made.facts.isDeceased && made.facts.isActive && !made.facts.isTest, "seed \(seed)")
        #expect(made.standing == .current, "seed \(seed)")
        #expect(made.factsAsOf.map { made.now - $0 <= .days(3) } ?? false, "seed \(seed)")
        let candidate = made.candidates.first { $0.campaign.id == decision.campaign }
        #expect(candidate?.campaign.purpose != Purpose("survey"), "seed \(seed)")
        if case .needed(let approved) = made.approval {
          #expect(approved.contains(candidate?.campaign.contentHash ?? ""), "seed \(seed)")
        }
        #expect(
          decision.text != nil && (decision.channel != .sms || decision.text?.revealed.count ?? 0 <= 160))
        #expect(
          !made.facts.contacts.contains { $0.key?.campaign == decision.campaign && !$0.isInbound },
          "seed \(seed)")
        let ends = candidate?.intent.expires ?? .latest
        #expect(decision.sendAt.map { $0 >= made.now && $0 < ends } ?? false, "seed \(seed)")
      }
    }
  }

  @Test func `the same question has the same answer, in whatever order the candidates come`() {
    forEachCase { seed, made, decisions in
      var dice = SeededDice(seed &+ 77)
      #expect(made.decisions() == decisions, "seed \(seed)")
      var shuffled = made
      shuffled.candidates.shuffle(using: &dice)
      #expect(shuffled.decisions() == decisions, "seed \(seed)")
      shuffled.facts.contacts.shuffle(using: &dice)
      shuffled.consents.shuffle(using: &dice)
      #expect(shuffled.decisions().map(\.sendAt) == decisions.map(\.sendAt), "seed \(seed)")
      #expect(shuffled.decisions().map(\.reason) == decisions.map(\.reason), "seed \(seed)")
    }
  }

  @Test func `what is put off is sent when its time comes, on the same facts`() {
    forEachCase { seed, made, decisions in
      guard decisions.count == 1, let first = decisions.first, first.verdict == .defer,
        let instant = first.sendAt
      else { return }
      // Nobody has answered an open message meanwhile, so that it still holds everything back.
      guard !made.facts.contacts.contains(where: { $0.status == .inboundOpen }) else { return }
      var later = made
      later.now = instant
      later.factsAsOf = instant
      // A message that came in with a time that was still to come is a new one by then.
      guard !made.facts.contacts.contains(where: { $0.isInbound && $0.at > made.now }) else { return }
      let then = later.decisions()
      #expect(then.map(\.verdict) == [.send], "seed \(seed): \(String(describing: then.first?.reason))")
    }
  }
}
