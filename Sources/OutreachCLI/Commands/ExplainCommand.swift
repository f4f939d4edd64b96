import ArgumentParser
import Outreach

/// `outreach explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains why a patient does or does not hear from campaigns, rule by rule.")

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var instant: InstantOption

  @Argument(help: "A handle such as P-7K2M, or the source's identifier.")
  var patient: String

  @Option(
    name: .customLong("campaign"), parsing: .upToNextOption,
    help:
      "Campaign files. Default: every .lua file of the workspace's campaigns folder and the workspace itself."
  )
  var campaigns: [String] = []

  func run() throws {
    let workspace = try workspace.open(at: instant.instant, keepsPolicy: instant.at == nil)
    let engine = try workspace.engine()
    let files = campaigns.isEmpty ? workspace.campaignFiles : campaigns
    if files.isEmpty {
      throw OutreachError(
        .usage, "there is no campaign in \(workspace.directory); name files with --campaign")
    }
    let scripts = try files.map { path in try engine.campaign(at: path) }
    let explanation = try engine.explain(
      PatientName(patient), campaigns: scripts, at: try instant.instant(in: engine.clinicZone))
    let text = ExplanationText(explanation: explanation, zone: engine.clinicZone, zones: workspace.zones)
    print(text.page, terminator: "")
  }
}
