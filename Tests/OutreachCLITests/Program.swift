import Foundation

/// Runs the built program as a person at a terminal does.
struct Program {
  /// What the program answered.
  struct Answer {
    let output: String
    let complaints: String
    let code: Int32

    /// The lines of the answer.
    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  /// Where the package's files are.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Where the key of the workspace is.
  let key: String
  /// The folder that holds the workspace.
  let folder: String

  /// The folder with the program, which is where the tests' own binary is.
  private static let products: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: own).deletingLastPathComponent().path
  }()

  /// The built program.
  static let executable = products + "/outreach"

  /// Runs the program in the package's folder.
  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Answer {
    try run(arguments, environment: environment)
  }

  /// Runs the program in the package's folder.
  func run(
    _ arguments: [String], environment: [String: String] = [:], in directory: String = Program.root
  ) throws -> Answer {
    let process = Process()
    process.executableURL = URL(filePath: Self.executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: directory)
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder, "OUTREACH_KEY_FILE": key]
      .merging(environment) { $1 }
    let output = folder + "/stdout-\(UUID().uuidString)"
    let complaints = folder + "/stderr-\(UUID().uuidString)"
    for file in [output, complaints] { try Data().write(to: URL(filePath: file)) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: complaints)
    try process.run()
    process.waitUntilExit()
    return Answer(
      output: try String(contentsOfFile: output, encoding: .utf8),
      complaints: try String(contentsOfFile: complaints, encoding: .utf8), code: process.terminationStatus)
  }

  /// Runs a body with a fresh folder that is gone afterwards.
  static func inFolder<Result>(_ body: (Program) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.path + "/outreach-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(Program(key: folder + "/test.key", folder: folder))
  }

  /// Runs a body with the workspace of the synthetic clinic, as the demo makes it.
  static func inClinic<Result>(_ body: (Program) throws -> Result) throws -> Result {
    try inFolder { program in
      let workspace = program.workspace
      try FileManager.default.createDirectory(atPath: workspace, withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: "\(root)/Examples/clinic/demo.key", toPath: program.key)
      try FileManager.default.copyItem(
        atPath: "\(root)/Examples/clinic/clinic.lua", toPath: "\(workspace)/clinic.lua")
      let made = try program.run("init", workspace)
      guard made.code == 0 else { throw Failed(answer: made) }
      let imported = try program.run("import", "--workspace", workspace, "Examples/clinic")
      guard imported.code == 0 else { throw Failed(answer: imported) }
      return try body(program)
    }
  }

  /// The workspace's folder.
  var workspace: String { folder + "/clinic" }

  /// A step before the test went wrong.
  struct Failed: Error, CustomStringConvertible {
    let answer: Answer
    var description: String { "exit \(answer.code): \(answer.complaints)\(answer.output)" }
  }
}
