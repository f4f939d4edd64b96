import Lua
import OutreachCore

/// `after(fact, "2 days")`: the instant so long after a fact.
struct After: HostFunction {
  let name = "after"

  func call(_ arguments: borrowing Arguments, in run: ScriptRun) throws -> Value {
    try RelativeInstant.value(arguments, of: name, sign: 1, in: run)
  }
}
