public import OutreachCore
public import OutreachScripting
import OutreachStore

extension Workspace {
  /// Records that somebody approves a campaign exactly as it stands.
  ///
  /// - Parameters:
  ///   - who: the name that the person goes by at the clinic.
  ///   - account: the account of the machine that it is done from.
  /// - Returns: the approval.
  @discardableResult
  public func approve(
    _ script: CampaignScript, with engine: Engine, by who: String, account: String, at now: Instant
  ) throws(OutreachError) -> Approval {
    let approval = Approval(
      subject: try engine.approvalSubject(of: script), by: who, account: account, at: now)
    do {
      try registry.record(approval)
    } catch {
      throw OutreachError(wrapping: error)
    }
    return approval
  }

  /// How a campaign stands with those who approve.
  public func approvalStanding(of script: CampaignScript, with engine: Engine) throws(OutreachError)
    -> ApprovalStanding
  {
    let subject = try engine.approvalSubject(of: script)
    do {
      return ApprovalStanding(
        of: subject, among: try registry.approvals().filter { $0.subject.campaign == subject.campaign })
    } catch {
      throw OutreachError(wrapping: error)
    }
  }

  /// What deciding as for sending asks of campaigns: those that are approved as they stand.
  public func approval(of scripts: [CampaignScript], with engine: Engine) throws(OutreachError)
    -> GuardEnvironment.Approval
  {
    var approved: Set<String> = []
    for script in scripts where try approvalStanding(of: script, with: engine).isApproved {
      approved.insert(script.campaign.contentHash)
    }
    return .needed(approved: approved)
  }
}
