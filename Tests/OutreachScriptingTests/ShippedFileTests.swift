import FoundationEssentials
import OutreachCore
import OutreachScripting
import Testing

struct ShippedFileTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Campaigns")

  private func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: Self.folder.appending(path: name)))
  }

  private func environment() throws -> ScriptEnvironment {
    let clinic = ClinicFile.read(try bytes("clinic.lua"), file: "clinic.lua")
    let policy = PolicyFile.read(try bytes("policy.lua"), file: "policy.lua", on: Fixture.date("2026-11-23"))
    let sets = ValueSetFile.read(try bytes("valuesets.lua"), file: "valuesets.lua")
    #expect(clinic.findings + policy.findings + sets.findings == [])
    return ScriptEnvironment(
      clinic: try #require(clinic.value), policy: try #require(policy.value),
      valueSets: try #require(sets.value),
      zones: Fixture.zones, lexicons: Fixture.lexicons)
  }

  @Test func `every shipped campaign loads without a finding under the shipped clinic, policy and sets`()
    throws
  {
    let environment = try environment()
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { $0.hasSuffix(".lua") && !$0.hasSuffix(".test.lua") && !$0.hasSuffix(".d.lua") }
      .filter { !["clinic.lua", "valuesets.lua"].contains($0) && !$0.hasPrefix("policy") }
    #expect(names.count >= 4)
    for name in names {
      let reading = CampaignScript.load(try bytes(name), file: name, contentHash: "hash", in: environment)
      #expect(reading.findings == [])
      #expect(reading.value?.campaign.id.rawValue == String(name.dropLast(4)))
    }
  }

  private func policy(_ name: String, on day: String) throws -> Policy {
    let reading = PolicyFile.read(try bytes(name), file: name, on: Fixture.date(day))
    #expect(reading.findings == [], "\(name) on \(day)")
    return try #require(reading.value)
  }

  @Test(
    arguments: ["policy.lua", "policy-eu-gdpr.lua"], ["2026-11-22", "2027-01-30", "2027-01-31", "2027-02-01"])
  func `both shipped policies load without a finding before and after the law changes`(
    name: String, day: String
  )
    throws
  {
    let policy = try policy(name, on: day)
    #expect(name == (policy.name == "eu-gdpr" ? "policy-eu-gdpr.lua" : "policy.lua"))
    #expect(policy.revocation.inForce(on: Fixture.date(day)) == .all)
  }

  @Test func `the shipped policy is the default policy and the laws of the states`() throws {
    var policy = try policy("policy.lua", on: "2026-11-22")
    let bare = Policy()
    func bared(_ hours: OpenHours) -> OpenHours {
      var hours = hours
      hours.provenance = Provenance()
      return hours
    }
    func bared(_ cap: FrequencyCap) -> FrequencyCap {
      var cap = cap
      cap.provenance = Provenance()
      return cap
    }
    #expect(policy.quietHours.rules.filter { $0.places == nil }.map(bared) == bare.quietHours.rules)
    #expect(policy.caps.filter { $0.places == nil }.map(bared) == bare.caps)
    let local = policy.caps.filter { $0.places != nil }
    #expect(local.map(\.places) == [[.state("FL")], [.state("MD")], [.state("OK")]])
    #expect(
      local.allSatisfy { $0.limit == 3 && $0.window == .rolling(.seconds(86_400)) && $0.each == .purpose })
    #expect(policy.facts.versions.map(\.rule) == bare.facts.versions.map(\.rule))
    #expect(policy.contact.versions.map(\.rule) == bare.contact.versions.map(\.rule))
    #expect(policy.message.versions.map(\.rule) == bare.message.versions.map(\.rule))
    #expect(policy.disclosure.versions.map(\.rule) == bare.disclosure.versions.map(\.rule))
    #expect(policy.content.versions.map(\.rule) == bare.content.versions.map(\.rule))
    #expect(policy.reply.versions.map(\.rule) == bare.reply.versions.map(\.rule))
    #expect(policy.revocation.versions.map(\.rule) == [.all, .all])
    #expect(policy.majority.versions.map(\.rule.age) == [18])
    let ages = policy.majority.versions[0].rule.byPlace
    #expect(ages == [.state("AL"): 19, .state("NE"): 19, .state("MS"): 21, .state("PR"): 21])
    // What is left is the default to the letter.
    policy.quietHours = bare.quietHours
    policy.caps = bare.caps
    policy.facts = bare.facts
    policy.contact = bare.contact
    policy.message = bare.message
    policy.reply = bare.reply
    policy.revocation = bare.revocation
    policy.majority = bare.majority
    policy.disclosure = bare.disclosure
    policy.content = bare.content
    #expect(policy == bare)
  }

  @Test(arguments: [
    // state: Monday to Friday, Saturday, Sunday, whether it rests on holidays of its own; "-" is closed
    "AL 08-20 08-20 - rests", "CT 09-20 09-20 09-20", "FL 08-20 08-20 08-20", "LA 08-20 08-20 - rests",
    "MD 08-20 08-20 08-20", "MA 08-20 08-20 08-20", "MI 09-21 09-21 09-21", "MN 09-21 09-21 09-21",
    "MS 08-20 08-20 -", "NE 08-21 08-21 13-21 rests", "NV 09-20 09-20 09-20", "NJ 08-20 08-20 08-20",
    "NM 09-21 09-21 09-21", "OK 08-20 08-20 08-20", "PA 08-21 08-12 - rests", "SD 09-21 - -",
    "TX 09-21 09-21 12-21", "UT 08-21 08-21 - rests", "VA 08-21 08-21 08-21", "WA 08-20 08-20 08-20",
    "IL 09-21 09-21 09-21", "KY 00-24 00-24 00-24", "RI 00-24 00-24 00-24",
  ])
  func `the states' hours are those of the table`(row: String) throws {
    let parts = row.split(separator: " ").map(String.init)
    let lines = try policy("policy.lua", on: "2026-11-22").quietHours.rules
      .filter { $0.places == [.state(parts[0])] }
    for weekday in Weekday.allCases {
      let expected = parts[weekday == .sunday ? 3 : weekday == .saturday ? 2 : 1]
      let windows = lines.filter { $0.weekdays.contains(weekday) }.map(\.window)
      if lines.isEmpty {
        #expect(expected == "00-24", "\(row)")
      } else {
        let times = expected.split(separator: "-").map { "\($0):00" }
        #expect(
          windows == (times.count == 2 ? [TimeWindow(from: times[0], to: times[1])] : []), "\(row) \(weekday)"
        )
      }
    }
    #expect(
      Set(lines.filter { !$0.weekdays.contains(.sunday) || $0.weekdays.count > 1 }.map(\.rests))
        .isSubset(of: [parts.count > 4 ? [.local] : []]), "\(row)")
    #expect(Set(lines.map(\.clock)).isSubset(of: [parts[0] == "MS" ? "Etc/GMT+6" : nil]))
    #expect(
      lines.allSatisfy {
        $0.provenance.source != nil && $0.provenance.checkedOn == Fixture.date("2026-11-22")
      })
  }

  @Test func `the shipped policy is told with the law of Texas and the change of the law in sight`() throws {
    let day = Fixture.date("2026-11-22")
    let lines = PolicyText(try policy("policy.lua", on: "2026-11-22"), on: day).sections.flatMap(\.lines)
    #expect(
      lines.first { $0.sentence.hasPrefix("Texas") }
        == PolicyText.Line(
          sentence: "Texas (US-TX): Monday to Saturday 09:00–21:00, Sunday 12:00–21:00.",
          source:
            "Source: Texas SB 140 of 2025, by support.referrizer.com, calling hours by state, checked 2026-11-22."
        ))
    #expect(lines.contains { $0.sentence == "From 2027-01-31: Every message on every channel." })
    #expect(lines.allSatisfy { $0.source.hasPrefix("Source: ") && $0.source.hasSuffix(".") })
  }

  @Test func `editors know every function and member that scripts have, and no other`() throws {
    let types = String(decoding: try bytes("outreach.d.lua"), as: UTF8.self)
    for function in ScriptInterface.functions {
      #expect(types.contains("\nfunction \(function)("), "\(function)")
    }
    for method in ScriptInterface.patientMethods {
      #expect(types.contains("\nfunction Patient:\(method)("), "\(method)")
    }
    for (type, fields) in ScriptInterface.fields {
      let start = try #require(types.firstRange(of: "---@class (exact) \(type)\n"), "\(type)")
      let lines = types[start.upperBound...].split(separator: "\n").prefix { $0.hasPrefix("---@field ") }
      let written = lines.compactMap { $0.split(separator: " ").dropFirst().first }
        .map { $0.hasSuffix("?") ? String($0.dropLast()) : String($0) }
      #expect(written.sorted() == fields.sorted(), "\(type)")
    }
  }
}
