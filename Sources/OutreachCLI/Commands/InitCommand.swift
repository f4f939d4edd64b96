public import ArgumentParser
import FoundationEssentials
public import Outreach

/// `outreach init`.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Makes a workspace: settings, database, key and a first campaign.")

  @Argument(help: "The folder of the workspace. Default: the current one.")
  var directory: String = "."

  @Option(help: "The policy to begin with: us-primary-care or eu-gdpr.")
  var policy: PolicyPreset = .usPrimaryCare

  func run() throws {
    let made = try Workspace.create(
      at: directory, environment: ProcessInfo.processInfo.environment, policy: policy)
    for file in made { print("made \(file)") }
    print(
      """

      Next: write the clinic's name and telephone number into \(directory)/clinic.lua, then
        outreach import --workspace \(directory) PATH
        outreach preview --workspace \(directory) \(directory)/appointment-reminder.lua
      Keep a copy of the key apart from the workspace: without it nothing can be read.
      """)
  }
}

extension PolicyPreset: ExpressibleByArgument {}
