import FoundationEssentials
public import OutreachCore
public import OutreachScripting
import OutreachStore

/// Runs campaigns over patients: loads the scripts, lets them propose, and lets the guard decide.
///
/// Preview, explain and every later verb go through the same run of a patient, so what is shown is what happens.
public final class Engine {
  /// The clinic that speaks.
  public let clinic: Clinic
  /// What the clinic allows.
  public let policy: Policy
  /// The zone of the clinic's clock.
  public let clinicZone: Zone
  let zones: ZoneCatalogue
  let policyHash: String
  /// The version of the lexicons that texts are checked with.
  let lexiconVersion: String
  let patients: any PatientSource
  private let environment: ScriptEnvironment

  /// Makes an engine.
  ///
  /// - Parameters:
  ///   - patients: where patients come from.
  ///   - policyHash: a hash of what the policy was read from, for plans; empty where it was made in code.
  ///   - functions: functions of the embedding program that campaigns may call.
  ///   - channels: channels of the embedding program that campaigns may name.
  ///   - lexicons: what texts are checked with.
  ///   - overrides: words that two people allow today, although the lexicons find them.
  ///   - day: today on the clinic's calendar, on which campaigns are checked against the policy's dates; nil takes all of
  ///     its rules as in force.
  /// - Throws: ``OutreachError`` when the clinic's zone is not a zone.
  public init(
    clinic: Clinic, policy: Policy = Policy(), valueSets: ValueSets = ValueSets([]),
    zones: ZoneCatalogue = .system(),
    patients: any PatientSource, policyHash: String = "", functions: [ScriptFunction] = [],
    channels: [Channel] = [], lexicons: LexiconCatalogue = .shipped, overrides: [WordingOverride] = [],
    day: CivilDate? = nil
  ) throws(OutreachError) {
    switch zones.zone(named: clinic.timeZone) {
    case .success(let zone): clinicZone = zone
    case .failure(let error): throw OutreachError(.badInput, "the clinic's zone cannot be used: \(error)")
    }
    self.clinic = clinic
    self.policy = policy
    self.zones = zones
    self.policyHash = policyHash
    self.patients = patients
    lexiconVersion = lexicons.version
    environment = ScriptEnvironment(
      clinic: clinic, policy: policy, valueSets: valueSets, zones: zones, lexicons: lexicons,
      overrides: overrides, day: day,
      channels: Channel.all + channels, functions: functions)
  }

  /// Loads and checks a campaign's file; nothing that can be known without a patient is left to find out later.
  ///
  /// - Returns: the campaign, absent when a finding is an error, and every finding.
  /// - Throws: ``OutreachError`` when the library that hashes files fails.
  public func check(_ source: [UInt8], file: String) throws(OutreachError) -> Reading<CampaignScript> {
    do {
      return CampaignScript.load(source, file: file, contentHash: try Digest.sha256(source), in: environment)
    } catch {
      throw OutreachError(.defect, "\(error)")
    }
  }

  /// Loads a campaign from a file.
  ///
  /// - Throws: ``OutreachError`` with the findings when the file has faults.
  public func campaign(at path: String) throws(OutreachError) -> CampaignScript {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw OutreachError(
        .badInput, "\(path) cannot be read; name a campaign's file such as Campaigns/NAME.lua")
    }
    let reading = try check(Array(data), file: path)
    guard let script = reading.value, !reading.findings.contains(where: { $0.severity == .error }) else {
      throw OutreachError(.findings, "\(path) cannot run as it stands", findings: reading.findings)
    }
    return script
  }

  /// Campaigns in the order of their identifiers, of which no two may have the same.
  ///
  /// - Throws: ``OutreachError`` with the places of two campaigns of one identifier: what one of them had sent
  ///   would count as sent by the other.
  func ordered(_ scripts: [CampaignScript]) throws(OutreachError) -> [CampaignScript] {
    let scripts = scripts.sorted { $0.campaign.id < $1.campaign.id }
    for (left, right) in zip(scripts, scripts.dropFirst()) where left.campaign.id == right.campaign.id {
      let finding = Finding(
        .error, .value, at: right.campaign.position,
        "the id '\(right.campaign.id)' is also that of \(left.campaign.position.file); give each campaign its own"
      )
      throw OutreachError(.findings, "two campaigns have one id", findings: [finding])
    }
    return scripts
  }

  /// A run over patients at an instant.
  func patientRun(
    _ scripts: [CampaignScript], at now: Instant, approval: GuardEnvironment.Approval
  ) throws -> PatientRun {
    PatientRun(
      scripts: scripts,
      environment: guardEnvironment(at: now, factsAsOf: try patients.factsAsOf(), approval: approval),
      shared: try patients.sharedResources(), household: Household(of: patients))
  }

  /// What the guard needs to know of the world at an instant.
  func guardEnvironment(
    at now: Instant, factsAsOf: Instant?, approval: GuardEnvironment.Approval
  ) -> GuardEnvironment {
    GuardEnvironment(
      now: now, clinic: clinic, clinicZone: clinicZone, policy: policy, zones: zones, factsAsOf: factsAsOf,
      approval: approval)
  }

  /// Settles the patients whose plans have a part in one patient's, so that asking for one finds what asking for
  /// everybody finds.
  func settleHousehold(of name: PatientName, in run: PatientRun) throws {
    for handle in try Household.settledBefore(name, among: patients) {
      _ = try patients.withPatient(.handle(handle)) { _ = try run.outcomes(for: $0) }
    }
  }
}
