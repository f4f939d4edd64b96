import Lua
import Testing

struct IsolationTests {
  @Test(arguments: [
    "local t = { n = 0 }; return function() t.n = t.n + 1; return t.n end",
    "local t = {}; return function() t[1] = 1 end",
    "local t = { a = { b = { c = {} } } }; return function() t.a.b.c.d = 1 end",
    "local t = {}; local function f() return t end; return function() f().x = 1 end",
    "local t = { 3, 2, 1 }; return function() table.sort(t) end",
    "local t = { 3, 2, 1 }; return function() table.insert(t, 4) end",
    "local t = { 3, 2, 1 }; return function() table.remove(t) end",
    "local t = { [true] = 1 }; return function() t[true] = nil end",
    "local t = { function() end }; local u = {}; t[2] = function() return u end; return function() t[2]().x = 1 end",
    "local k = {}; local t = { [k] = 1 }; return function() k.x = 1; return t[k] end",
    "local _ENV = { n = 1 }; return function() n = 2 end",
    "local t = {}; t.t = t; return function() t.t.t.x = 1 end",
    "local made = {}; keep({ f = function() made.x = 1 end }); return function() made.y = 1 end",
  ])
  func `a table made while loading cannot be written later`(source: String) throws {
    let lua = try interpreter()
    let function = try lua.function(source)
    let error = try luaError { try lua.call(function) }
    #expect(error.kind == .runtime)
    #expect(error.message.hasPrefix("tables are read-only once the script is loaded"))
    #expect(error.line == 1)
  }

  @Test
  func `frozen tables read as before`() throws {
    let lua = try interpreter()
    let function = try lua.function(
      """
      local t = { 10, 20, 30, name = "n", nested = { 1, 2 } }
      return function()
        local out = {}
        for i, v in ipairs(t) do out[#out + 1] = i .. "=" .. v end
        for k, v in pairs(t) do out[#out + 1] = tostring(k) .. ":" .. tostring(v) end
        out[#out + 1] = #t .. t[2] .. t.name .. #t.nested
        out[#out + 1] = table.concat(t, ",") .. select("#", table.unpack(t))
        out[#out + 1] = ("name"):gsub("%a+", t)
        return table.concat(out, " ")
      end
      """)
    #expect(try lua.call(function) == "1=10 2=20 3=30 1:10 2:20 3:30 name:n nested:table 320n2 10,20,303 n")
  }

  @Test
  func `captured locals are put back after each call, after errors too`() throws {
    let lua = try interpreter()
    let functions = try lua.functions(
      """
      local count, last, seen = 0, "none", nil
      local function bump() count = count + 1 return count end
      local function deep() return function() last = "changed" end end
      return {
        bump = function() seen = true; deep()(); return bump() + bump() end,
        look = function() return count .. last .. tostring(seen) end,
        fail = function() count = 99; error("no") end,
        spin = function() count = 98; while true do end end,
        env = function() local f = function() _ENV = { tostring = 1 } end f() return true end,
      }
      """)
    let expected: Value = "0nonenil"
    for name in ["bump", "fail", "spin", "env", "bump"] {
      let function = try #require(functions[name])
      if name == "bump" {
        #expect(try lua.call(function) == 3)
      } else {
        _ = try? lua.call(function)
      }
      #expect(try lua.call(#require(functions["look"])) == expected, "after \(name)")
    }
  }

  @Test
  func `a loop state kept while loading is of no use later`() throws {
    let lua = try interpreter()
    let functions = try lua.functions(
      """
      local words = ("a b c"):gmatch("%a")
      local step, state = pairs({ a = 1, b = 2 })
      words()
      return { words = function() return words() end, step = function() return step(state) end }
      """)
    for function in functions.values {
      #expect(throws: LuaError.self) { try lua.call(function) }
    }
  }

  @Test
  func `a function does not leave a call`() throws {
    let lua = try interpreter()
    let functions = try lua.functions(
      """
      return {
        result = function() return function() end end,
        nested = function() return { f = function() end } end,
        argument = function() keep(function() end) end,
      }
      """)
    for function in functions.values {
      let error = try luaError { try lua.call(function) }
      #expect(error.message == "a function cannot be returned or passed to the host after loading")
      #expect(error.line != nil)
    }
  }

  @Test
  func `an object kept from an earlier generation is refused`() throws {
    let host = ScriptHost()
    let lua = try interpreter(host)
    let functions = try lua.functions(
      """
      local kept = object(3)
      local age = kept.age
      return {
        age = function() return age end,
        stale = function() return kept.age end,
        method = function() return kept:has("x") end,
        fresh = function(p) return p.age end,
      }
      """)
    #expect(try lua.call(#require(functions["age"])) == 43)
    for name in ["stale", "method"] {
      let error = try luaError { try lua.call(#require(functions[name])) }
      #expect(error.message == "this patient was kept from an earlier run and is no longer valid")
    }
    for slot in 0..<600 {
      lua.beginGeneration()
      let object = ObjectReference(type: ScriptHost.patient, slot: Int32(slot))
      #expect(try lua.call(#require(functions["fresh"]), object) == .integer(40 + Int64(slot)))
    }
  }

  /// Whatever a script does in a call, what it can tell in the next is the same.
  @Test
  func `random writes leave no trace`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var generator = SeededGenerator(seed: seed)
    let statements = [
      "a = a + 1", "b = b .. 'x'", "c = { 1 }", "t.x = 1", "t[1] = nil", "d = nil", "f = nil",
      "g(function() a = 5 end)", "for i = 1, 3 do a = a * i end", "u.v.w = 2", "local a = 3; a = 4",
      "h = function() return 1 end", "table.insert(c, 1)", "error('x')", "a, b = 1, 'y'",
    ]
    for _ in 0..<(60 * testScale) {
      let body = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
        statements.randomElement(using: &generator) ?? ""
      }
      let lua = try interpreter()
      let functions = try lua.functions(
        """
        local a, b, c, d, f = 1, "b", { 7 }, true, function() return 9 end
        local t, u = { 1, x = 0 }, { v = { w = 1 } }
        local function g(f) f() end
        local h
        return {
          act = function() do \(body.joined(separator: " end do ")) end end,
          look = function()
            return tostring(a) .. tostring(b) .. #c .. c[1] .. tostring(d) .. f() .. #t .. t.x .. u.v.w .. tostring(h)
          end,
        }
        """)
      _ = try? lua.call(#require(functions["act"]))
      #expect(try lua.call(#require(functions["look"])) == "1b17true9101nil", "seed \(seed): \(body)")
    }
  }
}
