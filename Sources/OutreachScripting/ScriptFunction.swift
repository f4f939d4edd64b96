/// A function that an embedding program adds to the ones a script can call.
///
/// It is called with the script's arguments and must depend on nothing else, or the same facts will not give
/// the same decisions.
///
/// ```swift
/// let isBusy = ScriptFunction("is_busy") { arguments in .boolean(arguments.first == .text("monday")) }
/// ```
public struct ScriptFunction: Sendable {
  /// The name by which scripts call it: small letters, digits and underscores.
  public let name: String
  let body: @Sendable ([ScriptValue]) throws -> ScriptValue

  /// Makes a function.
  ///
  /// - Parameters:
  ///   - name: the name by which scripts call it.
  ///   - body: what it does. A thrown ``ScriptFunctionError`` becomes an error at the script's line; any other
  ///     error ends the job.
  public init(_ name: String, _ body: @escaping @Sendable ([ScriptValue]) throws -> ScriptValue) {
    self.name = name
    self.body = body
  }
}

/// A value that passes between a script and a function of the embedding program.
public enum ScriptValue: Hashable, Sendable {
  /// Nothing; Lua's nil.
  case none
  /// Yes or no.
  case boolean(Bool)
  /// A number.
  case number(Double)
  /// A text.
  case text(String)
}

/// What a function of the embedding program says is wrong with its arguments.
public struct ScriptFunctionError: Error, Hashable, Sendable {
  /// A sentence for the script's author, without a patient's data.
  public var message: String

  /// Makes an error.
  public init(_ message: String) { self.message = message }
}
