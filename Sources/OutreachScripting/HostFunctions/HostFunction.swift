import Lua

/// A function that scripts can call.
///
/// A new one is one file here and one line in ``HostFunctions/all``.
protocol HostFunction: Sendable {
  /// The name by which scripts call it.
  var name: String { get }

  /// What it does, for the patient at hand.
  func call(_ arguments: borrowing Arguments, in run: ScriptRun) throws -> Value
}

enum HostFunctions {
  /// Every function of the program's own.
  static let all: [any HostFunction] = [
    CampaignFunction(),
    Send(),
    Task(),
    Skip(),
    Before(),
    After(),
    Chance(),
  ]
}
