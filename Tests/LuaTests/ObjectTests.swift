import Lua
import Testing

struct ObjectTests {
  private func value(_ expression: String, _ host: ScriptHost = ScriptHost()) throws -> Value {
    let lua = try interpreter(host)
    return try lua.call(lua.function("return function(patient)\nreturn \(expression) end"), patient)
  }

  private func error(_ expression: String, _ host: ScriptHost = ScriptHost()) throws -> LuaError {
    try luaError { try value(expression, host) }
  }

  @Test
  func `fields and methods answer`() throws {
    #expect(try value("patient.age") == 40)
    #expect(try value("patient.language") == "es")
    #expect(try value("patient.score") == 7.25)
    #expect(try value("patient:has('diabetes')") == true)
    #expect(try value("patient:has('asthma')") == false)
    #expect(try value("patient:latest('hba1c').value") == 8.5)
    #expect(try value("patient.other.age") == 41)
    #expect(try value("count(1, nil, nil)") == 3)
    #expect(try value("patient") == .object(patient))
  }

  @Test
  func `one object equals itself and no other`() throws {
    #expect(try value("patient == object(0) and patient.other == object(1)") == true)
    #expect(try value("patient ~= patient.other") == true)
    #expect(try value("patient:same(patient) and not patient:same(object(1))") == true)
    #expect(try value("({ [patient] = 1 })[object(0)]") == 1)
  }

  @Test
  func `an unknown member is an error with a suggestion at its line`() throws {
    let unknown = try error("patient.bha1c")
    #expect(unknown.description == "t.lua:2: patient has no field 'bha1c' (did you mean 'hba1c'?)")
    #expect(unknown.logDescription == "t.lua:2: runtime error")
    #expect(
      try error("patient:haz('x')").message
        == "patient has no field 'haz' (did you mean the method 'patient:has(...)'?)")
    #expect(try error("patient.somethingelse").message == "patient has no field 'somethingelse'")
    #expect(try error("patient[1]").message == "patient has fields with names only")
    #expect(try error("patient.has('diabetes')").message == "call this with a colon: patient:has(...)")
  }

  @Test
  func `objects cannot be written, listed or measured`() throws {
    #expect(try error("(function() patient.age = 3 end)()").message == "patient is read-only")
    #expect(try error("#patient").message == "patient has no length")
    #expect(try error("pairs(patient)").message == "the fields of patient cannot be listed")
    #expect(try error("ipairs(patient)").message == "patient is not a list")
    #expect(try error("patient()").message.hasPrefix("attempt to call a patient value"))
    #expect(try error("patient < patient").message == "attempt to compare two patient values")
    #expect(try error("patient .. ''").message.hasPrefix("attempt to concatenate a patient value"))
  }

  @Test
  func `an open type asks the host by name`() throws {
    let host = ScriptHost()
    host.open = ["plan": "gold", "größe": 180]
    #expect(try value("patient.fields.plan", host) == "gold")
    #expect(try value("patient.fields['größe']", host) == 180)
    #expect(try value("patient.fields.none", host) == .null)
    #expect(try error("patient.fields['\\xff']", host).message == "a field's name is not valid UTF-8")
  }

  @Test
  func `what the host throws ends the script`() throws {
    let refused = try error("patient.refused")
    #expect(refused.kind == .runtime)
    #expect(refused.description == "t.lua:2: this field is not for you")
    let broken = try error("patient.broken")
    #expect(broken.kind == .host)
    #expect(broken.line == 2)
    #expect(broken.underlying is ScriptHost.Trouble)
    #expect(try error("refuse()").message == "refused by the host")
    #expect(try error("fail()").underlying is ScriptHost.Trouble)
  }

  @Test
  func `reads that gave nil are told`() throws {
    let lua = try interpreter()
    let functions = try lua.functions(
      """
      return {
        compare = function(p)
          if p.language == nil then return 1 end
          return p.hba1c > 9
        end,
        index = function(p)
          local last = p:latest("ldl")
          local other = 1
          return last.value
        end,
        sum = function(p) return p.fields.weight + 1 end,
        floor = function(p) return math.floor(p.hba1c) end,
        join = function(p) return "x" .. p.hba1c end,
        call = function(p) return p.hba1c() end,
        none = function(p) return nil + 1 end,
      }
      """)
    func missing(_ name: String) throws -> LuaError {
      try luaError { try lua.call(#require(functions[name]), patient) }
    }
    let compare = try missing("compare")
    #expect(compare.description == "t.lua:4: attempt to compare number with nil")
    #expect(compare.involvesNil)
    #expect(compare.likelyMissingRead == .init(line: 4, type: "patient", member: "hba1c", argument: nil))
    #expect(compare.logDescription == "t.lua:4: missing value")
    let index = try missing("index")
    #expect(index.involvesNil)
    #expect(index.likelyMissingRead == .init(line: 7, type: "patient", member: "latest", argument: "ldl"))
    #expect(try missing("sum").likelyMissingRead?.member == "weight")
    #expect(try missing("floor").likelyMissingRead?.member == "hba1c")
    #expect(try missing("join").likelyMissingRead?.member == "hba1c")
    #expect(try !missing("call").involvesNil)
    let none = try missing("none")
    #expect(none.involvesNil && none.missingReads.isEmpty && none.likelyMissingRead == nil)
  }

  @Test
  func `a host that calls back is refused`() throws {
    let host = ScriptHost()
    let lua = try interpreter(host)
    let function = try lua.function("return function() return keep(1) end")
    var kinds: [LuaError.Kind] = []
    host.duringCall = {
      for body in [
        { _ = try lua.call(function) }, { try lua.load("return 1") }, { try lua.setGlobal("x", 1) },
      ] {
        if let error = try? luaError(body) { kinds.append(error.kind) }
      }
      lua.beginGeneration()
    }
    #expect(try lua.call(function) == 1)
    #expect(kinds == [.host, .host, .host])
    #expect(try lua.call(function) == 1)
  }

  @Test
  func `an argument tells the line of its call`() throws {
    let host = ScriptHost()
    let lua = try interpreter(host)
    try lua.load("location()\n\nlocation(\n)\nlocal function f() location() end f()")
    #expect(host.places == [1, 3, 5])
  }

  @Test
  func `wrong references are refused`() throws {
    let lua = try interpreter()
    let other = try interpreter()
    let function = try lua.function("return function(x) return x end")
    #expect(throws: LuaError.self) { try other.call(function) }
    #expect(throws: LuaError.self) {
      try lua.call(function, ObjectReference(type: .init(rawValue: 9), slot: 0))
    }
    #expect(throws: LuaError.self) {
      try lua.call(function, ObjectReference(type: ScriptHost.patient, slot: -1))
    }
    #expect(throws: LuaError.self) {
      try lua.call(function, Value.object(ObjectReference(type: .init(rawValue: -1), slot: 0)))
    }
    #expect(throws: LuaError.self) {
      _ = try Interpreter(
        types: [ObjectType(name: "x", fields: [String(repeating: "a", count: 41)])], host: ScriptHost())
    }
    #expect(try lua.call(function, 5) == 5)
  }
}
