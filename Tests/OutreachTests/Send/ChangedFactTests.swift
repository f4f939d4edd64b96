import Foundation
import Outreach
import OutreachCore
import Testing

/// A new version of a fact voids what is queued about the old one.
@Suite struct ChangedFactTests {
  private static let monday = SendTrial.monday

  /// Imports the clinic's export once more, with some words replaced, as of a later instant.
  private static func reimport(
    _ trial: SendTrial, asOf: Instant, _ changes: [(file: String, from: String, to: String)]
  ) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/outreach-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(atPath: "\(ExampleClinic.root)/Examples/clinic", toPath: folder)
    for change in changes {
      let path = "\(folder)/\(change.file)"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.contains(change.from))
      try text.replacing(change.from, with: change.to).write(toFile: path, atomically: true, encoding: .utf8)
    }
    _ = try trial.workspace.importRecords(from: [folder], asOf: asOf, now: asOf)
  }

  /// The lines of a file of the clinic that name a patient.
  private static func line(_ file: String, _ patient: String, _ words: String) throws -> String {
    let text = try String(contentsOfFile: "\(ExampleClinic.root)/Examples/clinic/\(file)", encoding: .utf8)
    let lines = text.split(separator: "\n").map(String.init)
    return try #require(lines.first { $0.contains("\"Patient/\(patient)\"") && $0.contains(words) })
  }

  @Test(arguments: ["cancelled", "moved"])
  func `a reminder of an appointment that is cancelled or moved is never sent`(change: String) throws {
    try SendTrial.run("appointment-reminder") { trial in
      let provider = RecordingProvider()
      var options = SendOptions()
      options.only = [.id(PatientID("lfc-005"))]
      try trial.send(by: provider, options: options)
      let before = provider.messages.count
      let planned = try trial.workspace.outbox([.planned])
      #expect(planned.map { $0.key?.message.rawValue } == ["day_before"])
      let line = try Self.line("Appointment.ndjson", "lfc-005", "booked")
      let start = try #require(line.firstMatch(of: /"start":"(\d{4}-\d\d-)(\d\d)/))
      let changed =
        change == "cancelled"
        ? line.replacing("\"booked\"", with: "\"cancelled\"")
        : line.replacing("\"start\":\"\(start.1)\(start.2)", with: "\"start\":\"2026-12-\(start.2)")
          .replacing("\"end\":\"\(start.1)\(start.2)", with: "\"end\":\"2026-12-\(start.2)")
      try Self.reimport(
        trial, asOf: Self.monday + .seconds(86_400), [(file: "Appointment.ndjson", from: line, to: changed)])
      // When the old reminder's hour comes.
      let report = try trial.send(
        at: Self.monday + .seconds(86_400 + 5 * 3_600), by: provider, options: options)
      #expect(provider.messages.count == before)
      #expect(report.dispatch.accepted == 0)
      let states = try trial.workspace.outbox([.planned, .void]).filter { $0.id == planned[0].id }.map(
        \.state)
      #expect(states == [.void])
    }
  }

  @Test func `a reminder of a refill that was handed over meanwhile is never sent`() throws {
    try SendTrial.run { trial in
      let provider = RecordingProvider()
      try trial.send(by: provider)
      // What waits for its hour when the pharmacy's news arrive.
      let planned = try trial.workspace.outbox([.planned])
      #expect(planned.count == 8)
      let before = provider.messages.count
      // Every order is handed over again, today.
      let text = try String(
        contentsOfFile: "\(ExampleClinic.root)/Examples/clinic/MedicationDispense.ndjson", encoding: .utf8)
      let days = Set(text.matches(of: /"whenHandedOver":"(\d{4}-\d\d-\d\d)/).map { String($0.1) })
      try Self.reimport(
        trial, asOf: Self.monday + .seconds(1_800),
        days.map {
          (
            file: "MedicationDispense.ndjson", from: "\"whenHandedOver\":\"\($0)",
            to: "\"whenHandedOver\":\"2026-11-23"
          )
        })
      let report = try trial.send(at: Self.monday + .seconds(3_600), by: provider)
      #expect(report.dispatch.accepted == 0)
      #expect(provider.messages.count == before)
      let states = try trial.workspace.outbox([.planned, .void]).map(\.state)
      #expect(states.filter { $0 == .void }.count >= 5, "those of one o'clock")
    }
  }
}
