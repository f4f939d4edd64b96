import Lua
import OutreachCore

/// The named options of a call such as `send("x", { about = refill })`, read strictly.
struct OptionTable {
  private let table: Table
  private let function: String
  private unowned let run: ScriptRun

  /// Reads the options at a place of the arguments; nil options are none.
  init(
    _ arguments: borrowing Arguments, at index: Int, of function: String, known: [String], in run: ScriptRun
  ) throws {
    self.function = function
    self.run = run
    if arguments.isNull(index) {
      table = Table(array: [], fields: [])
      return
    }
    guard case .table(let table) = try arguments.value(index) else {
      throw HostError("\(function) takes its options as a table, such as { \(known[0]) = … }")
    }
    self.table = table
    guard table.array.isEmpty else {
      throw HostError("\(function) takes named options only; \(TableReader.oneOf(known))")
    }
    for field in table.fields {
      guard case .string(let key) = field.key else {
        throw HostError("\(function) takes named options only; \(TableReader.oneOf(known))")
      }
      guard known.contains(key) else {
        throw HostError(
          "\(function) has no option '\(key)'\(Suggestion.sentence(for: key, among: known)); \(TableReader.oneOf(known))"
        )
      }
    }
  }

  subscript(key: String) -> Value? { table[key] }

  /// A text, nil when absent.
  func text(_ key: String) throws -> String? {
    guard let value = table[key] else { return nil }
    guard case .string(let text) = value else {
      throw HostError("'\(key)' of \(function) must be a text, not \(value.kindInWords)")
    }
    return text
  }

  /// A span of time, nil when absent.
  func span(_ key: String) throws -> Span? {
    guard let text = try text(key) else { return nil }
    return try Span.required(text, as: "'\(key)' of \(function)")
  }

  /// One of a closed list, or a list of them; nil when absent.
  func choices(_ key: String, among known: [String], called kind: String) throws -> [String]? {
    guard let value = table[key] else { return nil }
    let values: [Value]
    if case .table(let list) = value, list.fields.isEmpty { values = list.array } else { values = [value] }
    return try values.map { value in
      guard case .string(let text) = value else {
        throw HostError("'\(key)' of \(function) must be a text or a list of texts, not \(value.kindInWords)")
      }
      guard known.contains(text) else {
        throw HostError("there is no \(kind) '\(text)'\(Suggestion.sentence(for: text, among: known))")
      }
      return text
    }
  }

  /// A fact that the host gave, nil when absent.
  func fact(_ key: String) throws -> FactObject? {
    guard let value = table[key] else { return nil }
    guard case .object(let object) = value, let fact = run.fact(object) else {
      throw HostError(
        "'\(key)' of \(function) must be a fact of the patient, such as patient:refill(…), not \(value.kindInWords)"
      )
    }
    return fact
  }

  /// An instant, nil when absent.
  func instant(_ key: String) throws -> Instant? {
    guard let value = table[key] else { return nil }
    guard case .object(let object) = value, let instant = run.instant(object) else {
      throw HostError(
        "'\(key)' of \(function) must be an instant, such as before(appointment, \"3 days\"), not \(value.kindInWords)"
      )
    }
    return instant.instant
  }
}

extension Span {
  /// Reads a span that a script wrote.
  static func required(_ text: String, as what: String) throws -> Span {
    guard let span = Span(text) else {
      throw HostError(
        "\(what) must be a span of time such as \"7 days\" or \"36 hours\", not \"\(text.prefix(40))\"")
    }
    return span
  }
}
