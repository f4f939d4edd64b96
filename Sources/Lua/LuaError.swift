/// Why a script could not be loaded or did not finish.
///
/// `description` is for the script's author. It may quote what the script said with `error` or `assert`, and
/// names the script computed, so a log that must hold no patient's data keeps ``logDescription`` instead.
public struct LuaError: Error, Sendable, CustomStringConvertible {
  /// What was used up.
  public enum Budget: String, Sendable {
    /// ``Limits/callFuel`` or ``Limits/loadFuel``.
    case fuel
    /// ``Limits/stringBytes``.
    case stringLength = "text length"
    /// ``Limits/recursionDepth``, or Lua's own limit of nested calls.
    case recursion = "recursion"
    /// ``Limits/callResultItems`` or ``Limits/loadResultItems``, or the depth of a result.
    case resultSize = "result size"
    /// ``Limits/sourceBytes``.
    case sourceLength = "source length"
  }

  /// What happened.
  public enum Kind: Sendable, Equatable {
    /// The text is not a Lua chunk.
    case syntax
    /// The script did something that is an error.
    case runtime
    /// The script used up a budget; the same on every machine and in every run.
    case budget(Budget)
    /// The script needed more than ``Limits/memoryBytes``.
    case memory
    /// The watchdog stopped the job; the interpreter is of no further use.
    case deadline
    /// The host failed with an error other than a ``HostError``, or was called wrongly.
    case host
  }

  /// A call of the script that was under way.
  public struct Frame: Sendable, Equatable {
    /// The function's name as the caller knew it, or where it was defined.
    public var function: String
    /// The chunk the function was defined in.
    public var chunk: String
    /// The line being run.
    public var line: Int
  }

  /// A member read (or method call) that gave nil.
  public struct MissingRead: Sendable, Equatable {
    /// The line of the script.
    public var line: Int
    /// The name of the object's type.
    public var type: String
    /// The field or method.
    public var member: String
    /// The first argument of the method, when it is a short text.
    public var argument: String?

    /// Makes a note of a read.
    public init(line: Int, type: String, member: String, argument: String? = nil) {
      self.line = line
      self.type = type
      self.member = member
      self.argument = argument
    }
  }

  /// What happened.
  public var kind: Kind
  /// What is wrong, without a place; where the script raised the error itself, only that it did.
  public var message: String
  /// What the script said with `error` or `assert`.
  public var scriptText: String?
  /// The name of the chunk, when known.
  public var chunkName: String?
  /// The line of the script, when known.
  public var line: Int?
  /// The calls of the script that were under way, innermost first.
  public var stack: [Frame]
  /// Whether an operation failed because an operand or an argument was nil.
  public var involvesNil: Bool
  /// The reads of host objects that gave nil in this call, oldest first (at most the last 16).
  public var missingReads: [MissingRead]
  /// What the host threw, for kind ``Kind/host``.
  public var underlying: (any Error)?

  /// Makes an error without a place.
  public init(kind: Kind, message: String, chunkName: String? = nil, line: Int? = nil) {
    self.kind = kind
    self.message = message
    self.chunkName = chunkName
    self.line = line
    self.stack = []
    self.involvesNil = false
    self.missingReads = []
  }

  /// The read that most likely explains an error that involves nil: the last on its line, else the last.
  public var likelyMissingRead: MissingRead? {
    guard involvesNil else { return nil }
    return missingReads.last { $0.line == line } ?? missingReads.last
  }

  /// The place and the message, as "file:line: message".
  public var description: String { place + (scriptText ?? message) }

  /// The place and the class of the error, without anything the script computed.
  public var logDescription: String { place + summary }

  private var place: String {
    switch (chunkName, line) {
    case (let chunk?, let line?): "\(chunk):\(line): "
    case (let chunk?, nil): "\(chunk): "
    case (nil, _): ""
    }
  }

  private var summary: String {
    switch kind {
    case .syntax: "syntax error"
    case .runtime where scriptText != nil: "error raised by the script"
    case .runtime where involvesNil: "missing value"
    case .runtime: "runtime error"
    case .budget(let budget): "\(budget.rawValue) budget used up"
    case .memory: "memory limit reached"
    case .deadline: "stopped by the watchdog"
    case .host: "host error"
    }
  }
}
