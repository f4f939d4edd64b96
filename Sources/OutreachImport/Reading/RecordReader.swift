package import OutreachCore

/// Reads patients' records from FHIR R4 and CSV files, one after another.
///
/// Memory does not grow with the size of NDJSON and CSV files, apart from eight bytes a patient by which a
/// second record of the same identifier is seen. A JSON file, which holds one Bundle or resource, is read
/// as a whole.
package struct RecordReader {
  /// The largest JSON file that is read, in bytes.
  package static let largestJSON = 512_000_000

  private let options: ImportOptions

  /// Makes a reader.
  package init(options: ImportOptions) {
    self.options = options
  }

  /// Reads every file of the paths and hands over their records in the order in which they stand there.
  ///
  /// A path is a folder, or a `.ndjson`, `.json` or `.csv` file; see ``InputFiles``. A record that cannot
  /// be read is skipped, counted and named in the summary's faults. `progress` is called for each quarter
  /// of a megabyte or so.
  ///
  /// - Throws: ``ImportError`` when the import cannot go on, and whatever `record` throws.
  package func read(
    paths: [String], progress: (ImportProgress) -> Void = { _ in }, record: (ImportedRecord) throws -> Void
  ) throws -> ImportSummary {
    let files = try InputFiles(paths)
    var pass = ReadingPass(options: options, files: files)
    for path in files.compressed { pass.notCompressed(path) }
    for entry in files.entries {
      let file = try InputFile(path: entry.path)
      switch entry.format {
      case .ndjson: try pass.readLines(of: file, progress: progress, record: record)
      case .json: try pass.readJSON(file, isNamed: entry.isNamed, progress: progress, record: record)
      case .csv: try pass.readRows(of: file, progress: progress, record: record)
      }
      progress(pass.progress(file))
      pass.finish(file)
    }
    return pass.summary
  }
}
