import Lua
import Testing

struct LibraryTests {
  @Test(arguments: [
    ("('hello'):sub(2, -2)", "ell"), ("('hello'):sub(-100, 2)", "he"), ("('hello'):sub(4, 2)", ""),
    ("('hello'):sub(0)", "hello"),
    ("('hello'):sub(math.mininteger, math.maxinteger)", "hello"), ("('hi'):byte(-1)", "105"),
    ("#{ ('hi'):byte(1, -1) }", "2"),
    ("string.char(72, 105)", "Hi"), ("string.char()", ""), ("('Ab9é'):upper()", "AB9é"),
    ("('AbÉ'):lower()", "abÉ"),
    ("('abc'):reverse()", "cba"), ("('ab'):rep(3, '-')", "ab-ab-ab"), ("('ab'):rep(0)", ""),
    ("('x'):len()", "1"), ("#'é'", "2"),
    ("string.format('%5d|%-5d|%05d|%+d', 42, 42, 42, 42)", "   42|42   |00042|+42"),
    ("string.format('%5.1f', 3.14159)", "  3.1"),
    ("string.format('%x %X %o', 255, 255, 8)", "ff FF 10"),
    ("string.format('%s %s %s', nil, true, 1.0)", "nil true 1.0"),
    ("string.format('%.3s|%5s|%-5s|', 'abcdef', 'ab', 'ab')", "abc|   ab|ab   |"),
    ("string.format('%c%c', 76, 117)", "Lu"),
    ("string.format('%%')", "%"), ("string.format('%g', 1e20)", "1e+20"), ("string.format('%d', 3.0)", "3"),
    ("string.format('')", ""),
    ("string.format('%f', 0/0)", "nan"), ("string.format('%i', 5)", "5"),
    ("string.format('%a', 1)", "0x1p+0"),
    ("#string.format('%99.99f', 1e308)", "409"), ("#string.format('%s', ('x'):rep(3000))", "3000"),
    ("string.format('%5s', ('x'):rep(200)):len()", "200"),
    ("tostring(10 / 2)", "5.0"), ("tostring(2^53)", "9.007199254741e+15"), ("tostring(1e100)", "1e+100"),
    ("tostring(0/0)", "nan"), ("tostring(-0.0)", "-0.0"),
    ("tostring(1/0)", "inf"), ("tostring(math.mininteger)", "-9223372036854775808"), ("tostring(nil)", "nil"),
    ("tostring('x')", "x"),
    ("tonumber('0x10')", "16"), ("tonumber(' 12 ')", "12"), ("tonumber('1e1')", "10.0"),
    ("tonumber('abc')", "nil"), ("tonumber('')", "nil"),
    ("tonumber('ff', 16)", "255"), ("tonumber('-zz', 36)", "-1295"), ("tonumber('8', 8)", "nil"),
    ("tonumber('1 2')", "nil"), ("tonumber('10', 2)", "2"), ("tonumber(true)", "nil"),
    ("tonumber('1\\0')", "nil"), ("select('#')", "0"), ("select('#', nil, nil)", "2"),
    ("select(2, 'a', 'b', 'c')", "b"), ("select(-1, 'a', 'b')", "b"),
    ("math.floor(3.7) .. math.ceil(3.2) .. math.floor(-3.5)", "34-4"), ("math.max(1, 5, 3)", "5"),
    ("math.min(2.5, 1)", "1"), ("math.abs(-3)", "3"), ("math.abs(math.mininteger)", "-9223372036854775808"),
    ("math.fmod(7, 3)", "1"), ("math.fmod(-7, 3)", "-1"), ("math.fmod(math.mininteger, -1)", "0"),
    ("math.modf(3.5)", "3.0"), ("math.tointeger(3.0)", "3"), ("math.tointeger(3.5)", "nil"),
    ("math.tointeger('3')", "nil"),
    ("math.type(1) .. math.type(1.0) .. tostring(math.type('1'))", "integerfloatnil"),
    ("math.ult(1, -1)", "true"), ("math.sqrt(16)", "4.0"), ("math.log(8, 2)", "3.0"),
    ("math.log(1000, 10)", "3.0"), ("math.pi", "3.1415926535898"),
    ("math.floor(1e300)", "1e+300"), ("math.huge", "inf"), ("7 // 2 .. -7 // 2 .. 7 % -3", "3-4-2"),
    ("1 << 62", "4611686018427387904"), ("~0", "-1"),
    ("table.concat({ 1, 2.5, 'x' }, '-')", "1-2.5-x"), ("table.concat({}, ',')", ""),
    ("table.concat({ 1, 2, 3 }, ',', 2, 3)", "2,3"), ("table.concat({ 1, 2 }, ',', 3)", ""),
    (
      "(function() local t = { 1, 2 } table.insert(t, 3) table.insert(t, 1, 0) return table.concat(t, ',') end)()",
      "0,1,2,3"
    ),
    (
      "(function() local t = { 1, 2, 3 } local x = table.remove(t, 1) return x .. table.concat(t, ',') end)()",
      "12,3"
    ),
    ("(function() local t = { 1, 2, 3 } return table.remove(t) .. #t end)()", "32"),
    ("table.remove({})", "nil"), ("table.remove({}, 0)", "nil"),
    ("select('#', table.unpack({ 1, nil, 3 }, 1, 3))", "3"), ("table.unpack({ 1, 2 }, 2)", "2"),
    ("select('#', table.unpack({}, 5, 1))", "0"),
    ("(table.unpack({ 7 }, math.mininteger, math.mininteger))", "nil"),
    ("(function() local t = { 'b', 'a', 'C' } table.sort(t) return table.concat(t) end)()", "Cab"),
    (
      "(function() local t = { 3, 1.5, 2 } table.sort(t, function(a, b) return a > b end) return table.concat(t, ' ') end)()",
      "3 2 1.5"
    ),
    ("utf8.char(72, 228, 8364, 128512)", "Hä€😀"), ("utf8.len('Hä€😀')", "4"), ("utf8.codepoint('ä')", "228"),
    ("utf8.len('\\xff')", "nil"), ("select(2, utf8.len('a\\xff'))", "2"), ("utf8.offset('aä€', 3)", "4"),
    ("utf8.offset('aä€', -1)", "4"),
    ("utf8.offset('aä', 0, 3)", "2"), ("utf8.offset('abc', 5)", "nil"), ("utf8.offset('abc', 4)", "4"),
    ("utf8.len('')", "0"), ("utf8.len('\\u{D7FF}')", "1"), ("utf8.len('\\xed\\xa0\\x80')", "nil"),
    ("utf8.len('\\xc0\\x80')", "nil"), ("utf8.len('\\xf4\\x90\\x80\\x80')", "nil"),
    (
      "(function() local out = {} for p, c in utf8.codes('aä€') do out[#out + 1] = p .. ':' .. c end return table.concat(out, ' ') end)()",
      "1:97 2:228 4:8364"
    ),
    (
      "(function() local n = 0 for _ in ('aä€'):gmatch(utf8.charpattern) do n = n + 1 end return n end)()",
      "3"
    ), ("type(object(0))", "userdata"),
    (
      "(function() local out = {} for i, v in ipairs({ 1, 2, nil, 4 }) do out[#out + 1] = i end return #out end)()",
      "2"
    ),
  ])
  func `expressions have their value`(expression: String, expected: String) throws {
    #expect(try evaluate("return tostring((\(expression)))") == .string(expected), "\(expression)")
  }

  @Test(arguments: [
    ("('x'):rep('y')", "bad argument #1 to 'rep' (number expected, got string)"),
    ("string.char(256)", "bad argument #1 to 'char' (value out of range)"),
    ("string.format('%d', 1.5)", "bad argument #2 to 'format' (number has no integer representation)"),
    ("string.format('%d')", "bad argument #2 to 'format' (no value)"),
    ("string.format('%q', 'x')", "invalid conversion '%q' in the format"),
    ("string.format('%100d', 1)", "invalid conversion in the format"),
    ("string.format('%', 1)", "invalid conversion in the format"),
    ("string.format('%.100f', 1)", "invalid conversion in the format"),
    ("tonumber()", "bad argument #1 to 'tonumber' (value expected)"),
    ("tonumber('1', 99)", "bad argument #2 to 'tonumber' (base out of range)"),
    ("table.concat({ 1, {}, 3 })", "table.concat needs texts or numbers, and element 2 is a table"),
    ("table.unpack({}, 1, 1e8)", "at most 250 values can be unpacked"),
    ("table.unpack({}, math.mininteger, math.maxinteger)", "at most 250 values can be unpacked"),
    ("table.insert({}, 5, 1)", "bad argument #2 to 'insert' (position out of bounds)"),
    ("table.insert({})", "wrong number of arguments to 'insert'"),
    ("table.insert(nil, 1)", "bad argument #1 to 'insert' (table expected, got nil)"),
    ("table.remove({}, 7)", "bad argument #2 to 'remove' (position out of bounds)"),
    ("('x'):rep(300):byte(1, -1)", "at most 250 bytes can be taken at once"),
    ("utf8.char(0xD800)", "bad argument #1 to 'char' (value out of range)"),
    ("utf8.codepoint('\\xff')", "invalid UTF-8"), ("for _ in utf8.codes('\\xff') do end", "invalid UTF-8"),
    ("ipairs()", "bad argument #1 to 'ipairs' (table expected, got no value)"),
    ("pairs(nil)", "bad argument #1 to 'pairs' (table expected, got nil)"),
    ("math.floor('x')", "bad argument #1 to 'floor' (number expected, got string)"),
    ("math.fmod(1, 0)", "bad argument #2 to 'fmod' (zero)"),
    ("select(0)", "bad argument #1 to 'select' (index out of range)"),
    ("local s = 'x' return s[1]", "a text has no element of this kind; see string.sub"),
    ("local x <close> = {}", "variable 'x' got a non-closable value"),
    ("type()", "bad argument #1 to 'type' (value expected)"),
    ("return 1 < 'x'", "attempt to compare number with string"),
    ("string.format('%5s', 'a\\0b')", "a text to be padded contains zeros"),
  ])
  func `wrong arguments are told`(source: String, message: String) throws {
    #expect(try failure(source).message == message)
  }

  @Test
  func `values cross the border unchanged`() throws {
    let lua = try interpreter()
    let function = try lua.function("return function(x) return x end")
    let values: [Value] = [
      .null, true, false, 0, .integer(.min), .integer(.max), 1.5, .number(-0.0), .number(.infinity), "",
      "ä€😀\0x",
      .string(String(repeating: "long ", count: 200)), .object(patient), .table(Table(array: [], fields: [])),
      .table(Table(array: [1, "x", .table(["y": true])])), .function(function),
      .table(
        Table(
          array: [1],
          fields: [
            .init(key: .integer(-4), value: 1), .init(key: "a", value: 2),
            .init(key: .boolean(true), value: 3),
          ])),
    ]
    for value in values where value != .function(function) { #expect(try lua.call(function, value) == value) }
    guard case .number(let number) = try lua.call(function, .number(.nan)) else {
      Issue.record("no number")
      return
    }
    #expect(number.isNaN)
  }

  @Test
  func `text that is not UTF-8 does not come out`() throws {
    let lua = try interpreter()
    let functions = try lua.functions(
      "return { text = function() return '\\xff' end, field = function() return { a = { '\\xc0\\x80' } } end, key = function() return { ['\\xff'] = 1 } end, passed = function() keep('\\xff') end }"
    )
    for (name, function) in functions {
      let error = try luaError { try lua.call(function) }
      #expect(error.kind == .runtime, "\(name)")
      #expect(error.message == "a text from the script is not valid UTF-8", "\(name)")
    }
  }

  @Test
  func `a key without a name does not come out`() throws {
    #expect(try failure("return { [2.5] = 1 }").message == "a table's key must be a text or a whole number")
    #expect(try failure("return { [{}] = 1 }").message == "a table's key must be a text or a whole number")
    #expect(
      try failure("local _, state = pairs({}) return state").message
        == "an iterator's state cannot be returned or passed to the host")
  }

  @Test
  func `a table of the host's nests to a limit`() throws {
    let lua = try interpreter()
    let function = try lua.function("return function(x) return x end")
    var value: Value = 1
    for _ in 0..<31 { value = .table(Table(array: [value])) }
    #expect(try lua.call(function, value) == value)
    for _ in 0..<10 { value = .table(Table(array: [value])) }
    #expect(try luaError { try lua.call(function, value) }.kind == .host)
    #expect(try lua.call(function, 1) == 1)
  }
}
