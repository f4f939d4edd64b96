import ArgumentParser
import Outreach

/// `outreach policy`.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Shows what the clinic allows.", subcommands: [ShowPolicyCommand.self])
}

/// `outreach policy show`.
struct ShowPolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows the policy in force at a date, in words, with the source of each rule.")

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var instant: InstantOption

  func run() throws {
    let workspace = try workspace.open(at: instant.instant, keepsPolicy: instant.at == nil)
    let zone = workspace.zone
    let day = zone.date(at: try instant.instant(in: zone))
    var page = Page()
    page.strong("\(workspace.policy.name), in force on \(LocalClock.day(day))")
    page.gap()
    for section in PolicyText(workspace.policy, on: day).sections {
      page.title(section.title)
      for line in section.lines {
        page.hanging("  ", line.sentence)
        if !line.source.isEmpty { page.hanging("      ", line.source) }
      }
      page.gap()
    }
    print(page.text, terminator: "")
  }
}
