import Outreach
import OutreachTesting
import Testing

/// Patients who share a number: what may go there, and that it counts for all of them.
@Suite struct HouseholdTests {
  private static let now = Instant(rfc3339: "2026-11-23T16:00:00Z") ?? .earliest
  private static let shared = "+13125550150"

  /// A campaign whose message names nobody, and one that greets the patient.
  private static func campaign(_ id: String, text: String) -> [UInt8] {
    Array(
      """
      return campaign {
        id = "\(id)", title = "Trial", owner = "Care team", purpose = "wellness", channels = { "sms" },
        messages = { note = { en = "\(text)" } },
        decide = function(patient) return send("note") end,
      }
      """.utf8)
  }

  private static let neutral = campaign(
    "neutral", text: "{$clinic.name}: please call us at {$clinic.phone}. {$opt_out}")
  private static let greeting = campaign(
    "greeting", text: "Hi {$patient.first_name}, call {$clinic.name}: {$clinic.phone}. {$opt_out}")

  private static func patient(_ handle: String, _ number: String) -> SamplePatient {
    var patient = SamplePatient(handle)
    patient.identity.givenName = "Ana"
    patient.identity.addresses = [PostalAddress(state: "IL", postalCode: "60601", country: "US")]
    let reading = PhoneNumberReading(
      number: PhoneNumber(e164: number), isPossible: true, isValid: true, kind: .fixedLineOrMobile,
      region: "US",
      fault: nil)
    patient.identity.contactPoints = [
      ContactPoint(system: .phone, use: .mobile, typed: number, phone: reading)
    ]
    patient.facts.language = "en"
    patient.consents = [
      ConsentEvent(
        evidence: ResourceID("Consent/\(handle)"), kind: .granted, purpose: .wellness, channel: .sms,
        at: now - .seconds(30 * 86_400), source: .patient)
    ]
    return patient
  }

  private func decisions(_ patients: [SamplePatient], _ source: [UInt8]) throws -> [Decision] {
    let engine = try engine(patients)
    let script = try #require(try engine.check(source, file: "trial.lua").value)
    var decisions: [Decision] = []
    try engine.preview([script], at: Self.now) { outcome, _ in decisions += outcome.decisions }
    for decision in decisions {
      let explained = try engine.explain(.handle(decision.patient), campaigns: [script], at: Self.now)
      #expect(
        explained.outcomes.flatMap(\.decisions) == [decision],
        "asking for one finds what asking for all finds")
    }
    return decisions
  }

  private func engine(_ patients: [SamplePatient]) throws -> Engine {
    try Engine(
      clinic: Clinic(name: "Lakeside Clinic", phone: "312-555-0100", timeZone: "America/Chicago"),
      patients: SamplePatients(patients, asOf: Self.now))
  }

  @Test func `a shared number gets no message that names one of them`() throws {
    let two = [Self.patient("P-AAAA", Self.shared), Self.patient("P-BBBB", Self.shared)]
    #expect(try decisions(two, Self.greeting).map(\.reason) == [.contactShared, .contactShared])
    let apart = [Self.patient("P-AAAA", Self.shared), Self.patient("P-BBBB", "+13125550151")]
    #expect(try decisions(apart, Self.greeting).map(\.verdict) == [.send, .send])
  }

  @Test func `a neutral message goes to a shared number once, whoever it is for`() throws {
    let three = [
      Self.patient("P-AAAA", Self.shared), Self.patient("P-BBBB", Self.shared),
      Self.patient("P-CCCC", "+13125550151"),
    ]
    let decided = try decisions(three, Self.neutral)
    #expect(decided.map(\.verdict) == [.send, .suppress, .send])
    #expect(decided[1].reason == .alreadySent)
  }

  @Test func `what went to another at the number counts`() throws {
    var two = [Self.patient("P-AAAA", Self.shared), Self.patient("P-BBBB", Self.shared)]
    two[1].facts.contacts = [
      PastContact(
        id: ResourceID("Communication/1"), at: Self.now - .seconds(3_600), channel: .sms, status: .delivered)
    ]
    let decided = try decisions(two, Self.neutral)
    #expect(decided[0].verdict == .defer)
    #expect(decided[0].reason == .frequencyCap)
  }

  @Test func `a number that nine patients have is nobody's`() throws {
    let nine = "ABCDEFGHJ".map { Self.patient("P-AAA\($0)", Self.shared) }
    #expect(try decisions(nine, Self.neutral).map(\.reason) == nine.map { _ in .contactShared })
    let eight = Array(nine.dropLast())
    #expect(
      try decisions(eight, Self.neutral).map(\.verdict) == [.send] + eight.dropFirst().map { _ in .suppress })
  }
}
