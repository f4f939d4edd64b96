import ArgumentParser
import Outreach

/// `outreach import`.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Imports FHIR R4 (NDJSON, Bundle, resource) or CSV into the registry.",
    discussion:
      "Importing the same data again changes nothing. An import that is interrupted leaves no trace.")

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "Files, or folders of NDJSON files as a FHIR bulk export makes them.")
  var paths: [String]

  @Option(
    help: "The instant whose state the data describes. Default: what the export says of itself, else now.")
  var asOf: String?

  func run() throws {
    let workspace = try workspace.open()
    var stated: Instant?
    if let asOf {
      stated = Instant(rfc3339: asOf)
      if stated == nil {
        throw OutreachError(.usage, "--as-of '\(asOf)' is not an instant; write it as 2026-11-23T16:00:00Z")
      }
    }
    let report = try workspace.importRecords(from: paths, asOf: stated, now: Clock.now) { progress in
      if Terminal.showsProgress { Terminal.draw(progress) }
    }
    if Terminal.showsProgress { Terminal.endDrawing() }
    for fault in report.faults { Terminal.complain(fault) }
    print(report.text)
    if report.hasFaults { throw ExitCode(OutreachError.Kind.badInput.rawValue) }
  }
}
