/// A value copied out of, or into, the virtual machine.
public enum Value: Sendable, Equatable {
  /// Lua's nil.
  case null
  /// A truth value.
  case boolean(Bool)
  /// A whole number.
  case integer(Int64)
  /// A floating-point number.
  case number(Double)
  /// A text; one that is not valid UTF-8 is an error, never repaired.
  case string(String)
  /// A table, copied completely.
  case table(Table)
  /// A function of the script; only a chunk that is being loaded may hand one out.
  case function(FunctionReference)
  /// A host object.
  case object(ObjectReference)

  /// Whether this is nil.
  public var isNull: Bool { self == .null }
}

extension Value: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral
{
  /// Makes nil.
  public init(nilLiteral: ()) { self = .null }
  /// Makes a truth value.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// Makes a whole number.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// Makes a floating-point number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// Makes a text.
  public init(stringLiteral value: String) { self = .string(value) }
}

/// A table copied out of, or into, the virtual machine.
public struct Table: Sendable, Equatable {
  /// What a field is found by.
  public enum Key: Sendable, Hashable {
    /// A whole number outside the array part.
    case integer(Int64)
    /// A name.
    case string(String)
    /// A truth value.
    case boolean(Bool)
  }

  /// A key with its value.
  public struct Field: Sendable, Equatable {
    /// What the field is found by.
    public var key: Key
    /// What it holds.
    public var value: Value

    /// Makes a field.
    public init(key: Key, value: Value) {
      self.key = key
      self.value = value
    }
  }

  /// The values at 1, 2, 3 and so on.
  public var array: [Value]
  /// Everything else; from a script: whole numbers ascending, then names by their bytes, then truth values.
  public var fields: [Field]

  /// Makes a table.
  public init(array: [Value] = [], fields: [Field] = []) {
    self.array = array
    self.fields = fields
  }

  /// The value of the named field, nil when the table has none.
  public subscript(name: String) -> Value? {
    fields.first { $0.key == .string(name) }?.value
  }
}

extension Table.Key: ExpressibleByStringLiteral {
  /// Makes a name.
  public init(stringLiteral value: String) { self = .string(value) }
}

extension Table: ExpressibleByDictionaryLiteral {
  /// What a field holds.
  public typealias Value = Lua.Value

  /// Makes a table of fields.
  public init(dictionaryLiteral elements: (Key, Value)...) {
    self.init(array: [], fields: elements.map { Field(key: $0.0, value: $0.1) })
  }
}

/// A function of a script, kept for the lifetime of its interpreter.
public struct FunctionReference: Sendable, Hashable {
  let owner: ObjectIdentifier
  let index: Int32
}

/// A host object: a type of the interpreter's and a number that means something to the host.
public struct ObjectReference: Sendable, Hashable {
  /// What kind of object it is.
  public var type: ObjectType.ID
  /// Which of its kind, not negative.
  ///
  /// In one generation a slot is one object.
  public var slot: Int32

  /// Makes a reference.
  public init(type: ObjectType.ID, slot: Int32) {
    self.type = type
    self.slot = slot
  }
}
