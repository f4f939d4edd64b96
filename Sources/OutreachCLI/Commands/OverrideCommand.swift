import ArgumentParser
import FoundationEssentials
import Outreach

/// `outreach override`.
struct OverrideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "override",
    abstract: "Lets two people allow a word of one text for a while, which the lexicons find.",
    subcommands: [
      RequestOverrideCommand.self, ConfirmOverrideCommand.self, WithdrawOverrideCommand.self,
      ListOverridesCommand.self,
    ])
}

/// `outreach override request`.
struct RequestOverrideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "request", abstract: "Asks to allow a word; somebody else has to confirm it.")

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var signature: SignatureOptions

  @Argument(help: "The campaign's file.")
  var campaign: String

  @Option(help: "The word, as 'outreach check' quotes it.")
  var word: String

  @Option(help: "Why it is needed, in a sentence.")
  var reason: String

  @Option(help: "For how many days, at most 90.")
  var days: Int = 90

  @Option(help: "The message, where the word is in several.")
  var message: String?

  @Option(help: "The language, where the word is in several.")
  var language: String?

  func run() throws {
    let opened = try workspace.open()
    let engine = try opened.engine()
    guard let data = FileManager.default.contents(atPath: campaign) else {
      throw OutreachError(
        .badInput, "\(campaign) cannot be read; name a campaign's file such as Campaigns/NAME.lua")
    }
    let findings = try engine.check(Array(data), file: campaign).findings
    let found = Set(findings.compactMap(\.overridable)).filter { scope in
      scope.word == word && (message.map { scope.message.rawValue == $0 } ?? true)
        && (language.map { scope.language == $0 } ?? true)
    }
    guard let scope = found.first else {
      throw OutreachError(
        .badInput,
        "the lexicons find no '\(word)' there that could be allowed; 'outreach check' says what they find")
    }
    guard found.count == 1 else {
      throw OutreachError(
        .usage, "'\(word)' is in \(found.count) texts; say which with --message and --language")
    }
    let who = try signature.signature(at: Clock.now)
    guard let why = Typed.line(reason) else { throw OutreachError(.usage, "--reason is a sentence") }
    let number = try opened.requestOverride(scope, reason: why, for: .seconds(days * 86_400), by: who)
    print(
      "Asked for as number \(number). A second person confirms it with 'outreach override confirm \(number)'."
    )
  }
}

/// `outreach override confirm`.
struct ConfirmOverrideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm", abstract: "Allows what somebody else asked for.")

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var signature: SignatureOptions

  @Argument(help: "Its number.")
  var number: Int

  func run() throws {
    let opened = try workspace.open()
    try opened.confirmOverride(number, by: try signature.signature(at: Clock.now))
    print("Number \(number) is allowed from now on.")
  }
}

/// `outreach override withdraw`.
struct WithdrawOverrideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Takes back what was allowed or asked for.")

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var signature: SignatureOptions

  @Argument(help: "Its number.")
  var number: Int

  func run() throws {
    let opened = try workspace.open()
    try opened.withdrawOverride(number, by: try signature.signature(at: Clock.now))
    print("Number \(number) is taken back.")
  }
}

/// `outreach override list`.
struct ListOverridesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Shows every word that was ever asked to be allowed.")

  @OptionGroup var workspace: WorkspaceOptions

  func run() throws {
    let opened = try workspace.open()
    let zone = opened.zone
    let now = Clock.now
    var page = Page()
    for item in try opened.overrides() {
      let scope = item.scope
      let place =
        "\(scope.campaign), \(scope.message), \(scope.language)\(scope.channel.map { " by \($0)" } ?? "")"
      page.hanging(
        "  \(item.number)".padding(to: 6),
        "'\(scope.word)' (\(scope.rule.rawValue)) in \(place): \(item.reason)")
      let asked = "asked for by \(item.requested.by)"
      let confirmed = item.confirmed.map { "confirmed by \($0.by)" } ?? "not confirmed"
      let state =
        item.withdrawn.map { "taken back by \($0.by)" }
        ?? (item.holds(at: now) ? "holds" : now < item.expiresAt ? "waits" : "over")
      page.hanging(
        "      ", "\(state), \(asked), \(confirmed), until \(LocalClock.day(zone.date(at: item.expiresAt)))")
    }
    if page.text.isEmpty { page.line("Nothing was ever asked to be allowed.") }
    print(page.text, terminator: "")
  }
}

extension String {
  /// The text, with blanks up to a width.
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
