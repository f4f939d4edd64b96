internal import CLua

/// What the machine's callbacks reach: the host, and what it threw.
///
/// C calls the functions of ``callbacks`` while the machine is in host mode. They return a status and never
/// let anything escape, so that only C ever unwinds a script.
@safe final class HostBridge {
  let host: any Host
  var machine: OpaquePointer?
  private var thrown: (any Error)?

  init(host: any Host) {
    self.host = host
  }

  static var callbacks: clua_callbacks {
    unsafe clua_callbacks(
      read: { context, type, slot, field in
        let bridge = unsafe HostBridge.at(context)
        let object = ObjectReference(type: .init(rawValue: type), slot: slot)
        return bridge.answer { try bridge.host.read(object, field: Int(field)) }
      },
      read_open: { context, type, slot, name, length in
        let bridge = unsafe HostBridge.at(context)
        let object = ObjectReference(type: .init(rawValue: type), slot: slot)
        guard let name = unsafe text(name, length) else {
          return bridge.answer { throw HostError("a field's name is not valid UTF-8") }
        }
        return bridge.answer { try bridge.host.read(object, name: name) }
      },
      method: { context, type, slot, method, count in
        let bridge = unsafe HostBridge.at(context)
        let object = ObjectReference(type: .init(rawValue: type), slot: slot)
        return bridge.answer {
          try bridge.host.call(object, method: Int(method), Arguments(bridge: bridge, count: Int(count)))
        }
      },
      function: { context, function, count in
        let bridge = unsafe HostBridge.at(context)
        return bridge.answer {
          try bridge.host.call(function: Int(function), Arguments(bridge: bridge, count: Int(count)))
        }
      })
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> HostBridge {
    // The interpreter passes itself a bridge and keeps it alive longer than the machine.
    guard let context = unsafe context else { preconditionFailure("a callback without its context") }
    return unsafe Unmanaged<HostBridge>.fromOpaque(context).takeUnretainedValue()
  }

  private func answer(_ body: () throws -> Value) -> Int32 {
    guard let machine = unsafe machine else { return Int32(CLUA_FAILED.rawValue) }
    do {
      try unsafe ValueWriter(machine: machine, owner: ObjectIdentifier(self)).push(body())
      return Int32(CLUA_ANSWERED.rawValue)
    } catch {
      return unsafe refuse(error, machine)
    }
  }

  private func refuse(_ error: any Error, _ machine: OpaquePointer) -> Int32 {
    var message: String
    switch error {
    case let error as HostError: message = error.message
    // An argument that cannot be copied, or a value that cannot be handed over: the script's line is at fault.
    case let error as LuaError where error.kind == .runtime: message = error.message
    default:
      thrown = error
      return Int32(CLUA_FAILED.rawValue)
    }
    message.withUTF8 { unsafe clua_set_refusal(machine, $0.characters, $0.count) }
    return Int32(CLUA_REFUSED.rawValue)
  }

  /// The value, copied.
  func read(_ value: clua_value) throws(LuaError) -> Value {
    try unsafe ValueReader(owner: ObjectIdentifier(self)).read(value)
  }

  /// The error that the machine describes, with what the host threw.
  func takeError(_ kind: clua_kind) -> LuaError {
    guard let machine = unsafe machine else { preconditionFailure("an error without its machine") }
    var error = unsafe LuaError(kind, machine)
    if error.kind == .host, let thrown {
      error.underlying = thrown
      // A budget that ran out while arguments were copied keeps its own kind.
      if let cause = thrown as? LuaError, cause.kind != .host {
        error.kind = cause.kind
        error.message = cause.message
      }
    }
    thrown = nil
    error.missingReads = missingReads
    return error
  }

  var missingReads: [LuaError.MissingRead] {
    guard let machine = unsafe machine else { return [] }
    return (0..<(unsafe clua_missing_reads(machine))).map { index in
      var line: Int32 = 0
      var type: UnsafePointer<CChar>?
      var member: UnsafePointer<CChar>?
      var argument: UnsafePointer<CChar>?
      unsafe clua_missing_read(machine, index, &line, &type, &member, &argument)
      return LuaError.MissingRead(
        line: Int(line), type: unsafe text(type) ?? "", member: unsafe text(member) ?? "",
        argument: unsafe text(argument))
    }
  }
}

/// The text at an address, nil when there is none or it is not valid UTF-8.
func text(_ bytes: UnsafePointer<CChar>?, _ length: Int) -> String? {
  guard let bytes = unsafe bytes else { return nil }
  return unsafe text(UnsafeRawBufferPointer(start: bytes, count: length))
}

/// The text in some bytes, nil when they are not valid UTF-8.
func text(_ bytes: UnsafeRawBufferPointer) -> String? {
  // Names are ASCII, which needs no validation; the validating initializer takes ten times as long.
  if unsafe bytes.allSatisfy({ $0 < 0x80 }) { return unsafe String(decoding: bytes, as: UTF8.self) }
  return unsafe String(validating: bytes, as: UTF8.self)
}

/// The text at an address that ends with a zero, repaired if need be.
func text(_ characters: UnsafePointer<CChar>?) -> String? {
  guard let characters = unsafe characters else { return nil }
  return unsafe String(cString: characters)
}

extension LuaError {
  /// Reads the description that the machine keeps.
  init(_ kind: clua_kind, _ machine: OpaquePointer) {
    var length = 0
    let bytes = unsafe clua_error_message(machine, &length)
    let message = unsafe String(
      decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
    let chunk = unsafe text(clua_error_chunk(machine)) ?? ""
    let line = Int(unsafe clua_error_line(machine))
    self.init(
      kind: Kind(kind), message: message, chunkName: chunk.isEmpty ? nil : chunk, line: line > 0 ? line : nil)
    if unsafe clua_error_is_raised(machine), self.kind == .runtime {
      scriptText = message
      self.message = "the script raised an error"
    }
    involvesNil = unsafe clua_error_involves_nil(machine)
    stack = (0..<(unsafe clua_error_frames(machine))).map { index in
      var function: UnsafePointer<CChar>?
      var chunk: UnsafePointer<CChar>?
      var line: Int32 = 0
      unsafe clua_error_frame(machine, index, &function, &chunk, &line)
      return Frame(function: unsafe text(function) ?? "", chunk: unsafe text(chunk) ?? "", line: Int(line))
    }
  }
}

extension LuaError.Kind {
  fileprivate init(_ kind: clua_kind) {
    switch kind {
    case CLUA_SYNTAX: self = .syntax
    case CLUA_FUEL: self = .budget(.fuel)
    case CLUA_STRING_LENGTH: self = .budget(.stringLength)
    case CLUA_RECURSION: self = .budget(.recursion)
    case CLUA_RESULT_SIZE: self = .budget(.resultSize)
    case CLUA_MEMORY: self = .memory
    case CLUA_DEADLINE: self = .deadline
    case CLUA_HOST: self = .host
    default: self = .runtime
    }
  }
}
