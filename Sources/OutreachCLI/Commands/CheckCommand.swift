import ArgumentParser
import FoundationEssentials
import Outreach

/// `outreach check`.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks settings and campaigns for everything that can be known without a patient.")

  /// How findings are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "Campaign files. Without any, only the workspace's settings are checked.")
  var campaigns: [String] = []

  @Option(help: "text, or json: one finding a line, then the totals.")
  var format: Format = .text

  @Option(
    help:
      "Say why a rule is there and where it comes from, such as reveals-medication; 'all' lists every rule.")
  var explain: String?

  func validate() throws {
    if let explain, explain != "all", CheckRule(rawValue: explain) == nil {
      let near = Suggestion.sentence(for: explain, among: CheckRule.allCases.map(\.rawValue))
      throw ValidationError("there is no rule '\(explain)'\(near); --explain all lists them")
    }
  }

  func run() throws {
    if let explain { return say(explain) }
    let opened = try workspace.open()
    let engine = try opened.engine()
    // Errors were named when the workspace was opened.
    var findings = opened.policyFindings.filter { $0.severity == .warning || format == .json }
    let settingsErrors = opened.policyFindings.count { $0.severity == .error }
    var text = FindingText()
    show(findings, &text)
    var files: [CampaignID: String] = [:]
    var loaded: [Campaign] = []
    for path in campaigns {
      let found = try check(path, with: engine, &files, &loaded)
      show(found, &text)
      if found.isEmpty, format == .text { print("\(path): nothing to say") }
      findings += found
    }
    let uncovered = Cover.findings(among: loaded)
    show(uncovered, &text)
    findings += uncovered
    if campaigns.isEmpty, opened.policyFindings.isEmpty, format == .text {
      print("\(workspace.directory): the settings have no faults")
    }
    if format == .json { print(findings.jsonSummary) }
    if settingsErrors > 0 || findings.contains(where: { $0.severity == .error }) {
      throw ExitCode(OutreachError.Kind.findings.rawValue)
    }
  }

  private func check(
    _ path: String, with engine: Engine, _ files: inout [CampaignID: String], _ loaded: inout [Campaign]
  ) throws
    -> [Finding]
  {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw OutreachError(
        .badInput, "\(path) cannot be read; name a campaign's file such as Campaigns/NAME.lua")
    }
    let reading = try engine.check(Array(data), file: path)
    var findings = reading.findings
    if let campaign = reading.value?.campaign {
      loaded.append(campaign)
      if let other = files[campaign.id] {
        findings.append(
          Finding(.error, .value, at: campaign.position, "the id '\(campaign.id)' is also that of \(other)"))
      }
      files[campaign.id] = path
    }
    return findings
  }

  private func show(_ findings: [Finding], _ text: inout FindingText) {
    for finding in findings {
      switch format {
      case .text: print(text.text(of: finding), terminator: "")
      case .json: print(finding.jsonLine)
      }
    }
  }

  private func say(_ name: String) {
    var page = Page()
    for rule in CheckRule.allCases where name == "all" || rule.rawValue == name {
      page.strong(rule.rawValue)
      page.line("  \(rule.why)")
      if rule.canBeOverridden { page.line("  Two people can allow it for a while, with a reason.") }
      if name == "all" { page.gap() }
    }
    print(page.text, terminator: "")
  }
}
