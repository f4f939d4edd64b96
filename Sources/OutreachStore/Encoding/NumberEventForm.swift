package import OutreachCore

/// One thing that became known or was said at a number, as one row holds it.
///
/// It names nobody and not the number: it is sealed under the registry's key, and must tell nothing of a
/// patient whose own key was destroyed.
enum NumberEvent: Hashable {
  /// What became known of the number.
  case evidence(ContactEvidence)
  /// What somebody revoked at it.
  case revocation(ConsentEvent)
}

extension NumberEvent: StoredForm {
  package func write(to writer: inout ByteWriter) {
    switch self {
    case .evidence(let evidence):
      writer.write(byte: 1)
      evidence.write(to: &writer)
    case .revocation(let event):
      writer.write(byte: 2)
      event.write(to: &writer)
    }
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    switch try reader.byte() {
    case 1: self = .evidence(try ContactEvidence(from: &reader))
    case 2: self = .revocation(try ConsentEvent(from: &reader))
    default: throw .invalidValue
    }
  }
}

extension ContactEvidence: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, by != nil)
    presence.set(2, reference != nil)
    writer.write(presence)
    kind.write(to: &writer)
    at.write(to: &writer)
    writer.write(ifPresent: by)
    writer.write(ifPresent: reference)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    let kind = try Kind(from: &reader)
    self.init(
      kind, at: try Instant(from: &reader), by: try reader.text(if: presence.has(1)),
      reference: try reader.text(if: presence.has(2)))
  }
}

extension ContactEvidence.Kind: StoredForm {
  package func write(to writer: inout ByteWriter) {
    switch self {
    case .confirmationAsked: writer.write(byte: 1)
    case .confirmed: writer.write(byte: 2)
    case .wrongNumber: writer.write(byte: 3)
    case .suspended: writer.write(byte: 4)
    case .reinstated: writer.write(byte: 5)
    case .reassignment(let answer, let since):
      writer.write(byte: 6)
      writer.write(text: answer.rawValue)
      since.write(to: &writer)
    }
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    switch try reader.byte() {
    case 1: self = .confirmationAsked
    case 2: self = .confirmed
    case 3: self = .wrongNumber
    case 4: self = .suspended
    case 5: self = .reinstated
    case 6:
      guard let answer = ReassignmentAnswer(rawValue: try reader.text()) else { throw .invalidValue }
      self = .reassignment(answer, since: try CivilDate(from: &reader))
    default: throw .invalidValue
    }
  }
}
