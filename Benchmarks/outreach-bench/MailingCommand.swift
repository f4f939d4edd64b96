import ArgumentParser
import FoundationEssentials
import Outreach
import OutreachCore
import OutreachStore

/// `outreach-bench mailing`: a new workspace in which everybody gets one e-mail now.
///
/// The program sends by the machine's clock, so these patients live where it is noon just now.
struct MailingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mailing",
    abstract:
      "Makes a new workspace with patients who all get one e-mail now, and approves its campaign note.lua.")

  @Option(help: "How many patients.")
  var patients: Int

  @Option(help: "What stands between the braces of 'providers' in clinic.lua. Default: nothing.")
  var providers = ""

  @Argument(help: "The folder of the new workspace.")
  var directory: String

  func validate() throws {
    if patients < 1 { throw ValidationError("--patients is a number from 1 on") }
  }

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let now = Instant(secondsSinceEpoch: Int64(Date().timeIntervalSince1970))
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let files = ["clinic.lua": clinic, "policy.lua": Self.policy, "note.lua": Self.note]
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      try text.write(toFile: "\(directory)/\(name)", atomically: true, encoding: .utf8)
    }
    let zone = try Self.middayZone(at: now)
    _ = try Workspace.create(at: directory, environment: environment)
    let workspace = try Workspace.open(at: directory, environment: environment, on: Zone.utc.date(at: now))
    _ = try workspace.registry.withImport(asOf: now, recordedAt: now, source: "outreach-bench") { session in
      for number in 1...patients {
        for record in Self.records(of: number, zone: zone, at: now) { try session.stage(record) }
      }
    }
    let engine = try workspace.engine()
    let script = try engine.campaign(at: "\(directory)/note.lua")
    try workspace.approve(script, with: engine, by: "outreach-bench", account: "outreach-bench", at: now)
    try workspace.registry.close()
  }

  /// A zone in which it is around noon.
  private static func middayZone(at now: Instant) throws -> String {
    let catalogue = ZoneCatalogue.system()
    let zone = zones.first { name in
      guard case .success(let zone) = catalogue.zone(named: name) else { return false }
      return (10...14).contains(zone.civil(at: now).time.hour)
    }
    guard let zone else { throw ValidationError("there is no zone in which it is noon") }
    return zone
  }

  /// Of each few hours of the day one.
  private static let zones = [
    "America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "Pacific/Auckland", "Asia/Tokyo",
    "Asia/Kolkata",
    "Europe/Moscow", "Europe/London", "America/Sao_Paulo",
  ]

  private static func records(of number: Int, zone: String, at now: Instant) -> [ImportedRecord] {
    let id = PatientID("t\(number)")
    var facts = PatientFacts()
    facts.birthDate = CivilDate("1970-01-01")
    facts.language = "en"
    let identity = PatientIdentity(
      id: id, givenName: "Ana", familyName: "Test",
      contactPoints: [ContactPoint(system: .email, typed: "t\(number)@example.org")],
      timeZone: zone)
    let evidence = ResourceID("Consent/t\(number)")
    let consent = ConsentEvent(
      evidence: evidence, kind: .granted, purpose: .wellness, channel: .email,
      at: now - .seconds(86_400 * 30),
      source: .patient)
    return [.patient(Demographics(identity: identity, facts: facts)), .consent(id, evidence, [consent])]
  }

  private var clinic: String {
    """
    return clinic {
      name = "Our Clinic", phone = "312-555-0100", time_zone = "UTC",
      providers = { \(providers) },
    }
    """
  }

  private static let note = """
    return campaign {
      id = "note", title = "A note", owner = "Team", purpose = "wellness", channels = { "email" },
      messages = {
        note = { email = { en = {
          subject = "A note", body = "Hi {$patient.first_name}, call {$clinic.name}. {$opt_out}",
        } } },
      },
      decide = function(patient) return send("note") end,
    }
    """

  private static let policy = """
    return policy {
      name = "bench",
      quiet_hours = { { from = "08:00", to = "21:00", days = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" } } },
      caps = { { limit = 1, per = "24 hours" } },
      facts = { maximum_age = "3 days" },
      contact = { fresh_for = "540 days", reassigned = "30 days" },
      message = { characters = 160, expires_after = "7 days", same_text_after = "2 days" },
      disclosure = { email = "generic", unasked = "generic" },
      reply = { hold = "1 hour" },
    }
    """
}
