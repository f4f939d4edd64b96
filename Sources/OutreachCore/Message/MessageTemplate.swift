/// A message text, compiled: literal pieces and declared fields.
///
/// The language is a strict subset of Unicode MessageFormat 2: text, `{$name}`, and the escapes `\\`, `\{`,
/// `\}` and `\|`. What it cannot say does not compile; it is never printed as it stands.
public struct MessageTemplate: Hashable, Sendable {
  /// A piece of a message.
  public enum Piece: Hashable, Sendable {
    /// Words that are the same for everybody.
    case text(String)
    /// A value of the patient, the clinic or the fact the message is about.
    case field(MessageField)
  }

  /// The pieces in order; no two texts are neighbours.
  public let pieces: [Piece]

  /// The fields that the text shows.
  public var fields: Set<MessageField> {
    Set(pieces.compactMap { if case .field(let field) = $0 { field } else { nil } })
  }

  /// Compiles a text.
  ///
  /// - Parameters:
  ///   - source: the text as the campaign's literals give it.
  ///   - channels: the channels on which it will be shown; a field above their clearance does not compile.
  ///   - faults: called for each fault with its offset in `source` in UTF-8 bytes and a sentence; when it was
  ///     called the template must not be used.
  public init(_ source: String, channels: [Channel], faults: (_ offset: Int, _ message: String) -> Void) {
    var pieces: [Piece] = []
    var text = String.UnicodeScalarView()
    var isFaulty = false
    func fault(_ offset: Int, _ message: String) {
      isFaulty = true
      faults(offset, message)
    }
    func endText() {
      if !text.isEmpty { pieces.append(.text(String(text))) }
      text = String.UnicodeScalarView()
    }
    // By scalars and not by characters: a brace with an accent upon it is still a brace.
    var rest = source.unicodeScalars[...]
    func offset() -> Int { source.utf8.distance(from: source.startIndex, to: rest.startIndex) }
    while let scalar = rest.first {
      switch scalar {
      case "\\":
        let place = offset()
        rest.removeFirst()
        if let escaped = rest.first, "\\{}|".unicodeScalars.contains(escaped) {
          text.append(escaped)
          rest.removeFirst()
        } else {
          fault(place, "a backslash stands before '\\', '{' or '}' only; write '\\\\' for a backslash")
        }
      case "{":
        let place = offset()
        guard let end = rest.firstIndex(of: "}") else {
          fault(place, "'{' is never closed; write '{$name}', or '\\{' for a brace")
          rest = rest[rest.endIndex...]
          continue
        }
        let inner = Substring(rest[rest.index(after: rest.startIndex)..<end])
        if let field = Self.field(inner, at: place, channels: channels, faults: fault) {
          endText()
          pieces.append(.field(field))
        }
        rest = rest[rest.index(after: end)...]
      case "}":
        fault(offset(), "'}' without '{'; write '\\}' for a brace")
        rest.removeFirst()
      default:
        if let message = Self.fault(of: scalar) { fault(offset(), message) }
        text.append(scalar)
        rest.removeFirst()
      }
    }
    endText()
    if pieces.isEmpty, !isFaulty { fault(0, "the text is empty") }
    self.pieces = pieces
  }

  private static func field(
    _ inner: Substring, at place: Int, channels: [Channel], faults: (Int, String) -> Void
  ) -> MessageField? {
    let name = inner.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
    let written = String(name)
    guard written.hasPrefix("$") else {
      faults(place, "'{\(written)}' is not a value; values are written '{$name}'")
      return nil
    }
    let key = String(written.dropFirst())
    if key.contains(where: \.isWhitespace) || key.contains(":") {
      faults(place, "'{$\(key)}' asks for formatting, which this version does not have; write '{$name}' only")
      return nil
    }
    guard let field = MessageField(rawValue: key) else {
      let known = MessageField.allCases.filter { $0.tier != nil }.map(\.rawValue)
      faults(place, "there is no value '{$\(key)}'\(Suggestion.sentence(for: key, among: known))")
      return nil
    }
    if field.tier == nil {
      faults(
        place,
        "'{$\(key)}' tells what somebody is treated for, or who they are, and a message may be read by others; leave it out"
      )
      return nil
    }
    return field
  }

  /// Why a character cannot stand in a message, or nil.
  private static func fault(of scalar: Unicode.Scalar) -> String? {
    switch scalar.properties.generalCategory {
    case .control where scalar == "\n": return nil
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: break
    // Fillers and selectors show nothing either; U+FE0F is part of how emoji are written.
    default: if !scalar.properties.isDefaultIgnorableCodePoint || scalar == "\u{FE0F}" { return nil }
    }
    let code = String(scalar.value, radix: 16, uppercase: true)
    return
      "U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code) is invisible or reserved and cannot be sent"
  }
}
