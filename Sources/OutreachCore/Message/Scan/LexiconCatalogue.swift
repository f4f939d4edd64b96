/// The lexicons of all languages that messages can be in.
public struct LexiconCatalogue: Sendable {
  private var lexicons: [String: Lexicon] = [:]

  /// The lists that a catalogue is made of, as bytes.
  public struct Lists: Sendable {
    /// The lists written by hand, by language: term, class, severity and two examples on each line.
    public var lay: [String: [UInt8]]
    /// Ordinary words that are one letter away from a term, by language.
    public var ordinary: [String: [UInt8]]
    /// Names of diseases, which are much the same in all languages.
    public var diagnoses: [UInt8]
    /// Names of medicines.
    public var drugs: [UInt8]

    /// Makes a collection of lists.
    public init(
      lay: [String: [UInt8]], ordinary: [String: [UInt8]] = [:], diagnoses: [UInt8] = [], drugs: [UInt8] = []
    ) {
      self.lay = lay
      self.ordinary = ordinary
      self.diagnoses = diagnoses
      self.drugs = drugs
    }
  }

  /// Makes a catalogue without any language: nothing can be checked with it, so no message compiles.
  public init() {}

  /// Makes a catalogue of lists.
  ///
  /// - Throws: ``Lexicon/Fault`` with the line of a list that cannot be used.
  public init(_ lists: Lists) throws(Lexicon.Fault) {
    for (language, lay) in lists.lay {
      var lexicon = Lexicon(capacity: (lay.count + lists.diagnoses.count + lists.drugs.count) / 16)
      try lexicon.add(lay: lay)
      if let words = lists.ordinary[language] { lexicon.add(ordinary: words[...]) }
      try lexicon.add(terms: lists.diagnoses, .condition)
      try lexicon.add(terms: lists.drugs, .medication)
      lexicons[language] = lexicon
    }
  }

  /// The languages that have a lexicon, in order.
  public var languages: [String] { lexicons.keys.sorted() }

  /// The lexicon of a language, by its first subtag: that of `es-mx` is that of `es`.
  public subscript(language: String) -> Lexicon? {
    lexicons[String(language.lowercased().prefix { $0 != "-" })]
  }

  /// A text that changes with every byte of any list.
  public var version: String {
    languages.map { language in
      let number = lexicons[language]?.fingerprint ?? 0
      let digits = String(number, radix: 16)
      return "\(language)-\(String(repeating: "0", count: 16 - digits.count))\(digits)"
    }.joined(separator: " ")
  }
}
