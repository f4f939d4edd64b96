import ArgumentParser
import FoundationEssentials
import Outreach

/// Where the workspace is.
struct WorkspaceOptions: ParsableArguments {
  @Option(help: "The workspace's folder. Default: $OUTREACH_WORKSPACE, or the current folder.")
  var workspace: String?

  @Option(help: "The database. Default: outreach.db in the workspace.")
  var database: String?

  /// The folder that was named, by option or environment.
  var directory: String { workspace ?? ProcessInfo.processInfo.environment["OUTREACH_WORKSPACE"] ?? "." }

  /// Opens the workspace with the policy that is in force at an instant, by the clinic's zone.
  ///
  /// A good policy file is kept to stand in later, unless it was looked at for another day than today. When the file
  /// has faults they are named, and that the last good one stays in force.
  func open(
    at instant: (Zone) throws(OutreachError) -> Instant = { _ in Clock.now }, keepsPolicy: Bool = true
  ) throws(OutreachError) -> Workspace {
    let workspace = try Workspace.open(
      at: directory, database: database, environment: ProcessInfo.processInfo.environment,
      keepsPolicy: keepsPolicy
    ) { (zone) throws(OutreachError) in zone.date(at: try instant(zone)) }
    for finding in workspace.policyFindings where finding.severity == .error {
      Terminal.complain("\(finding)")
    }
    if let day = workspace.policyKeptOn {
      Terminal.complain("outreach: policy.lua has faults; the policy that was good on \(day) stays in force")
    }
    return workspace
  }
}

/// The instant for which to decide.
struct InstantOption: ParsableArguments {
  @Option(
    help:
      "The instant to decide for: 2026-11-23T16:00:00Z, or 2026-11-23 10:00 by the clinic's clock. Default: now."
  )
  var at: String?

  /// The instant that was named; a time without a zone is the clinic's.
  func instant(in zone: Zone) throws(OutreachError) -> Instant {
    try Self.instant(at, named: "--at", in: zone)
  }

  /// Reads an instant, a date and time, or a date; without a zone it is the clinic's.
  ///
  /// A date alone is its first instant; for a word that closes it is its last, or the present, so that such a word of
  /// a day wins over the others of that day.
  static func instant(
    _ text: String?, named option: String, in zone: Zone, closes: Bool = false
  ) throws(OutreachError) -> Instant {
    guard let text else { return Clock.now }
    if let instant = Instant(rfc3339: text) { return instant }
    if let local = CivilDateTime(text.replacing(" ", with: "T")) {
      return zone.instant(of: local, gap: .firstAfter, overlap: .first)
    }
    if let date = CivilDate(text) {
      let last = zone.startOfDay(date.adding(days: 1)) - .seconds(1)
      return closes && date <= zone.date(at: Clock.now) ? min(last, Clock.now) : zone.startOfDay(date)
    }
    throw OutreachError(
      .usage, "\(option) '\(text)' is not an instant; write 2026-11-23T16:00:00Z or '2026-11-23 10:00'")
  }
}

/// The machine's clock: the one place where the program asks what time it is.
enum Clock {
  /// The present.
  static var now: Instant { Instant(secondsSinceEpoch: Int64(Date().timeIntervalSince1970.rounded(.down))) }
}
