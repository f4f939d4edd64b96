/// What one interpreter may use before a script is stopped.
///
/// Fuel is counted in virtual machine instructions (charged a thousand at a time), steps of the pattern
/// matcher, and the sizes of the texts and tables asked for, so it is the same on every machine and in every
/// run. The other numbers are caps; reaching one is an error of its own kind, see ``LuaError/Kind``.
///
/// A thread that runs scripts needs at least 1 MB of stack.
public struct Limits: Sendable, Equatable {
  /// Fuel for each ``Interpreter/call(_:_:)``.
  public var callFuel = 200_000
  /// Fuel for each ``Interpreter/load(source:chunkName:)``.
  public var loadFuel = 5_000_000
  /// The most memory the virtual machine may hold, in bytes.
  public var memoryBytes = 8 << 20
  /// The longest text a script may make or be given, in bytes.
  public var stringBytes = 64 << 10
  /// The longest source text, in bytes.
  public var sourceBytes = 1 << 20
  /// How deeply calls may nest, checked at every thousandth instruction.
  public var recursionDepth = 200
  /// The most values (nested ones counted) a call may return or hand to the host.
  public var callResultItems = 1_000
  /// The most values a chunk may return or hand to the host while it is loaded.
  public var loadResultItems = 200_000
  /// How long one call or load may take by the wall clock, nil for no watchdog.
  ///
  /// It protects the job against what fuel does not see. Running into it is not a result for one patient:
  /// the error is ``LuaError/Kind/deadline``, and the interpreter refuses all further work.
  public var deadline: Duration? = .seconds(10)

  /// The default limits, ample for a campaign.
  public init() {}
}
