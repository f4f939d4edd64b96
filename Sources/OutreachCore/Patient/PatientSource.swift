/// Where patients come from: the registry, or an embedding program's own records.
public protocol PatientSource: AnyObject {
  /// Calls `body` once for each patient in ascending order of handle.
  ///
  /// The entry is valid only during the call and may be the same object each time.
  func forEachPatient(_ body: (any PatientEntry) throws -> Void) throws

  /// Calls `body` with the patient of that handle or source identifier; false when there is none.
  func withPatient(_ name: PatientName, _ body: (any PatientEntry) throws -> Void) throws -> Bool

  /// Records that patients' records refer to.
  func sharedResources() throws -> SharedResources

  /// The instant whose state of affairs the facts describe: the source's, not the clock's, of the last good import.
  func factsAsOf() throws -> Instant?
}

/// What a person may write to name a patient.
public enum PatientName: Hashable, Sendable {
  /// A handle such as `P-7K2M`.
  case handle(PatientHandle)
  /// The source system's identifier.
  case id(PatientID)

  /// Reads what was written: `P-` and a handle's characters is a handle, anything else an identifier.
  public init(_ written: String) {
    let upper = written.uppercased()
    let body = upper.dropFirst(2)
    if upper.hasPrefix("P-"), (4...12).contains(body.utf8.count),
      body.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) })
    {
      self = .handle(PatientHandle(upper))
    } else {
      self = .id(PatientID(written))
    }
  }
}

/// One patient during a pass.
///
/// What is sealed is opened when it is asked for, once.
public protocol PatientEntry: AnyObject {
  /// The patient's handle.
  var handle: PatientHandle { get }

  /// The record's standing among other records.
  var standing: RecordStanding { get }

  /// What is known of the patient, with the past contacts of records merged into this one.
  func facts() throws -> PatientFacts

  /// What is known of the patient at least as far as is needed; lists beyond that may be empty.
  ///
  /// A source that opens sealed facts saves itself what nobody asks for; other sources leave this out.
  func facts(atLeast extent: FactsExtent) throws -> PatientFacts

  /// Who the patient is.
  func identity() throws -> PatientIdentity

  /// Everything that was said about consent, of this record and of those merged into it.
  func consents() throws -> [ConsentEvent]

  /// How many active, living patients list the number among the ones in use; at least 1 when this one does.
  ///
  /// Beyond ``GuardedPatient/largestHousehold`` any larger number will do.
  func holders(of number: PhoneNumber) throws -> Int

  /// What the patient wishes; a source without wishes leaves this out.
  func preferences() throws -> Preferences

  /// What became known about a number, whoever has it, the oldest first; other sources leave this out.
  func evidence(of number: PhoneNumber) throws -> [ContactEvidence]

  /// What anybody revoked at a number, the oldest first; other sources leave this out.
  func revocations(at number: PhoneNumber) throws -> [ConsentEvent]

  /// The other active, living patients who list the number, in order of handle; other sources leave this out.
  func others(at number: PhoneNumber) throws -> [PatientHandle]
}

extension PatientEntry {
  /// No wishes.
  public func preferences() throws -> Preferences { Preferences() }

  /// Nothing.
  public func evidence(of number: PhoneNumber) throws -> [ContactEvidence] { [] }

  /// Nothing.
  public func revocations(at number: PhoneNumber) throws -> [ConsentEvent] { [] }

  /// Nobody.
  public func others(at number: PhoneNumber) throws -> [PatientHandle] { [] }

  /// All that is known of the patient.
  public func facts(atLeast extent: FactsExtent) throws -> PatientFacts { try facts() }
}

/// How much of a patient's facts somebody needs.
public enum FactsExtent: Hashable, Comparable, Sendable {
  /// Everything but lists, and the problems and diagnoses: what most campaigns choose their audience by.
  case problems
  /// Everything.
  case all
}

/// How a record stands among other records of the source.
public enum RecordStanding: Hashable, Sendable {
  /// It speaks for itself.
  case current
  /// Another record replaced it.
  case replaced
  /// The source deleted it.
  case deleted
  /// Its links say that it replaced itself.
  case cyclic
}
