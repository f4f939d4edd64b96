import Foundation
import Outreach
import OutreachCore
import OutreachStore

/// A clinic whose patients all get one e-mail now, in a workspace that the built program sends from.
///
/// The program runs by the machine's clock, so the patients live where it is noon just now.
struct SendingClinic {
  /// The workspace's folder.
  let directory: String
  /// The campaign's file.
  let campaign: String
  /// The patients.
  let patients: Int
  private let key: String

  /// Makes a clinic that hands its mail to a webhook on loopback.
  ///
  /// - Parameter concurrency: how many messages the provider takes at once.
  init(patients: Int, provider: String, in folder: String) throws {
    directory = "\(folder)/clinic-\(UUID().uuidString)"
    key = "\(directory).key"
    campaign = "\(directory)/note.lua"
    self.patients = patients
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let now = Instant(secondsSinceEpoch: Int64(Date().timeIntervalSince1970))
    try Self.clinic(provider).write(toFile: "\(directory)/clinic.lua", atomically: true, encoding: .utf8)
    try Self.policy.write(toFile: "\(directory)/policy.lua", atomically: true, encoding: .utf8)
    try Self.note.write(toFile: campaign, atomically: true, encoding: .utf8)
    let environment = ["OUTREACH_KEY_FILE": key]
    _ = try Workspace.create(at: directory, environment: environment)
    let workspace = try Workspace.open(at: directory, environment: environment, on: Zone.utc.date(at: now))
    _ = try workspace.registry.withImport(asOf: now, recordedAt: now, source: "test") { session in
      for number in 1...patients {
        for record in Self.records(of: number, at: now) { try session.stage(record) }
      }
    }
    let engine = try workspace.engine()
    try workspace.approve(
      try engine.campaign(at: campaign), with: engine, by: "Ann", account: "ann", at: now)
    try workspace.registry.close()
  }

  /// Starts `outreach send`, with what is preloaded and set besides.
  func send(_ arguments: [String] = [], environment: [String: String] = [:]) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: Self.executable)
    process.arguments = ["send", "--workspace", directory, campaign] + arguments
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
  func sendToTheEnd(_ arguments: [String] = [], environment: [String: String] = [:]) throws -> (
    code: Int32, said: String
  ) {
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

  /// The built program, which is where the tests' own binary is.
  static let executable: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: own).deletingLastPathComponent().path + "/outreach"
  }()

  private static func clinic(_ provider: String) -> String {
    """
    return clinic {
      name = "Our Clinic", phone = "312-555-0100", time_zone = "UTC",
      providers = { \(provider) },
    }
    """
  }

  /// A webhook on loopback that takes so many messages at once.
  static func webhook(_ port: Int, concurrency: Int) -> String {
    """
    portal = { kind = "webhook", channels = { "email" }, url = "http://127.0.0.1:\(port)/webhook",
      concurrency = \(concurrency), agreement = { signed = "2026-01-05", expires = "2099-01-05" } }
    """
  }

  private static let note = """
    return campaign {
      id = "note", title = "A note", owner = "Team", purpose = "wellness", channels = { "email" },
      messages = { note = { email = { en = { subject = "A note", body = "Hi {$patient.first_name}, call {$clinic.name}. {$opt_out}" } } } },
      decide = function(patient) return send("note") end,
    }
    """

  private static let policy = """
    return policy {
      name = "test",
      quiet_hours = { { from = "08:00", to = "21:00", days = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" } } },
      caps = { { limit = 1, per = "24 hours" } },
      facts = { maximum_age = "3 days" },
      contact = { fresh_for = "540 days", reassigned = "30 days" },
      message = { characters = 160, expires_after = "7 days", same_text_after = "2 days" },
      disclosure = { email = "generic", unasked = "generic" },
      reply = { hold = "1 hour" },
    }
    """

  private static func records(of number: Int, at now: Instant) -> [ImportedRecord] {
    let id = PatientID("t\(number)")
    var facts = PatientFacts()
    facts.birthDate = CivilDate("1970-01-01")
    facts.language = "en"
    // Etc/GMT+5 is five hours behind Greenwich.
    let hour = Int(now.secondsSinceEpoch / 3_600 % 24)
    let offset = hour - 12
    let identity = PatientIdentity(
      id: id, givenName: "Ana", familyName: "Test",
      contactPoints: [ContactPoint(system: .email, typed: "t\(number)@example.org")],
      timeZone: offset == 0 ? "Etc/GMT" : "Etc/GMT\(offset > 0 ? "+" : "-")\(abs(offset))")
    let evidence = ResourceID("Consent/t\(number)")
    let consent = ConsentEvent(
      evidence: evidence, kind: .granted, purpose: .wellness, channel: .email,
      at: now - .seconds(86_400 * 30),
      source: .patient)
    return [.patient(Demographics(identity: identity, facts: facts)), .consent(id, evidence, [consent])]
  }
}
