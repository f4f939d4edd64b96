import Foundation

/// A server of a test's own on loopback, as long as the object lives.
final class LoopbackServer {
  /// What could not be started or read.
  struct Failure: Error, CustomStringConvertible { let description: String }

  /// The port it listens at.
  let port: Int
  /// Where it writes what it took.
  let record: String
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  /// Starts one of the scripts and waits until it listens; one that does not start fails the test.
  init(_ script: String, _ arguments: [String] = [], in folder: String) throws {
    record = "\(folder)/\(script)-\(UUID().uuidString).jsonl"
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["python3", "\(Self.here)/Servers/\(script)", "--record", record] + arguments
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var line = Data()
    while line.last != 0x0A {
      let byte = try output.fileHandleForReading.read(upToCount: 1) ?? Data()
      guard !byte.isEmpty else { throw Failure(description: "\(script) did not start") }
      line += byte
    }
    let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.first == "ready", words.count == 2, let port = Int(words[1]) else {
      throw Failure(description: "\(script) said \(words)")
    }
    self.port = port
  }

  /// The lines that it took, in order.
  func taken() throws -> [[String: Any]] {
    guard let text = try? String(contentsOfFile: record, encoding: .utf8) else { return [] }
    return try text.split(separator: "\n").map { line in
      guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
        throw Failure(description: "the server wrote no object")
      }
      return object
    }
  }

  /// The texts of one field of what it took.
  func taken(_ field: String) throws -> [String] { try taken().compactMap { $0[field] as? String } }

  deinit {
    try? input.fileHandleForWriting.close()
    // Some of them have processes of their own to end.
    let deadline = Date().addingTimeInterval(15)
    while process.isRunning, Date() < deadline { usleep(2_000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  /// The folder of these tests.
  static let here = URL(filePath: #filePath).deletingLastPathComponent().path
  /// Where `Scripts/test-servers.sh` put the servers.
  static let servers =
    URL(filePath: here).deletingLastPathComponent().deletingLastPathComponent().path
    + "/.build/test-servers"

  /// Runs a body with a folder of its own.
  static func inFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.path + "/loopback-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }
}
