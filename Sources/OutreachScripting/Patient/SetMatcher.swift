import OutreachCore

/// Tells whether codes belong to one value set.
struct SetMatcher: Sendable {
  private let prefixes: [String]
  private let few: [Coding]
  private let many: Set<Coding>

  init(_ set: ValueSets.Set) {
    prefixes = set.codes.filter { $0.system == .icd10 }.map(\.code)
    let others = set.codes.filter { $0.system != .icd10 }
    // Comparing a handful of short codes is quicker than hashing one.
    few = others.count <= 6 ? others : []
    many = others.count <= 6 ? [] : Set(others)
  }

  func contains(_ coding: Coding) -> Bool {
    if coding.system == .icd10 { return prefixes.contains { coding.code.utf8.starts(with: $0.utf8) } }
    return few.contains(coding) || (!many.isEmpty && many.contains(coding))
  }

  func containsAny(of codings: [Coding]) -> Bool { codings.contains(where: contains) }
}
