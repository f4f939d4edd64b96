package import Lua
import OutreachCore

/// Reads the fields of one table strictly: every key known, every value of its type, every mistake at its place.
struct TableReader {
  /// The table as the interpreter made it.
  let table: Table
  /// Where it is written; nil where it was computed.
  let node: SourceMap.Node?
  /// What messages call it, such as "the clinic" or "message 'refill_due'".
  let what: String
  /// Where its findings go.
  let list: FindingList
  /// The place for findings about the table itself.
  let offset: Int

  init(_ table: Table, node: SourceMap.Node?, what: String, list: FindingList, fallback: Int) {
    self.table = table
    self.node = node
    self.what = what
    self.list = list
    offset = node?.valueOffset ?? fallback
  }

  /// The named values in the order in which they are written, computed ones last by name.
  var named: [(key: String, value: Value)] {
    table.fields.compactMap { field -> (key: String, value: Value)? in
      if case .string(let key) = field.key { (key, field.value) } else { nil }
    }
    .sorted { (keyOffset($0.key, .max), $0.key) < (keyOffset($1.key, .max), $1.key) }
  }

  /// Reports keys that are not among the known ones, and values without a name.
  func checkKeys(_ known: [String]) {
    for (key, _) in named where !known.contains(key) {
      list.error(
        .key, at: keyOffset(key), length: key.count,
        "\(what) has no field '\(key)'\(Suggestion.sentence(for: key, among: known))")
    }
    checkNoList()
  }

  /// Reports values without a name.
  func checkNoList() {
    for index in table.array.indices {
      list.error(
        .key, at: node?[index]?.valueOffset ?? offset, "\(what) has named fields only; write name = value")
    }
    for field in table.fields {
      if case .string = field.key { continue }
      list.error(.key, at: offset, "\(what) has named fields only; write name = value")
    }
  }

  func keyOffset(_ key: String) -> Int { keyOffset(key, offset) }

  private func keyOffset(_ key: String, _ fallback: Int) -> Int { node?[key]?.keyOffset ?? fallback }

  func valueOffset(_ key: String) -> Int { node?[key]?.valueOffset ?? offset }

  func has(_ key: String) -> Bool { table[key] != nil }

  /// Reports that a value is not what it should be.
  func wrong(_ key: String, _ expected: String) {
    guard let value = table[key] else { return }
    list.error(at: valueOffset(key), "'\(key)' must be \(expected), not \(value.kindInWords)")
  }

  /// Reports that a key is missing.
  func missing(_ key: String, example: String) {
    list.error(.key, at: offset, "\(what) needs '\(key)', such as \(key) = \(example)")
  }

  // MARK: Values

  /// A text that is not empty; `example` makes the key a required one.
  func text(_ key: String, example: String? = nil) -> String? {
    guard let value = table[key] else {
      if let example { missing(key, example: example) }
      return nil
    }
    guard case .string(let text) = value else {
      wrong(key, "a text")
      return nil
    }
    if text.allSatisfy(\.isWhitespace) {
      list.error(at: valueOffset(key), "'\(key)' is empty")
      return nil
    }
    return text
  }

  /// A text that a closed list holds.
  func choice(_ key: String, among known: [String], example: String? = nil, called kind: String) -> String? {
    guard let text = text(key, example: example) else { return nil }
    guard known.contains(text) else {
      list.error(
        .name, at: valueOffset(key), length: text.count + 2,
        "there is no \(kind) '\(text)'\(Suggestion.sentence(for: text, among: known)); \(Self.oneOf(known))")
      return nil
    }
    return text
  }

  func wholeNumber(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let value = table[key] else { return nil }
    guard let number = value.wholeNumber, range.contains(number) else {
      let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
      if let number = value.wholeNumber {
        list.error(at: valueOffset(key), "'\(key)' must be \(expected), not \(number)")
      } else {
        wrong(key, expected)
      }
      return nil
    }
    return number
  }

  func boolean(_ key: String) -> Bool? {
    guard let value = table[key] else { return nil }
    guard case .boolean(let boolean) = value else {
      wrong(key, "true or false")
      return nil
    }
    return boolean
  }

  /// A span of time such as "7 days".
  func span(_ key: String) -> Span? {
    guard let text = text(key) else { return nil }
    guard let span = Span(text) else {
      list.error(
        at: valueOffset(key),
        "'\(key)' must be a span of time such as \"7 days\" or \"36 hours\", not \"\(text)\"")
      return nil
    }
    return span
  }

  /// A time of the day such as "09:00".
  func time(_ key: String) -> CivilTime? {
    guard let text = text(key) else { return nil }
    guard let time = CivilTime(text) else {
      list.error(
        at: valueOffset(key), "'\(key)' must be a time of the day such as \"09:00\", not \"\(text)\"")
      return nil
    }
    return time
  }

  /// A date such as "2026-11-23".
  func date(_ key: String) -> CivilDate? {
    guard let text = text(key) else { return nil }
    guard let date = CivilDate(text) else {
      list.error(at: valueOffset(key), "'\(key)' must be a date such as \"2026-11-23\", not \"\(text)\"")
      return nil
    }
    return date
  }

  /// A list of texts with the places where they are written; nil when the key is absent or its value no such list.
  func texts(_ key: String, example: String? = nil) -> [(text: String, offset: Int)]? {
    guard let value = table[key] else {
      if let example { missing(key, example: example) }
      return nil
    }
    guard case .table(let list) = value, list.fields.isEmpty else {
      wrong(key, "a list of texts such as { \"a\", \"b\" }")
      return nil
    }
    var texts: [(text: String, offset: Int)] = []
    for (index, value) in list.array.enumerated() {
      let place = node?[key]?[index]?.valueOffset ?? valueOffset(key)
      if case .string(let text) = value, !text.allSatisfy(\.isWhitespace) {
        if texts.contains(where: { $0.text == text }) {
          self.list.error(at: place, "\"\(text)\" is in the list twice")
        } else {
          texts.append((text, place))
        }
      } else {
        self.list.error(at: place, "'\(key)' must be a list of texts; this is \(value.kindInWords)")
      }
    }
    return texts
  }

  /// A table inside this one.
  func table(_ key: String, called what: String, example: String? = nil) -> TableReader? {
    guard let value = table[key] else {
      if let example { missing(key, example: example) }
      return nil
    }
    guard case .table(let table) = value else {
      wrong(key, "a table")
      return nil
    }
    return TableReader(table, node: node?[key], what: what, list: list, fallback: offset)
  }

  /// A table at a place of a list, from 0.
  func table(at index: Int, called what: String) -> TableReader? {
    let place = node?[index]?.valueOffset ?? offset
    guard case .table(let table) = table.array[index] else {
      list.error(at: place, "\(what) must be a table, not \(table.array[index].kindInWords)")
      return nil
    }
    return TableReader(table, node: node?[index], what: what, list: list, fallback: place)
  }

  /// The tables of a list, or the one table that is written without it; nil when the key is absent or wrong.
  func tables(_ key: String, called what: String) -> [TableReader]? {
    guard let value = table(key, called: what) else { return nil }
    if value.table.array.isEmpty, !value.table.fields.isEmpty { return [value] }
    guard value.table.fields.isEmpty else {
      list.error(at: value.offset, "'\(key)' is one table or a list of tables, not both")
      return nil
    }
    if value.table.array.isEmpty { list.error(at: value.offset, "'\(key)' is empty; leave it out") }
    return value.table.array.indices.compactMap { value.table(at: $0, called: what) }
  }

  /// A list of names of a closed list; nil when the key is absent or its value no list.
  func choices(_ key: String, among known: [String], called kind: String)
    -> [(text: String, offset: Int)]?
  {
    guard let texts = texts(key) else { return nil }
    for (text, offset) in texts where !known.contains(text) {
      list.error(
        .name, at: offset, length: text.count + 2,
        "there is no \(kind) \"\(text)\"\(Suggestion.sentence(for: text, among: known)); \(Self.oneOf(known))"
      )
    }
    return texts
  }

  /// "known are 'a', 'b' and 'c'".
  static func oneOf(_ known: [String]) -> String {
    guard let last = known.last else { return "none is known" }
    let others = known.dropLast().map { "'\($0)'" }.joined(separator: ", ")
    return others.isEmpty ? "known is '\(last)'" : "known are \(others) and '\(last)'"
  }
}

extension Value {
  /// The kind of value, in words for messages.
  package var kindInWords: String {
    switch self {
    case .null: "nil"
    case .boolean(let boolean): "\(boolean)"
    case .integer, .number: "a number"
    case .string: "a text"
    case .table: "a table"
    case .function: "a function"
    case .object: "an object"
    }
  }

  /// The number when it is a whole one.
  package var wholeNumber: Int? {
    switch self {
    case .integer(let number): Int(exactly: number)
    case .number(let number): Int(exactly: number)
    default: nil
    }
  }
}
