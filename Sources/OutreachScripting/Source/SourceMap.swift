package import OutreachCore

/// Where everything in the one table of a file is written.
///
/// The table is the argument of `campaign {…}`, `clinic {…}`, `policy {…}` or `valuesets {…}`. What the
/// interpreter makes of the file has no places; this finds them in the text, so that a finding can name file,
/// line and column, and a fault inside a message the character.
package struct SourceMap: Sendable {
  /// One value of the table.
  package struct Node: Sendable {
    /// Where the key is written; for a value without a key, where the value is.
    package var keyOffset: Int
    /// Where the value begins.
    package var valueOffset: Int
    /// What the value is, as far as it can be known from the text.
    package var content: Content
  }

  /// What a value is, as far as it can be known from the text.
  package indirect enum Content: Sendable {
    /// A table written in place, with its values by key.
    case table(named: [String: Node], listed: [Node])
    /// A text literal, or text literals joined by `..`.
    case text(LuaText)
    /// A function written in place, as a range of tokens.
    case function(Range<Int>)
    /// Something that has to be computed.
    case computed
  }

  /// A key that a table names twice; Lua would keep the last.
  package struct Repetition: Sendable {
    /// The key.
    package var key: String
    /// Where it is written again.
    package var offset: Int
  }

  /// The tokens of the file.
  package let tokens: [LuaToken]
  /// The lines of the file.
  package let lines: SourceLines
  /// The table; nil when it is not written in place.
  package let root: Node?
  /// The keys that are given twice.
  package let repetitions: [Repetition]

  /// Reads a file's text.
  ///
  /// - Parameter function: the function that takes the table, such as `campaign`.
  package init(_ source: [UInt8], file: String, function: String) {
    tokens = LuaTokenizer.tokens(of: source)
    lines = SourceLines(source, file: file)
    var walker = TableWalker(tokens: tokens)
    root = walker.table(givenTo: function)
    repetitions = walker.repetitions
  }

  /// Where an offset of the file is.
  package func position(_ offset: Int) -> SourcePosition { lines.position(at: offset) }
}

extension SourceMap.Node {
  /// The value of a key of a table that is written in place.
  package subscript(key: String) -> SourceMap.Node? {
    if case .table(let named, _) = content { named[key] } else { nil }
  }

  /// The value at a place of a list that is written in place, from 0.
  package subscript(index: Int) -> SourceMap.Node? {
    if case .table(_, let listed) = content, listed.indices.contains(index) { listed[index] } else { nil }
  }

  /// The text, where the value is one that is written in place.
  package var text: LuaText? { if case .text(let text) = content { text } else { nil } }
}
