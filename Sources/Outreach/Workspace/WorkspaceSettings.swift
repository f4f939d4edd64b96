import FoundationEssentials
import OutreachCore
import OutreachScripting
import OutreachStore

/// The three files of settings of a workspace, read and checked.
struct WorkspaceSettings {
  let clinic: Clinic
  let valueSets: ValueSets
  /// The policy as `policy.lua` has it, with its faults.
  let policy: Reading<Policy>
  /// The bytes of `policy.lua`.
  let policySource: [UInt8]
  /// The day on which the policy's rules must be in force, by the clinic's zone.
  let day: CivilDate
  /// The clinic's zone.
  let zone: Zone

  /// Reads the three files; all their faults are reported together, but for those of the policy, for which one that
  /// was good before can stand in.
  init(
    directory: String, zones: ZoneCatalogue, day: (Zone) throws(OutreachError) -> CivilDate
  ) throws(OutreachError) {
    let clinic = ClinicFile.read(
      try Self.contents(of: "\(directory)/clinic.lua"), file: "\(directory)/clinic.lua", zones: zones,
      lexicons: .shipped)
    var zone = Zone.utc
    if let name = clinic.value?.timeZone, case .success(let own) = zones.zone(named: name) { zone = own }
    self.zone = zone
    self.day = try day(zone)
    let path = "\(directory)/policy.lua"
    if let data = FileManager.default.contents(atPath: path) {
      policySource = Array(data)
      policy = Self.checkingClocks(
        PolicyFile.read(policySource, file: path, on: self.day), file: path, zones: zones)
    } else {
      policySource = []
      let finding = Finding(
        .error, .file, at: SourcePosition(file: path, line: 1), "the file cannot be read; put the policy back"
      )
      policy = Reading(value: nil, findings: [finding])
    }
    let valueSets = ValueSetFile.read(
      try Self.contents(of: "\(directory)/valuesets.lua"), file: "\(directory)/valuesets.lua")
    let findings = clinic.findings + valueSets.findings
    guard let clinic = clinic.value, let valueSets = valueSets.value, !Self.hasErrors(findings) else {
      throw OutreachError(
        .findings, "the workspace's settings have faults",
        findings: findings + policy.findings)
    }
    self.clinic = clinic
    self.valueSets = valueSets
  }

  /// The policy that is in force: the file's when it has no faults, else the one that was last good.
  struct PolicyInForce {
    let policy: Policy
    let hash: String
    /// What is wrong with the file or looks wrong in it.
    let findings: [Finding]
    /// The day for which the policy in force was found good, where it stands in.
    let keptOn: CivilDate?
  }

  /// Finds the policy in force, and keeps the file's for later when it is good.
  ///
  /// A policy that was good before may have rules that ended since; what hangs on these is refused.
  ///
  /// - Parameter keeps: whether a good file is kept; not for a look at another day, on which a file can be good that is
  ///   not good today.
  func policyInForce(_ registry: Registry, keeps: Bool) throws -> PolicyInForce {
    let kept = try registry.keptPolicy()
    if let value = policy.value, !Self.hasErrors(policy.findings) {
      if keeps, kept?.text != policySource { try registry.keepPolicy(policySource, at: zone.startOfDay(day)) }
      return PolicyInForce(
        policy: value, hash: try Digest.sha256(policySource), findings: policy.findings, keptOn: nil)
    }
    guard let kept, let value = PolicyFile.read(kept.text, file: "policy.lua", on: day).value else {
      throw OutreachError(.findings, "the workspace's settings have faults", findings: policy.findings)
    }
    return PolicyInForce(
      policy: value, hash: try Digest.sha256(kept.text), findings: policy.findings,
      keptOn: zone.date(at: kept.keptAt))
  }

  /// The reading with a finding for each clock that is no zone here; a line with such a clock would be closed.
  private static func checkingClocks(_ reading: Reading<Policy>, file: String, zones: ZoneCatalogue)
    -> Reading<Policy>
  {
    var reading = reading
    for line in reading.value?.quietHours.rules ?? [] {
      guard let clock = line.clock, case .failure(let error) = zones.zone(named: clock) else { continue }
      reading.findings.append(
        Finding(
          .error, .value, at: SourcePosition(file: file, line: 1),
          "the clock of the hours '\(line.name)': \(error)"))
    }
    return reading
  }

  private static func hasErrors(_ findings: [Finding]) -> Bool { findings.contains { $0.severity == .error } }

  private static func contents(of path: String) throws(OutreachError) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw OutreachError(.badInput, "\(path) cannot be read; 'outreach init' makes one in a new workspace")
    }
    return Array(data)
  }
}
