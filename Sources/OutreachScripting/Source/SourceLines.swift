package import OutreachCore

/// Turns offsets into a file to lines and columns.
package struct SourceLines: Sendable {
  private let file: String
  private let source: [UInt8]
  private let starts: [Int]

  /// Finds the lines of a text.
  package init(_ source: [UInt8], file: String) {
    self.file = file
    self.source = source
    var starts = [0]
    var index = 0
    while index < source.count {
      let byte = source[index]
      index += 1
      guard byte == 0x0A || byte == 0x0D else { continue }
      // CR LF and LF CR are one line break, as Lua counts.
      if index < source.count, source[index] == 0x0A || source[index] == 0x0D, source[index] != byte {
        index += 1
      }
      starts.append(index)
    }
    self.starts = starts
  }

  /// The place of a byte; one beyond the end is the end.
  package func position(at offset: Int) -> SourcePosition {
    let offset = min(max(offset, 0), source.count)
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    let before = String(decoding: source[starts[low]..<offset], as: UTF8.self)
    return SourcePosition(file: file, line: low + 1, column: before.count + 1)
  }

  /// The place of the first character of a line that is no blank.
  package func position(ofLine line: Int) -> SourcePosition { SourcePosition(file: file, line: line) }
}
