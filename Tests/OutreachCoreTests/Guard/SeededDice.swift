import FoundationEssentials

/// A small reproducible source of random numbers (SplitMix64); the same seed gives the same throws everywhere.
struct SeededDice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func chance(_ percent: Int) -> Bool { int(1...100) <= percent }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[int(0...elements.count - 1)] }

  /// How many seeds a property loop tries: `base` times `OUTREACH_TEST_SCALE`, or the one of `OUTREACH_TEST_SEED`.
  static func seeds(_ base: Int) -> Range<Int> {
    let environment = ProcessInfo.processInfo.environment
    if let one = environment["OUTREACH_TEST_SEED"].flatMap(Int.init) { return one..<one + 1 }
    let scale = environment["OUTREACH_TEST_SCALE"].flatMap(Double.init) ?? 1
    return 0..<max(1, Int(Double(base) * scale))
  }
}
