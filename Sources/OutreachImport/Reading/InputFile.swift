import Glibc

/// A file opened for reading, in pieces or as a whole.
///
/// It is closed when it goes out of use.
final class InputFile {
  /// How many bytes one read asks for.
  static let chunkSize = 1 << 18

  let path: String
  private let descriptor: CInt
  /// Bytes read so far.
  private(set) var bytesRead = 0

  init(path: String) throws(ImportError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.unreadable(path) }
  }

  deinit { close(descriptor) }

  /// Appends the next bytes to `buffer`, and returns how many; 0 at the end of the file.
  func read(into buffer: inout [UInt8]) throws(ImportError) -> Int {
    let start = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: Self.chunkSize))
    var count: Int
    repeat {
      count = buffer.withUnsafeMutableBytes { bytes in
        Glibc.read(descriptor, bytes.baseAddress?.advanced(by: start), Self.chunkSize)
      }
    } while count < 0 && errno == EINTR
    let failure = count < 0 ? Self.unreadable(path) : nil
    buffer.removeLast(Self.chunkSize - max(count, 0))
    if let failure { throw failure }
    bytesRead += count
    return count
  }

  /// Reads the rest of the file; an error when it is larger than `limit` bytes.
  func readAll(limit: Int) throws(ImportError) -> [UInt8] {
    var contents: [UInt8] = []
    while try read(into: &contents) > 0 {
      guard contents.count <= limit else {
        throw .fileTooLarge(path: path, megabytes: limit / 1_000_000)
      }
    }
    return contents
  }

  private static func unreadable(_ path: String) -> ImportError {
    .unreadable(path: path, reason: String(cString: strerror(errno)))
  }
}
