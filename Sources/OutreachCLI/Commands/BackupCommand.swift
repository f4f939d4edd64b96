import ArgumentParser
import FoundationEssentials
import Outreach

/// `outreach backup`.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copies the database while everything goes on, and puts a copy back.",
    subcommands: [SaveBackupCommand.self, RestoreBackupCommand.self],
    defaultSubcommand: SaveBackupCommand.self)
}

/// `outreach backup FILE`.
struct SaveBackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "save", abstract: "Copies the database as it is now into a new file.",
    discussion:
      "The patients' keys are not in it; keep the key file and the key store beside it somewhere else.")

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "The new file.")
  var file: String

  func run() throws {
    let opened = try workspace.open()
    try opened.backUp(to: file, at: Clock.now)
    print("Copied to \(file). The keys are not in it.")
  }
}

/// `outreach backup restore`.
struct RestoreBackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Puts a copy in the place of the workspace's database.",
    discussion: """
      Messages may have left since the copy was made, of which it knows nothing. Whatever was on its way then, and
      whatever is planned from now on and would have been proposed in between, is in doubt until the provider or a
      person says whether it left: see 'outreach outbox list'.
      """)

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "The copy.")
  var file: String

  func run() throws {
    let now = Clock.now
    let (madeAt, kept) = try Workspace.restore(
      file, to: workspace.directory, database: workspace.database,
      environment: ProcessInfo.processInfo.environment,
      at: now)
    print("Put back the copy of \(madeAt.rfc3339). What was there before is \(kept).")
    let doubts = try workspace.open().outboxCounts()[.inDoubt] ?? 0
    print(
      "In doubt: \(doubts). Import the latest records, then 'outreach send' asks the provider; 'outreach outbox list' "
        + "shows what is left for a person.")
  }
}
