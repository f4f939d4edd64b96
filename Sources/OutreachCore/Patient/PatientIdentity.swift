/// Who a patient is and how they are reached: the part of a record that scripts never see.
///
/// Sealed at rest apart from the clinical facts, and opened only when a message is proposed.
public struct PatientIdentity: Hashable, Sendable {
  /// The identifier of the source system.
  public var id: PatientID
  /// The first given name of the usual or official name, as the source wrote it.
  public var givenName: String?
  /// The family name, shown to staff only.
  public var familyName: String?
  /// Telephone numbers and e-mail addresses in the order of the source.
  public var contactPoints: [ContactPoint]
  /// Home addresses that are not marked as old.
  public var addresses: [PostalAddress]
  /// The IANA zone name that the record states, unchecked.
  public var timeZone: String?

  /// Makes an identity; what is not known is left out.
  public init(
    id: PatientID, givenName: String? = nil, familyName: String? = nil, contactPoints: [ContactPoint] = [],
    addresses: [PostalAddress] = [], timeZone: String? = nil
  ) {
    self.id = id
    self.givenName = givenName
    self.familyName = familyName
    self.contactPoints = contactPoints
    self.addresses = addresses
    self.timeZone = timeZone
  }
}

/// A home address, kept only as far as it decides the hours at which a person may be reached.
public struct PostalAddress: Hashable, Sendable {
  /// The two-letter state or territory code, upper case, when the source gives one.
  public var state: String?
  /// The postal code as the source wrote it.
  public var postalCode: String?
  /// The two-letter country code, upper case; nil is read as the clinic's country.
  public var country: String?

  /// Makes an address; what is not known is left out.
  public init(state: String? = nil, postalCode: String? = nil, country: String? = nil) {
    self.state = state
    self.postalCode = postalCode
    self.country = country
  }
}
