import OutreachCore
import Testing

@Suite struct PersonNameTests {
  @Test(arguments: [
    "Ana", "José", "Jose\u{301}", "O'Brien", "O’Brien", "Nguyễn", "Anne-Marie", "Mary Ann", "J.R.", "J.R",
    "J.-P.",
    "J. Robert", "St. John", "Ma.", "D'Angelo", "Lê Thị", "Søren", "李", "Мария", "محمد", "नेहा", "Kaʻiulani",
    "X",
    String(repeating: "a", count: 40),
  ])
  func `names are shaped like names`(name: String) {
    #expect(PersonName.isNameShaped(name))
  }

  @Test(arguments: [
    "", " ", "Ana2", "4na", "A1", "Ana!", "Ana\n", "Ana\tB", " Ana", "Ana ", "Ana  Maria", "-Ana", "Ana-",
    "Ana--Maria",
    "O''Brien", "'", ".", "..", "A..B", "evil.com", "www.evil.com", "a.co", "t.me", "evil.com/x",
    "http://evil.com",
    "Ana@example.com", "<b>", "{$clinic.name}", "%s", "Ana,", "Ana;", "(Ana)", "\"Ana\"", "Ana/Bob", "😀",
    "Ana😀",
    "\u{202E}anA", "An\u{200B}a", "An\u{200D}a", "\u{301}Ana", "\u{3164}", "A\u{3164}", "A\u{34F}",
    "312-555-0123",
    "٣", "Ⅷ", "Ana_B", "Ana+", String(repeating: "a", count: 41), "A\u{FE0F}", "A\u{E0041}",
  ])
  func `what is no name is refused`(name: String) {
    #expect(!PersonName.isNameShaped(name))
  }

  @Test func `no name holds what a telephone would turn into a link`() {
    let parts = ["a", "ab", ".", "-", " ", "'", "com", "t", "co", "É"]
    for seed in SeededDice.seeds(4_000) {
      var dice = SeededDice(seed)
      let name = (0..<dice.int(1...8)).map { _ in dice.pick(parts) }.joined()
      guard PersonName.isNameShaped(name) else { continue }
      for word in name.split(separator: " ") {
        let labels = word.split(separator: ".", omittingEmptySubsequences: true)
        let isLink =
          labels.count > 1
          && labels.last.map { $0.count > 1 && $0.allSatisfy(\.isASCII) && $0.allSatisfy(\.isLetter) }
            ?? false
        #expect(!isLink, "seed \(seed): \(name)")
      }
    }
  }
}
