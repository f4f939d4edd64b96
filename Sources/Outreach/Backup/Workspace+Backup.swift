import FoundationEssentials
public import OutreachCore
import OutreachStore

extension Workspace {
  /// Copies the workspace's database as it is now into a new file, while others go on; the keys are not in it.
  ///
  /// - Throws: ``OutreachError`` where there is such a file or it cannot be written.
  public func backUp(to path: String, at now: Instant) throws(OutreachError) {
    do { try registry.backUp(to: path, at: now) } catch { throw OutreachError(wrapping: error) }
  }

  /// Puts a backup in the place of a workspace's database, which is kept beside it.
  ///
  /// What was on its way when the backup was made, and what is planned later and would have been proposed in between, is
  /// in doubt until the provider or a person says whether it left.
  ///
  /// - Returns: when the backup was made, and where what was there before is now.
  /// - Throws: ``OutreachError`` while a process sends, or where the file is no backup of this workspace.
  public static func restore(
    _ backup: String, to directory: String, database: String? = nil, environment: [String: String],
    at now: Instant
  ) throws(OutreachError) -> (madeAt: Instant, kept: String) {
    let path = database ?? "\(directory)/outreach.db"
    let kept = "\(path).before-\(now.secondsSinceEpoch)"
    do {
      let key = try WorkspaceKey(
        workspaceID: try Registry.workspaceID(database: backup), environment: environment)
      let gap = try Registry.restore(
        backup, to: path, keyStore: key.keyStore, masterKey: try key.read(), keeping: kept, at: now)
      return (gap.from, kept)
    } catch {
      throw OutreachError(wrapping: error)
    }
  }
}

extension PatientRun {
  /// Whether a message would have been proposed in one of the times of which the ledger knows nothing.
  ///
  /// Asked at the ends of each and once a day in between, at most ``mostDays`` times: what was proposed for less than a day
  /// and is proposed again is too rare to ask more often.
  func mayHaveLeft(_ decision: Decision, for entry: any PatientEntry, in gaps: [LedgerGap]) throws -> Bool {
    guard let message = decision.message, let occurrence = decision.occurrence else { return false }
    for gap in gaps {
      let days = min(Self.mostDays, max(0, (gap.until - gap.from).components.seconds / 86_400))
      let instants = [gap.from, gap.until] + (0..<days).map { gap.until - .seconds(86_400 * $0) }
      if try instants.contains(where: {
        try isProposed(message, occurrence, of: decision.campaign, for: entry, at: $0)
      }) {
        return true
      }
    }
    return false
  }

  private static let mostDays: Int64 = 31
}
