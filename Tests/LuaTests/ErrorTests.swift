import Lua
import Testing

struct ErrorTests {
  @Test
  func `a syntax error has its place`() throws {
    let error = try failure("local x = 1\nlocal y = }")
    #expect(error.kind == .syntax)
    #expect(error.description == "t.lua:2: unexpected symbol near '}'")
    #expect(error.logDescription == "t.lua:2: syntax error")
    let lua = try interpreter()
    let name = "clinics/" + String(repeating: "deep/", count: 15) + "diabetes.lua"
    let long = try luaError { try lua.load(source: Array("\n\nx x".utf8), chunkName: name) }
    #expect(long.line == 3)
    #expect(long.chunkName == name)
    #expect(long.message == "syntax error near 'x'")
  }

  @Test
  func `what a script raises is kept apart from the message`() throws {
    let error = try failure("\nerror('Ann Example has a secret')")
    #expect(error.kind == .runtime)
    #expect(error.description == "t.lua:2: Ann Example has a secret")
    #expect(error.scriptText == "Ann Example has a secret")
    #expect(error.message == "the script raised an error")
    #expect(error.logDescription == "t.lua:2: error raised by the script")
    #expect(try failure("assert(false, 'why')").scriptText == "why")
    #expect(try failure("assert(nil)").scriptText == "assertion failed")
    #expect(try failure("error({})").scriptText == "table")
    #expect(try failure("error(12.0)").scriptText == "12.0")
    #expect(try failure("error()").scriptText == "nil")
    #expect(try evaluate("return assert(1, 2)") == 1)
  }

  @Test
  func `a raised message that looks like Lua's own is still the script's`() throws {
    let error = try failure("error('attempt to compare nil with number')")
    #expect(error.scriptText != nil)
    #expect(!error.involvesNil)
    #expect(try failure("error('stack overflow')").kind == .runtime)
  }

  @Test
  func `a level blames the caller`() throws {
    let error = try failure("local function f() error('x', 2) end\n\nf()")
    #expect(error.line == 3)
    #expect(error.stack.map(\.line) == [1, 3])
  }

  @Test
  func `the script's calls are told, innermost first`() throws {
    let lua = try interpreter()
    let function = try lua.function(
      """
      local function inner(x) return x.y.z end
      local function outer(x)
        local r = inner(x)
        return r
      end
      return function()
        local r = outer({})
        return r
      end
      """)
    let error = try luaError { try lua.call(function) }
    #expect(error.description == "t.lua:1: attempt to index a nil value (field 'y')")
    #expect(error.stack.map(\.function) == ["inner", "outer", "function of line 6"])
    #expect(error.stack.map(\.line) == [1, 3, 7])
    #expect(error.stack.allSatisfy { $0.chunk == "t.lua" })
  }

  @Test
  func `an error inside a callback has the script's place`() throws {
    #expect(try failure("table.sort({ 1, 2 }, function(a, b)\nreturn a.x < b end)").line == 2)
    #expect(try failure("\n\n(('x'):gsub('x', function() error('no') end))").line == 3)
    #expect(
      try failure("\nmath.floor({})").description
        == "t.lua:2: bad argument #1 to 'floor' (number expected, got table)")
    #expect(try failure("\nstring.rep()").involvesNil)
  }

  @Test
  func `a failed load ends the interpreter, a failed call does not`() throws {
    let lua = try interpreter()
    let function = try lua.function("return function(x) return x.y end")
    #expect(throws: LuaError.self) { try lua.call(function) }
    #expect(try lua.call(function, .table(["y": 2])) == 2)
    #expect(throws: LuaError.self) { try lua.load("error('x')") }
    #expect(throws: LuaError.self) { try lua.call(function, .table(["y": 2])) }
    #expect(throws: LuaError.self) { try lua.load("return 1") }
  }

  @Test
  func `functions tell where they are defined`() throws {
    let lua = try interpreter()
    let function = try lua.function("\n\nreturn function() end")
    #expect(lua.location(of: function)?.line == 3)
    #expect(lua.location(of: function)?.chunk == "t.lua")
  }

  @Test
  func `the nearest name is found`() {
    let names = ["age", "language", "hba1c", "refill", "last_sent"]
    #expect(nearestName(to: "lenguage", among: names) == "language")
    #expect(nearestName(to: "bha1c", among: names) == "hba1c")
    #expect(nearestName(to: "last_snet", among: names) == "last_sent")
    #expect(nearestName(to: "consent", among: names) == nil)
    #expect(nearestName(to: "", among: names) == nil)
    #expect(nearestName(to: "aeg", among: ["age"]) == "age")
  }
}
