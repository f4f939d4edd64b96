import OutreachCore

/// A message as a mail: plain text in UTF-8 (RFC 5322, RFC 2045).
struct MailText {
  /// The mail with CRLF line ends.
  let text: String

  init(_ message: OutboundMessage, from: String, unsubscribe: String?) {
    let domain = from.split(separator: "@").last.map(String.init) ?? "localhost"
    var lines = [
      "Date: \(Self.date(message.at))",
      "From: \(from)",
      "To: \(message.recipient.revealed)",
      "Subject: \(Self.word(message.subject ?? ""))",
      // The same at every attempt, so that a mailbox can see that it has the mail already.
      "Message-ID: <\(message.token.rawValue)@\(domain)>",
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: base64",
      "Content-Language: \(message.language)",
      // No robot of the other side answers (RFC 3834).
      "Auto-Submitted: auto-generated",
    ]
    if let unsubscribe {
      // One click, without a page in between (RFC 8058).
      let place = unsubscribe.hasPrefix("https://") ? "\(unsubscribe)/\(message.token.rawValue)" : unsubscribe
      lines.append("List-Unsubscribe: <\(place)>")
      if unsubscribe.hasPrefix("https://") {
        lines.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
      }
    }
    lines.append("")
    let body =
      Array(message.text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").utf8) + [0x0D, 0x0A]
    lines += Base64.lines(body)
    text = lines.joined(separator: "\r\n") + "\r\n"
  }

  /// A date as mails have it, by Greenwich.
  private static func date(_ instant: Instant) -> String {
    let local = Zone.utc.civil(at: instant)
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let seconds = ((instant.secondsSinceEpoch % 60) + 60) % 60
    return "\(days[local.date.weekday.rawValue - 1]), \(local.date.day) \(months[local.date.month - 1]) "
      + "\(local.date.year) \(local.time):\(seconds < 10 ? "0" : "")\(seconds) +0000"
  }

  /// A text in a header: as it is in ASCII, else as an encoded word (RFC 2047).
  private static func word(_ text: String) -> String {
    let line = String(text.map { $0.isNewline ? " " : $0 })
    if line.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return line }
    // An encoded word has at most 75 characters: 45 bytes make 60.
    var words: [String] = []
    var part: [UInt8] = []
    for character in line {
      if part.count + character.utf8.count > 45 {
        words.append("=?utf-8?B?\(Base64.text(part))?=")
        part = []
      }
      part += Array(character.utf8)
    }
    words.append("=?utf-8?B?\(Base64.text(part))?=")
    return words.joined(separator: "\r\n ")
  }
}

/// Base64 (RFC 4648, 4).
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func text(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      var bits = part.reduce(0) { $0 << 8 | Int($1) }
      bits <<= 8 * (3 - part.count)
      for place in 0..<4 {
        text.append(place <= part.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Lines of 76 characters, as mails have them (RFC 2045, 6.8).
  static func lines(_ bytes: [UInt8]) -> [String] {
    stride(from: 0, to: bytes.count, by: 57).map { text(Array(bytes[$0..<min($0 + 57, bytes.count)])) }
  }
}
