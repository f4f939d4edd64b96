/// Splits CSV text into rows of cells, byte by byte, as RFC 4180 says.
///
/// Cells are separated by commas and rows by CRLF, LF or CR. A cell in double quotes may hold commas, line
/// ends and quotes, these doubled. Text is fed in pieces of any size; a piece may end anywhere.
package struct CSVParser {
  /// One row.
  package struct Row: Hashable, Sendable {
    /// The line on which it begins, from 1.
    package var line: Int
    /// Its cells without their quotes; one empty cell for an empty line.
    package var cells: [[UInt8]]
    /// Whether it is not quoted as it should be; its cells are then of no use.
    package var isMalformed = false
    /// Whether it is longer than the limit; its cells are then of no use.
    package var isTooLong = false
  }

  private enum State {
    case cellStart
    case plain
    case quoted
    /// After a quote inside a quoted cell: the end of it, or the first of two.
    case quoteInQuoted
  }

  private let longestRow: Int
  private var state = State.cellStart
  private var cell: [UInt8] = []
  private var row = Row(line: 1, cells: [])
  private var rowLength = 0
  private var line = 1
  private var lastWasCR = false

  /// Makes a parser; rows of more than `longestRow` bytes are passed over.
  package init(longestRow: Int = LineReader.longestLine) {
    self.longestRow = longestRow
  }

  /// Takes the next bytes and calls `body` with each row that they complete.
  package mutating func feed(_ bytes: some Sequence<UInt8>, _ body: (Row) throws -> Void) rethrows {
    for byte in bytes {
      if lastWasCR {
        lastWasCR = false
        // The LF of a CRLF, whose CR has done the work; inside quotes it is text.
        if byte == 0x0A, state != .quoted { continue }
        if byte == 0x0A { line -= 1 }
      }
      try take(byte, body)
    }
  }

  /// Takes the end of the text, which ends the last row if no line end did.
  package mutating func finish(_ body: (Row) throws -> Void) rethrows {
    if state == .quoted { row.isMalformed = true }
    let isEmpty = state == .cellStart && row.cells.isEmpty && rowLength == 0
    if !isEmpty { try endRow(body) }
  }

  private mutating func take(_ byte: UInt8, _ body: (Row) throws -> Void) rethrows {
    let isLineEnd = byte == 0x0A || byte == 0x0D
    if isLineEnd {
      line += 1
      lastWasCR = byte == 0x0D
    }
    rowLength += 1
    if rowLength > longestRow, !row.isTooLong {
      row.isTooLong = true
      row.cells = []
      cell = []
    }
    if isLineEnd, state != .quoted || row.isTooLong {
      rowLength -= 1
      return try endRow(body)
    }
    guard !row.isTooLong else { return }
    switch (state, byte) {
    case (.quoted, UInt8(ascii: "\"")): state = .quoteInQuoted
    case (.quoted, _): cell.append(byte)
    case (_, UInt8(ascii: ",")): endCell()
    case (.cellStart, UInt8(ascii: "\"")): state = .quoted
    case (.quoteInQuoted, UInt8(ascii: "\"")):
      cell.append(byte)
      state = .quoted
    case (.quoteInQuoted, _), (.plain, UInt8(ascii: "\"")):
      row.isMalformed = true
      state = .plain
    case (.cellStart, _), (.plain, _):
      cell.append(byte)
      state = .plain
    }
  }

  private mutating func endCell() {
    row.cells.append(cell)
    cell.removeAll(keepingCapacity: true)
    state = .cellStart
  }

  private mutating func endRow(_ body: (Row) throws -> Void) rethrows {
    endCell()
    let finished = row
    row = Row(line: line, cells: [])
    rowLength = 0
    try body(finished)
  }
}
