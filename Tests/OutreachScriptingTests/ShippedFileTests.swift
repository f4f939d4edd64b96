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
      zones: Fixture.zones)
  }

  @Test func `every shipped campaign loads without a finding under the shipped clinic, policy and sets`()
    throws
  {
    let environment = try environment()
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { $0.hasSuffix(".lua") && !$0.hasSuffix(".test.lua") && !$0.hasSuffix(".d.lua") }
      .filter { !["clinic.lua", "policy.lua", "valuesets.lua"].contains($0) }
    #expect(names.count >= 4)
    for name in names {
      let reading = CampaignScript.load(try bytes(name), file: name, contentHash: "hash", in: environment)
      #expect(reading.findings == [])
      #expect(reading.value?.campaign.id.rawValue == String(name.dropLast(4)))
    }
  }

  @Test func `the shipped policy is the default policy`() throws {
    #expect(try environment().policy == Policy())
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
