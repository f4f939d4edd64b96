package import OutreachCore

import GRDB

extension Registry {
  /// Records what became known about a number, for whoever has it; it is on the disk when this returns.
  package func record(_ evidence: ContactEvidence, of number: PhoneNumber) throws(StoreError) {
    try record([(number, evidence)])
  }

  /// Records what became known about many numbers, all or nothing; it is on the disk when this returns.
  package func record(
    _ evidence: [(number: PhoneNumber, evidence: ContactEvidence)]
  ) throws(StoreError) {
    try writeEntries { writer in
      for entry in evidence {
        _ = try writer.nextEntry()
        try writer.enter(.evidence(entry.evidence), at: entry.evidence.at, of: entry.number)
      }
    }
  }

  /// What became known about a number, whoever has it, the oldest first.
  package func evidence(of number: PhoneNumber) throws(StoreError) -> [ContactEvidence] {
    try StoreError.wrapping(path) { try read { try $0.numberEvents(of: number).evidence } }
  }

  /// What anybody revoked at a number, the oldest first.
  package func revocations(at number: PhoneNumber) throws(StoreError) -> [ConsentEvent] {
    try StoreError.wrapping(path) { try read { try $0.numberEvents(of: number).revocations } }
  }

  /// The active, living patients who list a number among the ones in use, in order of handle.
  package func holders(of number: PhoneNumber) throws(StoreError) -> [PatientHandle] {
    try StoreError.wrapping(path) { try read { try $0.holders(of: number) } }
  }
}

extension EntryWriter {
  /// Adds to what is known of a number.
  func enter(_ event: NumberEvent, at instant: Instant, of number: PhoneNumber) throws {
    let id = try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) + 1 FROM number_event") ?? 1
    let insert = try Query(
      database, "INSERT INTO number_event (id, number, at, detail) VALUES ($1, $2, $3, $4)")
    try insert.bind(id, at: 1)
    try insert.bind(tools.phoneNumbers(number.e164), at: 2)
    try insert.bind(instant.secondsSinceEpoch, at: 3)
    try insert.bind(
      tools.sealer.seal(event.blob(), key: tools.registryKey, binding: Place.numberEvent(id)), at: 4)
    try insert.run()
  }
}

/// What is known of a number, the oldest first.
struct NumberHistory {
  /// What became known of it.
  var evidence: [ContactEvidence] = []
  /// What was revoked at it.
  var revocations: [ConsentEvent] = []
}

extension RegistryConnections {
  /// All that is known of a number; of one moment in the order in which it was recorded.
  func numberEvents(of number: PhoneNumber) throws -> NumberHistory {
    let select = try Query(
      database, "SELECT id, detail FROM number_event WHERE number = $1 ORDER BY at, id")
    defer { select.reset() }
    try select.bind(tools.phoneNumbers(number.e164), at: 1)
    var history = NumberHistory()
    while try select.step() {
      let event = try tools.sealer.withOpened(
        select.bytes(1), key: tools.registryKey, binding: Place.numberEvent(select.integer(0))
      ) { try NumberEvent(blob: $0) }
      switch event {
      case .evidence(let evidence): history.evidence.append(evidence)
      case .revocation(var event):
        event.number = number
        history.revocations.append(event)
      }
    }
    return history
  }

  /// How many records list a number, two for two or more; some may have been replaced or deleted since.
  ///
  /// A pass asks for its patients' own numbers only, so there one that is not listed twice is listed once.
  func listings(of hash: [UInt8]) throws -> Int {
    if tools.isForPass {
      let twice = try tools.numbersListedTwice ?? numbersListedTwice()
      tools.numbersListedTwice = twice
      return twice.contains(hash) ? 2 : 1
    }
    let select = try Query(
      database, "SELECT count(*) FROM (SELECT 1 FROM contact_point WHERE hash = $1 LIMIT 2)")
    defer { select.reset() }
    try select.bind(hash, at: 1)
    return try select.step() ? Int(select.integer(0)) : 0
  }

  /// The numbers, as hashes, that several records list: one walk over the index instead of a search for each number.
  func numbersListedTwice() throws -> Set<[UInt8]> {
    let select = try Query(database, "SELECT hash FROM contact_point GROUP BY hash HAVING count(*) > 1")
    defer { select.reset() }
    var hashes: Set<[UInt8]> = []
    while try select.step() { hashes.insert([UInt8](select.bytes(0))) }
    return hashes
  }

  /// The active, living patients who list a number among the ones in use, in order of handle.
  func holders(of number: PhoneNumber) throws -> [PatientHandle] {
    let select = try Query(
      database,
      """
      SELECT patient.handle FROM contact_point JOIN patient ON patient.id = contact_point.patient
      WHERE contact_point.hash = $1 AND patient.standing & 7 = 0 ORDER BY patient.id
      """)
    defer { select.reset() }
    try select.bind(tools.phoneNumbers(number.e164), at: 1)
    var handles: [PatientHandle] = []
    while try select.step() { handles.append(PatientHandle(select.text(0))) }
    return handles
  }
}
