public import Outreach

/// Patients held in memory: for tests, and a model for a source of one's own.
public final class SamplePatients: PatientSource {
  private let entries: [SampleEntry]
  private let shared: SharedResources
  private let asOf: Instant?

  /// Makes a source.
  ///
  /// - Parameters:
  ///   - patients: the patients in any order.
  ///   - shared: records that patients' records refer to.
  ///   - asOf: the instant whose state of affairs the facts describe.
  public init(_ patients: [SamplePatient], shared: SharedResources = SharedResources(), asOf: Instant?) {
    var holders: [PhoneNumber: [PatientHandle]] = [:]
    for patient in patients.sorted(by: { $0.handle < $1.handle })
    where patient.standing == .current && patient.facts.isActive && !patient.facts.isDeceased {
      for number in Set(patient.identity.contactPoints.compactMap({ $0.phone?.number })) {
        holders[number, default: []].append(patient.handle)
      }
    }
    entries = patients.sorted { $0.handle < $1.handle }.map { SampleEntry($0, holders: holders) }
    self.shared = shared
    self.asOf = asOf
  }

  /// Calls `body` with each patient in ascending order of handle.
  public func forEachPatient(_ body: (any PatientEntry) throws -> Void) throws {
    for entry in entries { try body(entry) }
  }

  /// Calls `body` with the patient of that handle or identifier.
  public func withPatient(_ name: PatientName, _ body: (any PatientEntry) throws -> Void) throws -> Bool {
    let found = entries.first { entry in
      switch name {
      case .handle(let handle): entry.handle == handle
      case .id(let id): entry.patient.identity.id == id
      }
    }
    guard let found else { return false }
    try body(found)
    return true
  }

  /// The records that were given.
  public func sharedResources() -> SharedResources { shared }

  /// The instant that was given.
  public func factsAsOf() -> Instant? { asOf }
}

/// One patient in memory.
public struct SamplePatient: Sendable {
  /// The patient's handle.
  public var handle: PatientHandle
  /// How the record stands among others.
  public var standing = RecordStanding.current
  /// Who the patient is.
  public var identity: PatientIdentity
  /// What is known of the patient.
  public var facts = PatientFacts()
  /// Everything that was said about consent.
  public var consents: [ConsentEvent] = []
  /// What the patient wishes.
  public var preferences = Preferences()
  /// What became known about the patient's numbers, the oldest first.
  public var evidence: [PhoneNumber: [ContactEvidence]] = [:]
  /// What anybody revoked at the patient's numbers, the oldest first.
  public var revocations: [PhoneNumber: [ConsentEvent]] = [:]

  /// Makes a patient about whom nothing is known yet.
  public init(_ handle: String) {
    self.handle = PatientHandle(handle)
    identity = PatientIdentity(id: PatientID("source-of-\(handle)"))
  }
}

private final class SampleEntry: PatientEntry {
  let patient: SamplePatient
  private let holders: [PhoneNumber: [PatientHandle]]

  init(_ patient: SamplePatient, holders: [PhoneNumber: [PatientHandle]]) {
    self.patient = patient
    self.holders = holders
  }

  var handle: PatientHandle { patient.handle }
  var standing: RecordStanding { patient.standing }
  func facts() -> PatientFacts { patient.facts }
  func identity() -> PatientIdentity { patient.identity }
  func consents() -> [ConsentEvent] { patient.consents }
  func holders(of number: PhoneNumber) -> Int { holders[number, default: []].count }
  func preferences() -> Preferences { patient.preferences }
  func evidence(of number: PhoneNumber) -> [ContactEvidence] { patient.evidence[number, default: []] }
  func revocations(at number: PhoneNumber) -> [ConsentEvent] { patient.revocations[number, default: []] }
  func others(at number: PhoneNumber) -> [PatientHandle] {
    holders[number, default: []].filter { $0 != handle }
  }
}
