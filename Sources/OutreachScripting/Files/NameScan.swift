import OutreachCore

/// Looks for what the names in a clinic's file tell: everybody who gets a message sees them, and who stands beside.
struct NameScan {
  let lexicons: LexiconCatalogue
  let list: FindingList

  /// Reports what a name tells in any language; nobody can allow it, because it would be in every message.
  func check(_ name: String, at offset: Int, called what: String) {
    var reported: Set<String> = []
    for language in lexicons.languages {
      guard var scanner = TextScanner(language: language, catalogue: lexicons) else { continue }
      // A host is words with dots and hyphens between them, and not a link by itself.
      let hits = scanner.hits(inName: name.replacing(".", with: " ").replacing("-", with: " "))
      for hit in hits where hit.severity == .error && reported.insert(hit.word).inserted {
        list.error(
          hit.rule, at: offset, length: name.utf8.count + 2,
          "\(what) stands in messages, and '\(hit.word)' tells what is treated there; use a neutral one")
      }
    }
  }
}
