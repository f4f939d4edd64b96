import Lua
import OutreachCore

/// Reads one message of a campaign: its texts by language and channel, and its replies.
struct MessageTable {
  let table: TableReader
  let id: MessageID
  let campaign: CampaignID
  let channels: [Channel]
  let environment: ScriptEnvironment
  let keyOffset: Int

  /// The message, nil when it has no text that can be used.
  func read() -> Message? {
    table.checkNoList()
    var written: [WrittenVariant] = []
    let known = environment.channels.map(\.rawValue)
    let own = Set(known.filter(table.has).map { Channel($0) })
    let common = channels.filter { $0 != .email && !own.contains($0) }
    for (key, _) in table.named where key != "replies" {
      if known.contains(key) {
        written += readChannel(Channel(key))
      } else if LanguageTag.isWellFormed(key) {
        if let variant = readText(key, of: table, channel: nil, shownOn: common) { written.append(variant) }
      } else {
        let hint = Suggestion.sentence(for: key, among: known + Wording.languages + ["replies"])
        table.list.error(
          .key, at: table.keyOffset(key),
          "\(table.what) has no field '\(key)'\(hint); write a language, a channel or 'replies'")
      }
    }
    let message = Message(
      id: id, variants: written.map(\.variant),
      replies: ReplyTable(table: table, environment: environment).read(),
      position: table.list.map.position(keyOffset))
    if written.isEmpty {
      if !table.list.hasErrors {
        table.list.error(at: table.offset, "\(table.what) has no text; write en = \"…\"")
      }
      return nil
    }
    MessageCheck(
      message: message, written: written, channels: channels, environment: environment, list: table.list,
      keyOffset: keyOffset
    ).run()
    MessageScan(
      campaign: campaign, message: message, written: written, channels: channels, environment: environment,
      list: table.list
    ).run()
    return message
  }

  private func readChannel(_ channel: Channel) -> [WrittenVariant] {
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
      return channel == .email
        ? readEmail(language, of: texts) : readText(language, of: texts, channel: channel, shownOn: [channel])
    }
  }

  private func readEmail(_ language: String, of texts: TableReader) -> WrittenVariant? {
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
    let subject = template(
      "subject", of: email, in: language.lowercased(), shownOn: [.email],
      example: "\"A note from {$clinic.name}\"")
    if let subject, let field = subject.template.fields.first(where: \.isAboutPatient) {
      // A subject is shown in lists and on lock screens, and to whoever handles the mail on its way.
      email.list.error(
        .subject, at: email.valueOffset("subject"),
        "'{$\(field.rawValue)}' cannot stand in a subject, which others may read; move it to the body")
    }
    let body = template(
      "body", of: email, in: language.lowercased(), shownOn: [.email], example: "\"… {$opt_out}\"")
    guard let subject, let body else { return nil }
    return WrittenVariant(
      variant: Variant(
        language: language.lowercased(), channel: .email, subject: subject.template, body: body.template),
      offset: texts.valueOffset(language), body: body.place, subject: subject.place)
  }

  private func readText(
    _ language: String, of texts: TableReader, channel: Channel?, shownOn channels: [Channel]
  ) -> WrittenVariant? {
    guard isSpoken(language, of: texts) else { return nil }
    return template(language, of: texts, in: language.lowercased(), shownOn: channels)
      .map { text in
        WrittenVariant(
          variant: Variant(language: language.lowercased(), channel: channel, body: text.template),
          offset: texts.valueOffset(language), body: text.place)
      }
  }

  /// Whether the host has words of its own in the language, for {$opt_out} and dates.
  private func isSpoken(_ language: String, of texts: TableReader) -> Bool {
    let primary = String(language.lowercased().prefix { $0 != "-" })
    guard Wording.languages.contains(primary) else {
      texts.list.error(
        .lexicon, at: texts.keyOffset(language), length: language.utf8.count,
        "the language '\(language)' has no words for {$opt_out} yet; \(TableReader.oneOf(Wording.languages))")
      return false
    }
    guard environment.lexicons[primary] != nil else {
      texts.list.error(
        .lexicon, at: texts.keyOffset(language), length: language.utf8.count,
        "the language '\(language)' has no lexicon here, so its texts cannot be checked; "
          + TableReader.oneOf(environment.lexicons.languages))
      return false
    }
    return true
  }

  /// Compiles one text; its faults are reported at their characters.
  private func template(
    _ key: String, of texts: TableReader, in language: String, shownOn channels: [Channel],
    example: String? = nil
  ) -> (template: MessageTemplate, place: TextPlace)? {
    guard let text = texts.text(key, example: example) else { return nil }
    guard let literal = texts.node?[key]?.text, literal.string == text else {
      texts.list.error(
        at: texts.valueOffset(key),
        "the text of '\(key)' is computed; write it in place as a text, or as texts joined by '..'")
      return nil
    }
    var isFaulty = false
    let place = TextPlace(origins: literal.origins, fallback: texts.valueOffset(key))
    let template = MessageTemplate(text, language: language, channels: channels) { fault in
      isFaulty = true
      texts.list.error(
        fault.rule, at: place.offset(of: fault.range), length: place.length(of: fault.range), fault.sentence)
    }
    return isFaulty ? nil : (template, place)
  }
}

/// One wording with the places where it is written.
struct WrittenVariant {
  let variant: Variant
  /// Where the text, or the table of an e-mail, begins.
  let offset: Int
  /// Where each byte of the text is written.
  let body: TextPlace
  /// The same of the subject.
  var subject: TextPlace?
}
