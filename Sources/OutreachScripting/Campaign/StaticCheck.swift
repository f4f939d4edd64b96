import OutreachCore

/// Finds mistakes in a script's code before it runs: names in calls that do not exist.
///
/// It reads tokens, not meaning. What it reports is wrong in every run that reaches it; what it cannot see, such
/// as a name that is computed, is refused when the script gets there.
struct StaticCheck {
  let tokens: [LuaToken]
  let list: FindingList
  let environment: ScriptEnvironment
  let names: FactNames
  let functions: [String]
  /// The campaign's messages with the places of their names, in order of name.
  let messages: [(name: String, offset: Int)]
  let uses: Set<String>?

  private var messageNames: [String] { messages.map(\.name) }

  func run() {
    for index in tokens.indices {
      checkCall(at: index)
      checkMethod(at: index)
    }
    checkPatientMembers()
    checkNames()
    warnOfUnsent()
  }

  // MARK: Sentences, as the host functions have them too

  static func unknownSet(_ name: String, _ known: [String]) -> String {
    "there is no set '\(name)'\(Suggestion.sentence(for: name, among: known)); sets are declared in valuesets.lua"
  }

  static func unknownMessage(_ name: String, _ known: [String]) -> String {
    "this campaign has no message '\(name)'\(Suggestion.sentence(for: name, among: known))"
  }

  static func unknownTask(_ name: String, _ known: [String]) -> String {
    let hint = Suggestion.sentence(for: name, among: known)
    return "there is no kind of work '\(name)'\(hint); kinds are declared in clinic.lua under 'tasks'"
  }

  // MARK: Calls of host functions

  private func checkCall(at index: Int) {
    guard let name = tokens[index].name, name == "send" || name == "task", !isMember(index) else { return }
    guard let argument = literalArgument(after: index) else { return }
    let offset = tokens[argument].offset
    guard let text = tokens[argument].text else { return }
    if name == "send", !messageNames.contains(text) {
      list.error(.name, at: offset, Self.unknownMessage(text, messageNames))
    }
    if name == "task", !environment.clinic.taskKinds.contains(text) {
      list.error(.name, at: offset, Self.unknownTask(text, environment.clinic.taskKinds))
    }
  }

  private func checkMethod(at index: Int) {
    guard tokens[index].isSymbol(":"), index > 0, tokens[index - 1].name != nil,
      let name = token(index + 1).name, let method = PatientMethod(rawValue: name), isCall(index + 1)
    else { return }
    let fact: String?
    switch method {
    case .has, .takes, .latest, .immunized, .refill:
      guard let argument = literalArgument(after: index + 1), let set = tokens[argument].text else { return }
      if environment.valueSets.index(of: set) == nil {
        list.error(.name, at: tokens[argument].offset, Self.unknownSet(set, environment.valueSets.names))
        return
      }
      fact = method == .refill ? "refill" : set
    case .lastSent, .replied:
      if let argument = literalArgument(after: index + 1), let message = tokens[argument].text,
        !messageNames.contains(message)
      {
        list.error(.name, at: tokens[argument].offset, Self.unknownMessage(message, messageNames))
      }
      fact = "history"
    case .sentCount: fact = "history"
    case .appointments, .nextAppointment: fact = "appointment"
    case .encounters: fact = "encounter"
    }
    checkUse(of: fact, at: tokens[index + 1].offset)
  }

  private func checkUse(of fact: String?, at offset: Int) {
    guard let fact, let uses, !uses.contains(fact) else { return }
    list.error(.fact, at: offset, ScriptRun.beyondUses(fact))
  }

  // MARK: Members of the patient

  /// Checks `patient.x` and `patient:x`, under the names that 'audience' and 'decide' give their argument.
  private func checkPatientMembers() {
    let root = list.map.root
    for key in ["audience", "decide"] {
      guard case .function(let range)? = root?[key]?.content, let parameter = parameter(of: range) else {
        continue
      }
      guard !isRedeclared(parameter, in: range) else { continue }
      for index in range where tokens[index].isName(parameter) && !isMember(index) {
        checkMember(after: index)
      }
    }
  }

  private func parameter(of range: Range<Int>) -> String? {
    token(range.lowerBound + 1).isSymbol("(") ? token(range.lowerBound + 2).name : nil
  }

  /// Whether a name means something else in a part of a function.
  private func isRedeclared(_ name: String, in range: Range<Int>) -> Bool {
    let declared = Declarations(tokens: Array(tokens[(range.lowerBound + 3)..<range.upperBound]))
    return declared.names.contains(name)
  }

  private func checkMember(after index: Int) {
    let mark = token(index + 1)
    guard let member = token(index + 2).name else { return }
    let offset = tokens[index + 2].offset
    let all = PatientField.names + PatientMethod.names
    if mark.isSymbol(".") {
      guard let field = PatientField(rawValue: member) else {
        let isMethod = PatientMethod(rawValue: member) != nil
        list.error(
          .name, at: offset,
          isMethod
            ? "'\(member)' is asked with a colon: patient:\(member)(…)"
            : "patient has no field '\(member)'\(Suggestion.sentence(for: member, among: all))")
        return
      }
      if field == .fields { checkField(after: index + 2) } else { checkUse(of: member, at: offset) }
    } else if mark.isSymbol(":"), PatientMethod(rawValue: member) == nil {
      list.error(
        .name, at: offset, "patient has no method '\(member)'\(Suggestion.sentence(for: member, among: all))")
    }
  }

  private func checkField(after index: Int) {
    guard token(index + 1).isSymbol("."), let name = token(index + 2).name else { return }
    let known = environment.clinic.fields
    if known.contains(name) {
      checkUse(of: "fields.\(name)", at: tokens[index + 2].offset)
    } else {
      list.error(
        .name, at: tokens[index + 2].offset,
        "the clinic has no field '\(name)'\(Suggestion.sentence(for: name, among: known)); fields are declared in clinic.lua"
      )
    }
  }

  // MARK: Names

  /// The names that every script can use without declaring them.
  static let globals = [
    "type", "tostring", "tonumber", "select", "ipairs", "pairs", "error", "assert", "string", "table", "math",
    "utf8",
    "clinic", "today", "now",
  ]

  /// What Lua has elsewhere and scripts do not have here.
  private static let leftOut: Set<String> = [
    "pcall", "xpcall", "coroutine", "setmetatable", "getmetatable", "rawget", "rawset", "rawequal", "rawlen",
    "next",
    "load", "loadfile", "loadstring", "dofile", "print", "warn", "io", "os", "require", "debug", "package",
    "module",
    "unpack", "_G", "collectgarbage",
  ]

  /// Reports names that nothing in the file declares and the host does not have.
  private func checkNames() {
    let declared = Declarations(tokens: tokens).names
    let known = Self.globals + functions
    var reported: Set<String> = []
    for (index, token) in tokens.enumerated() {
      guard let name = token.name, !TableWalker.keywords.contains(name), !isMember(index), !isKey(index),
        !declared.contains(name), !known.contains(name), reported.insert(name).inserted
      else { continue }
      if self.token(index + 1).isSymbol("=") {
        list.error(.name, at: token.offset, "'\(name)' is not a local variable; write 'local \(name) = …'")
      } else {
        let hint = Suggestion.sentence(for: name, among: known + declared.sorted())
        list.error(
          .name, at: token.offset,
          Self.leftOut.contains(name)
            ? "'\(name)' is not available to scripts" : "there is nothing called '\(name)'\(hint)")
      }
    }
  }

  /// Whether a name is a key of a table constructor, a label or an attribute.
  private func isKey(_ index: Int) -> Bool {
    let before = index > 0 ? tokens[index - 1] : nil
    if before?.isName("goto") == true || before?.isSymbol("::") == true { return true }
    // The attribute of `local x <const>`.
    if before?.isSymbol("<") == true, token(index + 1).isSymbol(">") { return true }
    guard token(index + 1).isSymbol("="), let before else { return false }
    return before.isSymbol("{") || before.isSymbol(",") || before.isSymbol(";")
  }

  private func warnOfUnsent() {
    // A script with a mistake may not send because of it.
    if list.hasErrors { return }
    var sent: Set<String> = []
    var isComputed = false
    for index in tokens.indices where tokens[index].isName("send") && !isMember(index) && isCall(index) {
      if let argument = literalArgument(after: index), let text = tokens[argument].text {
        sent.insert(text)
      } else {
        isComputed = true
      }
    }
    let mentioned = isComputed ? Set(tokens.compactMap(\.text)) : []
    for (name, offset) in messages where !sent.contains(name) && !mentioned.contains(name) {
      list.warning(.unused, at: offset, "message '\(name)' is never sent")
    }
  }

  // MARK: Tokens

  private func token(_ index: Int) -> LuaToken { tokens[min(index, tokens.count - 1)] }

  private func isMember(_ index: Int) -> Bool {
    index > 0 && (tokens[index - 1].isSymbol(".") || tokens[index - 1].isSymbol(":"))
  }

  /// Whether a name is called: by brackets, a text or a table.
  private func isCall(_ index: Int) -> Bool {
    token(index + 1).isSymbol("(") || token(index + 1).isSymbol("{") || token(index + 1).text != nil
  }

  /// The token of a call's first argument where that is one text literal and nothing more.
  private func literalArgument(after index: Int) -> Int? {
    if token(index + 1).text != nil { return index + 1 }
    guard token(index + 1).isSymbol("("), token(index + 2).text != nil,
      token(index + 3).isSymbol(")") || token(index + 3).isSymbol(",")
    else { return nil }
    return index + 2
  }
}
