import OutreachCore

/// The names of the facts that scripts read: what `uses` lists and what decisions show as read.
///
/// They are `age`, `sex`, `language`, `refill`, `appointment`, `encounter`, `history`, `fields.NAME` for each of
/// the clinic's fields, and the name of each value set.
struct FactNames: Sendable {
  /// The facts that do not come from `clinic.lua` or `valuesets.lua`.
  enum Fixed: String, CaseIterable {
    case age, sex, language, refill, appointment, encounter, history
  }

  /// All names, in order.
  let names: [String]
  private let positions: [String: Int]
  private let fixed: [Int]
  /// The position of each value set's name, by the set's index.
  private let sets: [Int]

  init(clinic: Clinic, valueSets: ValueSets) {
    let names = Set(
      Fixed.allCases.map(\.rawValue) + clinic.fields.map { "fields.\($0)" } + valueSets.names
    ).sorted()
    let positions = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
    self.names = names
    self.positions = positions
    fixed = Fixed.allCases.map { positions[$0.rawValue] ?? 0 }
    sets = valueSets.names.map { positions[$0] ?? 0 }
  }

  func position(of name: String) -> Int? { positions[name] }

  func position(of fact: Fixed) -> Int {
    switch fact {
    case .age: fixed[0]
    case .sex: fixed[1]
    case .language: fixed[2]
    case .refill: fixed[3]
    case .appointment: fixed[4]
    case .encounter: fixed[5]
    case .history: fixed[6]
    }
  }

  func position(ofSet index: Int) -> Int { sets[index] }
}

/// The facts that one run has read.
struct ReadSet {
  private var words: [UInt64]
  // Most patients of a campaign take the same way through the script, so the list of the last one is kept.
  private var lastWords: [UInt64] = []
  private var lastNames: [String] = []

  init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  mutating func removeAll() {
    for index in words.indices { words[index] = 0 }
  }

  mutating func insert(_ position: Int) { words[position >> 6] |= 1 << UInt64(position & 63) }

  /// The names of the facts read, in order.
  mutating func list(_ names: FactNames) -> [String] {
    if words != lastWords || lastWords.isEmpty {
      lastWords = words
      lastNames = names.names.indices.filter { words[$0 >> 6] & (1 << UInt64($0 & 63)) != 0 }.map {
        names.names[$0]
      }
    }
    return lastNames
  }
}
