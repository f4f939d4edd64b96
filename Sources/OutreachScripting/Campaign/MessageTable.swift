import Lua
import OutreachCore

/// Reads one message of a campaign: its texts by language and channel, and its replies.
struct MessageTable {
  let table: TableReader
  let id: MessageID
  let channels: [Channel]
  let environment: ScriptEnvironment
  let keyOffset: Int

  /// The message, nil when it has no text that can be used.
  func read() -> Message? {
    table.checkNoList()
    var variants: [Variant] = []
    var places: [Int] = []
    func add(_ variant: Variant?, at offset: Int) {
      guard let variant else { return }
      variants.append(variant)
      places.append(offset)
    }
    let known = environment.channels.map(\.rawValue)
    let own = Set(known.filter(table.has).map { Channel($0) })
    let common = channels.filter { $0 != .email && !own.contains($0) }
    for (key, _) in table.named where key != "replies" {
      if known.contains(key) {
        readChannel(Channel(key)).forEach { add($0.variant, at: $0.offset) }
      } else if LanguageTag.isWellFormed(key) {
        add(readText(key, of: table, channel: nil, shownOn: common), at: table.valueOffset(key))
      } else {
        let hint = Suggestion.sentence(for: key, among: known + Wording.languages + ["replies"])
        table.list.error(
          .key, at: table.keyOffset(key),
          "\(table.what) has no field '\(key)'\(hint); write a language, a channel or 'replies'")
      }
    }
    let message = Message(
      id: id, variants: variants, replies: ReplyTable(table: table, environment: environment).read(),
      position: table.list.map.position(keyOffset))
    if variants.isEmpty {
      if !table.list.hasErrors {
        table.list.error(at: table.offset, "\(table.what) has no text; write en = \"…\"")
      }
      return nil
    }
    MessageCheck(
      message: message, places: places, channels: channels, environment: environment, list: table.list,
      keyOffset: keyOffset
    ).run()
    return message
  }

  private func readChannel(_ channel: Channel) -> [(variant: Variant, offset: Int)] {
    let key = channel.rawValue
    guard channels.contains(channel) else {
      table.list.error(
        .name, at: table.keyOffset(key),
        "this campaign has no channel '\(channel)'; add it to 'channels' or leave the text out")
      return []
    }
    guard let texts = table.table(key, called: "'\(key)' of \(table.what)") else { return [] }
    texts.checkNoList()
    return texts.named.compactMap { language, _ in
      guard LanguageTag.isWellFormed(language) else {
        texts.list.error(
          at: texts.keyOffset(language), "'\(language)' is no language; write one such as \"en\" or \"es\"")
        return nil
      }
      let variant =
        channel == .email
        ? readEmail(language, of: texts) : readText(language, of: texts, channel: channel, shownOn: [channel])
      return variant.map { ($0, texts.valueOffset(language)) }
    }
  }

  private func readEmail(_ language: String, of texts: TableReader) -> Variant? {
    guard isSpoken(language, of: texts) else { return nil }
    guard case .table? = texts.table[language] else {
      texts.list.error(
        at: texts.valueOffset(language),
        "an e-mail has a subject and a body; write { subject = \"…\", body = \"…\" }")
      return nil
    }
    guard let email = texts.table(language, called: "e-mail '\(language)' of \(table.what)") else {
      return nil
    }
    email.checkKeys(["subject", "body"])
    let subject = template("subject", of: email, shownOn: [.email], example: "\"A note from {$clinic.name}\"")
    if let subject, let field = subject.fields.first(where: \.isAboutPatient) {
      // A subject is shown in lists and on lock screens, and to whoever handles the mail on its way.
      email.list.error(
        .subject, at: email.valueOffset("subject"),
        "'{$\(field.rawValue)}' cannot stand in a subject, which others may read; move it to the body")
    }
    let body = template("body", of: email, shownOn: [.email], example: "\"… {$opt_out}\"")
    guard let subject, let body else { return nil }
    return Variant(language: language.lowercased(), channel: .email, subject: subject, body: body)
  }

  private func readText(
    _ language: String, of texts: TableReader, channel: Channel?, shownOn channels: [Channel]
  ) -> Variant? {
    guard isSpoken(language, of: texts) else { return nil }
    return template(language, of: texts, shownOn: channels)
      .map { Variant(language: language.lowercased(), channel: channel, body: $0) }
  }

  /// Whether the host has words of its own in the language, for {$opt_out} and dates.
  private func isSpoken(_ language: String, of texts: TableReader) -> Bool {
    let primary = String(language.lowercased().prefix { $0 != "-" })
    if Wording.languages.contains(primary) { return true }
    texts.list.error(
      .lexicon, at: texts.keyOffset(language),
      "the language '\(language)' has no words for {$opt_out} yet; \(TableReader.oneOf(Wording.languages))")
    return false
  }

  /// Compiles one text; its faults are reported at their characters.
  private func template(
    _ key: String, of texts: TableReader, shownOn channels: [Channel], example: String? = nil
  ) -> MessageTemplate? {
    guard let text = texts.text(key, example: example) else { return nil }
    guard let literal = texts.node?[key]?.text, literal.string == text else {
      texts.list.error(
        at: texts.valueOffset(key),
        "the text of '\(key)' is computed; write it in place as a text, or as texts joined by '..'")
      return nil
    }
    var isFaulty = false
    let template = MessageTemplate(text, channels: channels) { offset, fault in
      isFaulty = true
      texts.list.error(
        at: literal.origins.indices.contains(offset) ? literal.origins[offset] : texts.valueOffset(key), fault
      )
    }
    return isFaulty ? nil : template
  }
}
