import Foundation

/// The part of JSON Schema 2020-12 that the committed schema uses.
struct JSONSchema {
  private let root: [String: Any]

  init(file: String) throws {
    let data = try Data(contentsOf: URL(filePath: file))
    root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  /// What is wrong with a line of JSON, as sentences; empty when it conforms.
  func violations(in line: String) throws -> [String] {
    let value = try JSONSerialization.jsonObject(with: Data(line.utf8), options: .fragmentsAllowed)
    return check(value, root, at: "$")
  }

  private func check(_ value: Any, _ schema: [String: Any], at path: String) -> [String] {
    if let reference = schema["$ref"] as? String {
      let name = String(reference.dropFirst("#/$defs/".count))
      let definitions = root["$defs"] as? [String: Any]
      guard let target = definitions?[name] as? [String: Any] else {
        return ["\(path): no definition \(name)"]
      }
      return check(value, target, at: path)
    }
    var faults: [String] = []
    if let choices = schema["oneOf"] as? [[String: Any]] {
      let results = choices.map { check(value, $0, at: path) }
      let fitting = results.count { $0.isEmpty }
      if fitting != 1 {
        faults.append(
          "\(path): fits \(fitting) of the alternatives: \(results.min { $0.count < $1.count } ?? [])")
      }
    }
    if let allowed = schema["enum"] as? [Any], !allowed.contains(where: { Self.isEqual($0, value) }) {
      faults.append("\(path): \(value) is not one of the allowed values")
    }
    if let type = schema["type"] {
      let types = type as? [String] ?? [type as? String ?? ""]
      if !types.contains(where: { Self.has(value, type: $0) }) { faults.append("\(path): is not \(types)") }
    }
    if let pattern = schema["pattern"] as? String, let text = value as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      faults.append("\(path): does not match \(pattern)")
    }
    if let minimum = schema["minimum"] as? Int, let number = value as? Int, number < minimum {
      faults.append("\(path): is below \(minimum)")
    }
    if let object = value as? [String: Any] {
      let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
      for name in schema["required"] as? [String] ?? [] where object[name] == nil {
        faults.append("\(path): lacks \(name)")
      }
      for (name, member) in object.sorted(by: { $0.key < $1.key }) {
        if let property = properties[name] {
          faults += check(member, property, at: "\(path).\(name)")
        } else if let other = schema["additionalProperties"] as? [String: Any] {
          faults += check(member, other, at: "\(path).\(name)")
        } else if schema["additionalProperties"] as? Bool == false {
          faults.append("\(path): has an unknown \(name)")
        }
      }
    }
    if let items = schema["items"] as? [String: Any], let list = value as? [Any] {
      for (index, item) in list.enumerated() { faults += check(item, items, at: "\(path)[\(index)]") }
    }
    return faults
  }

  private static func has(_ value: Any, type: String) -> Bool {
    switch type {
    case "null": value is NSNull
    case "string": value is String
    case "integer": value is Int
    case "boolean": value is Bool
    case "array": value is [Any]
    case "object": value is [String: Any]
    default: false
    }
  }

  private static func isEqual(_ left: Any, _ right: Any) -> Bool {
    if left is NSNull { return right is NSNull }
    if let left = left as? String { return left == right as? String }
    return false
  }
}
