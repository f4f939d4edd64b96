/// A kind of host object, as a script sees it.
///
/// Fields are read with a dot (`patient.age`), methods called with a colon (`patient:has("x")`). The host is
/// asked by the member's position in these lists. Objects cannot be written to, iterated or measured.
public struct ObjectType: Sendable, Equatable {
  /// A type's position in the list that the interpreter was made with.
  public struct ID: Sendable, Hashable, RawRepresentable {
    /// The position, counted from 0.
    public let rawValue: Int32

    /// Makes an identifier from a position.
    public init(rawValue: Int32) { self.rawValue = rawValue }
  }

  /// How long an object handed to a script stays valid.
  public enum Lifetime: Sendable {
    /// Until the next ``Interpreter/beginGeneration()``; using it later is an error.
    case generation
    /// As long as the interpreter.
    case interpreter
  }

  /// What messages call it, such as "patient".
  public var name: String
  /// The members read with a dot, in the order ``Host/read(_:field:)`` knows them by.
  public var fields: [String]
  /// The members called with a colon, in the order ``Host/call(_:method:_:)`` knows them by.
  public var methods: [String]
  /// Whether names that are neither are asked of ``Host/read(_:name:)`` rather than being errors.
  public var isOpen: Bool
  /// How long its objects stay valid.
  public var lifetime: Lifetime

  /// Makes a kind of object.
  public init(
    name: String, fields: [String] = [], methods: [String] = [], isOpen: Bool = false,
    lifetime: Lifetime = .generation
  ) {
    self.name = name
    self.fields = fields
    self.methods = methods
    self.isOpen = isOpen
    self.lifetime = lifetime
  }
}
