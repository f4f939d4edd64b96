/// Everything outside the virtual machine that a script can reach.
///
/// Called on the thread that runs the script. Throwing a ``HostError`` becomes an error at the script's line
/// with that message; any other error ends the run with kind ``LuaError/Kind/host``. A host must not call
/// back into the interpreter that is calling it; such a call throws.
public protocol Host: AnyObject {
  /// The value of a declared field.
  func read(_ object: ObjectReference, field: Int) throws -> Value
  /// The value of an undeclared member of a type that is open.
  func read(_ object: ObjectReference, name: String) throws -> Value
  /// What a method returns.
  func call(_ object: ObjectReference, method: Int, _ arguments: borrowing Arguments) throws -> Value
  /// What a global host function returns, by its position in the list the interpreter was made with.
  func call(function: Int, _ arguments: borrowing Arguments) throws -> Value
}

extension Host {
  /// Knows no fields.
  public func read(_ object: ObjectReference, field: Int) throws -> Value {
    throw HostError("this object has no fields")
  }

  /// Knows no open members.
  public func read(_ object: ObjectReference, name: String) throws -> Value {
    throw HostError("this object has no field '\(name)'")
  }

  /// Knows no methods.
  public func call(
    _ object: ObjectReference, method: Int, _ arguments: borrowing Arguments
  ) throws -> Value {
    throw HostError("this object has no methods")
  }

  /// Knows no functions.
  public func call(function: Int, _ arguments: borrowing Arguments) throws -> Value {
    throw HostError("the host has no functions")
  }
}

/// What a host says is wrong with what a script asked for; raised at the script's line.
public struct HostError: Error, Sendable, Equatable {
  /// A sentence for the script's author, without a patient's data.
  public var message: String

  /// Makes an error.
  public init(_ message: String) { self.message = message }
}
