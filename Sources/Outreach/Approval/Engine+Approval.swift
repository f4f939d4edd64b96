public import OutreachCore
public import OutreachScripting
import OutreachStore

extension Engine {
  /// What an approval of a campaign as it stands binds a person to.
  ///
  /// - Throws: ``OutreachError`` when the library that hashes fails.
  public func approvalSubject(of script: CampaignScript) throws(OutreachError) -> ApprovalSubject {
    let campaign = script.campaign
    var hashes: [MessageID: String] = [:]
    do {
      for message in campaign.messages.values { hashes[message.id] = try Digest.sha256(message.canonical) }
    } catch {
      throw OutreachError(.defect, "\(error)")
    }
    return ApprovalSubject(
      campaign: campaign.id, contentHash: campaign.contentHash, messageHashes: hashes,
      languages: Set(campaign.messages.values.flatMap { $0.variants.map(\.language) }),
      policyHash: policyHash,
      lexiconVersion: lexiconVersion)
  }
}

extension Message {
  /// Everything that the message says, as bytes that differ when anything of it does.
  fileprivate var canonical: [UInt8] {
    var bytes: [UInt8] = []
    func add(_ text: String) {
      withUnsafeBytes(of: UInt32(text.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: text.utf8)
    }
    let ordered = variants.sorted {
      ($0.language, $0.channel?.rawValue ?? "") < ($1.language, $1.channel?.rawValue ?? "")
    }
    for variant in ordered {
      add(variant.language)
      add(variant.channel?.rawValue ?? "")
      add(variant.subject?.source ?? "")
      add(variant.body.source)
    }
    for reply in replies {
      add(reply.key)
      add(reply.code)
      add(reply.task ?? "")
    }
    return bytes
  }
}
