public import OutreachCore

/// What the registry holds about one patient, for staff who ask.
public struct PatientRecord: Sendable {
  /// The patient's handle.
  public var handle: PatientHandle
  /// How the record stands among others.
  public var standing: RecordStanding
  /// Who the patient is.
  public var identity: PatientIdentity
  /// What is known of the patient.
  public var facts: PatientFacts
  /// Everything that was said about consent.
  public var consents: [ConsentEvent]
  /// The numbers that another active patient has too.
  public var sharedNumbers: Set<PhoneNumber>
}

extension PatientRecord {
  /// Opens all of a patient's record.
  init(_ entry: any PatientEntry) throws {
    self.init(
      handle: entry.handle, standing: entry.standing, identity: try entry.identity(),
      facts: try entry.facts(), consents: try entry.consents(),
      sharedNumbers: Set(try entry.numbers().filter { try entry.holders(of: $0) > 1 }))
  }
}

extension Engine {
  /// Opens one patient's record.
  ///
  /// - Throws: ``OutreachError`` when there is no such patient.
  public func record(of name: PatientName) throws(OutreachError) -> PatientRecord {
    var record: PatientRecord?
    do {
      _ = try patients.withPatient(name) { record = try PatientRecord($0) }
    } catch {
      throw OutreachError(wrapping: error)
    }
    guard let record else { throw OutreachError(.badInput, "no patient has that handle or identifier") }
    return record
  }
}
