package import OutreachCore

/// A record that belongs to no patient.
enum SharedResource: Hashable {
  /// A place.
  case location(Location)
  /// A medication record and its codes.
  case medication(ResourceID, [Coding])

  /// The record's identifier.
  var id: ResourceID {
    switch self {
    case .location(let location): location.id
    case .medication(let id, _): id
    }
  }
}

extension SharedResource: StoredForm {
  package func write(to writer: inout ByteWriter) {
    switch self {
    case .location(let location):
      writer.write(byte: 1)
      location.write(to: &writer)
    case .medication(let id, let codes):
      writer.write(byte: 2)
      id.write(to: &writer)
      writer.write(codes)
    }
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    switch try reader.byte() {
    case 1: self = .location(try Location(from: &reader))
    case 2: self = .medication(try ResourceID(from: &reader), try reader.list())
    default: throw .invalidValue
    }
  }
}

extension Location: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, name != nil)
    presence.set(2, timeZone != nil)
    presence.set(4, state != nil)
    writer.write(presence)
    id.write(to: &writer)
    writer.write(ifPresent: name)
    writer.write(ifPresent: timeZone)
    writer.write(ifPresent: state)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    self.init(
      id: try ResourceID(from: &reader), name: try reader.text(if: presence.has(1)),
      timeZone: try reader.text(if: presence.has(2)), state: try reader.text(if: presence.has(4)))
  }
}
