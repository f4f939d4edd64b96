import ArgumentParser
import FoundationEssentials
import Outreach

/// `outreach preference`.
struct PreferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preference", abstract: "Shows and records what patients wish about messages.",
    discussion: "A wish only narrows: of the policy, the campaign and the patient the strictest wins.",
    subcommands: [ShowPreferenceCommand.self, SetPreferenceCommand.self])
}

/// `outreach preference show`.
struct ShowPreferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows what a patient wishes.")

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "A handle such as P-7K2M, or the source's identifier.")
  var patient: String

  func run() throws {
    let workspace = try workspace.open()
    let zone = workspace.zone
    let (handle, recorded) = try workspace.preferences(of: PatientName(patient))
    var page = Page()
    guard let recorded else {
      page.line("\(handle): no wishes on record.")
      return print(page.text, terminator: "")
    }
    page.strong("\(handle), recorded \(LocalClock.day(zone.date(at: recorded.at))) by \(recorded.by)")
    for line in PreferenceText.lines(recorded.preferences) { page.line(line) }
    print(page.text, terminator: "")
  }
}

/// `outreach preference set`.
struct SetPreferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Records what a patient wishes; what is not named stays as it was.",
    discussion: "'none' takes a wish back: --window none.")

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "A handle such as P-7K2M, or the source's identifier.")
  var patient: String

  @Option(help: "The channels to use, best first: sms,voice,email.")
  var channels: String?

  @Option(help: "The language, as a BCP 47 tag such as es.")
  var language: String?

  @Option(help: "The hours of the patient's clock: 10:00-18:00.")
  var window: String?

  @Option(help: "Days without messages: sat,sun.")
  var rest: String?

  @Option(help: "The most messages in seven days.")
  var weekly: String?

  @Option(help: "Purposes without messages: wellness,prescription.")
  var refusedPurposes: String?

  @Option(help: "Campaigns without messages, by their ids.")
  var refusedCampaigns: String?

  @Option(help: "The most that a message may show: sealed, generic, logistics or overt.")
  var disclosure: String?

  func run() throws {
    let workspace = try workspace.open()
    var wishes = try workspace.preferences(of: PatientName(patient)).recorded?.preferences ?? Preferences()
    if let channels {
      wishes.channels = try list(channels, "--channels", Channel.all.map(\.rawValue)).map { Channel($0) }
    }
    if let language { wishes.language = language == "none" ? nil : try tag(language) }
    if let window { wishes.window = window == "none" ? nil : try hours(window) }
    if let rest {
      let names = PreferenceText.weekdays
      wishes.restDays = Set(
        try list(rest, "--rest", names).compactMap { names.firstIndex(of: $0) }.map { Weekday.allCases[$0] })
    }
    if let weekly { wishes.maximumPerWeek = weekly == "none" ? nil : try count(weekly) }
    if let refusedPurposes {
      wishes.refusedPurposes = Set(
        try list(refusedPurposes, "--refused-purposes", workspace.policy.purposes.map(\.rawValue)).map {
          Purpose($0)
        })
    }
    if let refusedCampaigns {
      for name in try list(refusedCampaigns, "--refused-campaigns", nil)
      where !name.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }) {
        throw OutreachError(
          .usage,
          "--refused-campaigns: '\(Typed.line(name) ?? "")' is no campaign's id, such as diabetes-adherence")
      }
      wishes.refusedCampaigns = Set(
        try list(refusedCampaigns, "--refused-campaigns", nil).map { CampaignID($0) })
    }
    if let disclosure { wishes.disclosure = disclosure == "none" ? nil : try tier(disclosure) }
    try workspace.set(
      wishes, of: PatientName(patient), by: ProcessInfo.processInfo.userName, at: Clock.now)
    var page = Page()
    let handle = try workspace.preferences(of: PatientName(patient)).patient
    page.line("\(handle): recorded.")
    for line in PreferenceText.lines(wishes) { page.line(line) }
    print(page.text, terminator: "")
  }

  private func list(_ text: String, _ option: String, _ known: [String]?) throws(OutreachError) -> [String] {
    if text == "none" { return [] }
    var names: [String] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      if let known, !known.contains(part) {
        throw OutreachError(
          .usage,
          "\(option): there is no '\(part)'\(Suggestion.sentence(for: part, among: known)); there are \(known.joined(separator: ", "))"
        )
      }
      if part.isEmpty { throw OutreachError(.usage, "\(option): an entry is empty") }
      if !names.contains(part) { names.append(part) }
    }
    return names
  }

  private func tag(_ text: String) throws(OutreachError) -> String {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isTag = parts.allSatisfy {
      (1...8).contains($0.utf8.count)
        && $0.utf8.allSatisfy { ($0 | 32) >= 97 && ($0 | 32) <= 122 || $0 >= 48 && $0 <= 57 }
    }
    guard isTag, (2...3).contains(parts[0].utf8.count) else {
      throw OutreachError(.usage, "--language '\(text)' is no language's tag, such as es or en-US")
    }
    return text
  }

  private func hours(_ text: String) throws(OutreachError) -> TimeWindow {
    let ends = text.split(separator: "-").map(String.init)
    guard ends.count == 2, let window = TimeWindow(from: ends[0], to: ends[1]) else {
      throw OutreachError(.usage, "--window '\(text)' are no hours; write 10:00-18:00")
    }
    return window
  }

  private func count(_ text: String) throws(OutreachError) -> Int {
    guard let count = Int(text), (1...100).contains(count) else {
      throw OutreachError(
        .usage,
        "--weekly is a number from 1 to 100, or none; for no messages at all use 'outreach consent revoke'")
    }
    return count
  }

  private func tier(_ text: String) throws(OutreachError) -> DisclosureTier {
    guard let tier = DisclosureTier(named: text) else {
      throw OutreachError(
        .usage,
        "--disclosure '\(text)' is none of \(DisclosureTier.allCases.map(\.name).joined(separator: ", "))")
    }
    return tier
  }
}

/// A patient's wishes in sentences.
enum PreferenceText {
  /// The days as options name them, Monday first.
  static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// One sentence a wish.
  static func lines(_ wishes: Preferences) -> [String] {
    var lines: [String] = []
    if !wishes.channels.isEmpty {
      lines.append("Channels: \(wishes.channels.map(\.rawValue).joined(separator: ", then ")); no others.")
    }
    if let language = wishes.language { lines.append("Language: \(language).") }
    if let window = wishes.window { lines.append("Hours: \(window) by the patient's clock.") }
    if !wishes.restDays.isEmpty {
      lines.append(
        "No messages on: \(wishes.restDays.sorted().map { weekdays[$0.rawValue - 1] }.joined(separator: ", "))."
      )
    }
    if let most = wishes.maximumPerWeek { lines.append("At most \(most) in seven days.") }
    if !wishes.refusedPurposes.isEmpty {
      lines.append(
        "Nothing about: \(wishes.refusedPurposes.sorted().map(\.rawValue).joined(separator: ", ")).")
    }
    if !wishes.refusedCampaigns.isEmpty {
      lines.append(
        "Nothing from: \(wishes.refusedCampaigns.sorted().map(\.rawValue).joined(separator: ", ")).")
    }
    if let tier = wishes.disclosure { lines.append("Messages are \(tier.name) at most.") }
    return lines.isEmpty ? ["No wishes."] : lines
  }
}
