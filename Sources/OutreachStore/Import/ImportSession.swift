package import OutreachCore

/// An import on its way into the registry: takes records one by one, in any order.
package final class ImportSession {
  let staging: StagingArea
  private let sourceIDs: LookupHash
  private var sequence: UInt64 = 0
  /// The instant whose state of affairs the records describe, where only the records themselves tell; it goes
  /// before the one that was given.
  package var asOf: Instant?
  /// Of whom the import makes the facts fresh.
  package var coverage = ImportCoverage.everybody

  init(keys: WorkspaceKeys) throws {
    staging = try StagingArea()
    sourceIDs = try keys.sourceIDs()
  }

  /// Takes a record; nobody sees it before the whole import is published.
  ///
  /// Of several records with one identifier the last one taken counts.
  package func stage(_ record: ImportedRecord) throws(StoreError) {
    try StoreError.wrapping("staging") { try take(record) }
  }

  private func take(_ record: ImportedRecord) throws {
    sequence += 1
    switch record {
    case .patient(let demographics):
      try stage(.patient(demographics), of: demographics.identity.id)
    case .fact(let patient, let fact):
      guard let id = fact.recordID else { return }
      try stage(.fact(fact), of: patient, claiming: id)
    case .noFact(let patient, let id):
      try stage(.noFact(id), of: patient)
    case .consent(let patient, let id, let events):
      try stage(.consent(ConsentStatement(evidence: id, events: events)), of: patient, claiming: id)
    case .location(let location):
      try stage(StagedSharedOperation.resource(.location(location)))
    case .medication(let id, let codes):
      try stage(StagedSharedOperation.resource(.medication(id, codes)))
    case .deleted(let id):
      if id.rawValue.hasPrefix(Self.patientPrefix) {
        try stage(
          StagedOperation.deleted, of: PatientID(String(id.rawValue.dropFirst(Self.patientPrefix.count))))
      } else {
        try stage(StagedSharedOperation.deleted(id))
      }
    }
  }

  private static let patientPrefix = "Patient/"

  private func stage(
    _ operation: StagedOperation, of patient: PatientID, claiming record: ResourceID? = nil
  ) throws {
    let lookup = LookupKey(try sourceIDs(patient.rawValue))
    try staging.append(to: Int(lookup.high >> 56)) { writer in
      lookup.write(to: &writer)
      writer.write(unsigned: sequence)
      operation.write(to: &writer)
    }
    guard let record else { return }
    let claim = RecordClaim(record: record, patient: lookup)
    try staging.append(to: StagingArea.firstClaimBucket + claim.bucket) { claim.write(to: &$0) }
  }

  private func stage(_ operation: StagedSharedOperation) throws {
    try staging.append(to: StagingArea.sharedBucket) { writer in
      writer.write(unsigned: sequence)
      operation.write(to: &writer)
    }
  }
}

extension Fact {
  /// The record that states the fact; nil for a record of measurements without any.
  var recordID: ResourceID? {
    switch self {
    case .condition(let fact): fact.id
    case .medicationOrder(let fact): fact.id
    case .dispense(let fact): fact.id
    case .observations(let facts): facts.first?.id
    case .appointment(let fact): fact.id
    case .encounter(let fact): fact.id
    case .immunization(let fact): fact.id
    case .flag(let fact): fact.id
    case .contact(let fact): fact.id
    }
  }
}

/// Of whom an import says how things stand at its instant.
package enum ImportCoverage: Hashable, Sendable {
  /// Of everybody: the source vouches for it, as a bulk export does by its `transactionTime`.
  case everybody
  /// Of those who are in it; of everybody only when every patient of the registry is.
  case whoIsIn
  /// Of nobody, because something of it was missing: the facts stay as old as they were.
  case nobody
}
