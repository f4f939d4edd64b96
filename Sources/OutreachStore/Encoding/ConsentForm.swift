package import OutreachCore

/// What one consent record says, as one row holds it.
struct ConsentStatement: Hashable {
  /// The record that is the evidence.
  var evidence: ResourceID
  /// What it grants and revokes; empty when it says nothing any more.
  var events: [ConsentEvent]
}

extension ConsentStatement: StoredForm {
  package func write(to writer: inout ByteWriter) {
    evidence.write(to: &writer)
    writer.write(events)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    self.init(evidence: try ResourceID(from: &reader), events: try reader.list())
  }
}

extension ConsentEvent: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, purpose != nil)
    presence.set(2, channel != nil)
    presence.set(4, expiresAt != nil)
    presence.set(8, wording != nil)
    // A number of more than seven bits takes a second byte, so forms without these bits are as they were.
    presence.set(16, sender != nil)
    presence.set(32, grantor != nil)
    presence.set(64, method != nil)
    presence.set(128, recordedBy != nil)
    presence.set(256, wordingLanguage != nil)
    presence.set(512, number != nil)
    presence.set(1_024, reference != nil)
    presence.set(2_048, !isScopeStated)
    writer.write(presence)
    evidence.write(to: &writer)
    writer.write(byte: kind.rawValue)
    writer.write(byte: source.rawValue)
    at.write(to: &writer)
    writer.write(ifPresent: purpose?.rawValue)
    writer.write(ifPresent: channel?.rawValue)
    writer.write(ifPresent: expiresAt)
    writer.write(ifPresent: wording)
    writer.write(ifPresent: sender)
    writer.write(ifPresent: grantor)
    writer.write(ifPresent: method?.rawValue)
    writer.write(ifPresent: recordedBy)
    writer.write(ifPresent: wordingLanguage)
    writer.write(ifPresent: number?.e164)
    writer.write(ifPresent: reference)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    let evidence = try ResourceID(from: &reader)
    guard let kind = Kind(rawValue: try reader.byte()), let source = Source(rawValue: try reader.byte())
    else { throw .invalidValue }
    let at = try Instant(from: &reader)
    self.init(
      evidence: evidence, kind: kind, purpose: try reader.text(if: presence.has(1)).map { Purpose($0) },
      channel: try reader.text(if: presence.has(2)).map { Channel($0) }, at: at,
      expiresAt: try reader.value(if: presence.has(4)), source: source,
      wording: try reader.text(if: presence.has(8)))
    sender = try reader.text(if: presence.has(16))
    grantor = try reader.text(if: presence.has(32))
    if let word = try reader.text(if: presence.has(64)) {
      guard let method = Method(rawValue: word) else { throw .invalidValue }
      self.method = method
    }
    recordedBy = try reader.text(if: presence.has(128))
    wordingLanguage = try reader.text(if: presence.has(256))
    number = try reader.number(if: presence.has(512))
    reference = try reader.text(if: presence.has(1_024))
    isScopeStated = !presence.has(2_048)
  }
}
