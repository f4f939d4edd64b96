import OutreachCore

extension ReadingPass {
  /// Reads a file of one JSON object a line.
  ///
  /// Empty lines are passed over.
  mutating func readLines(
    of file: InputFile, progress: (ImportProgress) -> Void, record: (ImportedRecord) throws -> Void
  ) throws {
    var lines = LineReader(file)
    var reported = 0
    while let line = try lines.next() {
      let place = Place(file: file.path, line: lines.number)
      switch line {
      case .tooLong: skip(.tooLong, at: place)
      case .bytes(let bytes):
        guard !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { continue }
        guard Self.isUTF8(bytes) else {
          skip(.notUTF8, at: place)
          continue
        }
        try readResource(bytes, at: place, record: record)
      }
      if file.bytesRead != reported {
        reported = file.bytesRead
        progress(self.progress(file))
      }
    }
  }

  static func isUTF8(_ bytes: [UInt8]) -> Bool {
    (try? UTF8Span(validating: bytes.span)) != nil
  }
}
