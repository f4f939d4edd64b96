/// The kind of line that a number's range is assigned to.
///
/// In the United States and Canada nearly all ranges are `fixedLineOrMobile`: the number does not tell which.
public enum PhoneNumberKind: String, Hashable, Sendable, CaseIterable {
  /// A range of mobile lines.
  case mobile
  /// A range of land lines.
  case fixedLine
  /// A range that holds both.
  case fixedLineOrMobile
  /// A call costs the caller nothing.
  case tollFree
  /// A call costs extra.
  case premiumRate
  /// A line over the internet.
  case voip
  /// A pager.
  case pager
  /// A number that follows one person from line to line.
  case personal
  /// Caller and called share the cost.
  case sharedCost
  /// A company's number that is routed to one of its offices.
  case uan
  /// A number that reaches a mailbox only.
  case voicemail
  /// No known range.
  case unknown
}

/// Why a text cannot be used as a patient's telephone number.
public enum PhoneNumberFault: String, Hashable, Sendable, CaseIterable {
  /// There are letters in it that are no extension.
  case letters
  /// There are characters in it that no one writes in a number, or a `+` that is not in front.
  case strayCharacters
  /// There are no digits in it.
  case notANumber
  /// No country has its country code, or none is given and no region is known to fill it in.
  case unknownCountryCode
  /// Digits are missing, such as the area code.
  case tooShort
  /// There are more digits than the country's numbers have.
  case tooLong
  /// No number of the country has this many digits.
  case impossible
  /// The length fits, but no range that is given out holds it.
  case notAssignable
  /// It ends in an extension, which neither a text nor a machine's call can reach.
  case hasExtension
}

/// What became of reading a text as a telephone number.
///
/// A reading is good for the day it was made: ranges are opened and numbers change hands.
public struct PhoneNumberReading: Hashable, Sendable {
  /// The number, when one with a possible length was read; it may still have a fault.
  public var number: PhoneNumber?
  /// Whether the number's length fits its country.
  public var isPossible: Bool
  /// Whether the number lies in a range that is given out; says nothing about anyone having it.
  public var isValid: Bool
  /// The kind of line.
  public var kind: PhoneNumberKind
  /// The CLDR region of the range, such as `US`; never to be used as the jurisdiction a patient lives in.
  public var region: String?
  /// Why the number cannot be used; nil when it can.
  public var fault: PhoneNumberFault?

  /// Makes a reading.
  public init(
    number: PhoneNumber?, isPossible: Bool, isValid: Bool, kind: PhoneNumberKind, region: String?,
    fault: PhoneNumberFault?
  ) {
    self.number = number
    self.isPossible = isPossible
    self.isValid = isValid
    self.kind = kind
    self.region = region
    self.fault = fault
  }

  /// A reading that found no number.
  public static func unreadable(_ fault: PhoneNumberFault) -> PhoneNumberReading {
    PhoneNumberReading(
      number: nil, isPossible: false, isValid: false, kind: .unknown, region: nil, fault: fault)
  }

  /// Whether a text message can be sent to it: a valid number without an extension, of a range that holds
  /// mobiles.
  public var canReceiveText: Bool {
    guard number != nil, isValid, fault == nil else { return false }
    return kind == .mobile || kind == .fixedLineOrMobile
  }

  /// Whether a machine can call it: a valid number without an extension, of a range that belongs to people's
  /// lines.
  ///
  /// Toll-free, premium-rate, shared-cost and company numbers, pagers and mailboxes are no patient's own
  /// line, and a personal number charges whoever calls it.
  public var canReceiveVoice: Bool {
    guard number != nil, isValid, fault == nil else { return false }
    switch kind {
    case .mobile, .fixedLine, .fixedLineOrMobile, .voip: return true
    case .tollFree, .premiumRate, .pager, .personal, .sharedCost, .uan, .voicemail, .unknown: return false
    }
  }
}
