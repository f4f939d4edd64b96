internal import CLua

/// What a script passed to a function or method of the host; good only during that call.
///
/// Positions count from 0. What is beyond the last argument is nil.
public struct Arguments: ~Copyable {
  private let bridge: HostBridge
  /// How many there are, the object of a method not counted.
  public let count: Int

  init(bridge: HostBridge, count: Int) {
    self.bridge = bridge
    self.count = count
  }

  /// The argument, tables copied completely.
  ///
  /// Functions may be passed only while a chunk is loaded. An error thrown on by the host is raised at the
  /// script's line.
  public func value(_ index: Int) throws(LuaError) -> Value {
    try unsafe bridge.read(argument(index, whole: true))
  }

  /// The argument if it is a text and valid UTF-8; a number is not converted.
  public func string(_ index: Int) -> String? {
    guard let value = unsafe try? peek(index), unsafe value.tag == CLUA_STRING.rawValue else { return nil }
    return unsafe text(value.bytes?.assumingMemoryBound(to: CChar.self), value.length)
  }

  /// The argument if it is a number with a whole value.
  public func integer(_ index: Int) -> Int64? {
    guard let value = unsafe try? peek(index) else { return nil }
    if unsafe value.tag == CLUA_INTEGER.rawValue { return unsafe value.integer }
    return unsafe value.tag == CLUA_NUMBER.rawValue ? unsafe Int64(exactly: value.number) : nil
  }

  /// The argument if it is a number.
  public func number(_ index: Int) -> Double? {
    guard let value = unsafe try? peek(index) else { return nil }
    if unsafe value.tag == CLUA_INTEGER.rawValue { return unsafe Double(value.integer) }
    return unsafe value.tag == CLUA_NUMBER.rawValue ? unsafe value.number : nil
  }

  /// The argument if it is a host object of this generation.
  public func object(_ index: Int) -> ObjectReference? {
    guard let value = unsafe try? peek(index), unsafe value.tag == CLUA_OBJECT.rawValue else { return nil }
    return unsafe ObjectReference(type: .init(rawValue: value.type), slot: value.slot)
  }

  /// Whether the argument is nil or was left out.
  public func isNull(_ index: Int) -> Bool {
    guard let value = unsafe try? peek(index) else { return false }
    return unsafe value.tag == CLUA_NULL.rawValue
  }

  /// Gives the bytes of the argument, if it is a text, without making a `String`.
  public func withBytes<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
    guard let value = unsafe try? peek(index), unsafe value.tag == CLUA_STRING.rawValue else { return nil }
    return unsafe body(UnsafeRawBufferPointer(start: value.bytes, count: value.length))
  }

  /// The line of the script that made the call.
  public var location: (chunk: String, line: Int)? {
    guard let machine = unsafe bridge.machine else { return nil }
    var chunk: UnsafePointer<CChar>?
    var line: Int32 = 0
    guard unsafe clua_caller(machine, &chunk, &line) else { return nil }
    return (unsafe text(chunk) ?? "", Int(line))
  }

  private func peek(_ index: Int) throws(LuaError) -> clua_value {
    try unsafe argument(index, whole: false)
  }

  private func argument(_ index: Int, whole: Bool) throws(LuaError) -> clua_value {
    guard let machine = unsafe bridge.machine else { return unsafe clua_value() }
    var value = unsafe clua_value()
    let kind = unsafe clua_argument(machine, Int32(clamping: index), whole, &value)
    if kind != CLUA_FINE { throw unsafe LuaError(kind, machine) }
    return unsafe value
  }
}
