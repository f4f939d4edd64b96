/// The names that a Lua text declares anywhere: local variables, parameters, loop variables.
///
/// Scopes are left out of account, so a name that is declared somewhere counts as declared everywhere.
struct Declarations {
  private(set) var names: Set<String> = []

  init(tokens: [LuaToken]) {
    var index = 0
    while index < tokens.count {
      switch tokens[index].kind {
      case .name("local"):
        index += 1
        if index < tokens.count, tokens[index].isName("function") { continue }
        readList(tokens, &index)
      case .name("for"):
        index += 1
        readList(tokens, &index)
      case .name("function"):
        index += 1
        if index < tokens.count, let name = tokens[index].name {
          names.insert(name)
          index += 1
        }
        while index < tokens.count, !tokens[index].isSymbol("(") { index += 1 }
        index += 1
        readList(tokens, &index)
      default:
        index += 1
      }
    }
  }

  /// Reads names separated by commas, with the attributes that locals can have.
  private mutating func readList(_ tokens: [LuaToken], _ index: inout Int) {
    while index < tokens.count, let name = tokens[index].name {
      names.insert(name)
      index += 1
      if index + 2 < tokens.count, tokens[index].isSymbol("<") { index += 3 }
      guard index < tokens.count, tokens[index].isSymbol(",") else { return }
      index += 1
    }
  }
}
