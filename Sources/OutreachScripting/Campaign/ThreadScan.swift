import OutreachCore

/// Looks for what only shows when two messages of a campaign lie one under the other on a phone.
struct ThreadScan {
  let messages: [MessageID: Message]
  let environment: ScriptEnvironment
  let list: FindingList

  func run() {
    let ordered = messages.values.sorted { $0.id < $1.id }
    for language in Set(ordered.flatMap { $0.variants.map(\.language) }).sorted() {
      guard var scanner = TextScanner(language: language, catalogue: environment.lexicons) else { continue }
      let spoken = ordered.compactMap { message in
        message.variant(language: language, channel: .sms).map { (message, Self.edges(of: $0.body)) }
      }
      for (first, before) in spoken {
        for (second, after) in spoken {
          for hit in before.flatMap({ end in after.flatMap { scanner.hits(acrossBreak: end.last, $0.first) } }
          ) {
            list.add(
              Finding(
                hit.severity, hit.rule, at: second.position,
                "below message '\(first.id)' its words read on: \(hit.sentence)"))
          }
        }
      }
    }
  }

  /// The words at the beginning and the end of each of a text's patterns.
  private static func edges(of template: MessageTemplate) -> [(first: String, last: String)] {
    template.patterns.map { pattern in
      func words(_ piece: MessageTemplate.Piece?) -> String {
        if case .text(let text)? = piece { text } else { "" }
      }
      return (words(pattern.pieces.first), words(pattern.pieces.last))
    }
  }
}
