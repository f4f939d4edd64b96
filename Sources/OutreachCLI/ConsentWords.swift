import Outreach

/// Words about consent that say the same of several purposes, channels or numbers, said together.
struct ConsentWords<Entry> {
  /// The first of the entries.
  let first: Entry
  /// Its event.
  let event: ConsentEvent
  private var pairs: [(purpose: Purpose?, channel: Channel?)] = []
  private var numbers: [PhoneNumber] = []

  /// The entries in their order, those together that differ in nothing but purpose, channel and number.
  static func grouped(_ entries: [Entry], _ event: (Entry) -> ConsentEvent) -> [ConsentWords] {
    var groups: [ConsentWords] = []
    for entry in entries {
      let said = event(entry)
      let index = groups.firstIndex { same($0.event) == same(said) } ?? groups.endIndex
      if index == groups.endIndex { groups.append(ConsentWords(first: entry, event: said)) }
      if !groups[index].pairs.contains(where: { $0 == (said.purpose, said.channel) }) {
        groups[index].pairs.append((said.purpose, said.channel))
      }
      if let number = said.number, !groups[index].numbers.contains(number) {
        groups[index].numbers.append(number)
      }
    }
    return groups
  }

  private init(first: Entry, event: ConsentEvent) {
    self.first = first
    self.event = event
  }

  private static func same(_ event: ConsentEvent) -> ConsentEvent {
    var event = event
    event.purpose = nil
    event.channel = nil
    event.number = nil
    // What is entered by hand has an identifier for each entry.
    if event.evidence.rawValue.hasPrefix("Ledger/") { event.evidence = ResourceID("Ledger/") }
    return event
  }

  /// What was said, in a sentence without its day.
  func sentence(zone: Zone) -> String {
    let who =
      event.grantor.map { "The patient's \($0)" }
      ?? (event.source == .staff ? "The staff" : event.source == .record ? "Somebody" : "The patient")
    let verb =
      switch event.kind {
      case .granted: "agreed to"
      case .revoked: event.isScopeStated ? "withdrew from" : "said to stop, at"
      case .pending: "was asked to confirm"
      case .expired: "ended"
      case .transferred: "moved to another number"
      }
    var text = "\(who) \(verb) \(scope)"
    if let sender = event.sender { text += " from \(sender)" }
    if !numbers.isEmpty {
      text += ", number\(numbers.count == 1 ? "" : "s") \(numbers.map { "\($0)" }.joined(separator: ", "))"
    }
    if let method = event.method { text += ", \(Self.words(for: method))" }
    if let wording = event.wording {
      text += ", \(wording)" + (event.wordingLanguage.map { " (\($0))" } ?? "")
    }
    if let reference = event.reference { text += ", evidence \(reference)" }
    if let end = event.expiresAt { text += ", until \(LocalClock.day(zone.date(at: end)))" }
    return text + "."
  }

  private static func words(for method: ConsentEvent.Method) -> String {
    switch method {
    case .paper: "on paper"
    case .web: "on the web"
    case .reply: "by reply"
    case .phone: "by phone"
    case .inPerson: "in person"
    case .record: "from a record"
    }
  }

  /// The purposes and channels: purposes that share their channels together.
  private var scope: String {
    var parts: [(channels: [Channel?], purposes: [Purpose?])] = []
    for purpose in pairs.map(\.purpose).reduce(into: [Purpose?](), { if !$0.contains($1) { $0.append($1) } })
    {
      let channels = pairs.filter { $0.purpose == purpose }.map(\.channel)
      if let index = parts.firstIndex(where: { $0.channels == channels }) {
        parts[index].purposes.append(purpose)
      } else {
        parts.append((channels, [purpose]))
      }
    }
    return parts.map { part in
      part.purposes.map { $0?.rawValue ?? "every purpose" }.joined(separator: ", ") + " by "
        + part.channels.map { $0?.rawValue ?? "every channel" }.joined(separator: ", ")
    }.joined(separator: "; ")
  }
}
