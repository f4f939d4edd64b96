/// A set of hashes that answers in nanoseconds; its members are spread already, so they are their own places.
struct HashTable: Sendable {
  private var slots = [UInt64](repeating: 0, count: 64)
  private var count = 0

  /// Adds a hash; 0 stands for an empty place and is no hash of a word.
  mutating func insert(_ hash: WordHash) {
    if count * 2 > slots.count {
      let old = slots
      slots = [UInt64](repeating: 0, count: old.count * 2)
      count = 0
      for value in old where value != 0 { insert(WordHash(value: value)) }
    }
    var slot = Int(truncatingIfNeeded: hash.value) & (slots.count - 1)
    while slots[slot] != 0, slots[slot] != hash.value { slot = (slot + 1) & (slots.count - 1) }
    if slots[slot] == 0 { count += 1 }
    slots[slot] = hash.value
  }

  /// Whether the hash was added.
  func contains(_ hash: WordHash) -> Bool {
    var slot = Int(truncatingIfNeeded: hash.value) & (slots.count - 1)
    while slots[slot] != 0 {
      if slots[slot] == hash.value { return true }
      slot = (slot + 1) & (slots.count - 1)
    }
    return false
  }
}

extension HashTable {
  /// The hashes of some words.
  init(_ words: some Sequence<String>) {
    for word in words { insert(WordHash.of(Array(word.utf8)[...], without: nil)) }
  }
}
