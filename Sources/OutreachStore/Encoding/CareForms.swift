package import OutreachCore

extension Appointment: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, patientDeclined)
    presence.set(2, endsAt != nil)
    presence.set(4, kind != nil)
    presence.set(8, location != nil)
    writer.write(presence)
    id.write(to: &writer)
    writer.write(text: status)
    startsAt.write(to: &writer)
    writer.write(ifPresent: endsAt)
    writer.write(ifPresent: kind)
    writer.write(ifPresent: location)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    self.init(
      id: try ResourceID(from: &reader), status: try reader.text(), startsAt: try Instant(from: &reader),
      endsAt: try reader.value(if: presence.has(2)), kind: try reader.text(if: presence.has(4)),
      location: try reader.value(if: presence.has(8)), patientDeclined: presence.has(1))
  }
}

extension Encounter: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, endedAt != nil)
    writer.write(presence)
    id.write(to: &writer)
    writer.write(text: status)
    writer.write(text: kind)
    writer.write(codes)
    startedAt.write(to: &writer)
    writer.write(ifPresent: endedAt)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    self.init(
      id: try ResourceID(from: &reader), status: try reader.text(), kind: try reader.text(),
      codes: try reader.list(), startedAt: try Instant(from: &reader),
      endedAt: try reader.value(if: presence.has(1)))
  }
}

extension Flag: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, startsAt != nil)
    presence.set(2, endsAt != nil)
    writer.write(presence)
    id.write(to: &writer)
    writer.write(byte: kind.rawValue)
    writer.write(ifPresent: startsAt)
    writer.write(ifPresent: endsAt)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    let id = try ResourceID(from: &reader)
    guard let kind = Kind(rawValue: try reader.byte()) else { throw .invalidValue }
    self.init(
      id: id, kind: kind, startsAt: try reader.value(if: presence.has(1)),
      endsAt: try reader.value(if: presence.has(2)))
  }
}

extension PastContact: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, channel != nil)
    presence.set(2, key != nil)
    presence.set(4, replyCode != nil)
    presence.set(8, purpose != nil)
    presence.set(16, number != nil)
    presence.set(32, text != nil)
    writer.write(presence)
    id.write(to: &writer)
    at.write(to: &writer)
    writer.write(byte: status.rawValue)
    writer.write(ifPresent: channel?.rawValue)
    writer.write(ifPresent: key)
    writer.write(ifPresent: replyCode)
    writer.write(ifPresent: purpose?.rawValue)
    writer.write(ifPresent: number?.e164)
    if let text { writer.write(unsigned: text.rawValue) }
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    let id = try ResourceID(from: &reader)
    let at = try Instant(from: &reader)
    guard let status = Status(rawValue: try reader.byte()) else { throw .invalidValue }
    let channel = try reader.text(if: presence.has(1)).map { Channel($0) }
    let key: Key? = try reader.value(if: presence.has(2))
    let replyCode = try reader.text(if: presence.has(4))
    let purpose = try reader.text(if: presence.has(8)).map { Purpose($0) }
    let number = try reader.number(if: presence.has(16))
    self.init(
      id: id, at: at, channel: channel, status: status, key: key, replyCode: replyCode, purpose: purpose,
      number: number, text: presence.has(32) ? TextFingerprint(rawValue: try reader.unsigned()) : nil)
  }
}

extension PastContact.Key: StoredForm {
  package func write(to writer: inout ByteWriter) {
    writer.write(text: campaign.rawValue)
    writer.write(text: message.rawValue)
    writer.write(text: occurrence.rawValue)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    self.init(
      campaign: CampaignID(try reader.text()), message: MessageID(try reader.text()),
      occurrence: Occurrence(try reader.text()))
  }
}
