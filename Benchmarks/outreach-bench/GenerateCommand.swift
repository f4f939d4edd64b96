import ArgumentParser
import FoundationEssentials
import Outreach
import OutreachCore
import OutreachStore

/// `outreach-bench generate`: a new workspace with synthetic patients.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Makes a new workspace with synthetic patients; the same seed gives the same patients.")

  @Option(help: "How many patients.")
  var patients: Int

  @Option(help: "What the patients are made from.")
  var seed: UInt64 = 1

  @Argument(help: "The folder of the new workspace.")
  var directory: String

  func validate() throws {
    if patients < 1 { throw ValidationError("--patients is a number from 1 on") }
  }

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    _ = try Workspace.create(at: directory, environment: environment)
    let workspace = try Workspace.open(
      at: directory, environment: environment, on: SyntheticClinic.today)
    var clinic = SyntheticClinic(seed: seed)
    let (_, summary) = try workspace.registry.withImport(
      asOf: SyntheticClinic.asOf, recordedAt: SyntheticClinic.asOf, source: "outreach-bench"
    ) { session in
      for _ in 0..<patients {
        for record in clinic.next() { try session.stage(record) }
      }
    }
    try workspace.registry.close()
    print("patients \(summary.patients.new), facts \(summary.facts.values.reduce(0) { $0 + $1.new })")
  }
}
