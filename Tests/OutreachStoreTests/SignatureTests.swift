import Foundation
import GRDB
import OutreachCore
import OutreachStore
import Testing

/// Approvals, overrides and links: what people and messages stand for.
struct SignatureTests {
  private static let subject = ApprovalSubject(
    campaign: CampaignID("a"), contentHash: "c0ffee",
    messageHashes: [MessageID("m"): "1", MessageID("n"): "2"],
    languages: ["en", "es"], policyHash: "p", lexiconVersion: "en-1 es-2")
  private static let scope = WordingOverride.Scope(
    campaign: CampaignID("a"), message: MessageID("m"), text: "Su examen", language: "es", channel: .voice,
    rule: .test,
    word: "examen", lexiconVersion: "es-2")

  private func signature(_ name: String, _ seconds: Int = 0) -> WordingOverride.Signature {
    WordingOverride.Signature(by: name, account: name, at: .noon + .seconds(seconds))
  }

  @Test func `approvals come back as they were given, in their order, after opening anew`() throws {
    let workspace = try TestWorkspace()
    let first = Approval(subject: Self.subject, by: "Dr. Ruiz", account: "ruiz", at: .noon)
    var subject = Self.subject
    subject.languages = []
    let second = Approval(subject: subject, by: "Ann", account: "ann", at: .noon + .seconds(1))
    try workspace.registry.record(first)
    try workspace.registry.record(second)
    #expect(try workspace.registry.approvals() == [first, second])
  }

  @Test func `an override gathers its signatures, each once`() throws {
    let workspace = try TestWorkspace()
    let registry = workspace.registry
    let end = Instant.noon + .seconds(86_400)
    let number = try registry.requestOverride(
      Self.scope, reason: "because it is", by: signature("ann"), until: end)
    var expected = WordingOverride(
      number: number, scope: Self.scope, reason: "because it is", requested: signature("ann"), expiresAt: end)
    #expect(try registry.overrides() == [expected])
    try registry.answerOverride(number, .confirmed, by: signature("bo", 5))
    expected.confirmed = signature("bo", 5)
    #expect(try registry.overrides() == [expected])
    #expect(throws: StoreError.self) {
      try registry.answerOverride(number, .confirmed, by: signature("cy", 6))
    }
    try registry.answerOverride(number, .withdrawn, by: signature("ann", 9))
    expected.withdrawn = signature("ann", 9)
    #expect(try registry.overrides() == [expected])
    #expect(throws: StoreError.self) {
      try registry.answerOverride(number + 1, .confirmed, by: signature("cy"))
    }
  }

  private func target(_ handle: PatientHandle, until end: Instant = .noon + .seconds(100)) -> LinkTarget {
    LinkTarget(
      patient: handle, campaign: CampaignID("a"), message: MessageID("m"), occurrence: Occurrence("refill"),
      expiresAt: end)
  }

  @Test func `a link leads to one thing until it expires, and its token lies nowhere`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a")])
    let handle = try #require(try workspace.registry.handle(named: .id(PatientID("a"))))
    let token = try workspace.registry.makeLink(to: target(handle))
    #expect(try workspace.registry.target(of: token, at: .noon) == target(handle))
    #expect(try workspace.registry.target(of: token, at: .noon + .seconds(99)) != nil)
    #expect(try workspace.registry.target(of: token, at: .noon + .seconds(100)) == nil)
    let other = try workspace.registry.makeLink(to: target(handle))
    #expect(other != token, "each message has its own")
    try workspace.registry.close()
    let files = try FileManager.default.subpathsOfDirectory(atPath: workspace.folder.path)
    for file in files {
      guard let data = FileManager.default.contents(atPath: workspace.folder.appending(path: file).path)
      else { continue }
      #expect(data.range(of: Data(token.rawValue.utf8)) == nil, "\(file)")
      #expect(data.range(of: Data("refill".utf8)) == nil, "\(file)")
    }
  }

  @Test func `erasing a patient ends their links, and purging forgets what has expired`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a"), patient("b")])
    let a = try #require(try workspace.registry.handle(named: .id(PatientID("a"))))
    let b = try #require(try workspace.registry.handle(named: .id(PatientID("b"))))
    let gone = try workspace.registry.makeLink(to: target(a))
    let kept = try workspace.registry.makeLink(to: target(b, until: .noon + .seconds(500)))
    #expect(try workspace.registry.destroyKey(of: a))
    #expect(try workspace.registry.target(of: gone, at: .noon) == nil)
    #expect(try workspace.registry.forgetLinks(expiredBy: .noon + .seconds(200)) == 1)
    #expect(try workspace.registry.target(of: kept, at: .noon) != nil)
    #expect(throws: StoreError.noPatient(PatientHandle("P-2222"))) {
      try workspace.registry.makeLink(to: target(PatientHandle("P-2222")))
    }
  }
}
