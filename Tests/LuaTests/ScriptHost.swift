import Dispatch
import Foundation
import Lua
import Synchronization
import Testing

/// A host with one of each kind of object, for the tests of this folder.
final class ScriptHost: Lua.Host {
  static let patient = ObjectType.ID(rawValue: 0)
  static let fields = ObjectType.ID(rawValue: 1)
  static let clinic = ObjectType.ID(rawValue: 2)
  static let types = [
    ObjectType(
      name: "patient", fields: ["age", "language", "hba1c", "score", "fields", "other", "broken", "refused"],
      methods: ["has", "latest", "same"]),
    ObjectType(name: "fields", isOpen: true),
    ObjectType(name: "clinic", fields: ["name"], lifetime: .interpreter),
  ]
  static let functions = ["keep", "object", "fail", "refuse", "count", "location", "big"]

  struct Trouble: Error {}

  /// Made in every call of the host, and gone at its end unless a frame was jumped over.
  final class Counted {
    let host: ScriptHost
    init(_ host: ScriptHost) {
      self.host = host
      host.live += 1
    }
    deinit { host.live -= 1 }
  }

  var live = 0
  var kept: [Value] = []
  var places: [Int] = []
  var open: [String: Value] = [:]
  var duringCall: (() -> Void)?

  func read(_ object: ObjectReference, field: Int) throws -> Value {
    let counted = Counted(self)
    defer { withExtendedLifetime(counted) {} }
    if object.type == Self.clinic { return "Harbor Clinic" }
    switch field {
    case 0: return .integer(40 + Int64(object.slot))
    case 1: return .string(object.slot == 0 ? "es" : "en")
    case 2: return .null
    case 3: return .number(7.25)
    case 4: return .object(ObjectReference(type: Self.fields, slot: object.slot))
    case 5: return .object(ObjectReference(type: Self.patient, slot: object.slot + 1))
    case 6: throw Trouble()
    default: throw HostError("this field is not for you")
    }
  }

  func read(_ object: ObjectReference, name: String) throws -> Value { open[name] ?? .null }

  func call(_ object: ObjectReference, method: Int, _ arguments: borrowing Arguments) throws -> Value {
    let counted = Counted(self)
    defer { withExtendedLifetime(counted) {} }
    switch method {
    case 0: return .boolean(arguments.string(0) == "diabetes")
    case 1: return arguments.string(0) == "hba1c" ? .table(["value": 8.5, "unit": "%"]) : .null
    default: return .boolean(arguments.object(0) == object)
    }
  }

  func call(function: Int, _ arguments: borrowing Arguments) throws -> Value {
    let counted = Counted(self)
    defer { withExtendedLifetime(counted) {} }
    switch function {
    case 0:
      kept.append(try arguments.value(0))
      duringCall?()
      return try arguments.value(0)
    case 1: return .object(ObjectReference(type: Self.patient, slot: Int32(arguments.integer(0) ?? 0)))
    case 2: throw Trouble()
    case 3: throw HostError("refused by the host")
    case 4: return .integer(Int64(arguments.count))
    case 5:
      places.append(arguments.location?.line ?? 0)
      return .null
    default: return .string(String(repeating: "x", count: Int(arguments.integer(0) ?? 0)))
    }
  }
}

/// An interpreter with a ``ScriptHost``.
func interpreter(_ host: ScriptHost = ScriptHost(), _ limits: Limits = Limits()) throws -> Interpreter {
  try Interpreter(limits: limits, types: ScriptHost.types, functions: ScriptHost.functions, host: host)
}

extension Interpreter {
  /// Loads a text as "t.lua".
  @discardableResult
  func load(_ source: String) throws(LuaError) -> Value {
    try load(source: Array(source.utf8), chunkName: "t.lua")
  }

  /// Loads a text that returns a function.
  func function(_ source: String) throws -> FunctionReference {
    guard case .function(let function) = try load(source) else { throw ScriptHost.Trouble() }
    return function
  }

  /// Loads a text that returns a table of functions.
  func functions(_ source: String) throws -> [String: FunctionReference] {
    guard case .table(let table) = try load(source) else { throw ScriptHost.Trouble() }
    var result: [String: FunctionReference] = [:]
    for field in table.fields {
      if case .string(let name) = field.key, case .function(let function) = field.value {
        result[name] = function
      }
    }
    return result
  }
}

/// What a chunk returns in an interpreter of its own.
func evaluate(_ source: String, _ limits: Limits = Limits()) throws -> Value {
  try interpreter(ScriptHost(), limits).load(source)
}

/// The error that the body ends with.
func luaError(_ body: () throws -> some Any) throws -> LuaError {
  do {
    let value = try body()
    Issue.record("no error, but \(value)")
    return LuaError(kind: .host, message: "none")
  } catch let error as LuaError {
    return error
  }
}

/// The error that a chunk ends with in an interpreter of its own.
func failure(_ source: String, _ limits: Limits = Limits()) throws -> LuaError {
  let lua = try interpreter(ScriptHost(), limits)
  return try luaError { try lua.load(source) }
}

/// The first patient.
let patient = ObjectReference(type: ScriptHost.patient, slot: 0)

/// How many times the usual number of cases a long test should try.
let testScale = ProcessInfo.processInfo.environment["OUTREACH_TEST_SCALE"].flatMap(Int.init) ?? 1

/// Ends the process if the body does not return in time, because a hanging script cannot be interrupted.
func withKillTimer<Result>(seconds: Int = 60, _ body: () throws -> Result) rethrows -> Result {
  let done = KillTimer()
  DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) {
    if !done.isDone.load(ordering: .acquiring) {
      fatalError("a script was not stopped in \(seconds) seconds")
    }
  }
  defer { done.isDone.store(true, ordering: .releasing) }
  return try body()
}

final class KillTimer: Sendable {
  let isDone = Atomic<Bool>(false)
}

/// A small generator of reproducible numbers.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
