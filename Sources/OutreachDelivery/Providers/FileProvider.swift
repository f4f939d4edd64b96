import FoundationEssentials
import Glibc
public import OutreachCore

/// Writes messages to a folder of the clinic's own, for trials: what the world would see, one JSON line a message.
///
/// One file a day, `sent/2026-11-23.jsonl`, mode 0600. A message counts as taken once its line is on the disk.
public final class FileProvider: Provider {
  /// The clinic's name for it.
  public let name: String
  /// What it can do.
  public let traits: ProviderTraits
  private let folder: String

  /// Makes a provider that writes into a folder, which is made where it is not there.
  public init(_ settings: ProviderSettings, folder: String) {
    name = settings.name
    traits = ProviderTraits(channels: settings.channels, canLookUp: true, concurrency: 100).narrowed(
      by: settings)
    self.folder = folder
  }

  /// Hands messages over.
  public func deliver(
    _ messages: [OutboundMessage], answer: (Int, ProviderAnswer) -> Void
  ) throws(DeliveryError) {
    for day in Dictionary(grouping: messages.indices, by: { path(of: messages[$0].at) }).sorted(by: {
      $0.key < $1.key
    }) {
      try append(day.value.map { Line(messages[$0]) }, to: day.key)
      for index in day.value { answer(index, .accepted(reference: nil)) }
    }
  }

  /// Asks whether it has a message.
  public func lookUp(_ message: OutboundMessage, at now: Instant) throws(DeliveryError) -> LookUpAnswer {
    // From the day on which it can have gone first; after a backup was put back that is not the last.
    let first = "\(Zone.utc.date(at: message.at)).jsonl"
    let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0 >= first }
    // No text can hold this, because a quotation mark within one is escaped.
    let key = Array("\"key\":\"\(message.token.rawValue)\"".utf8)
    for file in files.sorted() {
      guard let contents = FileManager.default.contents(atPath: "\(folder)/\(file)") else {
        return .cannotTell
      }
      // A line without an end was never whole, and is no message.
      let length = contents.lastIndex(of: 0x0A) ?? 0
      let isThere = contents.withUnsafeBytes {
        Self.holds(key, UnsafeRawBufferPointer(rebasing: $0[..<length]))
      }
      if isThere { return .taken(reference: nil) }
    }
    return .notTaken
  }

  /// Whether bytes hold others; a day's file can be long, and there may be many to look for.
  private static func holds(_ wanted: [UInt8], _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let first = wanted.first, bytes.count >= wanted.count else { return false }
    for start in 0...(bytes.count - wanted.count) where bytes[start] == first {
      if wanted.indices.allSatisfy({ bytes[start + $0] == wanted[$0] }) { return true }
    }
    return false
  }

  /// The file of a day by Greenwich.
  private func path(of instant: Instant) -> String { "\(folder)/\(Zone.utc.date(at: instant)).jsonl" }

  /// Appends lines and waits until they are on the disk.
  private func append(_ lines: [Line], to path: String) throws(DeliveryError) {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .file(path: folder, why: "look at the rights of the folder above")
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX) == 0 else { throw Self.failure(path) }
    var bytes: [UInt8] = []
    // What an end of power left torn gets its line break, so that it does not spoil the next line.
    let length = lseek(descriptor, 0, SEEK_END)
    var last: UInt8 = 0x0A
    if length > 0, pread(descriptor, &last, 1, length - 1) != 1 { throw Self.failure(path) }
    if last != 0x0A { bytes.append(0x0A) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for line in lines {
      guard let json = try? encoder.encode(line) else { throw .library("writing JSON") }
      bytes += json
      bytes.append(0x0A)
    }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw Self.failure(path)
      }
      written += count
    }
    guard fdatasync(descriptor) == 0 else { throw Self.failure(path) }
  }

  private static func failure(_ path: String) -> DeliveryError {
    .file(path: path, why: String(cString: strerror(errno)))
  }

  /// One message as it is written.
  private struct Line: Codable {
    var key: String
    var at: String
    var channel: String
    var to: String
    var language: String
    var subject: String?
    var text: String

    init(_ message: OutboundMessage) {
      key = message.token.rawValue
      at = message.at.rfc3339
      channel = message.channel.rawValue
      to = message.recipient.revealed
      language = message.language
      subject = message.subject
      text = message.text
    }
  }
}
