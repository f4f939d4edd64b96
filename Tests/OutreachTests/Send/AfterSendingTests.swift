import Foundation
import Outreach
import OutreachCore
import OutreachStore
import Testing

/// What becomes of messages after they were handed over, and of those that nobody knows of.
@Suite struct AfterSendingTests {
  private static let monday = SendTrial.monday

  @Test
  func `what a process that ended was handing over is in doubt, counts, and is never sent again by itself`()
    throws
  {
    try SendTrial.run { trial in
      // A process that marks two messages as being sent, and is gone.
      try Self.claimAndVanish(2, trial)
      let provider = RecordingProvider()
      let report = try trial.send(by: provider)
      #expect(report.leftBehind == 2)
      #expect(report.dispatch.accepted == 25)
      let doubts = try trial.workspace.outbox([.inDoubt])
      #expect(doubts.count == 2)
      for doubt in doubts {
        var last: PastContact.Status?
        _ = try trial.workspace.patients.withPatient(.handle(doubt.patient)) {
          last = try $0.facts().contacts.last?.status
        }
        #expect(last == .inDoubt)
      }
      try trial.expect(accepted: 0, at: Self.monday + .seconds(60), by: provider)
    }
  }

  @Test func `a look-up settles what another process left behind, and sends what never left`() throws {
    try SendTrial.run { trial in
      try Self.claimAndVanish(3, trial)
      let provider = RecordingProvider(canLookUp: true)
      let report = try trial.send(by: provider)
      #expect(report.leftBehind == 3 && report.dispatch.lookedUp == 3)
      #expect(report.dispatch.accepted == 27)
      #expect(Set(provider.messages.map(\.token)).count == 27)
    }
  }

  @Test func `a person settles a doubt either way`() throws {
    try SendTrial.run { trial in
      try Self.claimAndVanish(2, trial)
      let provider = RecordingProvider()
      try trial.send(by: provider)
      let doubts = try trial.workspace.outbox([.inDoubt])
      try trial.workspace.resolve(doubts[0].id, left: true, by: "Ann", at: Self.monday)
      try trial.workspace.resolve(doubts[1].id, left: false, by: "Ann", at: Self.monday)
      #expect(throws: OutreachError.self) {
        try trial.workspace.resolve(doubts[0].id, left: true, by: "Ann", at: Self.monday)
      }
      try trial.expect(accepted: 1, at: Self.monday + .seconds(1), by: provider)
      #expect(try trial.workspace.outbox([.resolved]).map(\.outcome) == ["left, said Ann"])
      #expect(try trial.workspace.outbox([.inDoubt]).isEmpty)
    }
  }

  @Test func `somebody who told the provider to stop is not written to any more`() throws {
    try SendTrial.run { trial in
      var first: String?
      let provider = RecordingProvider(concurrency: 1) { message in
        guard first == nil else { return .accepted(reference: nil) }
        first = message.recipient.revealed
        return .refused(Refusal(.optedOut, code: "21610"))
      }
      try trial.expect(refused: 1, by: provider)
      let refused = try #require(try trial.workspace.outbox([.refused]).first)
      #expect(refused.outcome == "21610")
      let standings = try trial.engine.consent(of: .handle(refused.patient), at: Self.monday + .seconds(1))
      let sms = standings.filter { $0.channel == .sms }
      #expect(!sms.isEmpty)
      for standing in sms {
        if case .granted = standing.state { Issue.record("\(standing.purpose) still holds") }
      }
    }
  }

  @Test func `receipts say what became of a message, once each, and a number that cannot receive is closed`()
    throws
  {
    try SendTrial.run { trial in
      let provider = RecordingProvider { .accepted(reference: "SM\($0.id.rawValue)") }
      try trial.send(by: provider)
      let (first, second) = (provider.messages[0], provider.messages[1])
      let later = Self.monday + .seconds(60)
      #expect(try trial.workspace.record(Receipt(.delivered), token: first.token, of: "file", at: later))
      let dead = Receipt(.undelivered, refusal: Refusal(.invalidRecipient, code: "30005"))
      #expect(
        try trial.workspace.record(
          dead, token: nil, reference: "SM\(second.id.rawValue)", of: "file", at: later))
      #expect(
        try !trial.workspace.record(Receipt(.delivered), token: SendToken("nobody"), of: "file", at: later))
      #expect(try !trial.workspace.record(dead, token: first.token, of: "another", at: later))
      #expect(
        try trial.workspace.record(dead, token: first.token, of: "file", at: later), "known, and too late")
      #expect(try trial.workspace.outbox([.delivered]).map(\.id) == [first.id])
      #expect(try trial.workspace.outbox([.undelivered]).map(\.id) == [second.id])
      guard case .phone(let number) = second.recipient else { return }
      #expect(try trial.workspace.registry.evidence(of: number).map(\.kind) == [.suspended])
      guard case .phone(let fine) = first.recipient else { return }
      #expect(try trial.workspace.registry.evidence(of: fine).isEmpty)
    }
  }

  @Test func `a receipt that is faster than the answer stops nothing and loses no answer`() throws {
    try SendTrial.run { trial in
      let receipts = [Receipt(.underway), Receipt(.delivered), Receipt(.undelivered)]
      let provider = RecordingProvider { message in
        let receipt = receipts[Int(message.id.rawValue) % 3]
        _ = try? trial.workspace.record(receipt, token: message.token, of: "file", at: Self.monday)
        return message.id.rawValue % 2 == 0
          ? .unknown("timeout") : .accepted(reference: "R\(message.id.rawValue)")
      }
      try trial.send(by: provider)
      #expect(provider.messages.count == 27)
      let counts = try trial.workspace.outboxCounts()
      #expect(counts[.sending] == nil && counts[.inDoubt] == nil, "whoever tells of a message has had it")
      let settled = [SendState.Kind.accepted, .delivered, .undelivered].map { counts[$0, default: 0] }
      #expect(settled.reduce(0, +) == 27 && settled.allSatisfy { $0 > 0 })
    }
  }

  @Test
  func
    `what the ledger holds of a message tells why it might go, and the row of another patient does not open it`()
    throws
  {
    try SendTrial.run { trial in
      try trial.send(by: RecordingProvider())
      let entry = try #require(try trial.workspace.registry.outbox([.accepted]).first)
      #expect(entry.message?.text.isEmpty == false)
      #expect(entry.key?.campaign == trial.script.campaign.id)
      #expect(entry.attempts == 1)
    }
  }

  /// A sender that claims messages and is gone before it has an answer.
  private static func claimAndVanish(_ count: Int, _ trial: SendTrial) throws {
    struct Vanished: Error {}
    var claimed = 0
    let provider = RecordingProvider(concurrency: count) { _ in .accepted(reference: nil) }
    // The run plans everything; its dispatch is ended before it begins, so that the claim below is by hand.
    var options = SendOptions()
    options.limit = 0
    try trial.send(by: provider, options: options)
    do {
      let session = try OutboxSession(trial.workspace.registry, at: monday)
      _ = try session.lease(
        count, of: [trial.script.campaign.id], by: Channel.all, until: monday + .seconds(300), at: monday)
      let approved: GuardEnvironment.Approval = .needed(approved: [trial.script.campaign.contentHash])
      _ = try session.claim(count, linkHost: nil, at: monday) { leased, _ in
        var verdict = OutboxSession.Verdict.drop(.noLongerDue)
        try trial.engine.preview(
          [trial.script], at: monday, only: [.handle(leased.patient)], approval: approved
        ) {
          outcome, _ in
          for decision in outcome.decisions where decision.verdict == .send {
            verdict = .send(
              decision,
              SendGrounds(campaignHash: "", policyHash: "", lexiconVersion: "", rules: decision.rules),
              provider: "file")
            claimed += 1
          }
        }
        return verdict
      }
      #expect(try trial.workspace.outbox([.sending]).count == count)
    }
    #expect(claimed == count)
  }
}
