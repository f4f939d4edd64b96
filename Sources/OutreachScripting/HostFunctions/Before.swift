import Lua
import OutreachCore

/// `before(fact, "3 days")`: the instant so long before a fact.
struct Before: HostFunction {
  let name = "before"

  func call(_ arguments: borrowing Arguments, in run: ScriptRun) throws -> Value {
    try RelativeInstant.value(arguments, of: name, sign: -1, in: run)
  }
}
