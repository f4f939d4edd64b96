/// Walks the tokens of a table constructor (Lua 5.4 reference manual, 3.4.9).
struct TableWalker {
  let tokens: [LuaToken]
  private(set) var repetitions: [SourceMap.Repetition] = []
  private var position = 0

  init(tokens: [LuaToken]) { self.tokens = tokens }

  /// The table written as the argument of the function's first call, nil when there is none.
  mutating func table(givenTo function: String) -> SourceMap.Node? {
    for index in tokens.indices.dropLast(2) where tokens[index].isName(function) {
      // `clinic.name` and `x.clinic` are not calls of the function.
      if index > 0, tokens[index - 1].isSymbol(".") || tokens[index - 1].isSymbol(":") { continue }
      var opening = index + 1
      if tokens[opening].isSymbol("(") { opening += 1 }
      guard tokens[opening].isSymbol("{") else { continue }
      position = opening
      return SourceMap.Node(
        keyOffset: tokens[index].offset, valueOffset: tokens[opening].offset, content: tableContent())
    }
    return nil
  }

  private var current: LuaToken { tokens[min(position, tokens.count - 1)] }
  private func ahead(_ count: Int) -> LuaToken { tokens[min(position + count, tokens.count - 1)] }

  /// Reads from `{` to after the matching `}`.
  private mutating func tableContent() -> SourceMap.Content {
    position += 1
    var named: [String: SourceMap.Node] = [:]
    var listed: [SourceMap.Node] = []
    while current.kind != .end, !current.isSymbol("}") {
      let key = current
      if let name = key.name, ahead(1).isSymbol("="), !Self.keywords.contains(name) {
        position += 2
        add(node(key: key), as: name, to: &named)
      } else if key.isSymbol("["), let name = ahead(1).text, ahead(2).isSymbol("]"), ahead(3).isSymbol("=") {
        let place = ahead(1)
        position += 4
        add(node(key: place), as: name, to: &named)
      } else if key.isSymbol("[") {
        skipExpression(endingAt: ["="])
        position += 1
        _ = node(key: key)
      } else {
        listed.append(node(key: nil))
      }
      if current.isSymbol(",") || current.isSymbol(";") { position += 1 }
    }
    position += 1
    return .table(named: named, listed: listed)
  }

  private mutating func add(_ node: SourceMap.Node, as name: String, to named: inout [String: SourceMap.Node])
  {
    if named[name] != nil { repetitions.append(SourceMap.Repetition(key: name, offset: node.keyOffset)) }
    named[name] = node
  }

  /// Reads one value up to the separator or the end of its table.
  private mutating func node(key: LuaToken?) -> SourceMap.Node {
    let start = position
    let offset = current.offset
    var content = SourceMap.Content.computed
    if current.isSymbol("{") {
      content = tableContent()
    } else if let text = joinedText() {
      content = .text(text)
    } else if current.isName("function") {
      skipExpression(endingAt: [])
      content = .function(start..<position)
    }
    if !isAtEndOfValue {
      position = max(position, start)
      skipExpression(endingAt: [])
      content = .computed
    }
    return SourceMap.Node(keyOffset: key?.offset ?? offset, valueOffset: offset, content: content)
  }

  private var isAtEndOfValue: Bool {
    current.isSymbol(",") || current.isSymbol(";") || current.isSymbol("}") || current.kind == .end
  }

  /// Reads text literals joined by `..`; leaves the position after the last of them.
  private mutating func joinedText() -> LuaText? {
    guard case .string(var text) = current.kind else { return nil }
    position += 1
    while current.isSymbol(".."), case .string(let next) = ahead(1).kind {
      text.append(next)
      position += 2
    }
    return text
  }

  /// Skips to the end of a value: a separator, a closing bracket, or one of the symbols, outside brackets and blocks.
  private mutating func skipExpression(endingAt symbols: Set<String>) {
    var depth = 0
    while current.kind != .end {
      switch current.kind {
      case .symbol(let symbol):
        if depth == 0, symbol == "," || symbol == ";" || symbol == "}" || symbols.contains(symbol) { return }
        if "([{".contains(symbol) { depth += 1 }
        if ")]}".contains(symbol) { depth -= 1 }
      // `for` and `while` are counted by their `do`.
      case .name("function"), .name("if"), .name("do"), .name("repeat"): depth += 1
      case .name("end"), .name("until"): depth -= 1
      default: break
      }
      position += 1
    }
  }

  /// The words that Lua reserves; none of them is a key.
  static let keywords: Set<String> = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local",
    "nil",
    "not", "or", "repeat", "return", "then", "true", "until", "while",
  ]
}
