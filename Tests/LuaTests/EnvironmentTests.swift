import Lua
import Testing

struct EnvironmentTests {
  @Test(arguments: [
    "pcall", "xpcall", "coroutine", "setmetatable", "getmetatable", "rawget", "rawset", "rawequal", "rawlen",
    "next", "load", "loadfile", "dofile", "print", "warn", "io", "os", "require", "debug", "package",
    "collectgarbage", "_G",
  ])
  func `a name that is left out is refused by name`(name: String) throws {
    let error = try failure("local x = 1\nlocal y = \(name)")
    #expect(error.kind == .runtime)
    #expect(error.description == "t.lua:2: '\(name)' is not available to scripts")
  }

  @Test(arguments: [
    ("string", "dump"), ("string", "pack"), ("string", "unpack"), ("math", "random"), ("math", "randomseed"),
    ("table", "move"), ("string", "packsize"),
  ])
  func `a library has no functions that are left out`(library: String, name: String) throws {
    let error = try failure("return \(library).\(name)")
    #expect(error.description.hasPrefix("t.lua:1: '\(library)' has no function '\(name)'"))
  }

  @Test
  func `only the agreed names exist`() throws {
    let names = [
      "type", "tostring", "tonumber", "select", "ipairs", "pairs", "assert", "error", "math", "string",
      "table",
      "utf8",
    ]
    let list = names.map { "type(\($0))" }.joined(separator: ", ")
    let types = try evaluate("return { \(list) }")
    #expect(
      types
        == .table(
          Table(
            array: Array(repeating: "function", count: 8).map { Value.string($0) }
              + Array(repeating: Value.string("table"), count: 4))))
  }

  @Test
  func `an undefined name is an error with a suggestion`() throws {
    #expect(
      try failure("\nreturn tostrin(1)").description
        == "t.lua:2: 'tostrin' is not defined (did you mean 'tostring'?)")
    #expect(try failure("return keeep").message == "'keeep' is not defined (did you mean 'keep'?)")
    #expect(try failure("return zzzzzzzz").message == "'zzzzzzzz' is not defined")
    #expect(
      try failure("return ('x'):uper()").message == "'string' has no function 'uper' (did you mean 'upper'?)")
  }

  @Test
  func `assigning a global is an error that names it`() throws {
    let expected = "t.lua:2: 'total' is not a local variable: write 'local total' where it is first used"
    #expect(try failure("local x = 1\ntotal = x").description == expected)
    #expect(try failure("\nfunction total() end").description == expected)
    #expect(try failure("tostring = 1").message.contains("'tostring' is not a local variable"))
  }

  @Test(arguments: [
    "string.upper = nil", "math.pi = 3", "table.insert(math, 1)", "table.sort(string)", "('x').y = 1",
    "utf8.charpattern = ''",
  ])
  func `libraries cannot be changed`(source: String) throws {
    #expect(try failure(source).kind == .runtime)
  }

  @Test
  func `compiled Lua is refused`() throws {
    let lua = try interpreter()
    let bytes: [UInt8] = [0x1B, 0x4C, 0x75, 0x61, 0x54, 0x00, 0x19, 0x93]
    let error = try luaError { try lua.load(source: bytes, chunkName: "t.lua") }
    #expect(error.kind == .syntax)
    #expect(error.description == "t.lua: this is compiled Lua; only source text is run")
  }

  @Test
  func `a byte-order mark is skipped`() throws {
    let lua = try interpreter()
    #expect(try lua.load(source: [0xEF, 0xBB, 0xBF] + Array("return 7".utf8), chunkName: "t.lua") == 7)
  }

  @Test
  func `numbers and texts do not mix in arithmetic`() throws {
    #expect(
      try failure("return '10' + 1").message.hasPrefix("attempt to perform arithmetic on a string value"))
    #expect(try evaluate("return '10' .. 1") == "101")
  }

  @Test
  func `no address is ever told`() throws {
    let text = try evaluate(
      "return tostring({}) .. tostring(type) .. tostring(function() end) .. string.format('%s', {}) .. tostring(object(1))"
    )
    #expect(text == "tablefunctionfunctiontablepatient")
    #expect(try failure("return string.format('%p', {})").message == "invalid conversion '%p' in the format")
  }

  @Test
  func `globals are given before loading and are read-only`() throws {
    let lua = try interpreter()
    try lua.setGlobal("today", "2026-11-23")
    try lua.setGlobal("limits", .table(["low": 4, "deep": .table(["x": 1])]))
    try lua.setGlobal("clinic", .object(ObjectReference(type: ScriptHost.clinic, slot: 0)))
    #expect(
      try lua.load("return today .. limits.low .. limits.deep.x .. clinic.name")
        == "2026-11-2341Harbor Clinic")
    #expect(try luaError { try lua.setGlobal("late", 1) }.kind == .host)
    let other = try interpreter()
    try other.setGlobal("limits", .table(["deep": .table(["x": 1])]))
    #expect(
      try luaError { try other.load("limits.deep.x = 2") }.description
        == "t.lua:1: tables are read-only once the script is loaded (assigning 'x')")
  }
}
