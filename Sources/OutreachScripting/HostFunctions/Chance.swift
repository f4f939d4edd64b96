import Lua

/// `chance(p)`, which is true for a share p of the patients, the same ones on every run.
///
/// See ``ChanceSequence`` for the numbers.
struct Chance: HostFunction {
  let name = "chance"

  func call(_ arguments: borrowing Arguments, in run: ScriptRun) throws -> Value {
    guard let campaign = run.campaign else {
      throw HostError("'chance' belongs inside 'audience' or 'decide'")
    }
    guard let share = arguments.number(0), (0...1).contains(share) else {
      throw HostError("chance takes a share from 0 to 1, such as chance(0.1)")
    }
    return .boolean(run.drawChance(in: campaign.id) < share)
  }
}
