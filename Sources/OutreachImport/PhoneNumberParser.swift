import CPhoneNumber
package import OutreachCore

/// Reads telephone numbers as people type them, and refuses what it would have to guess.
///
/// libphonenumber knows the numbering plans but is lenient: it reads vanity letters as digits and skips
/// characters it does not know. So the text is first taken apart here, and the library sees nothing but a
/// leading `+` and digits. A reading takes tens of microseconds, and the first of a process milliseconds:
/// read at import, keep the result.
package struct PhoneNumberParser: Sendable {
  private let defaultRegion: String

  /// Makes a parser for a clinic.
  ///
  /// `defaultRegion` is the CLDR region (`US`) of numbers typed without a country code; with one that has no
  /// numbering plan such numbers read as `unknownCountryCode`.
  package init(defaultRegion: String) {
    self.defaultRegion = defaultRegion
  }

  /// Reads a text; every text gives a reading.
  package func parse(_ text: String) -> PhoneNumberReading {
    switch TypedPhoneNumber.read(text) {
    case .failure(let refused): .unreadable(refused.fault)
    case .success(let typed): reading(of: typed)
    }
  }

  private func reading(of typed: TypedPhoneNumber) -> PhoneNumberReading {
    var result = cphone_reading()
    var dialled = typed.dialled
    dialled.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cphone_read($0.baseAddress, $0.count, defaultRegion, &result)
      }
    }
    if let fault = fault(of: result) { return .unreadable(fault) }
    guard let number = PhoneNumber(e164: string(of: &result.e164)) else { return .unreadable(.impossible) }

    if !result.is_valid, OpenedAreaCodes.hold(number) {
      return PhoneNumberReading(
        number: number, isPossible: true, isValid: true, kind: .fixedLineOrMobile, region: nil,
        fault: typed.hasExtension ? .hasExtension : nil)
    }
    let region = string(of: &result.region)
    return PhoneNumberReading(
      number: number, isPossible: true, isValid: result.is_valid, kind: PhoneNumberKind(result.kind),
      region: region.isEmpty ? nil : region,
      fault: !result.is_valid ? .notAssignable : typed.hasExtension ? .hasExtension : nil)
  }

  /// Why no number was read; nil when one with a possible length was.
  private func fault(of result: cphone_reading) -> PhoneNumberFault? {
    switch result.status {
    case CPHONE_PARSED: break
    case CPHONE_INVALID_COUNTRY_CODE: return .unknownCountryCode
    case CPHONE_TOO_SHORT, CPHONE_TOO_SHORT_AFTER_PREFIX: return .tooShort
    case CPHONE_TOO_LONG: return .tooLong
    default: return .notANumber
    }
    switch result.length {
    case CPHONE_LENGTH_POSSIBLE: return nil
    case CPHONE_LENGTH_LOCAL_ONLY, CPHONE_LENGTH_TOO_SHORT: return .tooShort
    case CPHONE_LENGTH_TOO_LONG: return .tooLong
    case CPHONE_LENGTH_INVALID_COUNTRY_CODE: return .unknownCountryCode
    default: return .impossible
    }
  }

  /// The text of a C array that ends in a zero.
  private func string<Array>(of array: inout Array) -> String {
    withUnsafeBytes(of: &array) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

extension PhoneNumberKind {
  fileprivate init(_ kind: cphone_kind) {
    switch kind {
    case CPHONE_KIND_FIXED_LINE: self = .fixedLine
    case CPHONE_KIND_MOBILE: self = .mobile
    case CPHONE_KIND_FIXED_LINE_OR_MOBILE: self = .fixedLineOrMobile
    case CPHONE_KIND_TOLL_FREE: self = .tollFree
    case CPHONE_KIND_PREMIUM_RATE: self = .premiumRate
    case CPHONE_KIND_SHARED_COST: self = .sharedCost
    case CPHONE_KIND_VOIP: self = .voip
    case CPHONE_KIND_PERSONAL: self = .personal
    case CPHONE_KIND_PAGER: self = .pager
    case CPHONE_KIND_UAN: self = .uan
    case CPHONE_KIND_VOICEMAIL: self = .voicemail
    default: self = .unknown
    }
  }
}
