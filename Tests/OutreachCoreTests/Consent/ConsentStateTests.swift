import OutreachCore
import Testing

@Suite struct ConsentStateTests {
  private static let start = at("2026-01-01T00:00:00Z")

  private func event(
    _ kind: ConsentEvent.Kind, _ hours: Int, purpose: Purpose? = nil, channel: Channel? = nil,
    until end: Int? = nil,
    evidence: String = "Consent/1"
  ) -> ConsentEvent {
    ConsentEvent(
      evidence: ResourceID(evidence), kind: kind, purpose: purpose, channel: channel,
      at: Self.start + .hours(hours), expiresAt: end.map { Self.start + .hours($0) })
  }

  private func state(_ events: [ConsentEvent], _ hours: Int = 100) -> ConsentState {
    ConsentState(of: events, for: question(hours))
  }

  private func question(_ hours: Int, channel: Channel = .sms) -> ConsentQuestion {
    ConsentQuestion(
      purpose: .prescription, channel: channel, sender: "main", policy: Policy(), zone: .utc,
      now: Self.start + .hours(hours))
  }

  @Test func `nothing said is no consent`() {
    #expect(state([]) == .missing)
  }

  @Test func `the latest word wins, either way`() {
    let grant = event(.granted, 1)
    let revocation = event(.revoked, 2)
    #expect(state([grant]) == .granted(grant))
    #expect(state([grant, revocation]) == .revoked(revocation))
    let again = event(.granted, 3)
    #expect(state([grant, revocation, again]) == .granted(again))
  }

  @Test func `among words of one instant the revocation wins, in either order`() {
    let grant = event(.granted, 1)
    let revocation = event(.revoked, 1)
    #expect(state([grant, revocation]) == .revoked(revocation))
    #expect(state([revocation, grant]) == .revoked(revocation))
  }

  @Test
  func `a revocation that nobody dated outlasts every grant, and a grant that nobody dated yields to it`() {
    var undated = event(.revoked, 0)
    undated.at = .earliest
    let grant = event(.granted, 50)
    #expect(state([undated, grant]) == .revoked(undated))
    #expect(state([grant, undated]) == .revoked(undated))
    undated.kind = .granted
    let revocation = event(.revoked, 1)
    #expect(state([undated, revocation]) == .revoked(revocation))
  }

  @Test func `a word speaks of its purpose and channel, and of all where it names none`() {
    let grant = event(.granted, 1)
    for revocation in [
      event(.revoked, 2), event(.revoked, 2, purpose: .prescription), event(.revoked, 2, channel: .sms),
      event(.revoked, 2, purpose: .prescription, channel: .sms),
    ] { #expect(state([grant, revocation]) == .revoked(revocation)) }
    for other in [
      event(.revoked, 2, purpose: .appointment), event(.revoked, 2, channel: .email),
      event(.revoked, 2, purpose: .prescription, channel: .voice),
      event(.revoked, 2, purpose: .wellness, channel: .sms),
    ] { #expect(state([grant, other]) == .granted(grant)) }
    #expect(
      state([event(.granted, 1, purpose: .appointment), event(.granted, 1, channel: .voice)]) == .missing)
  }

  @Test func `a grant for one channel after a revocation of all gives back that channel only`() {
    let events = [event(.granted, 1), event(.revoked, 2), event(.granted, 3, channel: .sms)]
    #expect(state(events) == .granted(events[2]))
    let voice = ConsentState(of: events, for: question(100, channel: .voice))
    #expect(voice == .revoked(events[1]))
  }

  @Test func `a grant holds up to its end and not at it`() {
    let grant = event(.granted, 1, until: 10)
    #expect(state([grant], 9) == .granted(grant))
    #expect(state([grant], 10) == .expired(grant))
    #expect(state([grant], 11) == .expired(grant))
  }

  @Test func `a grant that has run out does not bring back an older one`() {
    let older = event(.granted, 1)
    let newer = event(.granted, 2, until: 10)
    #expect(state([older, newer]) == .expired(newer))
  }

  @Test func `of two grants of one instant the longer holds`() {
    let short = event(.granted, 1, until: 10)
    let long = event(.granted, 1, until: 20)
    let endless = event(.granted, 1)
    #expect(state([short, long], 15) == .granted(long))
    #expect(state([long, short], 15) == .granted(long))
    #expect(state([endless, long], 25) == .granted(endless))
    #expect(state([long, endless], 25) == .granted(endless))
  }

  @Test func `a revocation does not end by itself`() {
    let revocation = event(.revoked, 1, until: 2)
    #expect(state([event(.granted, 0), revocation]) == .revoked(revocation))
  }

  @Test
  func `a grant dated later than now is not heard yet, and a revocation when it is a day ahead at most`() {
    let grant = event(.granted, 1)
    #expect(state([grant, event(.revoked, 124)], 100) == .revoked(event(.revoked, 124)))
    #expect(state([grant, event(.revoked, 125)], 100) == .granted(grant))
    let both = [grant, event(.revoked, 101), event(.granted, 102)]
    #expect(state(both, 100) == .revoked(event(.revoked, 101)))
    #expect(state(both, 102) == .granted(event(.granted, 102)))
    #expect(state([event(.granted, 101)], 100) == .missing)
    #expect(state([event(.granted, 100)], 100) == .granted(event(.granted, 100)))
  }

  @Test func `a record merged into another brings its revocation along`() {
    let own = event(.granted, 5, evidence: "Consent/own")
    let merged = event(.revoked, 7, evidence: "Consent/merged")
    #expect(state([own] + [merged]) == .revoked(merged))
    let older = event(.revoked, 3, evidence: "Consent/merged")
    #expect(state([older, own]) == .granted(own))
  }

  @Test func `the fold does not depend on the order, and agrees with a slow reading of the rule`() {
    for seed in SeededDice.seeds(3_000) {
      var dice = SeededDice(seed)
      var events = (0..<dice.int(0...7)).map { index in
        event(
          dice.chance(60) ? .granted : .revoked, dice.int(0...6),
          purpose: dice.pick([nil, .prescription, .appointment]), channel: dice.pick([nil, .sms, .voice]),
          until: dice.chance(30) ? dice.int(4...12) : nil, evidence: "Consent/\(index)")
      }
      let now = dice.int(0...12)
      let first = state(events, now)
      events.shuffle(using: &dice)
      #expect(Self.kind(state(events, now)) == Self.kind(first), "seed \(seed)")
      #expect(Self.kind(first) == slow(events, now), "seed \(seed)")
    }
  }

  private static func kind(_ state: ConsentState) -> String {
    switch state {
    case .missing: "missing"
    case .granted: "granted"
    case .expired: "expired"
    case .revoked: "revoked"
    default: "\(state)"
    }
  }

  private func slow(_ events: [ConsentEvent], _ hours: Int) -> String {
    let now = Self.start + .hours(hours)
    let heard = events.filter {
      [nil, .prescription].contains($0.purpose) && [nil, .sms].contains($0.channel)
        && $0.at <= ($0.kind == .revoked ? now + .days(1) : now)
    }
    let latest = heard.filter { event in heard.allSatisfy { $0.at <= event.at } }
    if latest.isEmpty { return "missing" }
    if latest.contains(where: { $0.kind == .revoked }) { return "revoked" }
    return latest.contains { $0.expiresAt.map { $0 > now } ?? true } ? "granted" : "expired"
  }
}
