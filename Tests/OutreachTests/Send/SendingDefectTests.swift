import Foundation
import Outreach
import OutreachCore
import OutreachDelivery
import OutreachStore
import Testing

/// What other programs that send are known to get wrong, and this one must not.
@Suite struct SendingDefectTests {
  private static let monday = SendTrial.monday

  @Test func `a second process that runs the same campaign plans and sends nothing again`() throws {
    try SendTrial.run { trial in
      let provider = RecordingProvider()
      var options = SendOptions()
      options.limit = 10
      // Half-way through somebody starts it again, and then once more.
      for _ in 0..<3 { try trial.send(by: provider, options: options) }
      #expect(provider.messages.count == 27)
      #expect(Set(provider.messages.map(\.token)).count == 27)
    }
  }

  @Test func `what nobody knows of is set aside and neither counted as sent nor tried again`() throws {
    try SendTrial.run { trial in
      let provider = RecordingProvider(concurrency: 1) {
        $0.id.rawValue % 2 == 0 ? .unknown("timeout") : .accepted(reference: nil)
      }
      let report = try trial.send(by: provider)
      #expect(report.dispatch.inDoubt > 5)
      let before = provider.messages.count
      try trial.send(at: Self.monday + .seconds(60), by: provider)
      #expect(provider.messages.count == before)
      #expect(try trial.workspace.outbox([.inDoubt]).count == report.dispatch.inDoubt)
    }
  }

  @Test func `a few refusals for good stop a campaign, and not a thousand`() throws {
    try SendTrial.run { trial in
      let provider = RecordingProvider(concurrency: 1) { _ in .refused(Refusal(.content, code: "30007")) }
      let report = try trial.send(by: provider)
      #expect(report.dispatch.refused == Dispatcher.refusalsInARow)
      #expect(try trial.workspace.heldBack().map(\.campaign) == [trial.script.campaign.id])
      #expect(try trial.send(at: Self.monday + .seconds(60), by: provider).dispatch.refused == 0)
    }
  }

  @Test func `each state has a name that says what it means, and no two are one`() {
    let names = SendState.Kind.allCases.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(
      Set(names).isSuperset(of: [
        "planned", "sending", "accepted", "refused", "retry_at", "in_doubt", "delivered",
      ]))
    #expect(names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "_" } })
  }

  @Test func `a pilot speaks to its patients and to nobody else`() throws {
    try SendTrial.run { trial in
      let (first, second) = (try trial.handle("lfc-001"), try trial.handle("lfc-002"))
      let path = ExampleClinic.file(of: "diabetes-adherence")
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let pilot = text.replacing(
        "  channels =", with: "  pilot = { \"\(first)\", \"\(second)\" },\n  channels =", maxReplacements: 1)
      let script = try #require(try trial.engine.check(Array(pilot.utf8), file: path).value)
      try trial.workspace.approve(script, with: trial.engine, by: "Ann", account: "ann", at: Self.monday)
      let small = SendTrial(workspace: trial.workspace, engine: trial.engine, script: script)
      let provider = RecordingProvider()
      let report = try small.send(by: provider)
      #expect(report.summary.inAudience == 2 && provider.messages.count == 2)
      let named = text.replacing(
        "  channels =", with: "  pilot = { \"lfc-001\" },\n  channels =", maxReplacements: 1)
      let findings = try trial.engine.check(Array(named.utf8), file: path).findings
      #expect(findings.contains { $0.severity == .error && $0.message.contains("is no handle") })
    }
  }

  @Test func `a patient who is erased between planning and sending gets nothing, and everybody else does`()
    throws
  {
    try SendTrial.run { trial in
      let provider = RecordingProvider()
      var options = SendOptions()
      options.limit = 0
      try trial.send(by: provider, options: options)
      let gone = try #require(try trial.workspace.outbox([.planned]).first { $0.wakeAt == Self.monday })
      #expect(try trial.workspace.registry.destroyKey(of: gone.patient))
      let report = try trial.send(by: provider)
      #expect(provider.messages.count == 26 && report.dispatch.dropped == [.patientInactive: 1])
      let item = try #require(try trial.workspace.outbox([.void]).first { $0.id == gone.id })
      #expect(item.key == nil, "nothing of it can be read any more")
      // A look-up, a person or a receipt of a message of theirs harms nothing.
      let sent = provider.messages[0]
      let owner = try #require(try trial.workspace.outbox([.accepted]).first { $0.id == sent.id })
      #expect(try trial.workspace.registry.destroyKey(of: owner.patient))
      #expect(
        try trial.workspace.record(
          Receipt(.undelivered, refusal: Refusal(.invalidRecipient, code: "30005")), token: sent.token,
          of: "file",
          at: Self.monday))
    }
  }

  @Test func `the words that went out are sealed under the patient's key, and erasing it takes them`() throws
  {
    try SendTrial.run { trial in
      try trial.send(by: RecordingProvider())
      let entry = try #require(try trial.workspace.outbox([.accepted]).first)
      #expect(entry.key != nil)
      let bytes = try #require(
        FileManager.default.contents(atPath: trial.workspace.directory + "/outreach.db"))
      for word in ["refill_due", "diabetes-adherence", "Lakeside", "Responda"] {
        #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word)")
      }
    }
  }
}
