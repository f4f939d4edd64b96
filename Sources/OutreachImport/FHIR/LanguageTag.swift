/// Reads the languages of records as BCP 47 tags (https://www.rfc-editor.org/info/bcp47).
enum LanguageTag {
  /// The tag in its usual case, such as `es` or `en-US`; nil for anything else.
  ///
  /// A three-letter code of ISO 639-2 or an English name of a language that US clinics often meet is its tag.
  static func read(_ text: String) -> String? {
    let plain = text.lowercased().filter { !$0.isWhitespace }
    if let name = names[plain] { return name }
    let parts = plain.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
    guard let language = parts.first, (2...3).contains(language.utf8.count),
      language.utf8.allSatisfy(isLetter),
      parts.dropFirst().allSatisfy({ (1...8).contains($0.utf8.count) && $0.utf8.allSatisfy(isLetterOrDigit) })
    else { return nil }
    let rest = parts.dropFirst().map { part in
      switch part.utf8.count {
      case 2: part.uppercased()
      case 4 where part.utf8.allSatisfy(isLetter): part.prefix(1).uppercased() + part.dropFirst()
      default: String(part)
      }
    }
    return ([names[String(language)] ?? String(language)] + rest).joined(separator: "-")
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static let names: [String: String] = [
    "eng": "en", "english": "en", "spa": "es", "spanish": "es", "fre": "fr", "fra": "fr", "french": "fr",
    "ger": "de",
    "deu": "de", "german": "de", "ita": "it", "italian": "it", "por": "pt", "portuguese": "pt", "pol": "pl",
    "polish": "pl", "rus": "ru", "russian": "ru", "chi": "zh", "zho": "zh", "chinese": "zh", "vie": "vi",
    "vietnamese": "vi", "kor": "ko", "korean": "ko", "jpn": "ja", "japanese": "ja", "tgl": "tl",
    "tagalog": "tl",
    "ara": "ar", "arabic": "ar", "hat": "ht", "haitiancreole": "ht", "hin": "hi", "hindi": "hi", "som": "so",
    "somali": "so", "nav": "nv", "navajo": "nv",
  ]
}
