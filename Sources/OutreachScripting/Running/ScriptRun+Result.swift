import Lua
import OutreachCore

// What a script's answer, or its failure, comes to.
extension ScriptRun {
  /// The proposals that 'decide' returned.
  func items(of result: Value, position: SourcePosition) throws(ScriptFailure) -> [Proposal.Item] {
    let values: [Value]
    switch result {
    case .null: return []
    case .table(let table):
      guard table.fields.isEmpty else {
        throw nonsense("'decide' must return \(Self.answers), not a table with names or gaps", position)
      }
      values = table.array
    default: values = [result]
    }
    var items: [Proposal.Item] = []
    for value in values {
      guard case .object(let object) = value, ObjectKind(object) == .proposal else {
        throw nonsense("'decide' must return \(Self.answers), not \(kind(of: value))", position)
      }
      let item = self.items[Int(object.slot)]
      guard !items.contains(where: { Self.clash($0, item) }) else {
        throw nonsense("'decide' returned the same message about the same fact twice", position)
      }
      items.append(item)
    }
    return items
  }

  private static let answers = "send(…), task(…), skip(…), a list of these, or nothing"

  private func kind(of value: Value) -> String {
    guard case .object(let object) = value, let kind = ObjectKind(object) else { return value.kindInWords }
    return "\(kind)"
  }

  private static func clash(_ left: Proposal.Item, _ right: Proposal.Item) -> Bool {
    if case .send(let left) = left, case .send(let right) = right {
      return left.message == right.message && left.about == right.about
    }
    return left == right
  }

  /// A failure because the script answered with what is none of its answers.
  func nonsense(_ message: String, _ position: SourcePosition) -> ScriptFailure {
    ScriptFailure(
      reason: .scriptError, position: position, message: message, logMessage: "answer of the wrong kind",
      read: read)
  }

  /// What an error of the interpreter says about the patient, or about the job.
  func failure(of error: LuaError, file: String) -> any Error {
    let position = error.line.map { SourcePosition(file: error.chunkName ?? file, line: $0) }
    let stack = error.stack.map { "\($0.chunk):\($0.line): \($0.function)" }
    func failure(_ reason: ScriptFailure.Reason, _ message: String, _ logged: String, field: String? = nil)
      -> ScriptFailure
    {
      ScriptFailure(
        reason: reason, position: position, message: message, logMessage: logged,
        quotesScript: error.scriptText != nil, field: field, stack: stack, read: read)
    }
    switch error.kind {
    case .budget(let budget):
      return failure(.scriptBudget, error.message, "\(budget.rawValue) budget used up")
    case .memory:
      return failure(.scriptBudget, error.message, "memory budget used up")
    case .deadline:
      return ScriptJobFailure(position: position, message: "the script was stopped by the watchdog")
    case .host:
      return error.underlying ?? ScriptJobFailure(position: position, message: error.message)
    case .syntax, .runtime:
      if let missing {
        return failure(
          .valueMissing, "'\(missing)' is not on record", "'\(missing)' is missing", field: missing)
      }
      if let read = missingRead(behind: error) {
        let field = Self.factName(of: read)
        return failure(
          .valueMissing, "'\(field)' is not on record (\(error.message)); test it with 'if' first",
          "'\(field)' is missing", field: field)
      }
      let logged = error.scriptText == nil ? "error in the script" : "error raised by the script"
      return failure(.scriptError, error.scriptText ?? error.message, logged)
    }
  }

  /// The read of nil that explains an error: the one that gave the variable it names its value, else the likeliest.
  private func missingRead(behind error: LuaError) -> LuaError.MissingRead? {
    guard let likely = error.likelyMissingRead else { return nil }
    // Lua says "(local 'refill')" or "(upvalue 'refill')" where the nil was in a variable.
    guard let assignments,
      let mark = ["(local '", "(upvalue '"].compactMap({ error.message.firstRange(of: $0) }).first
    else {
      return likely
    }
    let lines = assignments.lines(of: String(error.message[mark.upperBound...].prefix { $0 != "'" }))
    return error.missingReads.last { lines.contains($0.line) } ?? likely
  }

  /// The name by which people know a fact whose read gave nil.
  private static func factName(of read: LuaError.MissingRead) -> String {
    if read.type == "patient.fields" { return "fields.\(read.member)" }
    guard read.type == "patient" else { return "\(read.type).\(read.member)" }
    switch PatientMethod(rawValue: read.member) {
    case .latest: return read.argument ?? read.member
    case .refill: return "refill"
    case .nextAppointment: return "appointment"
    case .lastSent, .replied: return "history"
    default: return read.member
    }
  }
}
