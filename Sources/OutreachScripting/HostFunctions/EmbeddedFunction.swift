import Lua

/// A function of the embedding program among the host's own.
struct EmbeddedFunction: HostFunction {
  let function: ScriptFunction

  var name: String { function.name }

  func call(_ arguments: borrowing Arguments, in run: ScriptRun) throws -> Value {
    var values: [ScriptValue] = []
    for index in 0..<arguments.count {
      switch try arguments.value(index) {
      case .null: values.append(.none)
      case .boolean(let boolean): values.append(.boolean(boolean))
      case .integer(let number): values.append(.number(Double(number)))
      case .number(let number): values.append(.number(number))
      case .string(let text): values.append(.text(text))
      case .table, .function, .object:
        throw HostError("\(name) takes texts, numbers, true, false and nil only")
      }
    }
    do {
      switch try function.body(values) {
      case .none: return .null
      case .boolean(let boolean): return .boolean(boolean)
      case .number(let number): return .number(number)
      case .text(let text): return .string(text)
      }
    } catch let error as ScriptFunctionError {
      throw HostError(error.message)
    }
  }
}
