import OutreachCore

/// The keyed hashes by which the ledger finds what it must not name.
final class LedgerHashes {
  private let keys: LookupHash
  private let campaigns: LookupHash
  private let opaque: LookupHash
  private let tokens: LookupHash
  private let references: LookupHash
  private let states: LookupHash

  init(_ workspace: WorkspaceKeys) throws(SealError) {
    keys = try workspace.ledger("send key")
    campaigns = try workspace.ledger("campaign")
    opaque = try workspace.ledger("send token")
    tokens = try workspace.ledger("send token look-up")
    references = try workspace.ledger("provider reference")
    states = try workspace.ledger("decision state")
  }

  /// What is unique for a message to a patient about one thing.
  func key(_ key: PastContact.Key, of patient: PatientHandle) throws(SealError) -> [UInt8] {
    // None of the parts holds a line break.
    try keys(
      [patient.rawValue, key.campaign.rawValue, key.message.rawValue, key.occurrence.rawValue].joined(
        separator: "\n"))
  }

  /// A campaign, for pauses and counts.
  func campaign(_ id: CampaignID) throws(SealError) -> [UInt8] { try campaigns(id.rawValue) }

  /// The name by which providers know the message: the same at every attempt, also after the database was restored.
  func token(ofKey key: [UInt8]) throws(SealError) -> SendToken {
    SendToken(Hexadecimal.text(of: try opaque(Hexadecimal.text(of: key))))
  }

  /// What is looked up of a token that a provider brings back.
  func lookup(_ token: SendToken) throws(SealError) -> [UInt8] { try tokens(token.rawValue) }

  /// What is looked up of a provider's own name for a message.
  func reference(_ reference: String, of provider: String) throws(SealError) -> [UInt8] {
    try references("\(provider)\n\(reference)")
  }

  /// What differs when a decision does.
  func state(_ trail: [UInt8]) throws(SealError) -> [UInt8] { try states(trail) }
}

/// Bytes as hexadecimal digits.
enum Hexadecimal {
  private static let digits = Array("0123456789abcdef".utf8)

  static func text(of bytes: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: bytes.count * 2) { text in
      for (place, byte) in bytes.enumerated() {
        text[place * 2] = digits[Int(byte >> 4)]
        text[place * 2 + 1] = digits[Int(byte & 15)]
      }
      return bytes.count * 2
    }
  }
}
