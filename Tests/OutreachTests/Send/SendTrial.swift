import Foundation
import Outreach
import OutreachCore
import OutreachDelivery
import Testing

/// A provider in memory that a test scripts and looks into.
final class RecordingProvider: Provider {
  let name = "file"
  let traits: ProviderTraits
  private(set) var messages: [OutboundMessage] = []
  private let respond: (OutboundMessage) -> ProviderAnswer

  init(
    concurrency: Int = 10, canLookUp: Bool = false,
    respond: @escaping (OutboundMessage) -> ProviderAnswer = { _ in .accepted(reference: nil) }
  ) {
    traits = ProviderTraits(channels: Channel.all, canLookUp: canLookUp, concurrency: concurrency)
    self.respond = respond
  }

  func deliver(_ messages: [OutboundMessage], answer: (Int, ProviderAnswer) -> Void) throws(DeliveryError) {
    for (index, message) in messages.enumerated() {
      self.messages.append(message)
      answer(index, respond(message))
    }
  }

  func lookUp(_ message: OutboundMessage, at now: Instant) throws(DeliveryError) -> LookUpAnswer {
    messages.contains { $0.token == message.token } ? .taken(reference: nil) : .notTaken
  }
}

/// The synthetic clinic with a campaign that somebody approved.
struct SendTrial {
  let workspace: Workspace
  let engine: Engine
  let script: CampaignScript

  static let monday = Instant(rfc3339: "2026-11-23T16:00:00Z") ?? .earliest

  /// Approves a campaign of the clinic and hands it over.
  static func run(_ campaign: String = "diabetes-adherence", _ body: (SendTrial) throws -> Void) throws {
    try ExampleClinic.withWorkspace { workspace in
      let engine = try workspace.engine()
      let script = try engine.campaign(at: ExampleClinic.file(of: campaign))
      try workspace.approve(script, with: engine, by: "Ann", account: "ann", at: monday - .seconds(3_600))
      try body(SendTrial(workspace: workspace, engine: engine, script: script))
    }
  }

  /// Sends at an instant; the clock goes on only when the dispatcher waits, which it does not for long.
  @discardableResult
  func send(
    at now: Instant = monday, by provider: any Provider, options: SendOptions = SendOptions(),
    decided: (CampaignOutcome, any PatientEntry) throws -> Void = { _, _ in }
  ) throws -> SendReport {
    let clock = DispatchClock(now: { now }, elapsed: { .zero }, sleep: { _ in }, random: { 0.5 })
    return try workspace.send(
      [script], with: engine, at: now, options: options, providers: [provider], clock: clock,
      reading: { ClockReading(wall: $0, sinceStart: .seconds($0.secondsSinceEpoch), start: "test") },
      patience: .zero, decided: decided)
  }

  /// Sends and expects so many messages to be taken.
  func expect(
    accepted count: Int, at now: Instant = monday, by provider: any Provider,
    options: SendOptions = SendOptions(),
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let report = try send(at: now, by: provider, options: options)
    #expect(report.dispatch.accepted == count, sourceLocation: location)
  }

  /// Sends and expects so many messages to be refused.
  func expect(refused count: Int, by provider: any Provider, _ location: SourceLocation = #_sourceLocation)
    throws
  {
    let report = try send(by: provider)
    #expect(report.dispatch.refused == count, sourceLocation: location)
  }

  /// The decisions of a preview as their lines of JSON, in full.
  func preview(at now: Instant = monday) throws -> (lines: [String], plan: String) {
    var lines: [String] = []
    let summary = try engine.preview(
      [script], at: now, approval: .shown(approved: [script.campaign.contentHash])
    ) { outcome, _ in lines += outcome.decisions.map { $0.jsonLine(zones: workspace.zones, reveal: true) } }
    return (lines, summary.plan)
  }

  /// The handle of a patient of the clinic.
  func handle(_ id: String) throws -> PatientHandle {
    var handle: PatientHandle?
    _ = try workspace.patients.withPatient(.id(PatientID(id))) { handle = $0.handle }
    return try handle ?? { throw Missing() }()
  }

  struct Missing: Error {}
}
