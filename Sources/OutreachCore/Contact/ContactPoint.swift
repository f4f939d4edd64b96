/// One telephone number, e-mail address or other address of a patient, as imported.
public struct ContactPoint: Hashable, Sendable {
  /// What kind of address it is, after FHIR `ContactPoint.system`.
  public enum System: UInt8, Hashable, Sendable {
    /// A telephone number.
    case phone = 1
    /// A number given for text messages only.
    case sms = 2
    /// An e-mail address.
    case email = 3
    /// Fax, pager, web address and anything else; never used.
    case other = 4
    /// An address on a channel that an embedding program adds; no import makes one.
    case added = 5
  }

  /// What the address is for, after FHIR `ContactPoint.use`.
  public enum Use: UInt8, Hashable, Sendable {
    /// A home line, often shared.
    case home = 1
    /// A line at work, answered by others.
    case work = 2
    /// A temporary address.
    case temporary = 3
    /// An address that is no longer in use.
    case old = 4
    /// A telephone the person carries.
    case mobile = 5
  }

  /// What kind of address it is.
  public var system: System
  /// What it is for, when the source says.
  public var use: Use?
  /// The order of preference; 1 is first.
  public var rank: Int?
  /// The address as it was typed, for display to staff only.
  public var typed: String
  /// What became of reading `typed` as a telephone number; nil where it is none.
  public var phone: PhoneNumberReading?
  /// The day from which the address is in use, when the source says.
  public var startsOn: CivilDate?
  /// The last day on which the address is in use, when the source says.
  public var endsOn: CivilDate?

  /// Makes a contact point.
  public init(
    system: System, use: Use? = nil, rank: Int? = nil, typed: String, phone: PhoneNumberReading? = nil,
    startsOn: CivilDate? = nil, endsOn: CivilDate? = nil
  ) {
    self.system = system
    self.use = use
    self.rank = rank
    self.typed = typed
    self.phone = phone
    self.startsOn = startsOn
    self.endsOn = endsOn
  }
}
