public import OutreachCore
import OutreachImport
import OutreachStore

extension Workspace {
  /// Imports records into the registry: all of what the files say, or nothing.
  ///
  /// - Parameters:
  ///   - paths: folders of NDJSON files, Bundles, resources and CSV files.
  ///   - asOf: the instant whose state the files describe; nil takes what the files say of themselves, else `now`.
  ///   - now: the present.
  ///   - progress: called from time to time with a line to draw.
  /// - Throws: ``OutreachError`` when a file cannot be read; the registry is then as it was.
  public func importRecords(
    from paths: [String], asOf: Instant?, now: Instant, progress: (String) -> Void = { _ in }
  ) throws(OutreachError) -> ImportReport {
    do {
      let zone = try zones.zone(named: clinic.timeZone).get()
      let reader = RecordReader(
        options: ImportOptions(
          defaultRegion: clinic.country, zone: zone, now: now, purposes: policy.purposes,
          isZone: { [zones] name in if case .success = zones.zone(named: name) { true } else { false } }))
      let (read, published) = try registry.withImport(
        asOf: asOf ?? now, recordedAt: now, source: nil
      ) { session in
        let summary = try reader.read(paths: paths, progress: { progress(Self.line($0)) }) {
          try session.stage($0)
        }
        if asOf == nil, let stated = summary.asOf { session.asOf = stated }
        session.coverage = Self.coverage(of: summary, isStated: asOf != nil || summary.asOf != nil)
        // Facts dated ahead of the clock would never grow stale.
        guard session.asOf ?? asOf ?? now <= now + .seconds(86_400) else {
          throw OutreachError(
            .badInput,
            "the data says that it describes a time more than a day ahead of this machine's clock; "
              + "set the clock right, or say the instant with --as-of")
        }
        return summary
      }
      return ImportReport(read, published, asOf: (asOf ?? read.asOf ?? now).rfc3339)
    } catch {
      throw OutreachError(wrapping: error)
    }
  }

  /// Of whom the files say how things stand: of nobody when files are missing or nothing was in them.
  private static func coverage(of summary: ImportSummary, isStated: Bool) -> ImportCoverage {
    let lacksFiles = summary.faults.contains { $0.reason == .fileMissing || $0.reason == .compressed }
    if lacksFiles || summary.imported == 0 { return .nobody }
    return isStated ? .everybody : .whoIsIn
  }

  /// A bar of twenty steps, the share that is read, and the records so far.
  private static func line(_ progress: ImportProgress) -> String {
    let share = progress.bytesTotal > 0 ? Double(progress.bytesRead) / Double(progress.bytesTotal) : 1
    let steps = Int(share * 20)
    let bar = String(repeating: "█", count: steps) + String(repeating: "·", count: 20 - steps)
    return "\(bar) \(Int(share * 100)) %  \(progress.imported) records"
  }
}
