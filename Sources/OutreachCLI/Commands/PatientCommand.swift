import ArgumentParser
import FoundationEssentials
import Outreach

/// `outreach patient`.
struct PatientCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "patient", abstract: "Shows what the registry holds about a patient.",
    subcommands: [ShowCommand.self])
}

/// `outreach patient show`.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows a patient's record; names and numbers only with --reveal.")

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "A handle such as P-7K2M, or the source's identifier.")
  var patient: String

  @ArgumentParser.Flag(help: "Show names and numbers in full. That you looked is recorded.")
  var reveal = false

  func run() throws {
    let workspace = try workspace.open()
    let engine = try workspace.engine()
    let record = try engine.record(of: PatientName(patient))
    if reveal {
      try workspace.recordReveal(
        of: [record.handle], by: ProcessInfo.processInfo.userName, at: Clock.now, command: "patient show")
    }
    print(RecordText(record: record, zone: engine.clinicZone, reveals: reveal).page, terminator: "")
  }
}
