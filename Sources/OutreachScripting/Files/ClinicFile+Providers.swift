import OutreachCore

extension ClinicFile {
  /// Whom messages are handed to, by the clinic's own names for them:
  /// `providers = { portal = { kind = "webhook", channels = { "app" }, url = "https://…", agreement = {…} } }`.
  ///
  /// Keys of each: `kind` (the name itself unless said), `channels`, `agreement = { signed =, expires = }`, `rate` (messages
  /// a second), `concurrency`, and the words of its kind. A secret is refused here: a settings file is passed around.
  static func providers(of table: TableReader) -> [ProviderSettings] {
    guard let providers = table.table("providers", called: "the table of providers") else { return [] }
    providers.checkNoList()
    var settings: [ProviderSettings] = []
    for (name, _) in providers.named {
      if !Name.isIdentifier(name) {
        providers.list.error(
          at: providers.keyOffset(name), "'\(name)' is no name; use small letters, digits and '_'")
      }
      guard let entry = providers.table(name, called: "the provider '\(name)'") else { continue }
      if let provider = provider(name, of: entry) { settings.append(provider) }
    }
    for (index, provider) in settings.enumerated() {
      for channel in provider.channels {
        guard let other = settings[..<index].first(where: { $0.channels.contains(channel) }) else { continue }
        providers.list.error(
          at: providers.keyOffset(provider.name),
          "'\(provider.name)' and '\(other.name)' both serve '\(channel.rawValue)'; a channel has one provider"
        )
      }
    }
    return settings
  }

  private static func provider(_ name: String, of entry: TableReader) -> ProviderSettings? {
    let kinds = ProviderSettings.Kind.allCases.map(\.rawValue)
    let word = entry.has("kind") ? entry.choice("kind", among: kinds, called: "kind of provider") : name
    guard let word else { return nil }
    guard let kind = ProviderSettings.Kind(rawValue: word) else {
      entry.list.error(
        at: entry.offset, "the provider '\(name)' needs 'kind', one of \(kinds.joined(separator: ", "))")
      return nil
    }
    for secret in ["secret", "token", "password", "key"] where entry.has(secret) {
      entry.list.error(
        at: entry.keyOffset(secret),
        "'\(secret)' does not belong in clinic.lua; put it into the environment as "
          + "\(ProviderSettings.secretVariable(of: name)), or name a file of mode 0600 with 'secret_file'")
    }
    entry.checkKeys(
      ["kind", "channels", "agreement", "rate", "concurrency", "secret", "token", "password", "key"]
        + kind.requiredOptions + kind.otherOptions)
    var options: [String: String] = [:]
    for key in kind.requiredOptions + kind.otherOptions where entry.has(key) {
      options[key] =
        key == "port" ? entry.wholeNumber(key, in: 1...65_535).map(String.init) : entry.text(key)
    }
    for key in kind.requiredOptions where !entry.has(key) {
      entry.missing(key, example: "\"…\"")
    }
    for key in ["url", "callback", "api"] {
      guard let url = options[key], !isWebAddress(url) else { continue }
      entry.list.error(
        at: entry.valueOffset(key),
        "'\(key)' must be an address that begins with https://; http:// is for this machine alone")
    }
    guard let texts = entry.texts("channels", example: "{ \"sms\" }") else { return nil }
    return ProviderSettings(
      name: name, kind: kind, channels: texts.map { Channel($0.text) }, agreement: agreement(of: entry),
      rate: entry.wholeNumber("rate", in: 1...10_000),
      concurrency: entry.wholeNumber("concurrency", in: 1...256), options: options)
  }

  private static func agreement(of entry: TableReader) -> ProviderSettings.Agreement? {
    guard let agreement = entry.table("agreement", called: "the agreement") else { return nil }
    agreement.checkKeys(["signed", "expires"])
    for key in ["signed", "expires"] where !agreement.has(key) {
      agreement.missing(key, example: "\"2026-01-05\"")
    }
    guard let signed = agreement.date("signed"), let expires = agreement.date("expires") else { return nil }
    if expires <= signed {
      agreement.list.error(at: agreement.valueOffset("expires"), "'expires' must come after 'signed'")
    }
    return ProviderSettings.Agreement(signed: signed, expires: expires)
  }

  /// What a message carries must not cross a network in the clear.
  private static func isWebAddress(_ text: String) -> Bool {
    if text.hasPrefix("https://") { return text.utf8.count > 8 }
    return ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { host in
      text.hasPrefix(host) && ["", ":", "/"].contains(text.dropFirst(host.count).prefix(1))
    }
  }
}
