/// A message text, compiled once for a message and a language: words, declared values, and what they are chosen by.
///
/// The language is a strict subset of Unicode MessageFormat 2 (LDML 48, part 9):
///
/// - words, with the escapes `\\`, `\{`, `\}` and `\|`;
/// - `{$name}` and `{$name :function option=value}`, where the name is a ``MessageField`` or one that was declared;
/// - `{|words|}` and `{3 :number}`, literals;
/// - `.input {$name :function}` and `.local $name = {…}` before the text, which then stands in `{{…}}`;
/// - `.match $tier` with variants `sealed {{…}} * {{…}}`: by `$tier`, `$channel` and `$language`, declared with `:string`, and by
///   literals with `:number` or `:integer`, whose keys are numbers, the plural forms `one`, `many` and `other`, or `*`.
///
/// | function | on | options |
/// | --- | --- | --- |
/// | `:string` | any value but `opt_out` and `replies` | none |
/// | `:date` | `appointment.date`, a literal day | `fields`, `length`: see ``DateFormat`` |
/// | `:time` | `appointment.time` | `precision`: see ``TimeFormat`` |
/// | `:datetime` | `appointment.date` or `appointment.time` | `dateFields`, `dateLength`, `timePrecision` |
/// | `:number`, `:integer` | literals | `minimumFractionDigits`, `maximumFractionDigits`, `useGrouping`, `signDisplay`, `select` |
///
/// What the grammar has beyond that is refused as `unsupported`: markup, attributes, other functions. So is a choice by
/// a patient's value (`private-selector`), directly or under another name, because words that change with it tell of it.
/// A value that is missing refuses the patient; nothing falls back to its name. Values are not isolated for direction:
/// the languages of this program run from left to right, where isolates only turn a text to UCS-2.
public struct MessageTemplate: Hashable, Sendable {
  /// A piece of a message.
  public enum Piece: Hashable, Sendable {
    /// Words that are the same for everybody.
    case text(String)
    /// A value of the patient, the clinic or the fact the message is about.
    case field(MessageField, FieldFormat)
  }

  /// One of the texts that are chosen from.
  public struct Pattern: Hashable, Sendable {
    /// What it is chosen for.
    let keys: [MessageModel.Key]
    /// The pieces in order; no two texts are neighbours.
    public let pieces: [Piece]
    /// Where each piece is written, in bytes of the source.
    public let origins: [Range<Int>]
    /// The tiers at which it can be chosen.
    public internal(set) var tiers: Set<DisclosureTier> = []

    /// The values that it shows.
    public var fields: Set<MessageField> {
      Set(pieces.compactMap { if case .field(let field, _) = $0 { field } else { nil } })
    }
  }

  /// The text as it was written.
  public let source: String
  /// What is chosen by; empty where there is one pattern.
  let selectors: [SelectorValue]
  /// The texts that are chosen from, at least one.
  public let patterns: [Pattern]

  /// The values that any of its texts shows.
  public let fields: Set<MessageField>

  /// Compiles a text.
  ///
  /// - Parameters:
  ///   - source: the text as the campaign's literals give it.
  ///   - language: the language that it is in.
  ///   - channels: the channels on which it will be shown.
  ///   - report: called for each fault; when it was called the template must not be used.
  public init(
    _ source: String, language: String, channels: [Channel], report: (MessageFault) -> Void
  ) {
    let (model, faults) = MessageParser.parse(source)
    var all = faults
    if faults.isEmpty { all += model.faults() }
    var binding = MessageBinding(model, language: language)
    var patterns = binding.patterns()
    all += binding.faults.filter { fault in !all.contains { $0.range == fault.range && $0.rule == fault.rule }
    }
    all += MessageCharacters.faults(of: source, in: model)
    if all.isEmpty, patterns.contains(where: \.pieces.isEmpty) {
      all.append(MessageFault(.syntax, 0..<source.utf8.count, "the text is empty"))
    }
    self.source = source
    selectors = binding.selectors
    // Every tier and channel is asked once; there are few.
    for tier in DisclosureTier.allCases {
      for channel in channels {
        let context = SelectionContext(tier: tier, channel: channel, language: language)
        if let index = Self.choice(among: patterns, by: selectors, context) {
          patterns[index].tiers.insert(tier)
        }
      }
    }
    if all.isEmpty { all += binding.faultsOfTiers(patterns) }
    for fault in all.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) { report(fault) }
    self.patterns = patterns
    fields = patterns.reduce(into: []) { $0.formUnion($1.fields) }
  }

  /// The text for a context.
  public func pattern(for context: SelectionContext) -> Pattern {
    if patterns.count == 1 { return patterns[0] }
    return patterns[Self.choice(among: patterns, by: selectors, context) ?? patterns.count - 1]
  }

  /// The best of the patterns whose keys all fit: by the first selector, then by the next (LDML 48, part 9, "Pattern
  /// Selection").
  private static func choice(
    among patterns: [Pattern], by selectors: [SelectorValue], _ context: SelectionContext
  ) -> Int? {
    var best: (index: Int, fits: [Int])?
    for (index, pattern) in patterns.enumerated() where pattern.keys.count == selectors.count {
      var fits: [Int] = []
      for (key, value) in zip(pattern.keys, selectors) {
        guard let fit = context.fit(key, value) else { break }
        fits.append(fit)
      }
      guard fits.count == selectors.count else { continue }
      if best.map({ fits.lexicographicallyPrecedes($0.fits) }) ?? true { best = (index, fits) }
    }
    return best?.index
  }
}
