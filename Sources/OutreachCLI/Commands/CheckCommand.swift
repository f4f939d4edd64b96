import ArgumentParser
import FoundationEssentials
import Outreach

/// `outreach check`.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks settings and campaigns for everything that can be known without a patient.")

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "Campaign files. Without any, only the workspace's settings are checked.")
  var campaigns: [String] = []

  func run() throws {
    let opened = try workspace.open()
    let engine = try opened.engine()
    var errors = opened.policyFindings.count { $0.severity == .error }
    // Errors were named when the workspace was opened.
    for finding in opened.policyFindings where finding.severity == .warning { print(finding) }
    var files: [CampaignID: String] = [:]
    for path in campaigns {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw OutreachError(
          .badInput, "\(path) cannot be read; name a campaign's file such as Campaigns/NAME.lua")
      }
      let reading = try engine.check(Array(data), file: path)
      var findings = reading.findings
      if let campaign = reading.value?.campaign {
        if let other = files[campaign.id] {
          findings.append(
            Finding(.error, .value, at: campaign.position, "the id '\(campaign.id)' is also that of \(other)")
          )
        }
        files[campaign.id] = path
      }
      for finding in findings { print(finding) }
      let faults = findings.count { $0.severity == .error }
      errors += faults
      if findings.isEmpty { print("\(path): nothing to say") }
    }
    if campaigns.isEmpty, opened.policyFindings.isEmpty {
      print("\(workspace.directory): the settings have no faults")
    }
    if errors > 0 { throw ExitCode(OutreachError.Kind.findings.rawValue) }
  }
}
