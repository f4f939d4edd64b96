/// Whether what is seen of a message could come from several programmes.
///
/// A neutral text that one programme alone uses becomes its mark: whoever knows the text knows the programme. What is
/// said only in the host's own words, such as `{$neutral}`, is covered by itself, because every programme can say it.
public enum Cover {
  /// How many programmes have to share what is seen; with fewer it marks them.
  ///
  /// Our choice.
  public static let fewest = 3

  /// What marks the restricted programmes among some campaigns: an error where nothing covers it.
  ///
  /// - Parameter campaigns: every campaign of the clinic; one that is left out covers nobody.
  public static func findings(among campaigns: [Campaign]) -> [Finding] {
    var users: [Seen: Set<CampaignID>] = [:]
    for campaign in campaigns {
      for seen in seen(of: campaign) { users[seen.key, default: []].insert(campaign.id) }
    }
    return campaigns.filter { $0.programme != nil }.sorted { $0.id < $1.id }.flatMap { campaign in
      seen(of: campaign).compactMap { seen, position -> Finding? in
        let count = users[seen]?.count ?? 0
        guard count < fewest else { return nil }
        switch seen {
        case .text(let text, let language):
          return Finding(
            .error, .cover, at: position,
            "only \(count == 1 ? "this campaign says" : "\(count) campaigns say") \"\(text)\" in '\(language)', which marks the "
              + "programme '\(campaign.programme?.rawValue ?? "")'; say {$neutral} {$opt_out}, as every programme can"
          )
        case .hours(let window):
          return Finding(
            .warning, .cover, at: campaign.position,
            "only \(count == 1 ? "this campaign sends" : "\(count) campaigns send") within \(window); leave 'send_between' out, "
              + "so that the hour marks nobody")
        }
      }
    }
  }

  /// What is seen of a message by whoever sees the phone.
  private enum Seen: Hashable {
    case text(String, language: String)
    case hours(TimeWindow)
  }

  private static func seen(of campaign: Campaign) -> [(key: Seen, position: SourcePosition)] {
    var seen: [(key: Seen, position: SourcePosition)] = []
    for message in campaign.messages.values.sorted(by: { $0.id < $1.id }) {
      for variant in message.variants {
        for pattern in variant.body.patterns where pattern.tiers.contains(.sealed) && !isHostsOwn(pattern) {
          seen.append(
            (.text(words(of: pattern, in: variant.language), language: variant.language), message.position))
        }
      }
    }
    if let window = campaign.sendBetween { seen.append((.hours(window), campaign.position)) }
    return seen
  }

  /// Whether a text is said in the host's words alone.
  private static func isHostsOwn(_ pattern: MessageTemplate.Pattern) -> Bool {
    pattern.pieces.allSatisfy { piece in
      switch piece {
      case .text(let text): text.allSatisfy { $0.isWhitespace || $0.isPunctuation }
      case .field(let field, _): field.kind == .hostWords || field.kind == .callBackNumber
      }
    }
  }

  /// The text as it is at the sealed tier, with its values named.
  private static func words(of pattern: MessageTemplate.Pattern, in language: String) -> String {
    pattern.pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .field(let field, _):
        field.tier.map { $0 > .sealed } == true ? field.facet(in: language) ?? "" : "{$\(field.rawValue)}"
      }
    }.joined()
  }
}
