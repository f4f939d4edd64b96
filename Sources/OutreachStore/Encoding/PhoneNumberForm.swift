package import OutreachCore

extension PhoneNumberReading: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, isPossible)
    presence.set(2, isValid)
    presence.set(4, number != nil)
    presence.set(8, region != nil)
    presence.set(16, fault != nil)
    writer.write(presence)
    writer.write(byte: kind.storedByte)
    writer.write(ifPresent: number?.e164)
    writer.write(ifPresent: region)
    if let fault { writer.write(byte: fault.storedByte) }
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    let kind = try PhoneNumberKind(storedByte: try reader.byte())
    var number: PhoneNumber?
    if presence.has(4) {
      number = PhoneNumber(e164: try reader.text())
      guard number != nil else { throw .invalidValue }
    }
    let region = try reader.text(if: presence.has(8))
    self.init(
      number: number, isPossible: presence.has(1), isValid: presence.has(2), kind: kind, region: region,
      fault: presence.has(16) ? try PhoneNumberFault(storedByte: try reader.byte()) : nil)
  }
}

// The bytes are written out because the order of cases in the source must not decide what old databases mean.

extension PhoneNumberKind {
  fileprivate var storedByte: UInt8 {
    switch self {
    case .mobile: 1
    case .fixedLine: 2
    case .fixedLineOrMobile: 3
    case .tollFree: 4
    case .premiumRate: 5
    case .voip: 6
    case .pager: 7
    case .personal: 8
    case .sharedCost: 9
    case .uan: 10
    case .voicemail: 11
    case .unknown: 12
    }
  }

  fileprivate init(storedByte: UInt8) throws(DecodingFault) {
    switch storedByte {
    case 1: self = .mobile
    case 2: self = .fixedLine
    case 3: self = .fixedLineOrMobile
    case 4: self = .tollFree
    case 5: self = .premiumRate
    case 6: self = .voip
    case 7: self = .pager
    case 8: self = .personal
    case 9: self = .sharedCost
    case 10: self = .uan
    case 11: self = .voicemail
    case 12: self = .unknown
    default: throw .invalidValue
    }
  }
}

extension PhoneNumberFault {
  fileprivate var storedByte: UInt8 {
    switch self {
    case .letters: 1
    case .strayCharacters: 2
    case .notANumber: 3
    case .unknownCountryCode: 4
    case .tooShort: 5
    case .tooLong: 6
    case .impossible: 7
    case .notAssignable: 8
    case .hasExtension: 9
    }
  }

  fileprivate init(storedByte: UInt8) throws(DecodingFault) {
    switch storedByte {
    case 1: self = .letters
    case 2: self = .strayCharacters
    case 3: self = .notANumber
    case 4: self = .unknownCountryCode
    case 5: self = .tooShort
    case 6: self = .tooLong
    case 7: self = .impossible
    case 8: self = .notAssignable
    case 9: self = .hasExtension
    default: throw .invalidValue
    }
  }
}
