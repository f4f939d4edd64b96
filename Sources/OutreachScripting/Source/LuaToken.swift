/// One token of a Lua text, with its place.
package struct LuaToken: Sendable {
  /// What kind of token it is.
  package enum Kind: Sendable, Equatable {
    /// A name or a keyword.
    case name(String)
    /// A text, decoded.
    case string(LuaText)
    /// A number.
    case number
    /// An operator or a bracket.
    case symbol(String)
    /// The end of the text.
    case end
  }

  /// What it is.
  package var kind: Kind
  /// The offset of its first byte.
  package var offset: Int

  /// The name or keyword, nil for everything else.
  package var name: String? { if case .name(let name) = kind { name } else { nil } }

  /// The text of a string literal as Swift sees it, nil for everything else and for bytes that are not UTF-8.
  package var text: String? { if case .string(let text) = kind { text.string } else { nil } }

  /// Whether the token is that operator or bracket.
  package func isSymbol(_ symbol: String) -> Bool { kind == .symbol(symbol) }

  /// Whether the token is that keyword or name.
  package func isName(_ name: String) -> Bool { kind == .name(name) }
}

/// A text written in a file, with the place every byte of it comes from.
package struct LuaText: Sendable, Equatable {
  /// The bytes that Lua makes of it.
  package private(set) var bytes: [UInt8] = []
  /// Where in the file each of them is written, as offsets in bytes.
  package private(set) var origins: [Int] = []

  /// The text, nil when its bytes are not UTF-8.
  package var string: String? { String(validating: bytes, as: UTF8.self) }

  /// Adds one byte written at an offset of the file.
  package mutating func append(_ byte: UInt8, from origin: Int) {
    bytes.append(byte)
    origins.append(origin)
  }

  /// Adds a text that is joined to this one.
  package mutating func append(_ other: LuaText) {
    bytes += other.bytes
    origins += other.origins
  }
}
