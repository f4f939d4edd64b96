import OutreachCore

/// To whom records belong that this import moves from one patient to another, states twice, or deletes.
///
/// A record belongs to one patient: when a source corrects whose it is, the earlier one must lose it. Which
/// patient had it is not indexed (that would be a row for every fact); who loses something is found by a
/// sweep over all patients.
struct RecordOwners {
  /// Whose a record is.
  enum Owner: Hashable {
    /// Nobody's: the source deleted it.
    case none
    /// The patient of that row.
    case patient(Int64)
  }

  /// Records that were deleted or are stated for several patients, with the place of the last word in the
  /// import.
  private var settled: [ResourceID: (sequence: UInt64, owner: Owner)] = [:]
  /// Records that are new to their patient, so that another one may have had them before.
  private var moved: [ResourceID: Int64] = [:]
  private let contested: Set<UInt64>
  private let hasEarlierPatients: Bool

  /// A sweep is due when this many records may have moved: about 50 MB.
  private static let movedLimit = 250_000

  init(contested: Set<UInt64>, hasEarlierPatients: Bool) {
    self.contested = contested
    self.hasEarlierPatients = hasEarlierPatients
  }

  mutating func delete(_ record: ResourceID, sequence: UInt64) { settled[record] = (sequence, .none) }

  /// Whether a record that was staged for the patient is theirs after the whole import; if so, it is noted.
  mutating func claim(_ record: ResourceID, sequence: UInt64, by patient: Int64) -> Bool {
    if let word = settled[record] {
      guard word.sequence < sequence else { return word.owner == .patient(patient) }
    } else if contested.isEmpty || !contested.contains(RecordClaim.hash(of: record)) {
      return true
    }
    settled[record] = (sequence, .patient(patient))
    return true
  }

  /// Notes that a patient did not have the record before.
  mutating func noteNew(_ record: ResourceID, of patient: Int64) {
    if hasEarlierPatients, settled[record] == nil { moved[record] = patient }
  }

  /// Whether the record now belongs to somebody else or to nobody.
  func isLost(_ record: ResourceID, to patient: Int64) -> Bool {
    if let word = settled[record] { return word.owner != .patient(patient) }
    if let owner = moved[record] { return owner != patient }
    return false
  }

  var isEmpty: Bool { settled.isEmpty && moved.isEmpty }

  var isSweepDue: Bool { moved.count >= Self.movedLimit }

  /// The records that somebody may have lost.
  var records: [ResourceID] { Array(settled.keys) + Array(moved.keys) }

  /// Forgets, after a sweep, what can matter no more; deletions and double statements can until the end.
  mutating func forgetMoved() { moved.removeAll(keepingCapacity: true) }
}
