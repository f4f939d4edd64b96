import OutreachCore

/// Tells whether codes belong to one value set.
struct SetMatcher: Sendable {
  private let prefixes: [ShortCode]
  /// ICD-10 codes that are longer than any that exists; a clinic may still have written them down.
  private let longPrefixes: [String]
  private let few: [Coding]
  private let many: Set<Coding>

  init(_ set: ValueSets.Set) {
    let icd10 = set.codes.filter { $0.system == .icd10 }.map(\.code)
    prefixes = icd10.compactMap(ShortCode.init)
    longPrefixes = icd10.filter { ShortCode($0) == nil }
    let others = set.codes.filter { $0.system != .icd10 }
    // Comparing a handful of short codes is quicker than hashing one.
    few = others.count <= 6 ? others : []
    many = others.count <= 6 ? [] : Set(others)
  }

  func contains(_ coding: Coding) -> Bool {
    if coding.system == .icd10 {
      let code = ShortCode(beginning: coding.code)
      return prefixes.contains { code.bits & $0.mask == $0.bits }
        || longPrefixes.contains(where: coding.code.hasPrefix)
    }
    return few.contains(coding) || (!many.isEmpty && many.contains(coding))
  }

  func containsAny(of codings: [Coding]) -> Bool { codings.contains(where: contains) }
}

/// Up to eight bytes of a code in one word, the first byte highest: a beginning is then found by one mask.
private struct ShortCode {
  private(set) var bits: UInt64 = 0
  private(set) var mask: UInt64 = 0

  /// A whole code; nil for one of more than eight bytes.
  init?(_ code: String) {
    guard code.utf8.count <= 8 else { return nil }
    self.init(beginning: code)
  }

  /// The first eight bytes of a code.
  init(beginning code: String) {
    var shift: UInt64 = 56
    for byte in code.utf8 {
      bits |= UInt64(byte) << shift
      mask |= 0xFF << shift
      if shift == 0 { return }
      shift -= 8
    }
  }
}
