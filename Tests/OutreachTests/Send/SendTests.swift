import Foundation
import Outreach
import OutreachCore
import OutreachStore
import Testing

/// Sending: what was previewed goes out, once.
@Suite struct SendTests {
  private static let monday = SendTrial.monday

  @Test(arguments: ["2026-11-23T16:00:00Z", "2026-11-23T02:00:00Z", "2026-11-24T15:30:00Z"])
  func `sending decides as a preview of that moment does, byte for byte, and sends those words`(at: String)
    throws
  {
    let now = try #require(Instant(rfc3339: at))
    try SendTrial.run { trial in
      let preview = try trial.preview(at: now)
      let provider = RecordingProvider()
      var lines: [String] = []
      var sent: [String] = []
      let report = try trial.send(at: now, by: provider) { outcome, _ in
        for decision in outcome.decisions {
          lines.append(decision.jsonLine(zones: trial.workspace.zones, reveal: true))
          if decision.verdict == .send {
            sent.append("\(decision.recipient?.revealed ?? "") \(decision.text?.revealed ?? "")")
          }
        }
      }
      #expect(lines == preview.lines && !lines.isEmpty)
      #expect(report.summary.plan == preview.plan)
      #expect(provider.messages.map { "\($0.recipient.revealed) \($0.text)" }.sorted() == sent.sorted())
      #expect(report.dispatch.accepted == sent.count)
    }
  }

  @Test func `a second run sends nothing twice, and what was put off goes when its hour comes`() throws {
    try SendTrial.run { trial in
      let provider = RecordingProvider()
      let first = try trial.send(by: provider)
      #expect(first.dispatch.accepted == 27 && first.summary.deferred == 8)
      let again = try trial.send(at: Self.monday + .seconds(1), by: provider)
      #expect(again.dispatch.accepted == 0)
      let later = try trial.send(at: Self.monday + .seconds(3_600), by: provider)
      #expect(later.dispatch.accepted == 4)
      #expect(Set(provider.messages.map(\.token)).count == provider.messages.count)
    }
  }

  @Test func `a campaign that nobody approved is refused, and nothing is planned`() throws {
    try ExampleClinic.withWorkspace { workspace in
      let engine = try workspace.engine()
      let script = try engine.campaign(at: ExampleClinic.file(of: "diabetes-adherence"))
      let trial = SendTrial(workspace: workspace, engine: engine, script: script)
      let provider = RecordingProvider()
      let error = #expect(throws: OutreachError.self) { try trial.send(by: provider) }
      #expect(error?.kind == .refused)
      #expect(error?.description.contains("outreach approve") == true)
      #expect(provider.messages.isEmpty)
      #expect(try workspace.outboxCounts().isEmpty)
    }
  }

  @Test func `a plan that was confirmed goes, and another one does not`() throws {
    try SendTrial.run { trial in
      let provider = RecordingProvider()
      var options = SendOptions()
      options.confirmedPlan = "0123456789ab"
      let error = #expect(throws: OutreachError.self) { try trial.send(by: provider, options: options) }
      #expect(error?.kind == .needsPerson)
      #expect(provider.messages.isEmpty)
      #expect(try trial.workspace.outbox([.planned]).isEmpty, "what was planned is given up")
      options.confirmedPlan = String(try trial.preview().plan.prefix(12))
      try trial.expect(accepted: 27, by: provider, options: options)
    }
  }

  @Test func `only some patients, and only so many messages`() throws {
    try SendTrial.run { trial in
      let provider = RecordingProvider()
      var options = SendOptions()
      options.only = [.id(PatientID("lfc-001")), .id(PatientID("lfc-002"))]
      try trial.expect(accepted: 2, by: provider, options: options)
      options = SendOptions()
      options.limit = 5
      try trial.expect(accepted: 5, by: provider, options: options)
      #expect(provider.messages.count == 7)
      try trial.expect(accepted: 20, by: provider)
    }
  }

  @Test func `a word of the patient's that comes while a run sends is heard before the next message`() throws
  {
    try SendTrial.run { trial in
      let all = RecordingProvider()
      var targets: [String: PatientHandle] = [:]
      try trial.engine.preview([trial.script], at: Self.monday) { outcome, _ in
        for decision in outcome.decisions where decision.verdict == .send {
          targets[decision.recipient?.revealed ?? ""] = decision.patient
        }
      }
      // Whoever's message goes first, everybody else says stop while it is under way.
      var isFirst = true
      let provider = RecordingProvider(concurrency: 1) { message in
        guard isFirst else { return .accepted(reference: nil) }
        isFirst = false
        for (number, handle) in targets where number != message.recipient.revealed {
          let stop = ConsentEvent(
            evidence: ResourceID(""), kind: .revoked, purpose: nil, channel: nil, at: Self.monday,
            source: .patient,
            method: .reply)
          _ = try? trial.workspace.registry.record([stop], of: handle, at: Self.monday)
        }
        return .accepted(reference: nil)
      }
      let report = try trial.send(by: provider)
      #expect(report.summary.send == 27)
      #expect(provider.messages.count == 1)
      #expect(report.dispatch.dropped == [.consentRevoked: 26])
      #expect(all.messages.isEmpty)
    }
  }

  @Test func `a pause holds everything that has not left, and a resume lets it go`() throws {
    try SendTrial.run { trial in
      var sent = 0
      let provider = RecordingProvider(concurrency: 1) { _ in
        sent += 1
        if sent == 3 { try? trial.workspace.pause(nil, by: "Bo", why: "stop the line", at: Self.monday) }
        return .accepted(reference: nil)
      }
      try trial.expect(accepted: 3, by: provider)
      try trial.expect(accepted: 0, by: provider)
      #expect(try trial.workspace.heldBack().map(\.why) == ["stop the line"])
      #expect(try trial.workspace.resume(nil) == 1)
      try trial.expect(accepted: 24, by: provider)
    }
  }

  @Test func `a pause of one campaign holds that one`() throws {
    try SendTrial.run { trial in
      let provider = RecordingProvider()
      try trial.workspace.pause(CampaignID("another"), by: "Bo", why: "w", at: Self.monday)
      try trial.workspace.pause(trial.script.campaign.id, by: "Bo", why: "w", at: Self.monday)
      try trial.expect(accepted: 0, by: provider)
      #expect(try trial.workspace.resume(trial.script.campaign.id) == 1)
      try trial.expect(accepted: 27, by: provider)
    }
  }

  @Test func `a run far larger than usual must be confirmed`() throws {
    try SendTrial.run { trial in
      let provider = RecordingProvider()
      var options = SendOptions()
      for patient in ["lfc-001", "lfc-002", "lfc-003"] {
        options.only = [.id(PatientID(patient))]
        try trial.send(by: provider, options: options)
      }
      let error = #expect(throws: OutreachError.self) { try trial.send(by: provider) }
      #expect(error?.kind == .needsPerson)
      #expect(error?.description.contains("usually sends 1") == true)
      #expect(provider.messages.count == 3)
      options.only = []
      options.confirmedPlan = try trial.preview().plan
      try trial.expect(accepted: 24, by: provider, options: options)
    }
  }

  @Test func `a clock that was set back stops it until somebody has looked`() throws {
    try SendTrial.run { trial in
      let provider = RecordingProvider()
      try trial.send(at: Self.monday + .seconds(7_200), by: provider)
      let count = provider.messages.count
      let error = #expect(throws: OutreachError.self) { try trial.send(at: Self.monday, by: provider) }
      #expect(error?.kind == .needsPerson)
      #expect(error?.description.contains("outreach resume --clock") == true)
      #expect(provider.messages.count == count)
    }
  }
}
