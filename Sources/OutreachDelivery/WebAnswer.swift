import OutreachCore

extension TransferResult {
  /// What a web server's answer means where the provider says nothing more of it.
  ///
  /// Only what surely was not taken may go again: a connection that was never made, a request that did not leave whole,
  /// and the codes by which a server says that it did nothing (429, 503 with `Retry-After`; RFC 6585, 4 and RFC 9110,
  /// 15.6.4). Any other trouble of a server may come after it took the message.
  var webAnswer: ProviderAnswer {
    guard failure == 0 else { return brokenAnswer }
    switch status {
    case 200..<300: return .accepted(reference: nil)
    case 401, 403, 407: return .notTaken(Obstacle(.account, code: "\(status)"))
    case 429: return .notTaken(Obstacle(.throttled, code: "429", retryAfter: retryAfter))
    case 503 where retryAfter != nil:
      return .notTaken(Obstacle(.passing, code: "503", retryAfter: retryAfter))
    case 400..<500: return .refused(Refusal(.other, code: "\(status)"))
    default: return .unknown("\(status)")
    }
  }

  /// What a transfer means that did not come to its end.
  var brokenAnswer: ProviderAnswer {
    extent == .allSent ? .unknown(failureWord) : .notTaken(Obstacle(.passing, code: failureWord))
  }
}

/// Text in addresses and forms.
enum Percent {
  /// Writes all but the characters that stand for themselves (RFC 3986, 2.3) as `%XX`.
  static func encoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return encoded
  }

  /// Names and values as a form (`application/x-www-form-urlencoded`).
  static func form(_ fields: [(String, String)]) -> String {
    fields.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
  }
}
