/// Named sets of clinical codes, as `valuesets.lua` declares them.
public struct ValueSets: Sendable {
  /// One named set.
  public struct Set: Sendable, Hashable {
    /// The name by which campaigns ask for it.
    public var name: String
    /// Its codes.
    ///
    /// An ICD-10 code stands for itself and everything below it: `E11` contains `E11.9`.
    public var codes: [Coding]

    /// Makes a set.
    public init(name: String, codes: [Coding]) {
      self.name = name
      self.codes = codes
    }
  }

  /// The sets in order of name; the position is the set's index.
  public let sets: [Set]
  /// The restricted programmes that codes of each set belong to, by the set's index.
  public let programmes: [Swift.Set<RestrictedProgramme>]
  private let indices: [String: Int]
  private let members: [Coding: [Int]]

  /// Makes a catalogue; of two sets of one name the later wins.
  public init(_ sets: [Set]) {
    var byName: [String: Set] = [:]
    for set in sets { byName[set.name] = set }
    self.sets = byName.values.sorted { $0.name < $1.name }
    programmes = self.sets.map { Swift.Set($0.codes.compactMap(RestrictedProgramme.init(of:))) }
    var indices: [String: Int] = [:]
    var members: [Coding: [Int]] = [:]
    for (index, set) in self.sets.enumerated() {
      indices[set.name] = index
      for code in set.codes where members[code]?.contains(index) != true {
        members[code, default: []].append(index)
      }
    }
    self.indices = indices
    self.members = members
  }

  /// The names of all sets, in order.
  public var names: [String] { sets.map(\.name) }

  /// The index of the set of that name.
  public func index(of name: String) -> Int? { indices[name] }

  /// The indices of all sets that contain the code, in ascending order.
  public func indices(containing coding: Coding) -> [Int] {
    guard coding.system == .icd10 else { return members[coding] ?? [] }
    var found = Swift.Set<Int>()
    var prefix = coding.code
    while prefix.utf8.count >= 3 {
      found.formUnion(members[Coding(.icd10, prefix)] ?? [])
      prefix.removeLast()
    }
    return found.sorted()
  }
}
