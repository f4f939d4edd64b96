import OutreachCore

/// A kind of FHIR resource that an import reads.
///
/// One file each; a new kind is also one line in ``ResourceDecoder``.
protocol FHIRResource: Decodable, SendableMetatype {
  /// The `resourceType`.
  static var type: String { get }
  /// The logical identifier.
  var id: String? { get }
  /// What the server says of the record.
  var meta: FHIR.Meta? { get }

  /// What the resource states.
  func read(_ context: ReadingContext) throws(ResourceFault) -> Reading

  /// What is left of the resource when it carries a modifier that nobody here understands.
  func readModified(_ context: ReadingContext) throws(ResourceFault) -> Reading
}

/// What became of one resource.
struct Reading {
  /// What it hands to the registry.
  var records: [ImportedRecord]
  /// Why it states nothing, when it does not.
  var skipped: ImportReason?
  /// Parts that were left out and that somebody should look at.
  var lost: [ResourceFault] = []

  init(_ records: [ImportedRecord], skipped: ImportReason? = nil, lost: [ResourceFault] = []) {
    self.records = records
    self.skipped = skipped
    self.lost = lost
  }
}

extension Reading {
  /// The reading without its facts, for a record whose labels say that it is specially sensitive.
  func withheld(_ id: ResourceID) -> Reading {
    guard records.contains(where: { if case .fact = $0 { true } else { false } }) else { return self }
    return Reading(
      records.map { record in
        if case .fact(let patient, _) = record { .noFact(patient, id) } else { record }
      }, skipped: .sensitive, lost: lost)
  }
}

/// What is wrong with a resource, and where in it.
struct ResourceFault: Error {
  var reason: ImportReason
  /// The path of the field, in the standard's names only.
  var field: String?

  init(_ reason: ImportReason, at field: String? = nil) {
    self.reason = reason
    self.field = field
  }
}

/// What reading a resource takes besides the resource.
struct ReadingContext {
  let options: ImportOptions
  let today: CivilDate
  let phones: PhoneNumberParser
  let consents: ConsentMapping
  /// The records of the Bundle around the resource by their `fullUrl`.
  var bundle: [String: ResourceID] = [:]
  /// The identifier that the Bundle gives to a resource without one.
  var bundleID: String?

  init(_ options: ImportOptions) {
    self.options = options
    today = options.today
    phones = PhoneNumberParser(defaultRegion: options.defaultRegion)
    consents = ConsentMapping(purposes: options.purposes, channels: options.channels)
  }

  var zone: Zone { options.zone }
}

// MARK: - What every kind of resource needs

extension FHIRResource {
  /// Nothing is.
  func readModified(_ context: ReadingContext) throws(ResourceFault) -> Reading {
    throw ResourceFault(.modified)
  }

  /// The record's identifier as `Type/id`.
  func recordID(_ context: ReadingContext) throws(ResourceFault) -> ResourceID {
    ResourceID(type: Self.type, id: try logicalID(context))
  }

  /// The record's own identifier.
  func logicalID(_ context: ReadingContext) throws(ResourceFault) -> String {
    guard let id = id ?? context.bundleID, FHIRReference.isID(id) else {
      throw ResourceFault(.missing, at: "id")
    }
    return id
  }

  /// When the server last changed the record.
  func lastUpdated(_ context: ReadingContext) -> Instant? {
    meta?.lastUpdated.flatMap { FHIRDateTime($0) }?.start(in: context.zone)
  }
}

extension ReadingContext {
  /// Whom a reference points to.
  enum Subject {
    case patient(PatientID)
    /// A group, a device or anybody else.
    case other
  }

  /// Follows a reference to a subject.
  func subject(_ reference: FHIR.Reference?, at field: String) throws(ResourceFault) -> Subject {
    guard let reference else { throw ResourceFault(.missing, at: field) }
    switch target(reference) {
    case .record("Patient", let id): return .patient(PatientID(id))
    case .record: return .other
    case .contained, .unresolved: throw ResourceFault(.unresolvedReference, at: field)
    }
  }

  /// Reads a reference; one without an address cannot be followed.
  func target(_ reference: FHIR.Reference) -> FHIRReference {
    reference.reference.map { FHIRReference($0, bundle: bundle) } ?? .unresolved
  }

  /// The codes of a medication, given or in a resource inside, or the shared record that has them.
  func medication(
    _ concept: FHIR.CodeableConcept?, _ reference: FHIR.Reference?, contained: [FHIR.Contained]?
  ) throws(ResourceFault) -> (codes: [Coding], record: ResourceID?) {
    let codes = concept?.knownCodes ?? []
    guard codes.isEmpty, let reference else { return (codes, nil) }
    switch target(reference) {
    case .record(let type, let id): return ([], ResourceID(type: type, id: id))
    case .contained(let id): return (contained?.first { $0.id == id }?.code?.knownCodes ?? [], nil)
    case .unresolved: throw ResourceFault(.unresolvedReference, at: "medicationReference")
    }
  }

  /// A date or time that has to be readable where it is given.
  func dateTime(_ text: String?, at field: String) throws(ResourceFault) -> FHIRDateTime? {
    guard let text else { return nil }
    guard let value = FHIRDateTime(text) else { throw ResourceFault(.unreadableDate, at: field) }
    return value
  }

  /// The whole date of a date or time that has to be readable where it is given.
  func date(_ text: String?, at field: String) throws(ResourceFault) -> CivilDate? {
    try dateTime(text, at: field)?.date(in: zone)
  }

  /// The first instant that one of several fields names.
  func firstInstant(_ fields: [(text: String?, field: String)]) throws(ResourceFault) -> Instant? {
    for (text, field) in fields {
      if let instant = try instant(text, at: field) { return instant }
    }
    return nil
  }

  /// The instant of a date or time that has to be readable where it is given; a date is its first instant.
  func instant(_ text: String?, at field: String) throws(ResourceFault) -> Instant? {
    try dateTime(text, at: field)?.start(in: zone)
  }
}

extension ReadingContext {
  /// A record that states nothing any more.
  ///
  /// Where it does not say whose it is, it is deleted by its identifier.
  func voided(_ id: ResourceID, _ subject: FHIR.Reference?, skipped reason: ImportReason) -> Reading {
    if let subject, case .record("Patient", let patient) = target(subject) {
      return Reading([.noFact(PatientID(patient), id)], skipped: reason)
    }
    return Reading([.deleted(id)], skipped: reason)
  }
}
