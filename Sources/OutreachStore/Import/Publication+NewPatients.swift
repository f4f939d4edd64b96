import GRDB
import OutreachCore

extension Publication {
  /// A number and a handle for a new patient: from the keyed hash of the look-up, and again with a counter as
  /// long as the handle begins with another one or another one with it.
  func newRow(for lookup: LookupKey) throws -> PatientRow {
    let length = HandleAlphabet.length(forPatients: patientCount)
    let name = lookup.bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    var attempt = 0
    while true {
      let id = try handleHash.id(attempt == 0 ? name : "\(name) \(attempt)")
      let handle = HandleAlphabet.handle(of: id, length: length)
      if try !isTaken(handle, id: id) { return PatientRow(id: id, handle: handle) }
      attempt += 1
    }
  }

  /// Whether a handle is a beginning of another or begins with one.
  ///
  /// As the present ones are free of that, it can be so only for the neighbours in order.
  private func isTaken(_ handle: PatientHandle, id: Int64) throws -> Bool {
    for sql in [
      "SELECT handle FROM patient WHERE id <= $1 ORDER BY id DESC LIMIT 1",
      "SELECT handle FROM patient WHERE id >= $1 ORDER BY id LIMIT 1",
    ] {
      let select = try Query(database, sql)
      defer { select.reset() }
      try select.bind(id, at: 1)
      if try select.step(), HandleAlphabet.collide(handle, PatientHandle(select.text(0))) { return true }
    }
    return false
  }

  /// Makes a new patient's key and puts it into the key store.
  ///
  /// A key that an interrupted import left under the same number is replaced: nothing is sealed with it.
  func makeKey(for row: PatientRow, _ connections: RegistryConnections) throws -> SealingKey {
    let key = try SealingKey.random(id: KeyStore.keyID)
    let insert = try Query(
      connections.keyDatabase,
      """
      INSERT INTO patient_key (patient, wrapped) VALUES ($1, $2)
      ON CONFLICT (patient) DO UPDATE SET wrapped = excluded.wrapped
      """)
    try insert.bind(row.id, at: 1)
    try insert.bind(
      key.wrapped(by: tools.keys.wrap, with: tools.sealer, binding: KeyStore.binding(ofPatient: row.id)),
      at: 2)
    try insert.run()
    return key
  }

  /// Lists the numbers by which the patient is reached now, as keyed hashes; those of the dead and of records
  /// that are not in use are nobody's.
  func setContactPoints(_ demographics: Demographics, of patient: Int64, isNew: Bool) throws {
    var hashes: Set<[UInt8]> = []
    if demographics.facts.isActive, !demographics.facts.isDeceased {
      // A day earlier than the source's: somewhere it still is that day.
      let lastDay = CivilDate(
        daysSinceEpoch: Int((Double(asOf.secondsSinceEpoch) / 86_400).rounded(.down)) - 1)
      for point in demographics.identity.contactPoints where point.use != .old {
        guard point.system == .phone || point.system == .sms, let number = point.phone?.number else {
          continue
        }
        if let end = point.endsOn, end < lastDay { continue }
        hashes.insert(try tools.phoneNumbers(number.e164))
      }
    }
    var present: Set<[UInt8]> = []
    if !isNew {
      let select = try Query(database, "SELECT hash FROM contact_point WHERE patient = $1")
      defer { select.reset() }
      try select.bind(patient, at: 1)
      while try select.step() { present.insert(Array(select.bytes(0))) }
    }
    try run(
      "DELETE FROM contact_point WHERE hash = $1 AND patient = $2", present.subtracting(hashes), patient)
    try run("INSERT INTO contact_point (hash, patient) VALUES ($1, $2)", hashes.subtracting(present), patient)
  }

  /// Notes which patients the source says replaced this one.
  func setReplacements(_ targets: [PatientID], of patient: Int64, isNew: Bool) throws {
    let hashes = Set(try targets.map { try tools.sourceIDs($0.rawValue) })
    var present: Set<[UInt8]> = []
    if !isNew {
      let select = try Query(database, "SELECT target FROM replacement WHERE patient = $1")
      defer { select.reset() }
      try select.bind(patient, at: 1)
      while try select.step() { present.insert(Array(select.bytes(0))) }
    }
    try run(
      "DELETE FROM replacement WHERE target = $1 AND patient = $2", present.subtracting(hashes), patient)
    try run("INSERT INTO replacement (target, patient) VALUES ($1, $2)", hashes.subtracting(present), patient)
  }

  private func run(_ sql: String, _ hashes: Set<[UInt8]>, _ patient: Int64) throws {
    if hashes.isEmpty { return }
    let statement = try Query(database, sql)
    for hash in hashes {
      try statement.bind(hash, at: 1)
      try statement.bind(patient, at: 2)
      try statement.run()
    }
  }
}
