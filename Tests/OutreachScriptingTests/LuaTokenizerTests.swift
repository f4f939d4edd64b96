import Lua
import OutreachScripting
import Testing

struct LuaTokenizerTests {
  /// The value the interpreter gives to a literal.
  private func interpreted(_ literal: String) throws -> String? {
    final class Nobody: Host {}
    let interpreter = try Interpreter(host: Nobody())
    guard
      case .string(let text) = try interpreter.load(source: Array("return \(literal)".utf8), chunkName: "x")
    else {
      return nil
    }
    return text
  }

  @Test(arguments: [
    #""plain""#, #"'it''"#.dropLast() + "", #""a\nb\tc\\d\"e\'f""#, #""\65\066\x41\u{e9}\u{1F600}""#,
    "\"a\\z   \n   b\"",
    "\"a\\\nb\"", "[[long]]", "[[\nfirst line break is dropped\nsecond stays]]", "[==[ ]] ]=] ]==]",
    #"'é ñ …'"#,
    #""\a\b\f\r\v""#, "[[\r\na\r\nb]]",
  ])
  func `a literal is read as the interpreter reads it`(literal: String) throws {
    let tokens = LuaTokenizer.tokens(of: Array(literal.utf8))
    #expect(tokens.count == 2)
    #expect(try tokens.first?.text == interpreted(literal))
  }

  @Test func `random literals are read as the interpreter reads them`() throws {
    let pieces = [
      "a", "é", "{$x}", "\\n", "\\\\", "\\\"", "\\x41", "\\65", "\\u{20AC}", "\\z  ", "'", "--", "]]", " ",
    ]
    var random = SystemRandomNumberGenerator()
    let seed = UInt64.random(in: 0 ... .max, using: &random)
    var state = seed
    for _ in 0..<300 {
      var literal = "\""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        literal += pieces[Int(state >> 33) % pieces.count]
      }
      literal += "\""
      let tokens = LuaTokenizer.tokens(of: Array(literal.utf8))
      #expect(try tokens.first?.text == interpreted(literal), "seed \(seed): \(literal)")
    }
  }

  @Test func `every byte of a text knows where it is written`() throws {
    let source = Array(#"x = "a\n\u{e9}b\x41\065\z  c""#.utf8)
    let tokens = LuaTokenizer.tokens(of: source)
    guard case .string(let text) = tokens[2].kind else {
      Issue.record("no text")
      return
    }
    #expect(text.string == "a\n\u{e9}bAAc")
    #expect(text.origins == [5, 6, 8, 8, 14, 15, 19, 27])
  }

  @Test func `comments, numbers and operators do not confuse it`() {
    let source = "-- a 'comment\n--[==[ long ]] ]==] a = 0x1p-4 + 1e5 .. 3 // 2 ~= .5 --[[x]] b"
    let kinds = LuaTokenizer.tokens(of: Array(source.utf8)).map { token in
      switch token.kind {
      case .name(let name): name
      case .symbol(let symbol): symbol
      case .number: "#"
      case .string: "text"
      case .end: "end"
      }
    }
    #expect(kinds == ["a", "=", "#", "+", "#", "..", "#", "//", "#", "~=", "#", "b", "end"])
  }

  @Test func `no text makes it stop or fail`() {
    var state: UInt64 = 42
    let alphabet = Array("\"'[]=-{}(),;.\\ \nazxu019~<>:".utf8)
    for length in 0..<400 {
      let bytes = (0..<length).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return alphabet[Int(state >> 33) % alphabet.count]
      }
      let tokens = LuaTokenizer.tokens(of: bytes)
      #expect(tokens.last?.kind == .end)
      let map = SourceMap(Array("return campaign {".utf8) + bytes, file: "x", function: "campaign")
      #expect(map.root != nil)
    }
  }
}
