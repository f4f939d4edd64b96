internal import CLua

/// Puts values on the machine's stack, while it is in host mode.
@safe struct ValueWriter {
  /// How deeply tables may nest.
  static let deepest = 32

  let machine: OpaquePointer
  let owner: ObjectIdentifier

  func push(_ value: Value) throws(LuaError) {
    try push(value, depth: 0)
  }

  private func push(_ value: Value, depth: Int) throws(LuaError) {
    switch value {
    case .null: unsafe clua_push_null(machine)
    case .boolean(let value): unsafe clua_push_boolean(machine, value)
    case .integer(let value): unsafe clua_push_integer(machine, value)
    case .number(let value): unsafe clua_push_number(machine, value)
    case .string(var value):
      value.withUTF8 { unsafe clua_push_string(machine, $0.characters, $0.count) }
    case .table(let table): try push(table, depth: depth + 1)
    case .function(let function):
      guard function.owner == owner, unsafe clua_push_function(machine, function.index) else {
        throw LuaError(kind: .host, message: "the function belongs to another interpreter")
      }
    case .object(let object):
      guard unsafe clua_push_object(machine, object.type.rawValue, object.slot) else {
        throw LuaError(kind: .host, message: "there is no such type of object, or its slot is negative")
      }
    }
  }

  private func push(_ table: Table, depth: Int) throws(LuaError) {
    guard depth <= Self.deepest,
      unsafe clua_push_table(machine, Int32(clamping: table.array.count), Int32(clamping: table.fields.count))
    else {
      throw LuaError(kind: .host, message: "a table of the host's nests deeper than \(Self.deepest) tables")
    }
    for (index, value) in table.array.enumerated() {
      try push(value, depth: depth)
      unsafe clua_set_item(machine, Int64(index) + 1)
    }
    for field in table.fields {
      try push(field.value, depth: depth)
      switch field.key {
      case .integer(let key): unsafe clua_set_item(machine, key)
      case .string(var key):
        key.withUTF8 { unsafe clua_set_field(machine, $0.characters, $0.count) }
      case .boolean(let key): unsafe clua_set_boolean_field(machine, key)
      }
    }
  }
}

/// Copies a value that the machine hands out, and the coded copy of a table (the form is told in value.c).
struct ValueReader {
  let owner: ObjectIdentifier

  func read(_ value: clua_value) throws(LuaError) -> Value {
    switch unsafe UInt32(value.tag) {
    case CLUA_NULL.rawValue: return .null
    case CLUA_FALSE.rawValue: return .boolean(false)
    case CLUA_TRUE.rawValue: return .boolean(true)
    case CLUA_INTEGER.rawValue: return unsafe .integer(value.integer)
    case CLUA_NUMBER.rawValue: return unsafe .number(value.number)
    case CLUA_STRING.rawValue:
      let bytes = unsafe value.bytes?.assumingMemoryBound(to: CChar.self)
      guard let string = unsafe text(bytes, value.length) else { throw invalidText }
      return .string(string)
    case CLUA_FUNCTION.rawValue:
      return unsafe .function(FunctionReference(owner: owner, index: value.slot))
    case CLUA_OBJECT.rawValue:
      return unsafe .object(ObjectReference(type: .init(rawValue: value.type), slot: value.slot))
    default:
      var bytes = unsafe UnsafeRawBufferPointer(start: value.bytes, count: value.length)[...]
      return try unsafe .table(readTable(&bytes))
    }
  }

  private var invalidText: LuaError {
    LuaError(kind: .runtime, message: "a text from the script is not valid UTF-8")
  }

  private func readTable(_ bytes: inout Slice<UnsafeRawBufferPointer>) throws(LuaError) -> Table {
    let length = unsafe take(&bytes, as: UInt32.self)
    let count = unsafe take(&bytes, as: UInt32.self)
    var table = Table(array: [], fields: [])
    table.array.reserveCapacity(Int(length))
    for _ in 0..<length { try unsafe table.array.append(readValue(&bytes)) }
    table.fields.reserveCapacity(Int(count))
    for _ in 0..<count {
      let key = try unsafe readKey(&bytes)
      try unsafe table.fields.append(Table.Field(key: key, value: readValue(&bytes)))
    }
    return table
  }

  private func readKey(_ bytes: inout Slice<UnsafeRawBufferPointer>) throws(LuaError) -> Table.Key {
    switch try unsafe readValue(&bytes) {
    case .integer(let key): return .integer(key)
    case .string(let key): return .string(key)
    case .boolean(let key): return .boolean(key)
    default: throw LuaError(kind: .runtime, message: "a table's key must be a text or a whole number")
    }
  }

  private func readValue(_ bytes: inout Slice<UnsafeRawBufferPointer>) throws(LuaError) -> Value {
    var value = unsafe clua_value()
    unsafe value.tag = unsafe Int32(take(&bytes, as: UInt8.self))
    switch unsafe UInt32(value.tag) {
    case CLUA_INTEGER.rawValue: unsafe value.integer = unsafe take(&bytes, as: Int64.self)
    case CLUA_NUMBER.rawValue: unsafe value.number = unsafe take(&bytes, as: Double.self)
    case CLUA_FUNCTION.rawValue: unsafe value.slot = unsafe take(&bytes, as: Int32.self)
    case CLUA_OBJECT.rawValue:
      unsafe value.type = unsafe take(&bytes, as: Int32.self)
      unsafe value.slot = unsafe take(&bytes, as: Int32.self)
    case CLUA_STRING.rawValue:
      let length = unsafe Int(take(&bytes, as: UInt32.self))
      let characters = unsafe UnsafeRawBufferPointer(rebasing: bytes.prefix(length))
      unsafe bytes = unsafe bytes.dropFirst(length)
      guard let string = unsafe text(characters) else { throw invalidText }
      return .string(string)
    case CLUA_TABLE.rawValue: return try unsafe .table(readTable(&bytes))
    default: break
    }
    return try unsafe read(value)
  }

  private func take<Number: BitwiseCopyable>(
    _ bytes: inout Slice<UnsafeRawBufferPointer>, as type: Number.Type
  ) -> Number {
    let number = unsafe UnsafeRawBufferPointer(rebasing: bytes).loadUnaligned(as: type)
    unsafe bytes = unsafe bytes.dropFirst(MemoryLayout<Number>.size)
    return number
  }
}
