import ArgumentParser
import FoundationEssentials
import Outreach

/// `outreach pause`.
struct PauseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause",
    abstract: "Holds back everything that has not left yet, of a campaign or of all; at once.")

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var signature: SignatureOptions

  @Argument(help: "The campaign's id, such as diabetes-adherence. Default: everything.")
  var campaign: String?

  @Option(help: "Why, in a sentence.")
  var why = "no reason given"

  func run() throws {
    let opened = try workspace.open()
    let who = try signature.signature(at: Clock.now)
    guard let why = Typed.line(why) else { throw OutreachError(.usage, "--why is a sentence") }
    try opened.pause(campaign.map(CampaignID.init), by: who.by, why: why, at: who.at)
    print(
      "Held back: \(campaign ?? "everything"). 'outreach resume\(campaign.map { " \($0)" } ?? "")' lets it go on."
    )
  }
}

/// `outreach resume`.
struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Lets go on what was held back.",
    discussion: "What waited meanwhile is decided once more before it goes.")

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "The campaign's id. Default: what was held back as a whole.")
  var campaign: String?

  @ArgumentParser.Flag(help: "Take this machine's clock as right, after it was set.")
  var clock = false

  func run() throws {
    let opened = try workspace.open()
    if clock {
      try opened.trustClock(at: Clock.now)
      print("This machine's clock counts as right: \(LocalClock.minute(opened.zone.civil(at: Clock.now))).")
      if campaign == nil { return }
    }
    let ended = try opened.resume(campaign.map(CampaignID.init))
    guard ended > 0 else {
      throw OutreachError(
        .usage, "\(campaign ?? "everything") is not held back; 'outreach outbox list' shows what is")
    }
    print("Goes on: \(campaign ?? "everything that no campaign's own pause holds back").")
  }
}
