import ArgumentParser

/// `outreach-bench`: makes the workspaces that benchmarks run on.
@main
struct BenchmarkTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outreach-bench", abstract: "Makes synthetic workspaces for benchmarks.",
    subcommands: [GenerateCommand.self])
}
