/// Writes JSON in the order of its fields, which readers of lines rely on and encoders do not keep.
struct JSONText {
  private(set) var text = ""
  private var needsComma = false

  /// Writes an object whose fields `body` adds.
  mutating func object(_ body: (inout JSONText) -> Void) {
    separate()
    text += "{"
    needsComma = false
    body(&self)
    text += "}"
    needsComma = true
  }

  /// Writes a list of values.
  mutating func list<Element>(_ elements: some Sequence<Element>, _ body: (inout JSONText, Element) -> Void) {
    separate()
    text += "["
    needsComma = false
    for element in elements { body(&self, element) }
    text += "]"
    needsComma = true
  }

  /// Writes the name of a field; a value must follow.
  mutating func name(_ name: String) {
    string(name)
    text += ":"
    needsComma = false
  }

  /// Writes a text or null.
  mutating func string(_ value: String?) {
    separate()
    needsComma = true
    guard let value else {
      text += "null"
      return
    }
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case _ where scalar.value < 0x20:
        let code = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  /// Writes a whole number or null.
  mutating func integer(_ value: Int?) {
    separate()
    text += value.map(String.init) ?? "null"
    needsComma = true
  }

  /// Writes a field that is a text or null.
  mutating func field(_ name: String, _ value: String?) {
    self.name(name)
    string(value)
  }

  /// Writes a field that is a whole number or null.
  mutating func field(_ name: String, _ value: Int?) {
    self.name(name)
    integer(value)
  }

  /// Writes a field that is true or false.
  mutating func field(_ name: String, _ value: Bool) {
    self.name(name)
    text += value ? "true" : "false"
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { text += "," }
  }
}
