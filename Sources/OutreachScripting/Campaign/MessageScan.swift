import OutreachCore

/// Looks for what the words of a message tell, as a phone shows them.
struct MessageScan {
  let campaign: CampaignID
  let message: Message
  let written: [WrittenVariant]
  let channels: [Channel]
  let environment: ScriptEnvironment
  let list: FindingList

  /// How much of a message a locked phone shows.
  private static let preview = 40

  func run() {
    checkReplies()
    for text in written {
      guard var scanner = TextScanner(language: text.variant.language, catalogue: environment.lexicons) else {
        continue
      }
      var reported: [Int: Set<CheckRule>] = [:]
      func report(_ hit: ScanHit, in shown: ShownText, _ place: TextPlace) {
        guard let range = shown.source(of: hit.range) else { return }
        if reported[range.lowerBound]?.contains(hit.rule) == true { return }
        reported[range.lowerBound, default: []].insert(hit.rule)
        add(hit, range, text.variant, place)
      }
      for pattern in text.variant.body.patterns where !isAllowedOvert(pattern) {
        let shown = ShownText(pattern, of: text.variant, environment.clinic, message.replies)
        let allowed = [environment.clinic.phone]
        let hits = scanner.hits(in: shown.text, allowing: allowed)
        for hit in hits { report(hit, in: shown, text.body) }
        // A word that is cut off by the edge of the preview can be another one.
        let start = String(shown.text.prefix(Self.preview))
        for hit in scanner.hits(in: start, allowing: allowed)
        where hit.range.upperBound == start.utf8.count
          && !hits.contains(where: { $0.range.overlaps(hit.range) })
        {
          report(hit, in: shown, text.body)
        }
        guard let subject = text.variant.subject, let place = text.subject, let first = subject.patterns.first
        else {
          continue
        }
        let line = ShownText(first, of: text.variant, environment.clinic, message.replies)
        for hit in scanner.hits(in: line.text, allowing: allowed) { report(hit, in: line, place) }
        for hit in scanner.hits(acrossBreak: line.text, shown.text) { report(hit, in: line, place) }
      }
      for (word, plainer, range) in PlainWords.found(
        in: text.variant.body.source, language: text.variant.language)
      {
        list.warning(
          .plainWords, at: text.body.offset(of: range), length: text.body.length(of: range),
          "'\(word)' has a plainer word: '\(plainer)'")
      }
    }
  }

  /// The answers that a message offers are shown in it.
  private func checkReplies() {
    for language in Set(written.map(\.variant.language)).sorted() {
      guard var scanner = TextScanner(language: language, catalogue: environment.lexicons) else { continue }
      for reply in message.replies {
        for hit in scanner.hits(in: reply.key) where hit.severity == .error {
          list.add(
            Finding(
              .error, hit.rule, at: message.position, "the answer '\(reply.key)' is shown: \(hit.sentence)"))
        }
      }
    }
  }

  /// Whether a text goes only to who asked for health itself, by a channel that the clinic clears for it.
  private func isAllowedOvert(_ pattern: MessageTemplate.Pattern) -> Bool {
    guard pattern.tiers == [.overt] else { return false }
    let rule = environment.day.map { environment.policy.disclosure.inForce(on: $0) } ?? DisclosureRule()
    return rule.map { rule in channels.contains { rule.clearance(of: $0) >= .overt } } == true
  }

  private func add(_ hit: ScanHit, _ range: Range<Int>, _ variant: Variant, _ place: TextPlace) {
    let (offset, length) = (place.offset(of: range), place.length(of: range))
    let scope = WordingOverride.Scope(
      campaign: campaign, message: message.id, text: variant.body.source, language: variant.language,
      channel: variant.channel, rule: hit.rule, word: hit.word, lexiconVersion: environment.lexicons.version)
    if hit.rule.canBeOverridden, let override = environment.overrides.first(where: { $0.scope == scope }) {
      let second = override.confirmed.map { " and \($0.by)" } ?? ""
      list.warning(
        hit.rule, at: offset, length: length,
        "'\(hit.word)' is allowed by \(override.requested.by)\(second) as number \(override.number): \(override.reason)"
      )
      return
    }
    list.add(
      hit.severity, hit.rule, at: offset, length: length, hit.sentence,
      overridable: hit.rule.canBeOverridden ? scope : nil)
  }
}

/// A text as a phone shows it, with usual values, and where its words are written.
private struct ShownText {
  private(set) var text = ""
  /// Words of the text and the bytes of the source that they come from.
  private var words: [(shown: Range<Int>, source: Range<Int>)] = []

  init(_ pattern: MessageTemplate.Pattern, of variant: Variant, _ clinic: Clinic, _ replies: [ReplyOption]) {
    for (piece, origin) in zip(pattern.pieces, pattern.origins) {
      switch piece {
      case .text(let words):
        let start = text.utf8.count
        text += words
        self.words.append((start..<text.utf8.count, origin))
      case .field(let field, _): text += Self.usual(field, clinic, variant)
      }
    }
  }

  private static func usual(_ field: MessageField, _ clinic: Clinic, _ variant: Variant) -> String {
    switch field.kind {
    case .firstName: "Ana"
    case .date: "Monday"
    case .weekday: "Monday"
    case .time: "ten"
    case .callBackNumber: clinic.phone
    // What the clinic's own names and the host's words tell is looked at where they are written.
    case .organisation, .hostWords, .telling: "…"
    case .opaqueLink: "…"
    }
  }

  /// The bytes of the source that a part of the text comes from; nil for what no word of the source has a part in.
  func source(of range: Range<Int>) -> Range<Int>? {
    let touched = words.filter { $0.shown.overlaps(range) }
    guard let first = touched.first, let last = touched.last else { return nil }
    func place(_ offset: Int, _ word: (shown: Range<Int>, source: Range<Int>), isEnd: Bool) -> Int {
      // An escape is longer in the source than in the text, and then the whole of the words is marked.
      guard word.shown.count == word.source.count else {
        return isEnd ? word.source.upperBound : word.source.lowerBound
      }
      let inside = min(max(offset, word.shown.lowerBound), word.shown.upperBound)
      return word.source.lowerBound + inside - word.shown.lowerBound
    }
    let start = place(range.lowerBound, first, isEnd: false)
    return start..<max(start + 1, place(range.upperBound, last, isEnd: true))
  }
}
