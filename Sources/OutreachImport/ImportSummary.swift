package import OutreachCore

/// What an import read, took and left out.
package struct ImportSummary: Hashable, Sendable {
  /// The counts of one kind of resource.
  package struct Counts: Hashable, Sendable {
    /// Records read, broken ones included.
    package var read = 0
    /// Records that state something for outreach.
    package var imported = 0
    /// Records that do not, by reason.
    package var skipped: [ImportReason: Int] = [:]
    /// Imported records that lost a part, by reason.
    package var incomplete: [ImportReason: Int] = [:]
  }

  /// How many faults are kept with their place.
  package static let faultsKept = 100

  /// Counts by kind of resource; a CSV row is a `Patient`, and a line whose kind is not known has the key
  /// `""`.
  package var resources: [String: Counts] = [:]
  /// How many resources of kinds that outreach does not use were passed over, by kind.
  package var unused: [String: Int] = [:]
  /// Records that the source has deleted.
  package var deleted = 0
  /// The first ``faultsKept`` faults in the order of the files.
  package var faults: [ImportFault] = []
  /// How many faults there are in all.
  package var faultCount = 0
  /// The instant whose state of affairs the files describe; nil where no file says.
  ///
  /// The manifest's `transactionTime`, or a Bundle's `timestamp` or `meta.lastUpdated`; of several, the
  /// earliest.
  package var asOf: Instant?
  /// Files read.
  package var files = 0
  /// Bytes read.
  package var bytes = 0

  /// Makes an empty summary.
  package init() {}

  /// All records that state something for outreach.
  package var imported: Int { resources.values.reduce(0) { $0 + $1.imported } }

  mutating func note(_ fault: ImportFault) {
    faultCount += 1
    if faults.count < Self.faultsKept { faults.append(fault) }
  }

  mutating func describes(_ instant: Instant?) {
    guard let instant else { return }
    asOf = asOf.map { min($0, instant) } ?? instant
  }
}

/// How far an import has come.
package struct ImportProgress: Hashable, Sendable {
  /// The file being read.
  package var file: String
  /// Bytes read so far, of all files.
  package var bytesRead: Int
  /// Bytes of all files.
  package var bytesTotal: Int
  /// Records imported so far.
  package var imported: Int
}
