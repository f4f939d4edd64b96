package import OutreachCore

extension Condition: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, isActive)
    presence.set(2, onset != nil)
    writer.write(presence)
    id.write(to: &writer)
    writer.write(codes)
    writer.write(ifPresent: onset)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    self.init(
      id: try ResourceID(from: &reader), codes: try reader.list(), isActive: presence.has(1),
      onset: try reader.value(if: presence.has(2)))
  }
}

extension MedicationOrder: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, isActive)
    presence.set(2, medication != nil)
    presence.set(4, authoredOn != nil)
    presence.set(8, validUntil != nil)
    presence.set(16, supplyDays != nil)
    presence.set(32, repeatsAllowed != nil)
    writer.write(presence)
    id.write(to: &writer)
    writer.write(codes)
    writer.write(ifPresent: medication)
    writer.write(ifPresent: authoredOn)
    writer.write(ifPresent: validUntil)
    writer.write(ifPresent: supplyDays)
    writer.write(ifPresent: repeatsAllowed)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    self.init(
      id: try ResourceID(from: &reader), codes: try reader.list(),
      medication: try reader.value(if: presence.has(2)), isActive: presence.has(1),
      authoredOn: try reader.value(if: presence.has(4)), validUntil: try reader.value(if: presence.has(8)),
      supplyDays: try reader.int(if: presence.has(16)), repeatsAllowed: try reader.int(if: presence.has(32)))
  }
}

extension Dispense: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, medication != nil)
    presence.set(2, supplyDays != nil)
    writer.write(presence)
    id.write(to: &writer)
    writer.write(orders)
    writer.write(codes)
    writer.write(ifPresent: medication)
    handedOverOn.write(to: &writer)
    writer.write(ifPresent: supplyDays)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    self.init(
      id: try ResourceID(from: &reader), orders: try reader.list(), codes: try reader.list(),
      medication: try reader.value(if: presence.has(1)), handedOverOn: try CivilDate(from: &reader),
      supplyDays: try reader.int(if: presence.has(2)))
  }
}

extension Observation: StoredForm {
  package func write(to writer: inout ByteWriter) {
    id.write(to: &writer)
    writer.write(codes)
    writer.write(double: value)
    writer.write(text: unit)
    at.write(to: &writer)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    self.init(
      id: try ResourceID(from: &reader), codes: try reader.list(), value: try reader.double(),
      unit: try reader.text(), at: try Instant(from: &reader))
  }
}

extension Immunization: StoredForm {
  package func write(to writer: inout ByteWriter) {
    id.write(to: &writer)
    writer.write(codes)
    on.write(to: &writer)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    self.init(
      id: try ResourceID(from: &reader), codes: try reader.list(), on: try CivilDate(from: &reader))
  }
}
