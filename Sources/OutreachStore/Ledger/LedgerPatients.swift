package import OutreachCore

/// The patients as a writing transaction sees them, with what it has written itself.
///
/// So that two messages to one patient, looked at in one transaction, count each other.
package final class LedgerPatients: PatientSource {
  private let connections: RegistryConnections
  private let shared: SharedResources
  private let asOf: Instant?

  init(_ connections: RegistryConnections, shared: SharedResources, asOf: Instant?) {
    self.connections = connections
    self.shared = shared
    self.asOf = asOf
  }

  /// Calls `body` once for each patient who was not erased, in ascending order of handle.
  package func forEachPatient(_ body: (any PatientEntry) throws -> Void) throws {
    var last: Int64 = -1
    while try !connections.readPage(after: &last, size: 1_000, body) {}
  }

  /// Calls `body` with the patient of that handle or source identifier; false when there is none.
  package func withPatient(_ name: PatientName, _ body: (any PatientEntry) throws -> Void) throws -> Bool {
    guard let select = try connections.select(RegistryPatient.columns, of: name) else { return false }
    defer { select.reset() }
    let patient = RegistryPatient(connections: connections, row: select)
    patient.take(wrappedKey: nil)
    try body(patient)
    return true
  }

  /// Records that patients' records refer to.
  package func sharedResources() throws -> SharedResources { shared }

  /// The instant whose state of affairs the facts describe.
  package func factsAsOf() throws -> Instant? { asOf }
}
