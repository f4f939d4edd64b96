/// The host of a link in a message, which everybody who sees the message sees.
public enum LinkHost {
  /// Hosts that shorten links: carriers filter them, and where they lead is in others' hands (Twilio errors 30857,
  /// 30525, 30892).
  static let shorteners: Set<String> = [
    "bit.ly", "bitly.com", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "buff.ly", "rebrand.ly",
    "cutt.ly",
    "rb.gy", "shorturl.at", "tiny.cc", "lnkd.in", "t.ly", "v.gd", "bl.ink", "short.io", "snip.ly", "tr.im",
  ]

  /// Why a text cannot be the host of links, as a sentence; nil when it can.
  ///
  /// A host is two or more labels of small letters, digits and hyphens (RFC 1123), without scheme, port or path; what
  /// its words tell is for the lexicons to say.
  public static func fault(of host: String) -> String? {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    let isHost =
      labels.count >= 2 && host.utf8.count <= 40
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
          && label.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
      }
      && labels[labels.count - 1].contains { $0.isLetter }
    guard isHost else {
      return "a link's host is a name such as \"go.clinic.example\", without https://, port or path"
    }
    guard !shorteners.contains(labels.suffix(2).joined(separator: ".")) else {
      return "'\(host)' shortens links for everybody, and carriers refuse it; use a host of the clinic's own"
    }
    guard !labels.contains(where: { $0.hasPrefix("xn--") }) else {
      return "'\(host)' is written in another alphabet, which can look like another host; use plain letters"
    }
    return nil
  }
}
