/// The identifier a source system gives a patient, such as FHIR `Patient.id` or a CSV column.
///
/// It identifies a person: it is sealed at rest, never logged, and shown only on request.
public struct PatientID: Hashable, Sendable {
  /// The identifier as the source wrote it.
  public let rawValue: String

  /// Takes an identifier as the source wrote it.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// The short name by which people and files speak of a patient without naming them, such as `P-7K2M`.
///
/// Made from a keyed hash, so it can be computed only by a holder of the workspace's key. No handle of a
/// workspace is a prefix of another.
public struct PatientHandle: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The handle with its `P-`.
  public let rawValue: String

  /// Takes a handle with its `P-`.
  public init(_ rawValue: String) { self.rawValue = rawValue }

  /// The handle; it identifies nobody to a reader without the key.
  public var description: String { rawValue }

  /// Orders handles by their characters.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The identifier of one imported record, written `Type/id` as in a FHIR reference.
public struct ResourceID: Hashable, Comparable, Sendable {
  /// The record as `Type/id`.
  public let rawValue: String

  /// Takes a record's identifier written `Type/id`.
  public init(_ rawValue: String) { self.rawValue = rawValue }

  /// Orders identifiers by their characters.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The `id` of a campaign: lower-case words joined by hyphens.
public struct CampaignID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The identifier as written in the campaign.
  public let rawValue: String

  /// Takes an identifier as written in the campaign.
  public init(_ rawValue: String) { self.rawValue = rawValue }

  /// The identifier as written.
  public var description: String { rawValue }

  /// Orders campaigns by their characters.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The name of a message in a campaign's catalogue.
public struct MessageID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name as written in the campaign.
  public let rawValue: String

  /// Takes a name as written in the campaign.
  public init(_ rawValue: String) { self.rawValue = rawValue }

  /// The name as written.
  public var description: String { rawValue }

  /// Orders messages by their characters.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What a message is about, said so that saying it twice can be seen: `refill 2026-11-25`, `once`.
public struct Occurrence: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The occurrence as stored and shown.
  public let rawValue: String

  /// Takes an occurrence as stored and shown.
  public init(_ rawValue: String) { self.rawValue = rawValue }

  /// The occurrence of a message that is sent once ever.
  public static let once = Occurrence("once")

  /// The occurrence as stored and shown.
  public var description: String { rawValue }

  /// Orders occurrences by their characters.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
