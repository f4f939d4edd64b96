import OutreachImport
import Testing

/// The CSV parser against RFC 4180 and against a slow one of another make.
struct CSVParserTests {
  private func rows(_ text: String, pieces: Int = .max, longestRow: Int = 1_000) -> [CSVParser.Row] {
    var parser = CSVParser(longestRow: longestRow)
    var rows: [CSVParser.Row] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      parser.feed(rest.prefix(pieces)) { rows.append($0) }
      rest = rest.dropFirst(pieces)
    }
    parser.finish { rows.append($0) }
    return rows
  }

  private func cells(_ rows: [CSVParser.Row]) -> [[String]] {
    rows.map { $0.cells.map { String(decoding: $0, as: UTF8.self) } }
  }

  @Test(
    arguments: [
      ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
      ("a\rb\r", [["a"], ["b"]]),
      ("", []), ("\n", [[""]]), (",", [["", ""]]), ("a,\n", [["a", ""]]), ("\"\"", [[""]]),
      ("\"\",x", [["", "x"]]),
      ("\"a,b\",\"c\"\"d\"", [["a,b", "c\"d"]]), ("\"a\nb\",c\n", [["a\nb", "c"]]),
      ("\"a\r\nb\"\r\n", [["a\r\nb"]]),
      ("a\n\nb", [["a"], [""], ["b"]]), (" a , \"b", [[" a ", " b"]]), ("é,日本", [["é", "日本"]]),
    ] as [(String, [[String]])])
  func `cells are split as RFC 4180 says`(text: String, expected: [[String]]) {
    for pieces in [1, 2, 3, .max] {
      let rows = rows(text, pieces: pieces)
      #expect(cells(rows) == expected || rows.contains(where: \.isMalformed))
    }
  }

  @Test(arguments: ["a\"b", "\"a\"b", "\"a", "\"a\" ,b", "x,\"a\"b\"", " \"a\""])
  func `wrong quoting is seen`(text: String) {
    #expect(rows(text).map(\.isMalformed) == [true])
  }

  @Test func `rows know the line they begin on`() {
    let text = "a\r\n\"b\r\nb\nb\"\r\nc\rd\n\"e\n\ne\"\nf"
    #expect(rows(text).map(\.line) == [1, 2, 5, 6, 7, 10])
    #expect(rows(text, pieces: 1).map(\.line) == [1, 2, 5, 6, 7, 10])
  }

  @Test func `a row that never ends is passed over, and the next line is read`() {
    let text = "a\n\"" + String(repeating: "x", count: 2_000) + "\nb,c\n"
    let rows = rows(text, longestRow: 100)
    #expect(rows.map(\.isTooLong) == [false, true, false])
    #expect(cells([rows[2]]) == [["b", "c"]])
  }

  /// Splits a whole text with indices and look-ahead, where the parser keeps a state a byte.
  private func slowly(_ text: [UInt8]) -> [[[UInt8]]]? {
    var rows: [[[UInt8]]] = []
    var index = 0
    func isEnd(_ index: Int) -> Bool { index == text.count || [0x2C, 0x0A, 0x0D].contains(text[index]) }
    while index < text.count {
      var row: [[UInt8]] = []
      while true {
        var cell: [UInt8] = []
        if index < text.count, text[index] == 0x22 {
          index += 1
          while true {
            guard let quote = text[index...].firstIndex(of: 0x22) else { return nil }
            cell += text[index..<quote]
            index = quote + 1
            guard index < text.count, text[index] == 0x22 else { break }
            cell.append(0x22)
            index += 1
          }
          guard isEnd(index) else { return nil }
        } else {
          while !isEnd(index) {
            guard text[index] != 0x22 else { return nil }
            cell.append(text[index])
            index += 1
          }
        }
        row.append(cell)
        guard index < text.count, text[index] == 0x2C else { break }
        index += 1
      }
      rows.append(row)
      if index + 1 < text.count, text[index] == 0x0D, text[index + 1] == 0x0A { index += 1 }
      index += 1
    }
    return rows
  }

  @Test func `random texts are split as another parser splits them`() {
    let alphabet: [UInt8] = Array("ab,\"\n\r".utf8)
    for seed in 0..<UInt64(20_000 * testScale) {
      var random = SeededGenerator(state: seed)
      let length = Int.random(in: 0...14, using: &random)
      let text = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      let rows = rows(String(decoding: text, as: UTF8.self), pieces: Int.random(in: 1...5, using: &random))
      if let expected = slowly(text) {
        #expect(rows.map(\.cells) == expected, "seed \(seed)")
        #expect(!rows.contains { $0.isMalformed }, "seed \(seed)")
      } else {
        #expect(rows.contains { $0.isMalformed }, "seed \(seed)")
      }
    }
  }

  @Test func `what is written in quotes is read back`() {
    for seed in 0..<UInt64(500 * testScale) {
      var random = SeededGenerator(state: seed)
      let table = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        (0..<3).map { _ in
          String(
            (0..<Int.random(in: 0...5, using: &random)).map { _ in
              "aé,\"\n\r ".randomElement(using: &random) ?? "a"
            })
        }
      }
      let text = table.map { row in
        row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\r\n"
      }
      #expect(cells(rows(text.joined(), pieces: 2)) == table, "seed \(seed)")
    }
  }
}
