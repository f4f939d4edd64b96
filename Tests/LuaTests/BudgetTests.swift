import Foundation
import Lua
import Testing

/// Scripts that would never end, or fill the memory, or take hours in calls that no hook can interrupt.
struct BudgetTests {
  /// Only fuel may stop these: there is no watchdog.
  private var limits: Limits {
    var limits = Limits()
    limits.deadline = nil
    limits.loadFuel = 200_000
    return limits
  }

  @Test(arguments: [
    "while true do end",
    "repeat until false",
    "goto x ::x:: goto x",
    "for i = 1, math.huge do end",
    "local function f() return f() end f()",
    "while true do local t = {} end",
    "while true do local s = ('x'):rep(60000) end",
    "local a = ('a'):rep(60000) while true do local b = a:upper() end",
    "local a = ('a'):rep(30000) while true do local b = a .. a end",
    "local a = ('a'):rep(60000) while true do local b = a:reverse():lower() end",
    "string.find(('a'):rep(300), ('.-'):rep(3) .. 'b')",
    "string.find(('a'):rep(2000), '.-.-.-b')",
    "string.find(('a'):rep(28), ('a?'):rep(28) .. ('a'):rep(28))",
    "string.find(('a'):rep(100), '^a*a*a*a*b')",
    "(('('):rep(60000)):gsub('%b()', '')",
    "for w in ('a'):rep(60000):gmatch('a-b') do end",
    "string.match(('a'):rep(60000), '(a+)%1b')",
    "string.match(('a'):rep(60000), ('%f[a]a*'):rep(3) .. 'b')",
    "local t = {} for i = 1, 1e9 do table.insert(t, 1, i) end",
    "local t = {} for i = 1, 20000 do t[i] = 20000 - i end while true do table.sort(t) end",
    "local t = {} for i = 1, 20000 do t[i] = i end while true do for k in pairs(t) do break end end",
    "local t = {} for i = 1, 2000 do t[i] = i end while true do table.concat(t, ',', 1, 2000) end",
    "while true do table.unpack({}, 1, 200) end",
    "while true do string.format('%99.99f', 1e300) end",
    "while true do utf8.len(('a'):rep(60000)) end",
    "while true do select(2, table.unpack({}, 1, 200)) end",
    "while true do tonumber(('1'):rep(60000), 10) end",
  ])
  func `a script without end is stopped by its fuel`(source: String) throws {
    let error = try withKillTimer { try failure(source, limits) }
    #expect(error.kind == .budget(.fuel))
    #expect(error.message == "the script ran too long (more than 200000 steps)")
    #expect(error.line == 1)
    #expect(error.logDescription == "t.lua:1: fuel budget used up")
  }

  @Test
  func `the size of a text costs fuel, however it is made`() throws {
    let lua = try interpreter()
    let functions = try lua.functions(
      """
      local a = ("a"):rep(32768)
      return {
        joined = function() for i = 1, 10 do local b = a .. a end end,
        made = function() for i = 1, 10 do local b = a:upper() end end,
        brought = function() for i = 1, 10 do local b = big(32768) end end,
        none = function() for i = 1, 10 do local b = a end end,
      }
      """)
    func fuel(_ name: String) throws -> Int {
      _ = try lua.call(#require(functions[name]))
      return lua.fuelUsed
    }
    #expect(try fuel("none") == 0)
    #expect(try (10 * 4096...10 * 4096 + 100).contains(fuel("joined")))
    #expect(try (20 * 2048...20 * 2048 + 100).contains(fuel("made")), "the work and the text")
    #expect(try (10 * 2048...10 * 2048 + 100).contains(fuel("brought")))
  }

  @Test
  func `a call has its own budget, and the next call a fresh one`() throws {
    var limits = limits
    limits.callFuel = 50_000
    let lua = try interpreter(ScriptHost(), limits)
    let functions = try lua.functions(
      "return { spin = function() while true do end end, fine = function() for i = 1, 1000 do end return 1 end }"
    )
    for _ in 0..<20 {
      #expect(
        try luaError { try withKillTimer { try lua.call(#require(functions["spin"])) } }.kind
          == .budget(.fuel))
      #expect(try lua.call(#require(functions["fine"])) == 1)
    }
  }

  @Test(arguments: [
    "string.rep('x', 1 << 40)",
    "string.rep('x', 65537)",
    "string.rep('xy', 1 << 62, 'z')",
    "string.rep('', 3, ('x'):rep(40000))",
    "local a = ('a'):rep(40000) return a .. a",
    "return table.concat({ ('a'):rep(40000), ('a'):rep(40000) })",
    "return (('a'):rep(40000):gsub('a', 'bb'))",
    "return string.format('%s%s', ('a'):rep(40000), ('a'):rep(40000))",
    "return big(70000)",
  ])
  func `no text grows beyond the limit`(source: String) throws {
    let error = try withKillTimer { try failure(source, limits) }
    #expect(error.kind == .budget(.stringLength))
    #expect(error.message == "a text would be longer than 65536 bytes")
    #expect(error.line == 1)
  }

  @Test
  func `texts up to the limit are fine`() throws {
    #expect(try evaluate("return #string.rep('', 1 << 62)") == 0)
    #expect(try evaluate("return #string.rep('x', -1)") == 0)
    #expect(try evaluate("return #string.rep('x', 65536)") == 65536)
    #expect(try evaluate("local a = ('a'):rep(32768) return #(a .. a)") == 65536)
    #expect(try evaluate("return #big(65536)") == 65536)
  }

  @Test(arguments: [
    "local t = {} for i = 1, 1e9 do t[i] = i end",
    "local t = {} for i = 1, 1e9 do t[i] = {} end",
    "local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1000) .. i end",
    "local t = {} for i = 1, 1e9 do t['k' .. i] = true end",
    "local t = {} for i = 1, 1e9 do t[i] = function() return i end end",
  ])
  func `memory is bounded`(source: String) throws {
    var limits = limits
    limits.loadFuel = 1_000_000_000
    let error = try withKillTimer { try failure(source, limits) }
    #expect(error.kind == .memory)
    #expect(error.line == 1)
    #expect(error.logDescription == "t.lua:1: memory limit reached")
  }

  @Test
  func `an interpreter works on after its memory ran out`() throws {
    let lua = try interpreter()
    let functions = try lua.functions(
      """
      return {
        fill = function() local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(2000) .. i end end,
        fine = function() local t = {} for i = 1, 1000 do t[i] = i end return #t end,
      }
      """)
    for _ in 0..<5 {
      let error = try withKillTimer { try luaError { try lua.call(#require(functions["fill"])) } }
      #expect(error.kind == .memory || error.kind == .budget(.fuel))
      #expect(try lua.call(#require(functions["fine"])) == 1000)
    }
    #expect(lua.memoryUsed < 4 << 20)
  }

  @Test
  func `what the host brings counts, but never interrupts the host`() throws {
    var limits = limits
    limits.memoryBytes = 400_000
    let source = "local t = {} for i = 1, 100 do t[i] = big(60000 + i) end"
    let error = try withKillTimer { try failure(source, limits) }
    #expect(error.kind == .memory)
    limits.memoryBytes = 1000
    #expect(try luaError { _ = try interpreter(ScriptHost(), limits) }.kind == .memory)
  }

  @Test(arguments: [
    "local function f(n) return 1 + f(n) end f(1)",
    "local function f(s) return (s:gsub('.', f)) end f('x')",
    "local function f(a, b) table.sort({ 1, 2, 3 }, f) return true end f()",
    "local t = {} t[1] = t local function walk(x) for _, v in ipairs(x) do walk(v) end end walk(t)",
    "local function f() return (string.format('%d', 1 + f())) end f()",
  ])
  func `recursion is bounded`(source: String) throws {
    let error = try withKillTimer { try failure(source, limits) }
    #expect(error.kind == .budget(.recursion))
    #expect(error.message == "calls nest deeper than 200")
    #expect(!error.stack.isEmpty)
  }

  @Test
  func `deep nesting in the source is bounded`() throws {
    let deep = String(repeating: "(", count: 50_000)
    #expect(try withKillTimer { try failure("return " + deep, limits) }.kind != .runtime)
    let blocks = String(repeating: "do ", count: 50_000)
    #expect(try withKillTimer { try failure(blocks, limits) }.kind != .runtime)
    var small = limits
    small.sourceBytes = 100
    #expect(try failure(String(repeating: " ", count: 101), small).kind == .budget(.sourceLength))
  }

  /// The worst nesting of C calls fits in half the stack that a thread is required to have.
  @Test
  func `half a megabyte of stack is enough`() throws {
    let sources = [
      "local function f(s) return (s:gsub('.', f)) end f('x')",
      "local function f(a, b) table.sort({ 1, 2, 3 }, f) return true end f()",
      "return " + String(repeating: "{", count: 5000),
      "local t = {} for i = 1, 5 do t = { t } end keep(t)",
      "local function f(n) return 1 + f(n) end f(1)",
    ]
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      for source in sources { _ = try? evaluate(source) }
      done.signal()
    }
    thread.stackSize = 512 << 10
    thread.start()
    #expect(done.wait(timeout: .now() + 60) == .success)
  }

  @Test
  func `results are bounded in number and depth`() throws {
    let lua = try interpreter()
    let functions = try lua.functions(
      """
      return {
        many = function() local t = {} for i = 1, 2000 do t[i] = i end return t end,
        fields = function() local t = {} for i = 1, 2000 do t["k" .. i] = i end return t end,
        deep = function() local t = {} for i = 1, 100 do t = { t } end return t end,
        cycle = function() local t = {} t.t = t return t end,
        passed = function() local t = {} for i = 1, 2000 do t[i] = i end keep(t) end,
        often = function() for i = 1, 2000 do keep(i) end end,
        fine = function() local t = {} for i = 1, 900 do t[i] = i end return t end,
      }
      """)
    for name in ["many", "fields", "deep", "cycle", "passed", "often"] {
      let error = try luaError { try lua.call(#require(functions[name])) }
      #expect(error.kind == .budget(.resultSize), "\(name)")
      #expect(error.line != nil, "\(name)")
    }
    guard case .table(let table) = try lua.call(#require(functions["fine"])) else {
      Issue.record("no table")
      return
    }
    #expect(table.array.count == 900)
  }

  @Test
  func `the watchdog fails the job and says so`() throws {
    var limits = Limits()
    limits.callFuel = .max
    limits.deadline = .milliseconds(50)
    let lua = try interpreter(ScriptHost(), limits)
    let functions = try lua.functions(
      """
      return {
        spin = function() while true do end end,
        churn = function()
          local t = {}
          for i = 1, 1 << 15 do t[i .. ""] = true end
          while true do for i = 1, 100 do t[i .. ""] = nil t["x" .. i] = 1 t["x" .. i] = nil end end
        end,
        fine = function() return 1 end,
      }
      """)
    #expect(try lua.call(#require(functions["fine"])) == 1)
    let error = try withKillTimer { try luaError { try lua.call(#require(functions["churn"])) } }
    #expect(error.kind == .deadline)
    #expect(error.logDescription.hasSuffix("stopped by the watchdog"))
    let after = try luaError { try lua.call(#require(functions["fine"])) }
    #expect(after.kind == .deadline)
    #expect(throws: LuaError.self) { try lua.load("return 1") }
    limits.deadline = .zero
    let other = try interpreter(ScriptHost(), limits)
    #expect(try luaError { try other.load("while true do end") }.kind == .deadline)
  }
}
