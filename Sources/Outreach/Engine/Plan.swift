import OutreachCore
import OutreachStore

/// Hashes what a run would send, to whom and by which rules, so that a person can confirm exactly that.
///
/// Instants and link tokens are left out: they change from minute to minute while the plan stays the same.
struct Plan {
  private let digest = Digest()

  /// Begins a plan with the rules it is made by.
  ///
  /// - Parameters:
  ///   - policyHash: the hash of the policy's file, empty where the policy came from none.
  ///   - lexiconVersion: the version of the lexicons that texts were checked with.
  init(_ campaigns: [Campaign], policyHash: String, lexiconVersion: String, factsAsOf: Instant?) throws {
    for campaign in campaigns { try add([campaign.id.rawValue, campaign.contentHash]) }
    try add([policyHash, lexiconVersion, factsAsOf?.rfc3339 ?? ""])
  }

  /// Adds the decisions of one patient; patients come in order of handle.
  func add(_ decisions: [Decision]) throws {
    if decisions.count == 1 { return try digest.update(Self.key(of: decisions[0])) }
    for key in decisions.map(Self.key).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      try digest.update(key)
    }
  }

  /// What of a decision a person confirms, as bytes.
  private static func key(of decision: Decision) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(320)
    append(decision.patient.rawValue, to: &bytes)
    append(decision.campaign.rawValue, to: &bytes)
    append(decision.message?.rawValue ?? "", to: &bytes)
    append(decision.occurrence?.rawValue ?? "", to: &bytes)
    append(decision.verdict.rawValue, to: &bytes)
    append(decision.channel?.rawValue ?? "", to: &bytes)
    append(decision.text?.revealed ?? "", to: &bytes)
    return bytes
  }

  /// The hash as 64 hexadecimal digits.
  func finished() throws -> String { try digest.finish() }

  /// Adds words so that no two lists of words are the same bytes.
  private func add(_ words: [String]) throws {
    var bytes: [UInt8] = []
    for word in words { Self.append(word, to: &bytes) }
    try digest.update(bytes)
  }

  private static func append(_ word: String, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: UInt32(word.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: word.utf8)
  }
}
