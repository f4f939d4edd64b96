import FoundationEssentials
import OutreachCore
import OutreachScripting
import OutreachStore

/// The three files of settings of a workspace, read and checked.
struct WorkspaceSettings {
  let clinic: Clinic
  let policy: Policy
  let valueSets: ValueSets
  let policyHash: String

  /// Reads the three files; all their faults are reported together.
  ///
  /// - Parameter day: the day on which the policy's rules must be in force, by the clinic's zone.
  init(
    directory: String, zones: ZoneCatalogue, day: (Zone) throws(OutreachError) -> CivilDate
  ) throws(OutreachError) {
    let clinic = ClinicFile.read(
      try Self.contents(of: "\(directory)/clinic.lua"), file: "\(directory)/clinic.lua", zones: zones)
    var zone = Zone.utc
    if let name = clinic.value?.timeZone, case .success(let own) = zones.zone(named: name) { zone = own }
    let policySource = try Self.contents(of: "\(directory)/policy.lua")
    let policy = PolicyFile.read(policySource, file: "\(directory)/policy.lua", on: try day(zone))
    let valueSets = ValueSetFile.read(
      try Self.contents(of: "\(directory)/valuesets.lua"), file: "\(directory)/valuesets.lua")
    let findings = clinic.findings + policy.findings + valueSets.findings
    guard let clinic = clinic.value, let policy = policy.value, let valueSets = valueSets.value,
      !findings.contains(where: { $0.severity == .error })
    else {
      throw OutreachError(.findings, "the workspace's settings have faults", findings: findings)
    }
    self.clinic = clinic
    self.policy = policy
    self.valueSets = valueSets
    do {
      policyHash = try Digest.sha256(policySource)
    } catch {
      throw OutreachError(.defect, "\(error)")
    }
  }

  private static func contents(of path: String) throws(OutreachError) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw OutreachError(.badInput, "\(path) cannot be read; 'outreach init' makes one in a new workspace")
    }
    return Array(data)
  }
}
