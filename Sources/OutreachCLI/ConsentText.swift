import Outreach

/// A consent ledger for people: what holds now, and every word it comes from.
struct ConsentText {
  let ledger: ConsentLedger
  let standing: [ConsentStanding]
  let at: Instant
  let zone: Zone

  /// The ledger, at most 80 columns wide.
  var page: String {
    var page = Page()
    page.strong("\(ledger.patient), consent on \(LocalClock.minute(zone.civil(at: at)))")
    page.gap()
    page.title("What holds")
    if standing.isEmpty { page.line("Nothing was ever said: no message may go out.") }
    for line in summary { page.hanging("  ", line) }
    page.gap()
    let words = ConsentWords.grouped(ledger.entries) { $0.event }
    page.title("What was said: \(words.count)")
    for group in words {
      let recorded = group.first.recordedAt
      page.hanging(
        "  \(Self.day(group.event, zone: zone))  ",
        group.sentence(zone: zone) + " Recorded \(LocalClock.day(zone.date(at: recorded)))"
          + (group.event.recordedBy.map { " by \($0)" } ?? "")
          + (group.first.isSuperseded ? "; replaced by a later version." : "."))
    }
    return page.text
  }

  /// What holds, with purposes and channels of which the same is true said together.
  private var summary: [String] {
    var channels: [Purpose: [String: [Channel]]] = [:]
    for state in standing {
      channels[state.purpose, default: [:]][Self.words(state.state, zone: zone), default: []].append(
        state.channel)
    }
    var lines: [(channels: [Channel], words: String, purposes: [Purpose])] = []
    for purpose in standing.map(\.purpose).reduce(into: [Purpose](), { if $0.last != $1 { $0.append($1) } }) {
      for (words, listed) in (channels[purpose] ?? [:]).sorted(by: { $0.value[0] < $1.value[0] }) {
        if let index = lines.firstIndex(where: { $0.channels == listed && $0.words == words }) {
          lines[index].purposes.append(purpose)
        } else {
          lines.append((listed, words, [purpose]))
        }
      }
    }
    return lines.map { line in
      "\(line.purposes.map(\.rawValue).joined(separator: ", ")) by "
        + "\(line.channels.map(\.rawValue).joined(separator: ", ")): \(line.words)"
    }
  }

  /// The day on which a word was said.
  static func day(_ event: ConsentEvent, zone: Zone) -> String {
    event.at == .earliest ? "undated" : LocalClock.day(zone.date(at: event.at))
  }

  private static func words(_ state: ConsentState, zone: Zone) -> String {
    func day(_ event: ConsentEvent) -> String {
      event.at == .earliest ? "on a day that nobody recorded" : LocalClock.day(zone.date(at: event.at))
    }
    switch state {
    case .missing: return "no consent on record"
    case .insufficient(let event, _): return "agreed \(day(event)), which does not count here"
    case .outgrown: return "a parent's, ended when the patient came of age"
    case .numberRevoked(let event): return "withdrawn by whoever has the number, \(day(event))"
    case .pending(let event): return "asked \(day(event)), not confirmed yet"
    case .granted(let event): return "agreed \(day(event))"
    case .expired(let event): return "ran out; agreed \(day(event))"
    case .revoked(let event): return "withdrawn \(day(event))"
    }
  }
}
