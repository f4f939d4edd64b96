import ArgumentParser
import FoundationEssentials
import Outreach

/// `outreach preview`.
struct PreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Shows who would get which message, when and why, and sends nothing.")

  /// How the preview is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var instant: InstantOption

  @Argument(help: "Campaign files.")
  var campaigns: [String]

  @Option(help: "Only this patient: a handle such as P-7K2M, or the source's identifier.")
  var patient: String?

  @Option(help: "Only decisions with this reason, such as quiet_hours.")
  var reason: String?

  @Option(help: "At most so many decisions and tasks; the totals are of all.")
  var limit: Int?

  @Option(help: "text or json: one object a line, then the summary.")
  var format: Format = .text

  @ArgumentParser.Flag(help: "Show names and numbers in full. That you looked is recorded.")
  var reveal = false

  func validate() throws {
    if campaigns.isEmpty { throw ValidationError("name at least one campaign file") }
    if let limit, limit < 0 { throw ValidationError("--limit is a number from 0 on") }
    if let reason, Reason(rawValue: reason) == nil {
      let near = Suggestion.sentence(for: reason, among: Reason.allCases.map(\.rawValue))
      throw ValidationError("there is no reason '\(reason)'\(near)")
    }
  }

  func run() throws {
    let workspace = try workspace.open(at: instant.instant, keepsPolicy: instant.at == nil)
    let engine = try workspace.engine()
    let scripts = try campaigns.map { path in try engine.campaign(at: path) }
    let now = try instant.instant(in: engine.clinicZone)
    var standings: [CampaignID: ApprovalStanding] = [:]
    for script in scripts {
      standings[script.campaign.id] = try workspace.approvalStanding(of: script, with: engine)
    }
    let wanted = reason.flatMap(Reason.init(rawValue:))
    var text = PreviewText(
      campaigns: scripts.map(\.campaign), clinic: workspace.clinic, zone: engine.clinicZone,
      zones: workspace.zones,
      at: now, reveals: reveal, standings: standings)
    var left = limit ?? Int.max
    var shown: Set<PatientHandle> = []
    var lines: [String] = []
    let approved = Set(
      scripts.map(\.campaign).filter { standings[$0.id]?.isApproved == true }.map(\.contentHash))
    var summary = try engine.preview(
      scripts, at: now, only: patient.map { [PatientName($0)] } ?? [], approval: .shown(approved: approved)
    ) { outcome, _ in
      for decision in outcome.decisions where left > 0 && (wanted == nil || decision.reason == wanted) {
        left -= 1
        shown.insert(decision.patient)
        switch format {
        case .json: write(decision.jsonLine(zones: workspace.zones, reveal: reveal), &lines)
        case .text: text.add(decision)
        }
      }
      for task in outcome.tasks where left > 0 && wanted == nil {
        left -= 1
        switch format {
        case .json: write(task.jsonLine, &lines)
        case .text: text.add(task)
        }
      }
    }
    if reveal {
      // Recorded before anything is shown, so that nobody can look unseen.
      try workspace.recordReveal(
        of: shown.sorted(), by: ProcessInfo.processInfo.userName, at: Clock.now, command: "preview")
    }
    summary.isApproved = standings.values.allSatisfy(\.isApproved)
    for line in lines { print(line) }
    switch format {
    case .json: print(summary.jsonLine)
    case .text: print(text.finished(summary), terminator: "")
    }
  }

  /// Prints a line at once, unless it shows identities: those wait until the look is recorded.
  private func write(_ line: String, _ lines: inout [String]) {
    if reveal { lines.append(line) } else { print(line) }
  }
}
