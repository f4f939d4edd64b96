import ArgumentParser

/// `outreach-bench`: makes the workspaces that benchmarks run on, and measures what needs no other program.
@main
struct BenchmarkTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outreach-bench",
    abstract: "Makes synthetic workspaces for benchmarks, and measures messages.",
    subcommands: [GenerateCommand.self, MailingCommand.self, MessagesCommand.self])
}
