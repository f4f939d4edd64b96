import Foundation
import Outreach
import OutreachCore
import OutreachStore

/// A clinic whose patients all get one e-mail now, in a workspace that the built program sends from.
struct SendingClinic {
  /// A step before the test went wrong.
  struct Failure: Error, CustomStringConvertible { let description: String }

  /// The workspace's folder.
  let directory: String
  /// How many patients it has.
  let patients: Int
  private let key: String

  /// Makes a clinic.
  ///
  /// - Parameter provider: what `clinic.lua` says of the provider of its mail.
  init(patients: Int, provider: String, in folder: String) throws {
    directory = "\(folder)/clinic-\(UUID().uuidString)"
    key = "\(directory).key"
    self.patients = patients
    let process = Process()
    process.executableURL = URL(filePath: Self.products + "/outreach-bench")
    process.arguments = ["mailing", "--patients", "\(patients)", "--providers", provider, directory]
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder, "OUTREACH_KEY_FILE": key]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(description: "the clinic could not be made") }
  }

  /// Starts `outreach send`, with what is set besides.
  func send(_ arguments: [String] = [], environment: [String: String] = [:]) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: Self.products + "/outreach")
    process.arguments = ["send", "--workspace", directory, "\(directory)/note.lua"] + arguments
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": directory, "OUTREACH_KEY_FILE": key,
      "OUTREACH_PORTAL_SECRET": Self.secret,
      "SWIFT_BACKTRACE": "enable=no",
    ].merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let output = "\(directory)/output"
    try Data().write(to: URL(filePath: output))
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: output)
    try process.run()
    return process
  }

  /// Sends until the program ends, and hands over its exit code and what it said.
  func sendToTheEnd(
    _ arguments: [String] = [], environment: [String: String] = [:]
  ) throws -> (code: Int32, said: String) {
    let process = try send(arguments, environment: environment)
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOfFile: "\(directory)/output", encoding: .utf8))
  }

  /// How many messages stand in each state.
  func counts() throws -> [SendState.Kind: Int] { try withWorkspace { try $0.outboxCounts() } }

  /// The workspace, as it is on the disk.
  func withWorkspace<Result>(_ body: (Workspace) throws -> Result) throws -> Result {
    let workspace = try Workspace.open(
      at: directory, environment: ["OUTREACH_KEY_FILE": key],
      on: Zone.utc.date(at: Instant(secondsSinceEpoch: Int64(Date().timeIntervalSince1970))))
    defer { try? workspace.registry.close() }
    return try body(workspace)
  }

  /// The secret that the provider of these clinics shares.
  static let secret = "a shared secret of the tests"

  /// Where the built programs are, which is where the tests' own binary is.
  private static let products: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: own).deletingLastPathComponent().path
  }()

  /// A webhook on loopback that takes so many messages at once.
  static func webhook(_ port: Int, concurrency: Int) -> String {
    """
    portal = { kind = "webhook", channels = { "email" }, url = "http://127.0.0.1:\(port)/webhook",
      concurrency = \(concurrency), agreement = { signed = "2026-01-05", expires = "2099-01-05" } }
    """
  }
}
