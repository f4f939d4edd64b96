package import OutreachCore

extension Fact: StoredForm {
  package func write(to writer: inout ByteWriter) {
    switch self {
    case .condition(let fact): write(1, fact, to: &writer)
    case .medicationOrder(let fact): write(2, fact, to: &writer)
    case .dispense(let fact): write(3, fact, to: &writer)
    case .observations(let facts):
      writer.write(byte: 4)
      writer.write(facts)
    case .appointment(let fact): write(5, fact, to: &writer)
    case .encounter(let fact): write(6, fact, to: &writer)
    case .immunization(let fact): write(7, fact, to: &writer)
    case .flag(let fact): write(8, fact, to: &writer)
    case .contact(let fact): write(9, fact, to: &writer)
    }
  }

  private func write(_ tag: UInt8, _ fact: some StoredForm, to writer: inout ByteWriter) {
    writer.write(byte: tag)
    fact.write(to: &writer)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    switch try reader.byte() {
    case 1: self = .condition(try Condition(from: &reader))
    case 2: self = .medicationOrder(try MedicationOrder(from: &reader))
    case 3: self = .dispense(try Dispense(from: &reader))
    case 4: self = .observations(try reader.list())
    case 5: self = .appointment(try Appointment(from: &reader))
    case 6: self = .encounter(try Encounter(from: &reader))
    case 7: self = .immunization(try Immunization(from: &reader))
    case 8: self = .flag(try Flag(from: &reader))
    case 9: self = .contact(try PastContact(from: &reader))
    default: throw .invalidValue
    }
  }
}
