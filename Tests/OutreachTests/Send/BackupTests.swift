import Foundation
import Outreach
import OutreachCore
import OutreachDelivery
import OutreachStore
import Testing

/// A backup that is put back: what may have left since is not sent once more.
@Suite struct BackupTests {
  private static let monday = SendTrial.monday

  /// Puts a copy in the place of a trial's database and opens it.
  private static func restore(_ trial: SendTrial, _ copy: String, at now: Instant) throws -> SendTrial {
    let directory = trial.workspace.directory
    let key = URL(filePath: directory).deletingLastPathComponent().path + "/test.key"
    let environment = ["OUTREACH_KEY_FILE": key]
    try trial.workspace.registry.close()
    let (madeAt, kept) = try Workspace.restore(copy, to: directory, environment: environment, at: now)
    #expect(madeAt == monday)
    #expect(FileManager.default.fileExists(atPath: kept), "what was there before is kept")
    let workspace = try Workspace.open(
      at: directory, environment: environment, on: CivilDate("2026-11-23") ?? .earliest)
    let engine = try workspace.engine()
    return SendTrial(
      workspace: workspace, engine: engine,
      script: try engine.campaign(at: ExampleClinic.file(of: "diabetes-adherence")))
  }

  @Test
  func
    `what went out after a backup is in doubt when it is put back, and a provider that can tell settles it`()
    throws
  {
    try SendTrial.run { trial in
      let copy = trial.workspace.directory + "/copy.db"
      let provider = RecordingProvider(canLookUp: true)
      // The backup is older than the run: it knows of no message.
      try trial.workspace.backUp(to: copy, at: Self.monday)
      try trial.send(by: provider)
      #expect(provider.messages.count == 27)
      let later = Self.monday + .seconds(600)
      let restored = try Self.restore(trial, copy, at: later)
      let report = try restored.send(at: later, by: provider)
      #expect(provider.messages.count == 27, "nothing is sent a second time")
      #expect(report.dispatch.lookedUp >= 27)
      #expect(try restored.workspace.outboxCounts()[.accepted] == 27)
    }
  }

  @Test func `without a look-up it waits for a person, and counts meanwhile`() throws {
    try SendTrial.run { trial in
      let copy = trial.workspace.directory + "/copy.db"
      let provider = RecordingProvider()
      var options = SendOptions()
      options.limit = 0
      // Planned before the backup, and sent after it.
      try trial.send(by: provider, options: options)
      try trial.workspace.backUp(to: copy, at: Self.monday)
      try trial.send(by: provider)
      #expect(provider.messages.count == 27)
      let later = Self.monday + .seconds(600)
      let restored = try Self.restore(trial, copy, at: later)
      let doubts = try restored.workspace.outbox([.inDoubt])
      #expect(doubts.count == 35)
      let report = try restored.send(at: later, by: provider)
      #expect(provider.messages.count == 27 && report.dispatch.accepted == 0)
      var contacts: [PastContact] = []
      _ = try restored.workspace.patients.withPatient(.handle(doubts[0].patient)) {
        contacts = try $0.facts().contacts
      }
      #expect(contacts.contains { $0.status == .inDoubt && $0.countsTowardCaps })
      try restored.workspace.resolve(doubts[0].id, left: false, by: "Ann", at: later)
      try restored.send(at: later, by: provider)
      #expect(provider.messages.count <= 28)
    }
  }

  @Test func `what becomes due only later is new`() throws {
    try SendTrial.run { trial in
      let copy = trial.workspace.directory + "/copy.db"
      try trial.workspace.backUp(to: copy, at: Self.monday)
      let restored = try Self.restore(trial, copy, at: Self.monday + .seconds(60))
      var fresh = 0
      let tomorrow = Self.monday + .seconds(86_400)
      let provider = RecordingProvider()
      let report = try restored.send(at: tomorrow, by: provider)
      fresh = report.dispatch.accepted
      let doubts = try restored.workspace.outbox([.inDoubt]).count
      #expect(doubts > 0, "what the gap would have sent")
      #expect(
        fresh + doubts == report.summary.send + report.summary.deferred
          - (try restored.workspace.outbox([.planned]).count))
    }
  }

  @Test func `a file that is no backup, or another workspace's, changes nothing`() throws {
    try SendTrial.run { trial in
      let directory = trial.workspace.directory
      let key = URL(filePath: directory).deletingLastPathComponent().path + "/test.key"
      let environment = ["OUTREACH_KEY_FILE": key]
      let copy = directory + "/copy.db"
      try trial.workspace.backUp(to: copy, at: Self.monday)
      let again = #expect(throws: OutreachError.self) {
        try trial.workspace.backUp(to: copy, at: Self.monday)
      }
      #expect(again?.description.contains("copy.db") == true)
      try Data("nothing".utf8).write(to: URL(filePath: directory + "/text"))
      for wrong in ["/text", "/outreach.db", "/missing"] {
        #expect(throws: OutreachError.self) {
          try Workspace.restore(directory + wrong, to: directory, environment: environment, at: Self.monday)
        }
      }
      let provider = RecordingProvider()
      try trial.send(by: provider)
      #expect(provider.messages.count == 27)
    }
  }
}
