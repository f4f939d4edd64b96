import OutreachCore
import Testing

@Suite struct SuggestionTests {
  private static let known = ["hba1c", "age", "refill", "appointments", "language", "systolic", "diastolic"]

  @Test(arguments: [
    ("bha1c", "hba1c"), ("HBA1C", "hba1c"), ("hba1", "hba1c"), ("aeg", "age"), ("refil", "refill"),
    ("apointments", "appointments"), ("appointmnets", "appointments"), ("langauge", "language"),
    ("sistolic", "systolic"),
    ("distolic", "diastolic"),
  ])
  func `the name somebody probably meant is found`(written: String, meant: String) {
    #expect(Suggestion.nearest(to: written, among: Self.known) == meant)
    #expect(Suggestion.sentence(for: written, among: Self.known) == " (did you mean '\(meant)'?)")
  }

  @Test(arguments: ["weight", "x", "", "completely_different"])
  func `what is far from everything suggests nothing`(written: String) {
    #expect(Suggestion.nearest(to: written, among: Self.known) == nil)
    #expect(Suggestion.sentence(for: written, among: Self.known) == "")
  }

  @Test func `among equals the first in order of name is suggested, whatever their order`() {
    #expect(Suggestion.nearest(to: "bat", among: ["cat", "bar", "hat"]) == "bar")
    #expect(Suggestion.nearest(to: "bat", among: ["hat", "cat", "bar"]) == "bar")
  }

  @Test func `nothing known suggests nothing`() {
    #expect(Suggestion.nearest(to: "age", among: []) == nil)
  }

  @Test func `one mistake in a word of three letters or more is always forgiven`() {
    let letters = Array("abcdefghijklmnopqrstuvwxyz_")
    for seed in SeededDice.seeds(2_000) {
      var dice = SeededDice(seed)
      let word = String((0..<dice.int(3...12)).map { _ in dice.pick(letters) })
      var broken = Array(word)
      let place = dice.int(0...broken.count - 1)
      switch dice.int(0...3) {
      case 0: broken.remove(at: place)
      case 1: broken.insert(dice.pick(letters), at: place)
      case 2: broken[place] = dice.pick(letters)
      default: if place > 0 { broken.swapAt(place, place - 1) }
      }
      #expect(Suggestion.nearest(to: String(broken), among: [word]) == word, "seed \(seed)")
    }
  }

  @Test func `positions and findings are written as editors read them`() {
    let place = SourcePosition(file: "a.lua", line: 3, column: 7)
    #expect("\(place)" == "a.lua:3:7")
    #expect("\(SourcePosition(file: "a.lua", line: 3))" == "a.lua:3")
    #expect("\(Finding(.error, .key, at: place, "no such field"))" == "a.lua:3:7: error key: no such field")
    let places = [
      place, SourcePosition(file: "a.lua", line: 3), SourcePosition(file: "a.lua", line: 2, column: 9),
    ]
    #expect(places.sorted().map(\.description) == ["a.lua:2:9", "a.lua:3", "a.lua:3:7"])
  }
}
