/// Everything that an approval binds a person to: what is said, in which languages, under which rules.
///
/// Any change to any of it makes another subject, and then nobody has approved it.
public struct ApprovalSubject: Hashable, Sendable {
  /// The campaign.
  public var campaign: CampaignID
  /// The SHA-256 of the campaign's file.
  public var contentHash: String
  /// The SHA-256 of each message's texts, by the message's name.
  public var messageHashes: [MessageID: String]
  /// The languages in which it speaks.
  public var languages: Set<String>
  /// The SHA-256 of the policy's file; empty where the policy was made in code.
  public var policyHash: String
  /// The version of the lexicons that its words were checked with.
  public var lexiconVersion: String

  /// Makes a subject.
  public init(
    campaign: CampaignID, contentHash: String, messageHashes: [MessageID: String], languages: Set<String>,
    policyHash: String, lexiconVersion: String
  ) {
    self.campaign = campaign
    self.contentHash = contentHash
    self.messageHashes = messageHashes
    self.languages = languages
    self.policyHash = policyHash
    self.lexiconVersion = lexiconVersion
  }

  /// What of it differs from another one, in words, for the person who has to approve again.
  public func changes(since earlier: ApprovalSubject) -> [String] {
    var changes: [String] = []
    let messages = Set(messageHashes.keys).union(earlier.messageHashes.keys)
      .filter { messageHashes[$0] != earlier.messageHashes[$0] }.sorted()
    if !messages.isEmpty {
      changes.append(
        "the message\(messages.count == 1 ? "" : "s") \(messages.map(\.rawValue).joined(separator: ", "))")
    } else if contentHash != earlier.contentHash {
      changes.append("the script")
    }
    if languages != earlier.languages { changes.append("the languages") }
    if policyHash != earlier.policyHash { changes.append("the policy") }
    if lexiconVersion != earlier.lexiconVersion { changes.append("the lexicons") }
    return changes
  }
}

/// That somebody has approved a campaign exactly as it stood.
public struct Approval: Hashable, Sendable {
  /// What was approved.
  public var subject: ApprovalSubject
  /// Who approved it, by the name they go by at the clinic.
  public var by: String
  /// The account of the machine that it was done from.
  public var account: String
  /// When.
  public var at: Instant

  /// Makes an approval.
  public init(subject: ApprovalSubject, by: String, account: String, at: Instant) {
    self.subject = subject
    self.by = by
    self.account = account
    self.at = at
  }
}

/// How a campaign stands with those who approve.
public enum ApprovalStanding: Hashable, Sendable {
  /// Nobody ever approved it.
  case never
  /// Somebody approved it, and it has changed since.
  case void(Approval, changes: [String])
  /// Somebody approved it as it stands.
  case approved(Approval)

  /// Whether it may be sent.
  public var isApproved: Bool { if case .approved = self { true } else { false } }

  /// How a subject stands by the approvals of its campaign, in the order in which they were given.
  public init(of subject: ApprovalSubject, among approvals: [Approval]) {
    if let approval = approvals.last(where: { $0.subject == subject }) {
      self = .approved(approval)
    } else if let last = approvals.last {
      self = .void(last, changes: subject.changes(since: last.subject))
    } else {
      self = .never
    }
  }
}
