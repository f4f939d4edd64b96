// A program that embeds outreach: its own patients, its own channel, one function of its own for campaigns.
import FoundationEssentials
import Outreach

/// Riders of a transport service, kept in memory by the program itself.
final class Riders: PatientSource {
  let riders = [Rider("P-2222", "Ana", stairs: 3), Rider("P-3333", "Wei", stairs: 0)]

  func forEachPatient(_ body: (any PatientEntry) throws -> Void) throws {
    for rider in riders { try body(rider) }
  }

  func withPatient(_ name: PatientName, _ body: (any PatientEntry) throws -> Void) throws -> Bool {
    let found = riders.filter { .handle($0.handle) == name }
    for rider in found { try body(rider) }
    return !found.isEmpty
  }

  func sharedResources() -> SharedResources { SharedResources() }
  func factsAsOf() -> Instant? { Instant(rfc3339: "2026-11-23T15:00:00Z") }
}

final class Rider: PatientEntry {
  let handle: PatientHandle
  let standing = RecordStanding.current
  private let name: String
  private let stairs: Double

  init(_ handle: String, _ name: String, stairs: Double) {
    (self.handle, self.name, self.stairs) = (PatientHandle(handle), name, stairs)
  }

  func facts() -> PatientFacts {
    var facts = PatientFacts()
    facts.fields = ["stairs": .number(stairs)]
    return facts
  }

  func identity() -> PatientIdentity {
    let pager = ContactPoint(system: .added, typed: "unit-\(handle)", startsOn: CivilDate("2026-01-05"))
    let (id, zone) = (PatientID("rider"), "America/Chicago")
    return PatientIdentity(id: id, givenName: name, contactPoints: [pager], timeZone: zone)
  }

  func consents() -> [ConsentEvent] {
    let signed = Instant(rfc3339: "2026-01-05T15:00:00Z") ?? .latest
    let form = ResourceID("Form/1")
    return [.init(evidence: form, kind: .granted, purpose: .appointment, channel: nil, at: signed)]
  }

  func holders(of number: PhoneNumber) -> Int { 1 }
}

@main
enum Embedding {
  static func main() throws {
    let process = ProcessInfo.processInfo.processIdentifier
    let folder = FileManager.default.temporaryDirectory.path + "/embedding-\(process)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let environment = ["OUTREACH_KEY_FILE": folder + "/store.key"]
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let fields = "time_zone = 'America/Chicago', fields = { 'stairs' }"
    try "return clinic { name = 'City Rides', phone = '312-555-0199', \(fields) }"
      .write(toFile: folder + "/clinic.lua", atomically: true, encoding: .utf8)
    _ = try Workspace.create(at: folder, environment: environment)
    let today = CivilDate("2026-11-23") ?? .earliest
    let store = try Workspace.open(at: folder, environment: environment, on: today)
    let needsHelp = ScriptFunction("needs_help") { arguments in
      if case .number(let stairs)? = arguments.first { .boolean(stairs > 2) } else { .boolean(false) }
    }
    let engine = try store.engine(patients: Riders(), functions: [needsHelp], channels: [Channel("pager")])
    let now = Instant(rfc3339: "2026-11-23T16:00:00Z") ?? .earliest
    let campaigns = [try engine.campaign(at: "Examples/embedding/pick-up.lua")]
    let summary = try engine.preview(campaigns, at: now) { outcome, _ in
      for decision in outcome.decisions { print(decision.jsonLine(zones: store.zones, reveal: false)) }
    }
    print(summary.jsonLine)
  }
}
