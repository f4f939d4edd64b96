import FoundationEssentials
import Glibc
public import OutreachCore
import OutreachScripting
package import OutreachStore

/// A folder with everything a clinic's outreach needs but the key: the database and the three files of
/// settings, `clinic.lua`, `policy.lua` and `valuesets.lua`.
public final class Workspace {
  /// The folder.
  public let directory: String
  /// The clinic that speaks.
  public let clinic: Clinic
  /// What the clinic allows.
  public let policy: Policy
  /// Named sets of clinical codes.
  public let valueSets: ValueSets
  /// Zones by name.
  public let zones: ZoneCatalogue
  package let registry: Registry
  /// The patients of the workspace's registry.
  public var patients: any PatientSource { registry }
  /// What is wrong with `policy.lua`, or looks wrong in it; with an error in it an earlier policy stands in for it.
  public let policyFindings: [Finding]
  /// The day for which the policy that stands in was found good; nil when `policy.lua` itself is in force.
  public let policyKeptOn: CivilDate?
  private let policyHash: String
  let day: CivilDate
  /// The zone of the clinic's clock.
  public let zone: Zone

  private init(
    directory: String, settings: WorkspaceSettings, policy: WorkspaceSettings.PolicyInForce,
    zones: ZoneCatalogue, registry: Registry
  ) {
    self.directory = directory
    clinic = settings.clinic
    self.policy = policy.policy
    policyFindings = policy.findings
    policyKeptOn = policy.keptOn
    policyHash = policy.hash
    day = settings.day
    zone = settings.zone
    valueSets = settings.valueSets
    self.zones = zones
    self.registry = registry
  }

  /// Opens the workspace in a folder.
  ///
  /// - Parameters:
  ///   - directory: the folder; a folder without a workspace is an error and not a new workspace.
  ///   - database: the database file; nil is `outreach.db` in the folder.
  ///   - environment: where to look for the key, see `OUTREACH_KEY_FILE`.
  ///   - day: the day on which the policy's rules must be in force. When the policy file has faults, the one that was
  ///     last good stays in force; see ``policyFindings``.
  /// - Throws: ``OutreachError`` with the faults of the three files, or what is missing.
  public static func open(
    at directory: String, database: String? = nil, environment: [String: String], on day: CivilDate,
    zones: ZoneCatalogue = .system()
  ) throws(OutreachError) -> Workspace {
    try open(
      at: directory, database: database, environment: environment, zones: zones, keepsPolicy: true
    ) { _ in day }
  }

  /// Opens the workspace in a folder, for a day that hangs on the clinic's zone.
  package static func open(
    at directory: String, database: String?, environment: [String: String], zones: ZoneCatalogue = .system(),
    keepsPolicy: Bool, day: (Zone) throws(OutreachError) -> CivilDate
  ) throws(OutreachError) -> Workspace {
    let path = database ?? "\(directory)/outreach.db"
    guard FileManager.default.fileExists(atPath: path) else {
      if access(directory, X_OK) != 0, errno == EACCES {
        throw OutreachError(.badInput, "\(directory) may not be opened by this user; look at its rights")
      }
      throw OutreachError(
        .usage,
        "there is no workspace in \(directory); make one with 'outreach init', or name one with --workspace")
    }
    let settings = try WorkspaceSettings(directory: directory, zones: zones, day: day)
    do {
      let key = try WorkspaceKey(
        workspaceID: try Registry.workspaceID(database: path), environment: environment)
      let registry = try Registry(database: path, keyStore: key.keyStore, masterKey: try key.read())
      return Workspace(
        directory: directory, settings: settings,
        policy: try settings.policyInForce(registry, keeps: keepsPolicy),
        zones: zones, registry: registry)
    } catch {
      throw OutreachError(wrapping: error)
    }
  }

  /// Makes a workspace in a folder, from the files that come with the program.
  ///
  /// A file that is already there stays as it is. An existing database or key is an error.
  ///
  /// - Parameters:
  ///   - directory: the folder, made where it is not there.
  ///   - environment: where to look for the key, see `OUTREACH_KEY_FILE`.
  ///   - policy: the policy to begin with.
  /// - Returns: the files that were made, in order, for the person who asked.
  public static func create(
    at directory: String, environment: [String: String], policy: PolicyPreset = .usPrimaryCare
  ) throws(OutreachError) -> [String] {
    let path = "\(directory)/outreach.db"
    guard !FileManager.default.fileExists(atPath: path) else {
      throw OutreachError(.usage, "there is a workspace in \(directory) already")
    }
    var made: [String] = []
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let identifier = try Registry.newWorkspaceID()
      let key = try WorkspaceKey(workspaceID: identifier, environment: environment)
      try key.makeFolder()
      guard !FileManager.default.fileExists(atPath: key.keyStore) else {
        throw OutreachError(
          .usage,
          "\(key.keyStore) holds the keys of another workspace; name another key with OUTREACH_KEY_FILE")
      }
      for (name, text) in ShippedFiles.all(policy)
      where !FileManager.default.fileExists(atPath: "\(directory)/\(name)") {
        try PrivateFile.write(text, to: "\(directory)/\(name)")
        made.append("\(directory)/\(name)")
      }
      let master = try key.readOrMake()
      let registry = try Registry.create(
        database: path, keyStore: key.keyStore, masterKey: master, workspaceID: identifier)
      try registry.close()
      made.append(path)
      if case .file(let file) = key.origin { made.append(file) }
    } catch {
      // Half a workspace would look like a whole one.
      for file in made { try? FileManager.default.removeItem(atPath: file) }
      throw OutreachError(wrapping: error)
    }
    return made
  }

  /// The workspace's patients, or whatever the embedding program brings, with the campaigns' engine around them.
  ///
  /// - Parameters:
  ///   - patients: where patients come from; nil is the workspace's registry.
  ///   - functions: functions of the embedding program that campaigns may call.
  ///   - channels: channels of the embedding program that campaigns may name.
  public func engine(
    patients: (any PatientSource)? = nil, functions: [ScriptFunction] = [], channels: [Channel] = []
  ) throws(OutreachError) -> Engine {
    // What runs out in the course of a day is over at its beginning.
    let evening = zone.startOfDay(day.adding(days: 1)) - .seconds(1)
    return try Engine(
      clinic: clinic, policy: policy, valueSets: valueSets, zones: zones,
      patients: patients ?? registry, policyHash: policyHash, functions: functions, channels: channels,
      overrides: try overrides().filter { $0.holds(at: evening) }, day: day)
  }

  /// The campaign files of the workspace, in order: every `.lua` file of its folder `campaigns`, and those beside
  /// the settings.
  public var campaignFiles: [String] {
    let settings: Set = ["clinic.lua", "policy.lua", "valuesets.lua"]
    func scripts(in folder: String) -> [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        .filter { $0.hasSuffix(".lua") && !$0.hasSuffix(".test.lua") && !$0.hasSuffix(".d.lua") }
        .filter { folder != directory || !settings.contains($0) }
        .sorted().map { "\(folder)/\($0)" }
    }
    return scripts(in: directory) + scripts(in: "\(directory)/campaigns")
  }

  /// Records that identities were shown: who asked, when, and about whom.
  public func recordReveal(
    of handles: [PatientHandle], by who: String, at instant: Instant, command: String
  ) throws(OutreachError) {
    do {
      try registry.recordReveal(of: handles, by: who, at: instant, command: command)
    } catch {
      throw OutreachError(wrapping: error)
    }
  }
}
