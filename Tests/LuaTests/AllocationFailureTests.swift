import Lua
import Testing

/// Refusing each allocation of a script in turn must never crash, leak, or jump over a Swift frame.
struct AllocationFailureTests {
  private static let script = """
    local names = { "a", "b", "c", nested = { x = { 1, 2 } } }
    local count = 0
    local function join(t) local out = {} for k, v in pairs(t) do out[#out + 1] = tostring(k) .. "=" .. tostring(v) end
      return table.concat(out, ";") end
    keep({ names, join, text = ("x"):rep(100) })
    return {
      work = function(p)
        count = count + 1
        local s = join({ age = p.age, language = p.language, has = p:has("diabetes"), [1] = p.other.age })
        s = s:gsub("%d+", function(d) return #d + 1 end) .. ("long "):rep(20) .. big(300)
        for w in s:gmatch("%a+") do if #w > 100 then break end end
        local list = { 3, 1, 2 }
        table.sort(list, function(a, b) return a < b end)
        local l = p:latest("hba1c")
        keep({ list, l, s })
        return { s, list, value = l.value, place = s:find("%a%d?="), text = string.format("%5d|%s", 7, s) }
      end,
      fail = function(p) local t = { p } return t.x.y end,
      raise = function(p) error("no " .. p.language) end,
      refuse = function(p) return p.refused end,
    }
    """

  /// Loads and calls once, and says how far it came.
  private func attempt(_ failing: AllocationFailure) throws -> (finished: Bool, bytesLeft: Int) {
    let host = ScriptHost()
    let lua: Interpreter
    do {
      lua = try Interpreter(
        limits: Limits(), types: ScriptHost.types, functions: ScriptHost.functions, host: host,
        failing: failing)
    } catch {
      #expect(error.kind == .memory)
      return (false, 0)
    }
    var finished = true
    do {
      let functions = try lua.functions(Self.script)
      for name in ["fail", "raise", "refuse", "work", "work"] {
        do {
          let value = try lua.call(#require(functions[name]), patient)
          #expect(name == "work" && value != .null)
        } catch let error as LuaError {
          if error.kind == .memory {
            finished = false
          } else {
            #expect(error.kind == .runtime && name != "work", "\(error)")
          }
        }
      }
    } catch let error as LuaError {
      #expect(error.kind == .memory, "\(error)")
      finished = false
    }
    #expect(host.live == 0)
    return (finished, lua.close())
  }

  @Test
  func `each allocation may be refused`() throws {
    var number = 1
    while true {
      let (finished, bytesLeft) = try withKillTimer { try attempt(.from(number)) }
      #expect(bytesLeft == 0, "allocation \(number)")
      if finished { break }
      number += 1
    }
    #expect(number > 300, "the script allocates less than it should")
  }

  @Test
  func `each allocation may be refused once, and Lua tries again`() throws {
    for number in 1...700 {
      let (_, bytesLeft) = try withKillTimer { try attempt(.once(number)) }
      #expect(bytesLeft == 0, "allocation \(number)")
    }
  }

  @Test
  func `a thousand errors through Swift leave nothing behind`() throws {
    let host = ScriptHost()
    let lua = try interpreter(host)
    let functions = try lua.functions(
      """
      return {
        refused = function(p) return p.refused end,
        broken = function(p) return p.broken end,
        fail = function() fail() end,
        refuse = function() refuse() end,
        argument = function() keep(function() end) end,
        memory = function() local t = {} for i = 1, 200 do t[i] = big(60000) .. i end end,
        fuel = function(p) while true do local a = p.age end end,
      }
      """)
    for (name, function) in functions {
      for _ in 0..<(name == "memory" ? 10 : name == "fuel" ? 50 : 1000) {
        #expect(throws: LuaError.self) { try lua.call(function, patient) }
      }
      #expect(host.live == 0, "\(name)")
    }
    #expect(lua.close() == 0)
  }
}
