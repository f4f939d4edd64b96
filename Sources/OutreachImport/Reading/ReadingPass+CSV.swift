import OutreachCore

extension ReadingPass {
  /// Reads a CSV file with a header, one patient a row.
  ///
  /// Empty lines are passed over.
  mutating func readRows(
    of file: InputFile, progress: (ImportProgress) -> Void, record: (ImportedRecord) throws -> Void
  ) throws {
    var parser = CSVParser()
    var header: CSVHeader?
    var buffer: [UInt8] = []
    var isStart = true
    while try file.read(into: &buffer) > 0 {
      if isStart, buffer.starts(with: [0xEF, 0xBB, 0xBF]) { buffer.removeFirst(3) }
      isStart = false
      try parser.feed(buffer) { try readRow($0, of: file, &header, record: record) }
      buffer.removeAll(keepingCapacity: true)
      progress(self.progress(file))
    }
    try parser.finish { try readRow($0, of: file, &header, record: record) }
    guard header != nil else { throw ImportError.noHeader(path: file.path) }
  }

  private mutating func readRow(
    _ row: CSVParser.Row, of file: InputFile, _ header: inout CSVHeader?,
    record: (ImportedRecord) throws -> Void
  ) throws {
    let place = Place(file: file.path, line: row.line)
    guard row.isTooLong || row.cells != [[]] else { return }
    guard let columns = header else {
      guard !row.isMalformed, !row.isTooLong else { throw ImportError.noHeader(path: file.path) }
      header = try CSVHeader(row.cells, path: file.path, options: context.options)
      return
    }
    if row.isTooLong { return skip(.tooLong, at: place, resource: PatientResource.type) }
    if row.isMalformed { return skip(.quoting, at: place, resource: PatientResource.type) }
    let reading: Reading
    do {
      var patient = try CSVPatient(row, header: columns, context: context)
      reading = try patient.read()
    } catch {
      return skip(error.reason, at: place, resource: PatientResource.type, field: error.field)
    }
    try handOver(reading, at: place, resource: PatientResource.type, record: record)
  }
}
