internal import CLua

/// A Lua virtual machine for scripts that are not trusted.
///
/// A script gets the plain parts of the language and of `string`, `table`, `math` and `utf8`, the host's
/// functions and objects, and nothing else: no files, clock, chance, bytecode, coroutines or metatables.
/// ``Limits`` bound what it may use. Once loaded, everything its functions can reach is read-only, and the
/// local variables they capture are put back after each call, so that no call can tell what another did.
///
/// An interpreter is used by one thread at a time. It keeps its host alive.
@safe public final class Interpreter {
  private let machine: OpaquePointer
  private let bridge: HostBridge
  private var isClosed = false
  private let limits: Limits

  /// Makes an interpreter.
  ///
  /// - Parameters:
  ///   - types: the kinds of host objects; an ``ObjectType/ID`` is a position in this list. Names of members
  ///     are 1–40 bytes long.
  ///   - functions: the global functions of the host, called by their position in this list.
  ///   - host: what objects and functions do.
  public convenience init(
    limits: Limits = Limits(), types: [ObjectType] = [], functions: [String] = [], host: any Host
  ) throws(LuaError) {
    try self.init(limits: limits, types: types, functions: functions, host: host, failing: .none)
  }

  package init(
    limits: Limits, types: [ObjectType], functions: [String], host: any Host, failing: AllocationFailure
  ) throws(LuaError) {
    let bridge = HostBridge(host: host)
    let context = unsafe Unmanaged.passUnretained(bridge).toOpaque()
    guard
      let machine = unsafe clua_create(
        limits.forMachine(failing: failing), HostBridge.callbacks, context)
    else {
      throw LuaError(kind: .memory, message: "there is too little memory for an interpreter")
    }
    unsafe bridge.machine = machine
    unsafe self.machine = machine
    self.bridge = bridge
    self.limits = limits
    for type in types { try add(type) }
    for var name in functions {
      name.withUTF8 { unsafe clua_add_function(machine, $0.characters, $0.count) }
    }
  }

  deinit {
    guard !isClosed else { return }
    let bytesLeft = unsafe clua_destroy(machine)
    assert(bytesLeft == 0, "the machine did not give back all of its memory")
  }

  /// Ends the machine and returns the bytes it did not give back, for tests; the interpreter must not be used
  /// afterwards.
  package func close() -> Int {
    isClosed = true
    return unsafe clua_destroy(machine)
  }

  private func add(_ type: ObjectType) throws(LuaError) {
    var name = type.name
    name.withUTF8 {
      unsafe clua_add_type(machine, $0.characters, $0.count, type.isOpen, type.lifetime == .interpreter)
    }
    for var member in type.fields {
      let added = member.withUTF8 { unsafe clua_add_member(machine, $0.characters, $0.count, false) }
      if !added { throw memberNameError(type) }
    }
    for var member in type.methods {
      let added = member.withUTF8 { unsafe clua_add_member(machine, $0.characters, $0.count, true) }
      if !added { throw memberNameError(type) }
    }
  }

  private func memberNameError(_ type: ObjectType) -> LuaError {
    LuaError(kind: .host, message: "a member of type \(type.name) has a name that is not 1–40 bytes long")
  }

  /// Gives scripts a global value; tables in it are read-only.
  ///
  /// Before the first ``load(source:chunkName:)`` only.
  public func setGlobal(_ name: String, _ value: Value) throws(LuaError) {
    let pushed = unsafe clua_pushed(machine)
    do {
      try unsafe ValueWriter(machine: machine, owner: ObjectIdentifier(bridge)).push(value)
    } catch {
      unsafe clua_drop_to(machine, pushed)
      throw error
    }
    var name = name
    let kind = name.withUTF8 { unsafe clua_set_global(machine, $0.characters, $0.count) }
    if kind != CLUA_FINE { throw bridge.takeError(kind) }
  }

  /// Runs a chunk once and returns what it returned.
  ///
  /// The source is text (a byte-order mark is skipped); compiled Lua is refused. After the chunk has run, all
  /// that its functions can reach is read-only. More chunks may be loaded; they share the globals only. An
  /// interpreter whose load failed does no further work.
  ///
  /// - Parameter chunkName: what errors call the chunk, such as "diabetes.lua"; at most 120 bytes are kept.
  public func load(source: some Collection<UInt8>, chunkName: String) throws(LuaError) -> Value {
    let bytes = Array(source.starts(with: [0xEF, 0xBB, 0xBF]) ? source.dropFirst(3) : source[...])
    guard bytes.count <= limits.sourceBytes else {
      throw LuaError(
        kind: .budget(.sourceLength), message: "the source is longer than \(limits.sourceBytes) bytes",
        chunkName: chunkName)
    }
    var name = chunkName
    var result = unsafe clua_value()
    let kind = unsafe bytes.withUnsafeBufferPointer { source in
      name.withUTF8 { name in
        unsafe clua_load(machine, source.characters, source.count, name.characters, name.count, &result)
      }
    }
    if kind != CLUA_FINE { throw bridge.takeError(kind) }
    return try unsafe bridge.read(result)
  }

  /// Calls a function of the script and returns its first result.
  public func call(_ function: FunctionReference, _ arguments: Value...) throws(LuaError) -> Value {
    try begin(function, arguments.count)
    let pushed = unsafe clua_pushed(machine)
    do {
      for argument in arguments {
        try unsafe ValueWriter(machine: machine, owner: ObjectIdentifier(bridge)).push(argument)
      }
    } catch {
      unsafe clua_drop_to(machine, pushed - 1)
      throw error
    }
    var result = unsafe clua_value()
    let kind = unsafe clua_finish_call(machine, Int32(arguments.count), &result)
    if kind != CLUA_FINE { throw bridge.takeError(kind) }
    return try unsafe bridge.read(result)
  }

  /// Calls a function of the script with one object and returns its first result.
  ///
  /// This is the way to ask a script about each of many patients: nothing is allocated on the way in.
  public func call(_ function: FunctionReference, _ object: ObjectReference) throws(LuaError) -> Value {
    guard function.owner == ObjectIdentifier(bridge) else { throw foreignFunctionError }
    var result = unsafe clua_value()
    let kind = unsafe clua_call_object(
      machine, function.index, object.type.rawValue, object.slot, &result)
    if kind != CLUA_FINE { throw bridge.takeError(kind) }
    return try unsafe bridge.read(result)
  }

  private func begin(_ function: FunctionReference, _ arguments: Int) throws(LuaError) {
    guard function.owner == ObjectIdentifier(bridge) else { throw foreignFunctionError }
    let kind = unsafe clua_begin_call(machine, function.index, Int32(clamping: arguments))
    if kind != CLUA_FINE { throw bridge.takeError(kind) }
  }

  private var foreignFunctionError: LuaError {
    LuaError(kind: .host, message: "the function belongs to another interpreter")
  }

  /// Makes every object stale that was handed out and does not last as long as the interpreter.
  ///
  /// To be called for each patient; has no effect from within a host call.
  public func beginGeneration() {
    unsafe clua_begin_generation(machine)
  }

  /// The fuel that the last load or call used.
  public var fuelUsed: Int { Int(unsafe clua_fuel_used(machine)) }

  /// The bytes of memory that the machine holds now.
  public var memoryUsed: Int { Int(unsafe clua_memory_used(machine)) }

  /// The reads of host objects that gave nil in the last load or call (at most the last 16).
  public var missingReads: [LuaError.MissingRead] { bridge.missingReads }

  /// Where a function of the script is defined.
  public func location(of function: FunctionReference) -> (chunk: String, line: Int)? {
    guard function.owner == ObjectIdentifier(bridge) else { return nil }
    var chunk: UnsafePointer<CChar>?
    var line: Int32 = 0
    guard unsafe clua_function_location(machine, function.index, &chunk, &line), let chunk = unsafe chunk
    else { return nil }
    return (unsafe String(cString: chunk), Int(line))
  }
}

/// Which allocation of a script's the machine refuses, to test that a refusal does no harm.
package enum AllocationFailure: Sendable, Equatable {
  /// None but for lack of memory.
  case none
  /// The one with this number, from 1, and those after it in the same load or call.
  case from(Int)
  /// The one with this number only, so that Lua's second attempt succeeds.
  case once(Int)
}

extension Limits {
  fileprivate func forMachine(failing: AllocationFailure) -> clua_limits {
    var result = clua_limits()
    result.call_fuel = Int64(callFuel)
    result.load_fuel = Int64(loadFuel)
    result.memory_bytes = memoryBytes
    result.string_bytes = stringBytes
    result.recursion_depth = Int32(clamping: recursionDepth)
    result.call_result_items = Int32(clamping: callResultItems)
    result.load_result_items = Int32(clamping: loadResultItems)
    result.deadline_nanoseconds = deadline?.wholeNanoseconds ?? -1
    switch failing {
    case .none: break
    case .from(let number): result.failing_allocation = Int64(number)
    case .once(let number):
      result.failing_allocation = Int64(number)
      result.failing_once = true
    }
    return result
  }
}

extension Duration {
  /// Not negative, and at most about 292 years.
  fileprivate var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflowToo) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
    return overflow || overflowToo ? .max : max(0, sum)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes as C's functions want them.
  var characters: UnsafePointer<CChar>? {
    unsafe UnsafeRawPointer(baseAddress)?.assumingMemoryBound(to: CChar.self)
  }
}
