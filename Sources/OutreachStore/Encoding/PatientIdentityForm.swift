package import OutreachCore

extension PatientIdentity: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, givenName != nil)
    presence.set(2, familyName != nil)
    presence.set(4, timeZone != nil)
    writer.write(presence)
    id.write(to: &writer)
    writer.write(ifPresent: givenName)
    writer.write(ifPresent: familyName)
    writer.write(contactPoints)
    writer.write(addresses)
    writer.write(ifPresent: timeZone)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    self.init(
      id: try PatientID(from: &reader), givenName: try reader.text(if: presence.has(1)),
      familyName: try reader.text(if: presence.has(2)), contactPoints: try reader.list(),
      addresses: try reader.list(), timeZone: try reader.text(if: presence.has(4)))
  }
}

extension PostalAddress: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, state != nil)
    presence.set(2, postalCode != nil)
    presence.set(4, country != nil)
    writer.write(presence)
    writer.write(ifPresent: state)
    writer.write(ifPresent: postalCode)
    writer.write(ifPresent: country)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    self.init(
      state: try reader.text(if: presence.has(1)), postalCode: try reader.text(if: presence.has(2)),
      country: try reader.text(if: presence.has(4)))
  }
}

extension ContactPoint: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, use != nil)
    presence.set(2, rank != nil)
    presence.set(4, phone != nil)
    presence.set(8, startsOn != nil)
    presence.set(16, endsOn != nil)
    writer.write(presence)
    writer.write(byte: system.rawValue)
    writer.write(text: typed)
    if let use { writer.write(byte: use.rawValue) }
    writer.write(ifPresent: rank)
    writer.write(ifPresent: phone)
    writer.write(ifPresent: startsOn)
    writer.write(ifPresent: endsOn)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    guard let system = System(rawValue: try reader.byte()) else { throw .invalidValue }
    let typed = try reader.text()
    var use: Use?
    if presence.has(1) {
      guard let stored = Use(rawValue: try reader.byte()) else { throw .invalidValue }
      use = stored
    }
    self.init(
      system: system, use: use, rank: try reader.int(if: presence.has(2)), typed: typed,
      phone: try reader.value(if: presence.has(4)), startsOn: try reader.value(if: presence.has(8)),
      endsOn: try reader.value(if: presence.has(16)))
  }
}
