import OutreachCore

extension PolicyReader {
  /// Reads how much messages may show, and what they must carry.
  mutating func readContent() {
    let channels = Channel.all.map(\.rawValue)
    if let disclosure = dated(
      "disclosure", called: "the rule of disclosure", keys: channels + ["unasked"],
      { table in
        var rule = DisclosureRule()
        for channel in channels {
          if let tier = tier(channel, of: table) { rule.clearance[Channel(channel)] = tier }
        }
        if let tier = tier("unasked", of: table) {
          rule.unasked = min(tier, .generic)
          if tier > .generic {
            table.list.error(
              .policy, at: table.valueOffset("unasked"),
              "'unasked' is \"sealed\" or \"generic\": more than that takes the patient's own word")
          }
        }
        return rule
      })
    {
      policy.disclosure = disclosure
    }
    if let content = dated(
      "content", called: "the rule of content", keys: ["sender", "call_back", "grade", "grade_warning"],
      { table in
        var content = ContentRequirement()
        if let named = self.channels("sender", of: table) { content.sender = named }
        if let named = self.channels("call_back", of: table) { content.callBack = named }
        if let grade = table.wholeNumber("grade", in: 3...12) { content.maximumGrade = grade }
        if let grade = table.wholeNumber("grade_warning", in: 3...12) { content.warnedGrade = grade }
        if content.warnedGrade > content.maximumGrade {
          table.list.error(
            at: table.valueOffset("grade_warning"),
            "'grade_warning' is \(content.warnedGrade), above 'grade', \(content.maximumGrade)")
        }
        return content
      })
    {
      policy.content = content
    }
  }

  private func tier(_ key: String, of table: TableReader) -> DisclosureTier? {
    table.choice(key, among: DisclosureTier.allCases.map(\.name), called: "tier").flatMap(
      DisclosureTier.init(named:))
  }

  /// The channels that a key names; nil when it is absent or no list.
  private func channels(_ key: String, of table: TableReader) -> Set<Channel>? {
    table.choices(key, among: Channel.all.map(\.rawValue), called: "channel").map {
      Set($0.map { Channel($0.text) })
    }
  }
}
