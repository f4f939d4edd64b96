import OutreachCore

/// Checks what a message says, apart from how it is written.
struct MessageCheck {
  let message: Message
  /// Where each variant's text is written.
  let places: [Int]
  let channels: [Channel]
  let environment: ScriptEnvironment
  let list: FindingList
  let keyOffset: Int

  func run() {
    for (variant, place) in zip(message.variants, places) { check(variant, place) }
    checkLanguages()
    checkSubjects()
    if message.replies.isEmpty { return }
    for (variant, place) in zip(message.variants, places) where served(by: variant).contains(.voice) {
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
    let fields = variant.body.fields
    if served.isEmpty {
      list.warning(.unused, at: place, "no channel of this campaign uses this text")
      return
    }
    if !fields.contains(.optOut) {
      list.error(
        .optOut, at: place, "every text must say how to stop; add {$opt_out} (47 CFR 64.1200(a)(9)(iv)(G))")
    }
    if let channel = served.first(where: { $0 == .sms || $0 == .voice }) {
      for field in [MessageField.clinicName, .clinicPhone] where !fields.contains(field) {
        list.error(
          field == .clinicName ? .sender : .callBack, at: place,
          "a message by \(channel) must name the clinic and how to reach it; add {$\(field.rawValue)} (47 CFR 64.1200(a)(9)(iv)(B))"
        )
      }
    }
    if fields.contains(.replies), message.replies.isEmpty {
      list.error(.replies, at: place, "{$replies} shows nothing, because the message has no 'replies'")
    }
    let limits = environment.policy.message.versions.map(\.rule.maximumCharacters)
    if served.contains(.sms), let most = limits.max(), let shortest = shortestLength(variant) {
      if shortest > most {
        list.error(
          .length, at: place,
          "the text has at least \(shortest) characters when it is sent; \(most) are allowed (47 CFR 64.1200(a)(9)(iv)(E))"
        )
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
