import Foundation
import Outreach

/// The synthetic clinic in a workspace of its own, gone after the body.
enum ExampleClinic {
  /// The package's folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Imports the clinic's export and hands over its workspace.
  static func withWorkspace<Result>(_ body: (Workspace) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.path + "/outreach-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder + "/clinic", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(atPath: "\(root)/Examples/clinic/demo.key", toPath: folder + "/test.key")
    try FileManager.default.copyItem(
      atPath: "\(root)/Examples/clinic/clinic.lua", toPath: folder + "/clinic/clinic.lua")
    let environment = ["OUTREACH_KEY_FILE": folder + "/test.key"]
    _ = try Workspace.create(at: folder + "/clinic", environment: environment)
    let workspace = try Workspace.open(
      at: folder + "/clinic", environment: environment, on: CivilDate("2026-11-23") ?? .earliest)
    let report = try workspace.importRecords(
      from: ["\(root)/Examples/clinic"], asOf: nil, now: Instant(rfc3339: "2026-11-23T12:00:00Z") ?? .earliest
    )
    precondition(!report.hasFaults, "the synthetic clinic must import without faults: \(report.faults)")
    return try body(workspace)
  }

  /// One line of the decisions that were worked out by hand.
  struct Expectation: Decodable, CustomStringConvertible {
    var at: String
    var campaign: String
    var patient: String
    var verdict: String
    var reason: String?
    var message: String?
    var sendAt: String?
    var asksApproval: Bool?

    enum CodingKeys: String, CodingKey {
      case at, campaign, patient, verdict, reason, message
      case sendAt = "send_at"
      case asksApproval = "asks_approval"
    }

    var description: String {
      "\(patient) \(campaign) at \(at): \(verdict) \(reason ?? "") \(message ?? "") \(sendAt ?? "")"
    }
  }

  /// Everything that was worked out by hand.
  static func expectations() throws -> [Expectation] {
    try String(contentsOfFile: "\(root)/Examples/clinic/expected.jsonl", encoding: .utf8)
      .split(separator: "\n").map { try JSONDecoder().decode(Expectation.self, from: Data($0.utf8)) }
  }

  /// The file of a campaign, among the shipped ones or the clinic's own.
  static func file(of campaign: String) -> String {
    let shipped = "\(root)/Campaigns/\(campaign).lua"
    return FileManager.default.fileExists(atPath: shipped)
      ? shipped : "\(root)/Examples/clinic/campaigns/\(campaign).lua"
  }
}
