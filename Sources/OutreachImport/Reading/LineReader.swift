import Glibc

/// Splits a file into lines without ever holding more than one line and one read.
///
/// Lines end in LF or CRLF; the last may end with the file. A byte order mark at the start is dropped.
package struct LineReader {
  /// The longest line that is read, in bytes.
  ///
  /// A longer one is passed over as it streams by.
  package static let longestLine = 5_000_000

  /// One line of a file.
  enum Line {
    /// Its bytes without the line's end.
    case bytes([UInt8])
    /// It is longer than ``LineReader/longestLine``.
    case tooLong
  }

  private let file: InputFile
  private var buffer: [UInt8] = []
  private var position = 0
  /// How much of the buffer is known to hold no line's end.
  private var searched = 0
  private var atEnd = false
  /// The number of the line that was returned last, from 1.
  private(set) var number = 0

  init(_ file: InputFile) {
    self.file = file
  }

  /// The next line; nil at the end.
  mutating func next() throws(ImportError) -> Line? {
    var overflowed = false
    while true {
      if let end = endOfLine() {
        let line = buffer[position..<end]
        position = end + 1
        searched = position
        return finish(line, overflowed: overflowed)
      }
      searched = buffer.count
      if buffer.count - position > Self.longestLine + 1 {
        overflowed = true
        position = buffer.count
      }
      if atEnd {
        guard position < buffer.count || overflowed else { return nil }
        let line = buffer[position...]
        position = buffer.count
        return finish(line, overflowed: overflowed)
      }
      try refill()
    }
  }

  private func endOfLine() -> Int? {
    buffer.withUnsafeBytes { bytes -> Int? in
      guard let base = bytes.baseAddress, searched < bytes.count,
        let found = memchr(base + searched, 0x0A, bytes.count - searched)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  private mutating func refill() throws(ImportError) {
    buffer.removeFirst(position)
    searched -= position
    position = 0
    atEnd = try file.read(into: &buffer) == 0
    if number == 0, file.bytesRead == buffer.count, buffer.starts(with: [0xEF, 0xBB, 0xBF]) {
      position = 3
      searched = 3
    }
  }

  private mutating func finish(_ line: ArraySlice<UInt8>, overflowed: Bool) -> Line {
    number += 1
    let content = line.last == 0x0D ? line.dropLast() : line
    return overflowed || content.count > Self.longestLine ? .tooLong : .bytes(Array(content))
  }
}
