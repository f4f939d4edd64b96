import CSeal
package import OutreachCore

/// One patient of the registry during a pass or a look-up.
///
/// One object serves all patients in turn and is valid only inside the body it is handed to. Nothing is
/// opened before it is asked for, and then once.
package final class RegistryPatient: PatientEntry {
  /// The patient's handle.
  package private(set) var handle = PatientHandle("")

  private let connections: RegistryConnections
  private let row: Query
  private var id: Int64 = 0
  private var bits: Standing = []
  private var wrappedKey: UnsafeRawBufferPointer?
  private var openedKey: SealingKey?
  private var openedFacts: PatientFacts?
  private var openedProblems: PatientFacts?
  /// The opened facts as they are stored, while no more than the problems were read, and where the rest begins.
  private var unread: (bytes: [UInt8], rest: Int)?
  private var openedIdentity: PatientIdentity?
  private var openedPreferences: Preferences?
  private var openedNumber: (number: PhoneNumber, history: NumberHistory)?

  /// The columns that `row` has to give, in this order.
  static let columns = "id, handle, standing, identity_version, facts_version, identity, facts"

  init(connections: RegistryConnections, row: Query) {
    self.connections = connections
    self.row = row
  }

  /// Takes the present row of the statement; `wrappedKey` must stay valid as long as that row.
  func take(wrappedKey: UnsafeRawBufferPointer?) {
    id = row.integer(0)
    handle = PatientHandle(row.text(1))
    bits = Standing(rawValue: row.integer(2))
    self.wrappedKey = wrappedKey
    openedKey = nil
    openedFacts = nil
    openedProblems = nil
    forgetUnread()
    openedIdentity = nil
    openedPreferences = nil
    openedNumber = nil
  }

  /// The record's standing among other records.
  package var standing: RecordStanding { bits.recordStanding }

  /// What is known of the patient, with the past contacts of records merged into this one.
  ///
  /// - Throws: `StoreError.keyDestroyed`, `.keyMissing` or `.damaged`.
  package func facts() throws -> PatientFacts {
    if let openedFacts { return openedFacts }
    return try wrapping {
      var facts = try wholeFacts()
      facts.contacts += try connections.sentContacts(ofPatient: id, key: key())
      if bits.contains(.survivor) { facts.contacts += try mergedContacts() }
      openedFacts = facts
      return facts
    }
  }

  /// What is known of the patient as far as is needed.
  ///
  /// Reading no further than the problems takes a fifth of the time, and most patients are in no audience.
  ///
  /// - Throws: `StoreError.keyDestroyed`, `.keyMissing` or `.damaged`.
  package func facts(atLeast extent: FactsExtent) throws -> PatientFacts {
    if extent > .problems || openedFacts != nil { return try facts() }
    if let openedProblems { return openedProblems }
    return try wrapping {
      let bytes = try connections.tools.sealer.open(
        row.bytes(6), key: key(), binding: Place.facts(id, row.integer(4)))
      var rest = 0
      let problems = try bytes.withUnsafeBytes { try PatientFacts(problemsOf: $0, rest: &rest) }
      unread = (bytes, rest)
      openedProblems = problems
      return problems
    }
  }

  /// All facts: from what was opened for the problems, or from the row.
  private func wholeFacts() throws -> PatientFacts {
    guard var facts = openedProblems, let (bytes, rest) = unread else {
      return try open(row.bytes(6), Place.facts(id, row.integer(4)), as: PatientFacts.self)
    }
    try bytes.withUnsafeBytes { try facts.readRest(of: $0, from: rest) }
    return facts
  }

  /// Overwrites what was opened and not read to its end.
  private func forgetUnread() {
    guard var bytes = unread.take()?.bytes else { return }
    bytes.withUnsafeMutableBytes { cseal_cleanse($0.baseAddress, $0.count) }
  }

  deinit { forgetUnread() }

  /// Who the patient is.
  ///
  /// - Throws: `StoreError.keyDestroyed`, `.keyMissing` or `.damaged`.
  package func identity() throws -> PatientIdentity {
    if let openedIdentity { return openedIdentity }
    return try wrapping {
      let identity = try open(row.bytes(5), Place.identity(id, row.integer(3)), as: PatientIdentity.self)
      openedIdentity = identity
      return identity
    }
  }

  /// Everything that was said about consent and not superseded, of this record and of those merged into it.
  ///
  /// - Throws: `StoreError.keyDestroyed`, `.keyMissing` or `.damaged`.
  package func consents() throws -> [ConsentEvent] {
    try wrapping {
      var events = try connections.consents(ofPatient: id, key: key())
      if bits.contains(.survivor) {
        for merged in try connections.mergedRecords(into: id) {
          guard let key = try connections.keyUnlessDestroyed(merged) else { continue }
          events += try connections.consents(ofPatient: merged.id, key: key)
        }
      }
      return events
    }
  }

  /// How many active, living patients list the number among the ones in use; at least 1 when this one does.
  ///
  /// Of a number that more have than live in a household no more are counted than show that.
  package func holders(of number: PhoneNumber) throws -> Int {
    try wrapping {
      let hash = try connections.tools.phoneNumbers(number.e164)
      let isCrowded = connections.tools.crowdedNumbers.contains(hash)
      if isCrowded { return GuardedPatient.largestHousehold + 1 }
      // Most numbers are one patient's, which the index alone tells.
      let listed = try connections.listings(of: hash)
      if listed < 2 { return listed }
      let select = try Query(
        connections.database,
        """
        SELECT count(*) FROM (
          SELECT 1 FROM contact_point JOIN patient ON patient.id = contact_point.patient
          WHERE contact_point.hash = $1 AND patient.standing & 7 = 0 LIMIT \(GuardedPatient.largestHousehold + 1))
        """)
      defer { select.reset() }
      try select.bind(hash, at: 1)
      let count = try select.step() ? Int(select.integer(0)) : 0
      if count > GuardedPatient.largestHousehold { connections.tools.crowdedNumbers.insert(hash) }
      return count
    }
  }

  /// What the patient wishes, or where nothing of theirs was recorded, the newest of the records merged into
  /// this one.
  ///
  /// - Throws: `StoreError.keyDestroyed`, `.keyMissing` or `.damaged`.
  package func preferences() throws -> Preferences {
    if try !connections.hasPreferences() { return Preferences() }
    if let openedPreferences { return openedPreferences }
    return try wrapping {
      let row = PatientRow(id: id, handle: handle)
      let preferences = try connections.preferences(of: row, key: key())?.preferences ?? Preferences()
      openedPreferences = preferences
      return preferences
    }
  }

  /// What became known about a number, whoever has it, the oldest first.
  package func evidence(of number: PhoneNumber) throws -> [ContactEvidence] {
    try history(of: number).evidence
  }

  /// What anybody revoked at a number, the oldest first.
  package func revocations(at number: PhoneNumber) throws -> [ConsentEvent] {
    try history(of: number).revocations
  }

  /// The other active, living patients who list the number, in order of handle.
  package func others(at number: PhoneNumber) throws -> [PatientHandle] {
    try wrapping { try connections.holders(of: number).filter { $0 != handle } }
  }

  /// The records that stand for this one now, when it was replaced.
  package func survivors() throws -> [PatientHandle] {
    try wrapping {
      let select = try Query(
        connections.database,
        """
        SELECT patient.handle FROM merged_record JOIN patient ON patient.id = merged_record.survivor
        WHERE merged_record.patient = $1 ORDER BY patient.id
        """)
      defer { select.reset() }
      try select.bind(id, at: 1)
      var handles: [PatientHandle] = []
      while try select.step() { handles.append(PatientHandle(select.text(0))) }
      return handles
    }
  }

  private func history(of number: PhoneNumber) throws -> NumberHistory {
    if try !connections.hasNumberEvents() { return NumberHistory() }
    if let openedNumber, openedNumber.number == number { return openedNumber.history }
    return try wrapping {
      let history = try connections.numberEvents(of: number)
      openedNumber = (number, history)
      return history
    }
  }

  private func mergedContacts() throws -> [PastContact] {
    var contacts: [PastContact] = []
    for merged in try connections.mergedRecords(into: id) {
      guard let key = try connections.keyUnlessDestroyed(merged) else { continue }
      contacts += try connections.facts(ofPatient: merged.id, key: key).contacts
      contacts += try connections.sentContacts(ofPatient: merged.id, key: key)
    }
    return contacts
  }

  private func key() throws -> SealingKey {
    if let openedKey { return openedKey }
    let key: SealingKey
    if let wrappedKey {
      key = try connections.tools.sealer.unwrap(
        wrappedKey, by: connections.tools.keys.wrap, binding: KeyStore.binding(ofPatient: id))
    } else {
      key = try connections.key(ofPatient: id, handle: handle)
    }
    openedKey = key
    return key
  }

  private func open<Form: StoredForm>(
    _ blob: UnsafeRawBufferPointer, _ place: SealBinding, as type: Form.Type
  ) throws -> Form {
    try connections.tools.sealer.withOpened(blob, key: key(), binding: place) { try Form(blob: $0) }
  }

  private func wrapping<T>(_ body: () throws -> T) throws(StoreError) -> T {
    try StoreError.wrapping("registry", body)
  }
}
