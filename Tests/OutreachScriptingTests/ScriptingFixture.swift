import FoundationEssentials
import Lua
import OutreachCore
import OutreachScripting
import Testing

/// Zones of the machine.
struct SystemZones: ZoneSource {
  func tzif(named name: String) -> [UInt8]? {
    (try? Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(name)"))).map { [UInt8]($0) }
  }
}

extension Finding {
  /// The place and the sentence; which rule it is has tests of its own.
  var withoutRule: String { "\(position): \(severity.rawValue): \(message)" }
}

/// A patient that is nothing but facts, and counts how often they are opened.
final class FactsOnly: PatientEntry {
  let handle: PatientHandle
  let standing = RecordStanding.current
  private let record: PatientFacts
  private(set) var openings = 0
  var failure: (any Error)?

  init(_ handle: String = "P-2222", _ record: PatientFacts = PatientFacts()) {
    self.handle = PatientHandle(handle)
    self.record = record
  }

  private(set) var extents: [FactsExtent] = []

  func facts(atLeast extent: FactsExtent) throws -> PatientFacts {
    extents.append(extent)
    return try facts()
  }

  func facts() throws -> PatientFacts {
    openings += 1
    if let failure { throw failure }
    return record
  }

  func identity() throws -> PatientIdentity { PatientIdentity(id: PatientID("source-1")) }
  func consents() throws -> [ConsentEvent] { [] }
  func holders(of number: PhoneNumber) throws -> Int { 1 }
}

/// What the tests of this folder share: a clinic in Chicago on Monday 2026-11-23 at 10:00 of its clock.
enum Fixture {
  static let zones = ZoneCatalogue(source: SystemZones())
  static let now = instant("2026-11-23T16:00:00Z")
  static let clinic = Clinic(
    name: "Lakeside Family Care", phone: "312-555-0100", timeZone: "America/Chicago",
    taskKinds: ["call_back", "book_visit"], fields: ["risk_score", "program", "enrolled"])
  static let sets = ValueSets([
    ValueSets.Set(
      name: "diabetes", codes: [Coding(.icd10, "E10"), Coding(.icd10, "E11"), Coding(.snomed, "44054006")]),
    ValueSets.Set(name: "hypertension", codes: [Coding(.icd10, "I10")]),
    ValueSets.Set(name: "glucose-lowering", codes: [Coding(.rxnorm, "6809"), Coding(.rxnorm, "4821")]),
    ValueSets.Set(name: "hba1c", codes: [Coding(.loinc, "4548-4"), Coding(.loinc, "59261-8")]),
    ValueSets.Set(name: "glucose", codes: [Coding(.loinc, "2339-0")]),
    ValueSets.Set(name: "systolic", codes: [Coding(.loinc, "8480-6")]),
    ValueSets.Set(name: "influenza-vaccine", codes: [Coding(.cvx, "140"), Coding(.cvx, "150")]),
  ])

  /// A few words of each language; the lexicons that come with the program have tests of their own.
  static let lexicons: LexiconCatalogue = {
    let english = """
      insulin\tmedication\terror\tYour insulin is here\tInsulate the door
      diabetes\tcondition\terror\tYour diabetes\tThe road is long
      screening\ttest\twarning\tYour screening\tA screen door
      rehab\tsubstance_use\terror\tYour rehab visit\tThe road is long
      """
    let spanish = "insulina\tmedication\terror\tSu insulina\tEl sol sale\n"
    let lists = LexiconCatalogue.Lists(lay: ["en": Array(english.utf8), "es": Array(spanish.utf8)])
    guard let lexicons = try? LexiconCatalogue(lists) else {
      preconditionFailure("the test's own lists are faulty")
    }
    return lexicons
  }()

  static func environment(functions: [ScriptFunction] = [], limits: Limits = Limits()) -> ScriptEnvironment {
    ScriptEnvironment(
      clinic: clinic, policy: Policy(), valueSets: sets, zones: zones, lexicons: lexicons,
      functions: functions, limits: limits)
  }

  static func instant(_ text: String) -> Instant { Instant(rfc3339: text) ?? .earliest }
  static func date(_ text: String) -> CivilDate { CivilDate(text) ?? .earliest }

  /// The text of a message that passes every check.
  static let goodText = "Hi {$patient.first_name}, {$clinic.name}, {$clinic.phone}. {$opt_out}"

  /// A campaign with the given lines of code, and messages `nudge` and `visit` (which shows an appointment's day).
  static func campaign(decide: String, audience: String = "return true", extra: String = "") -> String {
    """
    return campaign {
      id = "test-campaign", title = "Test", owner = "Team", purpose = "prescription", channels = { "sms" }, \(extra)
      messages = {
        nudge = { en = "\(goodText)", replies = { C = { code = "confirmed" } } },
        visit = { en = "{$clinic.name} {$appointment.date} {$clinic.phone} {$opt_out}" },
      },
      audience = function(patient) \(audience) end,
      decide = function(patient) \(decide) end,
    }
    """
  }

  /// The findings of a campaign's file, one a line.
  static func findings(_ source: String, in environment: ScriptEnvironment = environment()) -> [String] {
    CampaignScript.load(Array(source.utf8), file: "c.lua", contentHash: "hash", in: environment).findings.map(
      \.withoutRule)
  }

  /// A campaign that must load.
  static func load(_ source: String, in environment: ScriptEnvironment = environment()) throws
    -> CampaignScript
  {
    let reading = CampaignScript.load(Array(source.utf8), file: "c.lua", contentHash: "hash", in: environment)
    return try #require(reading.value, "\(reading.findings.map(\.withoutRule))")
  }

  /// What `tostring(expression)` gives in a script, for a patient.
  static func say(
    _ expression: String, of facts: PatientFacts = PatientFacts(),
    shared: SharedResources = SharedResources(),
    at now: Instant = now
  ) throws -> String {
    let script = try load(campaign(decide: "local p = patient; return skip('=' .. tostring(\(expression)))"))
    let proposal = try #require(try script.propose(for: FactsOnly("P-2222", facts), shared: shared, at: now))
    guard case .skip(let text)? = proposal.items.first else { return "no skip" }
    return String(text.dropFirst())
  }

  /// What a script proposes for a patient.
  static func propose(
    _ decide: String, of facts: PatientFacts = PatientFacts(), shared: SharedResources = SharedResources(),
    extra: String = ""
  ) throws -> Proposal {
    let script = try load(campaign(decide: decide, extra: extra))
    return try #require(try script.propose(for: FactsOnly("P-2222", facts), shared: shared, at: now))
  }

  /// The failure of a script for a patient.
  static func failure(
    _ decide: String, of facts: PatientFacts = PatientFacts(), extra: String = "", limits: Limits = Limits()
  ) throws -> ScriptFailure {
    let script = try load(campaign(decide: decide, extra: extra), in: environment(limits: limits))
    return try #require(throws: ScriptFailure.self) {
      try script.propose(for: FactsOnly("P-2222", facts), shared: SharedResources(), at: now)
    }
  }
}
