import Lua
import OutreachCore

/// `skip(why)`: says why nothing is to be done.
struct Skip: HostFunction {
  let name = "skip"
  private static let longest = 500

  func call(_ arguments: borrowing Arguments, in run: ScriptRun) throws -> Value {
    guard run.campaign != nil else { throw HostError("'skip' belongs inside 'decide'") }
    guard let why = arguments.string(0), !why.allSatisfy(\.isWhitespace) else {
      throw HostError("skip takes the reason as a text, such as skip(\"seen last week\")")
    }
    guard why.utf8.count <= Self.longest else {
      throw HostError("the reason given to skip is longer than \(Self.longest) bytes")
    }
    return run.hand(.skip(why))
  }
}
