import ArgumentParser
import FoundationEssentials
import Outreach

/// Who does something that others rely on.
struct SignatureOptions: ParsableArguments {
  @Option(help: "The name that you go by at the clinic. Default: the name of this account.")
  var by: String?

  /// The signature at an instant.
  func signature(at now: Instant) throws(OutreachError) -> WordingOverride.Signature {
    let account = ProcessInfo.processInfo.userName
    guard let name = Typed.line(by ?? account) else { throw OutreachError(.usage, "--by is a name") }
    return WordingOverride.Signature(by: name, account: account, at: now)
  }
}

/// `outreach approve`.
struct ApproveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract:
      "Binds you to a campaign exactly as it stands: its script, texts, languages, policy and lexicons.",
    discussion:
      "Any change to any of these voids the approval. Read what is printed; it is what patients get.")

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var signature: SignatureOptions

  @Argument(help: "The campaign's file.")
  var campaign: String

  func run() throws {
    let opened = try workspace.open()
    let engine = try opened.engine()
    let script = try engine.campaign(at: campaign)
    let who = try signature.signature(at: Clock.now)
    let approval = try opened.approve(script, with: engine, by: who.by, account: who.account, at: who.at)
    var page = Page()
    page.strong("\(script.campaign.title) (\(script.campaign.id))")
    page.gap()
    for message in script.campaign.messages.values.sorted(by: { $0.id < $1.id }) {
      page.title(message.id.rawValue)
      for variant in message.variants {
        page.line("  \(variant.language)\(variant.channel.map { " by \($0)" } ?? "")")
        if let subject = variant.subject { page.hanging("    ", subject.source) }
        page.hanging("    ", variant.body.source)
      }
      page.gap()
    }
    page.line(
      "Approved by \(approval.by) as it stands: script \(approval.subject.contentHash.prefix(12)), policy "
        + "\(approval.subject.policyHash.prefix(12)), lexicons \(approval.subject.lexiconVersion.prefix(12))."
    )
    print(page.text, terminator: "")
  }
}
