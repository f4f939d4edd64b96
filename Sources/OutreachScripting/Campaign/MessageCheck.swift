import OutreachCore

/// Checks what a message says, apart from how it is written.
struct MessageCheck {
  let message: Message
  let written: [WrittenVariant]
  let channels: [Channel]
  let environment: ScriptEnvironment
  let list: FindingList
  let keyOffset: Int

  func run() {
    for text in written { check(text.variant, text.offset) }
    checkLanguages()
    checkSubjects()
    if message.replies.isEmpty { return }
    for text in written where served(by: text.variant).contains(.voice) {
      let (variant, place) = (text.variant, text.offset)
      // A call is answered with the keys of a telephone.
      let letters = message.replies.map(\.key).filter { !$0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
      if !letters.isEmpty, variant.body.fields.contains(.replies) {
        list.error(
          .replies, at: place,
          "a call cannot ask to press \(letters.joined(separator: ", ")); leave out {$replies}, or use digits"
        )
      }
    }
  }

  /// The channels on which a variant is said.
  private func served(by variant: Variant) -> [Channel] {
    if let channel = variant.channel { return [channel] }
    return channels.filter { channel in
      channel != .email && !message.variants.contains { $0.channel == channel }
    }
  }

  private func check(_ variant: Variant, _ place: Int) {
    let served = served(by: variant)
    if served.isEmpty {
      list.warning(.unused, at: place, "no channel of this campaign uses this text")
      return
    }
    let requirement =
      environment.day.map { environment.policy.content.inForce(on: $0) } ?? ContentRequirement()
    if let requirement {
      // Each of the texts that are chosen from must carry everything.
      for pattern in variant.body.patterns { check(pattern.fields, served, requirement, place) }
    } else {
      list.error(.policy, at: place, "no rule of the policy says today what messages must carry")
    }
    if variant.body.fields.contains(.replies), message.replies.isEmpty {
      list.error(.replies, at: place, "{$replies} shows nothing, because the message has no 'replies'")
    }
    if served.contains(.sms) { checkLength(variant, place) }
  }

  private func check(
    _ fields: Set<MessageField>, _ served: [Channel], _ requirement: ContentRequirement, _ place: Int
  ) {
    let naming = fields.contains(.neutral) ? fields.union([.clinicName, .clinicPhone]) : fields
    if !fields.contains(.optOut) {
      list.error(
        .optOut, at: place, "every text must say how to stop; add {$opt_out} (47 CFR 64.1200(a)(9)(iv)(G))")
    }
    let wanted: [(MessageField, CheckRule, Set<Channel>)] = [
      (.clinicName, .sender, requirement.sender), (.clinicPhone, .callBack, requirement.callBack),
    ]
    for (field, rule, channels) in wanted where !naming.contains(field) {
      guard let channel = served.first(where: channels.contains) else { continue }
      list.error(
        rule, at: place,
        "a message by \(channel) must name the clinic and how to reach it; add {$\(field.rawValue)} (47 CFR 64.1200(a)(9)(iv)(B))"
      )
    }
  }

  private func checkLength(_ variant: Variant, _ place: Int) {
    let limits = environment.policy.message.versions.map(\.rule.maximumCharacters)
    guard let most = limits.max() else { return }
    if let shortest = shortestLength(variant), shortest > most {
      list.error(
        .length, at: place,
        "the text has at least \(shortest) characters when it is sent; \(most) are allowed (47 CFR 64.1200(a)(9)(iv)(E))"
      )
      return
    }
    let longest = longest(variant)
    let length = longest.map(\.revealed.utf16.count).max() ?? 0
    if length > most {
      list.warning(
        .length, at: place,
        "with a name such as '\(LongestText.firstName)' the text has \(length) characters; \(most) are allowed, so it "
          + "would be refused for some")
    } else if let long = longest.map(\.encoding).first(where: \.isLong) {
      list.warning(
        .segments, at: place,
        "with long values the text takes \(long.segments) segments of \(long.alphabet == .gsm7 ? "GSM-7" : "UCS-2"); make it "
          + "shorter")
    }
  }

  /// The text with long values, at each tier that changes it.
  private func longest(_ variant: Variant) -> [RenderedMessage] {
    DisclosureTier.allCases.flatMap { tier in
      LongestText.contexts(clinic: environment.clinic, channel: .sms, tier: tier).compactMap {
        try? variant.rendered(for: $0, replies: message.replies)
      }
    }
  }

  /// The length of the text with the shortest values that patients can have.
  private func shortestLength(_ variant: Variant) -> Int? {
    // Monday 5 May 2025, 13:00: day, month and time at their shortest.
    let appointment = Appointment(
      id: ResourceID(""), status: "booked", startsAt: Instant(secondsSinceEpoch: 1_746_450_000))
    let context = MessageContext(
      clinic: environment.clinic, givenName: "A", subject: .appointment(appointment, zone: "UTC"), zone: .utc,
      channel: .sms)
    return (try? variant.rendered(for: context, replies: message.replies)).map { $0.revealed.utf16.count }
  }

  private func checkLanguages() {
    let all = Set(message.variants.map(\.language)).sorted()
    for channel in channels {
      let spoken = message.languages(on: channel)
      if spoken.isEmpty {
        list.warning(
          .language, at: keyOffset,
          "message '\(message.id)' has no text for \(channel), so it cannot go out that way")
        continue
      }
      for language in all where !spoken.contains(language) {
        list.warning(
          .language, at: keyOffset,
          "message '\(message.id)' has no '\(language)' for \(channel), though it has elsewhere")
      }
    }
  }

  private func checkSubjects() {
    let kinds = Set(message.variants.flatMap { $0.body.fields }.compactMap(\.subject))
    if kinds.count > 1 {
      list.error(
        .fact, at: keyOffset,
        "message '\(message.id)' shows values of two kinds of fact (\(kinds.map(\.rawValue).sorted().joined(separator: ", "))); "
          + "a message is about one")
    }
  }
}
