import OutreachCore

/// The lines on which a Lua text gives values to its variables.
struct AssignmentLines {
  let tokens: [LuaToken]
  let lines: SourceLines

  /// The lines on which a name stands before a `=`, as in `local refill = …`.
  func lines(of name: String) -> Set<Int> {
    Set(
      tokens.indices.dropLast().filter { tokens[$0].isName(name) && tokens[$0 + 1].isSymbol("=") }
        .map { lines.position(at: tokens[$0].offset).line })
  }
}
