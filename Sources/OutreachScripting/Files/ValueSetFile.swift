import Lua
public import OutreachCore

/// Reads `valuesets.lua`.
public enum ValueSetFile {
  /// The names that campaigns use for other facts in `uses`; no set can have one of them.
  static let reservedNames: Set<String> = [
    "age", "sex", "language", "fields", "refill", "appointment", "encounter", "history",
  ]

  /// Reads a file of value sets: `return valuesets { diabetes = { icd10 = {"E10", "E11"} }, … }`.
  ///
  /// - Parameters:
  ///   - source: the file's bytes.
  ///   - file: the path that findings name.
  public static func read(_ source: [UInt8], file: String) -> Reading<ValueSets> {
    let plain = PlainFile(source, file: file, function: "valuesets", what: "the value sets")
    guard let table = plain.table else { return plain.list.reading(nil) }
    table.checkNoList()
    let systems = CodeSystem.allCases.map(\.name)
    var sets: [ValueSets.Set] = []
    for (name, _) in table.named {
      if !Name.isHyphenated(name) {
        table.list.error(
          at: table.keyOffset(name),
          "'\(name)' is no name for a set; use small letters, digits and '-', such as [\"blood-pressure\"]")
      }
      if reservedNames.contains(name) {
        table.list.error(
          at: table.keyOffset(name), "'\(name)' is the name of another fact; choose another for the set")
      }
      guard let set = table.table(name, called: "set '\(name)'") else { continue }
      set.checkKeys(systems)
      var codes: [Coding] = []
      for (key, _) in set.named {
        guard let system = CodeSystem(name: key) else { continue }
        for (code, offset) in set.texts(key) ?? [] {
          if let fault = fault(of: code, in: system) { table.list.error(at: offset, fault) }
          codes.append(Coding(system, code))
        }
      }
      if codes.isEmpty, !table.list.hasErrors {
        table.list.error(at: set.offset, "set '\(name)' has no codes; write such as icd10 = { \"E11\" }")
      }
      sets.append(ValueSets.Set(name: name, codes: codes))
    }
    return plain.list.reading(ValueSets(sets))
  }

  /// What is wrong with the shape of a code, nil when nothing is.
  private static func fault(of code: String, in system: CodeSystem) -> String? {
    let bytes = Array(code.utf8)
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    switch system {
    case .icd10:
      // A letter, a digit, a digit or letter; then a point and up to four more.
      let isShaped =
        bytes.count >= 3 && (0x41...0x5A).contains(bytes[0]) && isDigit(bytes[1])
        && (isDigit(bytes[2]) || (0x41...0x5A).contains(bytes[2]))
        && (bytes.count == 3 || (bytes[3] == UInt8(ascii: ".") && (5...8).contains(bytes.count)))
        && bytes.dropFirst(4).allSatisfy { isDigit($0) || (0x41...0x5A).contains($0) }
      return isShaped ? nil : "\"\(code)\" is no ICD-10 code; they look like \"E11\" or \"E11.9\""
    case .loinc:
      let parts = code.split(separator: "-", omittingEmptySubsequences: false)
      let isShaped =
        parts.count == 2 && (1...7).contains(parts[0].utf8.count) && parts[1].utf8.count == 1
        && parts.allSatisfy { $0.utf8.allSatisfy(isDigit) }
      return isShaped ? nil : "\"\(code)\" is no LOINC code; they look like \"4548-4\""
    case .snomed, .rxnorm, .cvx:
      let lengths = system == .snomed ? 6...18 : system == .rxnorm ? 1...8 : 1...3
      let example = system == .snomed ? "44054006" : system == .rxnorm ? "6809" : "140"
      return lengths.contains(bytes.count) && bytes.allSatisfy(isDigit)
        ? nil : "\"\(code)\" is no \(system.name) code; they are digits such as \"\(example)\""
    }
  }
}
