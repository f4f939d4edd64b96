/// A place where patients are seen.
public struct Location: Hashable, Sendable {
  /// The record it comes from.
  public var id: ResourceID
  /// The place's name, for staff and scripts only: it can tell what somebody is treated for.
  public var name: String?
  /// The IANA zone name stated or known from the address, unchecked.
  public var timeZone: String?
  /// The two-letter state code.
  public var state: String?

  /// Makes a location.
  public init(id: ResourceID, name: String? = nil, timeZone: String? = nil, state: String? = nil) {
    self.id = id
    self.name = name
    self.timeZone = timeZone
    self.state = state
  }
}

/// Records that belong to no patient and that patients' records refer to.
public struct SharedResources: Sendable {
  /// Places by identifier.
  public var locations: [ResourceID: Location]
  /// Codes of shared medication records by identifier.
  public var medications: [ResourceID: [Coding]]

  /// Makes a collection.
  public init(locations: [ResourceID: Location] = [:], medications: [ResourceID: [Coding]] = [:]) {
    self.locations = locations
    self.medications = medications
  }
}
