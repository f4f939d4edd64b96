import Lua
import Testing

struct PatternTests {
  /// The captures, or the whole match, joined; "nil" when there is none.
  private func match(_ subject: String, _ pattern: String) throws -> Value {
    let lua = try interpreter()
    let function = try lua.function(
      """
      return function(s, p)
        local out = { s:match(p) }
        for i = 1, select("#", s:match(p)) do out[i] = tostring(out[i]) end
        return table.concat(out, "|")
      end
      """)
    return try lua.call(function, .string(subject), .string(pattern))
  }

  @Test(arguments: [
    ("hello", "l+", "ll"), ("hello", "^h(.)(.)", "e|l"), ("hello", "o$", "o"), ("hello", "^$", "nil"),
    ("", "^$", ""), ("key = value", "^(%w+)%s*=%s*(%w+)$", "key|value"), ("abc", "()b()", "2|3"),
    ("[[x]]", "%[%[(.-)%]%]", "x"), ("f(a(b)c)d", "%b()", "(a(b)c)"),
    ("THE (quick) fox", "%((%a+)%)", "quick"),
    ("x-y", "x%-y", "x-y"), ("a.b", "a.b", "a.b"), ("a]b", "[]]", "]"), ("a]b", "[^]]+", "a"),
    ("a-b", "[a-]+", "a-"),
    ("a^b", "[%^]", "^"), ("a^b", "[b^]+", "^b"), ("x1y2", "[%a%d]+", "x1y2"), ("x1y2", "[^%d]", "x"),
    ("aaa", "a-", ""), ("aaab", "a-b", "aaab"), ("aaa", "a?a?a?a?", "aaa"),
    ("\"quoted\" 'x'", "([\"'])(.-)%1", "\"|quoted"),
    ("THE END", "%f[%a]%a+%f[%A]", "THE"), ("word", "%f[%z%s]", "nil"), ("a$b", "a$b", "a$b"),
    ("^a", "%^a", "^a"),
    ("*a", "*a", "*a"), ("(a)", "%(a%)", "(a)"), ("ab12", "%u", "nil"), ("abAB", "%u+", "AB"),
    ("\t \n", "%s+", "\t \n"),
    ("0xFf", "%x+", "0"), ("a,b", "%p", ","), ("(a*b)", "(a)*", "a"), ("a*", "(a)*", "a"),
    ("äö", "%a", "nil"),
    ("x=1, y=2", "(%w)=(%w), (%w)=(%w)", "x|1|y|2"), ("2026-11-23", "^(%d+)-(%d+)-(%d+)$", "2026|11|23"),
    ("abc", "[a-c]+", "abc"), ("abc", "[c-a]", "nil"), ("a%", "%%", "%"), ("aXb", "%l%u%l", "aXb"),
    ("\u{7f}", "%c", "\u{7f}"),
    ("  trim  ", "^%s*(.-)%s*$", "trim"), ("a\0b", "a%zb", "nil"), ("aa", "(a)(%1)", "a|a"),
    ("ab", "(a)(%1)", "nil"),
  ])
  func `patterns match as documented`(subject: String, pattern: String, expected: String) throws {
    #expect(try match(subject, pattern) == .string(expected), "\(subject) with \(pattern)")
  }

  @Test(arguments: [
    ("%", "malformed pattern (ends with '%')"), ("[a", "malformed pattern (missing ']')"),
    ("[]", "malformed pattern (missing ']')"), ("[%", "malformed pattern (ends with '%')"),
    ("%b", "malformed pattern (missing arguments to '%b')"),
    ("%bx", "malformed pattern (missing arguments to '%b')"),
    ("%f", "malformed pattern (missing '[' after '%f' in pattern)"), ("(", "unfinished capture"),
    (")", "invalid pattern capture"), ("%1", "invalid capture index %1 in pattern"),
    ("(%1)", "invalid capture index %1 in pattern"), ("%0", "invalid capture index %0 in pattern"),
    (String(repeating: "()", count: 33), "too many captures"),
    (String(repeating: "a", count: 5000), "bad argument #2 to 'find' (pattern too long)"),
  ])
  func `a mistake in a pattern is told`(pattern: String, message: String) throws {
    let lua = try interpreter()
    let function = try lua.function(
      "return function(p) return string.find('x', p .. '') , string.find('x', '.' .. p) end")
    let error = try luaError { try lua.call(function, .string(pattern)) }
    #expect(error.message == message)
  }

  @Test
  func `find, gmatch and gsub do as documented`() throws {
    let cases: [(String, Value)] = [
      ("('hello'):find('l')", "3,3"), ("('hello'):find('l', 4)", "4,4"), ("('hello'):find('l', -1)", "nil"),
      ("('hello'):find('', 6)", "6,5"), ("('hello'):find('', 7)", "nil"),
      ("('a.b'):find('.', 1, true)", "2,2"),
      ("('a.b'):find('(.)%.', 1)", "1,2,a"), ("('x'):find('x', -10)", "1,1"), ("(''):find('')", "1,0"),
      ("('abc'):gsub('%w', '%0%0')", "aabbcc,3"), ("('abc'):gsub('', '-')", "-a-b-c-,4"),
      ("('hello world'):gsub('o', '0', 1)", "hell0 world,1"), ("('abc'):gsub('b', '%%')", "a%c,1"),
      ("('abc'):gsub('(b)(c)', '%2%1')", "acb,1"), ("('abc'):gsub('b', { b = 'X' })", "aXc,1"),
      ("('abc'):gsub('%w', { b = false })", "abc,3"),
      ("('abc'):gsub('%w', function(c) return c:upper() end)", "ABC,3"),
      ("('abc'):gsub('%w', function(c) if c == 'b' then return 7 end end)", "a7c,3"),
      ("('aaa'):gsub('^a', 'b')", "baa,1"),
      ("('abc'):gsub('.', '%1')", "abc,3"), ("('a b'):gsub('()', '%1')", "1a2 3b4,4"),
      ("('x y'):gsub('%s*', '_')", "_x_y_,3"),
      ("('abc'):gsub('b', 5)", "a5c,1"), ("('abc'):gsub('x*', '-')", "-a-b-c-,4"),
    ]
    for (expression, expected) in cases {
      let value = try evaluate(
        """
        local out = table.concat((function(...)
          local list = {}
          for i = 1, select("#", ...) do list[i] = tostring((select(i, ...))) end
          return list
        end)(\(expression)), ",")
        return out
        """)
      #expect(value == expected, "\(expression)")
    }
    #expect(
      try evaluate(
        "local t = {} for k, v in ('a=1, b=2'):gmatch('(%w)=(%w)') do t[#t + 1] = k .. v end return table.concat(t, ' ')"
      )
        == "a1 b2")
    #expect(try evaluate("local n = 0 for _ in ('abc'):gmatch('') do n = n + 1 end return n") == 4)
    #expect(
      try evaluate("local t = {} for w in ('one two'):gmatch('%a+', 2) do t[#t + 1] = w end return t[1]")
        == "ne")
    #expect(try evaluate("return (('^a'):gmatch('^a')())") == "^a")
    #expect(try failure("('x'):gsub('x', '%2')").message == "invalid capture index %2 in replacement string")
    #expect(try failure("('x'):gsub('x', '%y')").message == "invalid use of '%' in replacement string")
    #expect(
      try failure("('x'):gsub('x', function() return {} end)").message
        == "invalid replacement value (a table)")
    #expect(try failure("('x'):gsub('x', true)").message.contains("string/function/table expected"))
  }

  @Test
  func `gsub may run gsub`() throws {
    let value = try evaluate(
      """
      return (("a1 b2"):gsub("%a%d", function(w)
        return (w:gsub(".", function(c) return c .. (("x"):rep(2000)):gsub("x", "") .. "." end))
      end))
      """)
    #expect(value == "a.1. b.2.")
  }

  /// The positions of a match by trying everything, as a slow and plain recursion.
  struct Oracle {
    let subject: [UInt8]
    let pattern: [UInt8]

    func find() -> (Int, Int, [String])? {
      let anchored = pattern.first == UInt8(ascii: "^")
      for start in 0...subject.count {
        var captures: [(Int, Int)] = []
        if let end = match(anchored ? 1 : 0, start, &captures) {
          return (start, end, captures.map { $0.1 == -2 ? "\($0.0 + 1)" : text($0.0, $0.0 + $0.1) })
        }
        if anchored { break }
      }
      return nil
    }

    private func text(_ from: Int, _ to: Int) -> String {
      String(decoding: subject[from..<to], as: UTF8.self)
    }

    /// The end of the item at `p`, and whether a byte is of it.
    private func single(_ p: Int) -> (Int, (UInt8) -> Bool) {
      switch pattern[p] {
      case UInt8(ascii: "."): return (p + 1, { _ in true })
      case UInt8(ascii: "%"):
        let letter = pattern[p + 1]
        return (
          p + 2,
          { byte in
            switch letter {
            case UInt8(ascii: "d"): return byte >= 48 && byte <= 57
            case UInt8(ascii: "D"): return !(byte >= 48 && byte <= 57)
            default: return byte == letter
            }
          }
        )
      case UInt8(ascii: "["):
        var q = p + 1
        let complement = pattern[q] == UInt8(ascii: "^")
        if complement { q += 1 }
        var members: [UInt8] = []
        repeat {
          members.append(pattern[q])
          q += 1
        } while pattern[q] != UInt8(ascii: "]")
        return (q + 1, { members.contains($0) != complement })
      default:
        let wanted = pattern[p]
        return (p + 1, { $0 == wanted })
      }
    }

    private func match(_ p: Int, _ s: Int, _ captures: inout [(Int, Int)]) -> Int? {
      guard p < pattern.count else { return s }
      switch pattern[p] {
      case UInt8(ascii: "("):
        let position = pattern[p + 1] == UInt8(ascii: ")")
        captures.append((s, position ? -2 : -1))
        if let end = match(p + (position ? 2 : 1), s, &captures) { return end }
        captures.removeLast()
        return nil
      case UInt8(ascii: ")"):
        guard let open = captures.lastIndex(where: { $0.1 == -1 }) else { return nil }
        captures[open].1 = s - captures[open].0
        if let end = match(p + 1, s, &captures) { return end }
        captures[open].1 = -1
        return nil
      case UInt8(ascii: "$") where p + 1 == pattern.count: return s == subject.count ? s : nil
      case UInt8(ascii: "%") where pattern[p + 1] == UInt8(ascii: "1"):
        let (start, length) = captures[0]
        guard length >= 0 else { return nil }
        let wanted = Array(subject[start..<(start + length)])
        guard subject[s...].starts(with: wanted) else { return nil }
        return match(p + 2, s + wanted.count, &captures)
      default: break
      }
      let (next, accepts) = single(p)
      let repeated = next < pattern.count ? pattern[next] : 0
      var counts: [Int]
      let most = subject[s...].prefix(while: accepts).count
      switch repeated {
      case UInt8(ascii: "*"): counts = Array((0...most).reversed())
      case UInt8(ascii: "+"): counts = most == 0 ? [] : Array((1...most).reversed())
      case UInt8(ascii: "-"): counts = Array(0...most)
      case UInt8(ascii: "?"): counts = most == 0 ? [0] : [1, 0]
      default: return most == 0 ? nil : match(next, s + 1, &captures)
      }
      for count in counts {
        if let end = match(next + 1, s + count, &captures) { return end }
      }
      return nil
    }
  }

  @Test
  func `random patterns match as a plain recursion does`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var generator = SeededGenerator(seed: seed)
    var limits = Limits()
    limits.callFuel = 5_000_000
    let lua = try interpreter(ScriptHost(), limits)
    let function = try lua.function(
      """
      return function(s, p)
        local out = { s:find(p) }
        for i = 1, #out do out[i] = tostring(out[i]) end
        return table.concat(out, "|")
      end
      """)
    let items = ["a", "b", ".", "%d", "%D", "[ab]", "[^a]", "1", "%.", "[.1]"]
    let repeats = ["", "", "", "*", "+", "-", "?"]
    var found = 0
    for _ in 0..<(4000 * testScale) {
      var pattern = Int.random(in: 0...5, using: &generator) == 0 ? "^" : ""
      var open = 0
      var closed = false
      for _ in 0..<Int.random(in: 0...6, using: &generator) {
        switch Int.random(in: 0...9, using: &generator) {
        case 0:
          pattern += "("
          open += 1
        case 1 where open > 0:
          pattern += pattern.hasSuffix("(") ? ".-)" : ")"
          open -= 1
          closed = closed || open == 0
        case 2: pattern += "()"
        case 3 where closed && open == 0: pattern += "%1"
        default:
          pattern +=
            (items.randomElement(using: &generator) ?? "") + (repeats.randomElement(using: &generator) ?? "")
        }
      }
      // An empty group would be a position.
      if open > 0 { pattern += ".?" + String(repeating: ")", count: open) }
      if Int.random(in: 0...5, using: &generator) == 0 { pattern += "$" }
      let subject = String(
        (0..<Int.random(in: 0...9, using: &generator)).map { _ in
          "aab1.".randomElement(using: &generator) ?? "a"
        })
      let expected = Oracle(subject: Array(subject.utf8), pattern: Array(pattern.utf8)).find()
      let text = expected.map { (["\($0.0 + 1)", "\($0.1)"] + $0.2).joined(separator: "|") } ?? ""
      if expected != nil { found += 1 }
      let value = try lua.call(function, .string(subject), .string(pattern))
      #expect(value == .string(text), "seed \(seed): '\(subject)' with '\(pattern)'")
    }
    #expect(found > 1000, "too few patterns match to tell anything")
  }
}
