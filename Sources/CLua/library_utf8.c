// utf8: char, codepoint, len, offset and codes. Strict: no surrogates, nothing beyond U+10FFFF, no overlong
// forms.

#include <string.h>

#include "machine.h"

static bool continues(const char *text, size_t length, size_t at) {
  return at < length && ((unsigned char)text[at] & 0xc0) == 0x80;
}

// The number of bytes of the code point at `at`, 0 when it is not one.
static size_t decode(const char *text, size_t length, size_t at, uint32_t *code) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (at >= length) return 0;
  unsigned char first = (unsigned char)text[at];
  size_t size = 0;
  if (first < 0x80) size = 1;
  if (first >= 0xc0 && first < 0xe0) size = 2;
  if (first >= 0xe0 && first < 0xf0) size = 3;
  if (first >= 0xf0 && first < 0xf8) size = 4;
  if (size == 0) return 0;
  *code = size == 1 ? first : first & (0x7fu >> size);
  for (size_t i = 1; i < size; i++) {
    if (!continues(text, length, at + i)) return 0;
    *code = *code << 6 | ((unsigned char)text[at + i] & 0x3f);
  }
  return *code < least[size] || *code > 0x10ffff || (*code >= 0xd800 && *code <= 0xdfff) ? 0 : size;
}

static size_t encode(uint32_t code, char bytes[4]) {
  if (code < 0x80) {
    bytes[0] = (char)code;
    return 1;
  }
  size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  for (size_t i = size - 1; i > 0; i--) {
    bytes[i] = (char)(0x80 | (code & 0x3f));
    code >>= 6;
  }
  bytes[0] = (char)((0xf00u >> size & 0xf0) | code);
  return size;
}

// A position from 1, or from the end when negative; 0 when before the start.
static lua_Integer absolute(lua_Integer position, size_t length) {
  if (position >= 0) return position;
  return -position > (lua_Integer)length ? 0 : (lua_Integer)length + position + 1;
}

static int utf8_char(lua_State *L) {
  clua_machine *m = clua_of(L);
  int count = lua_gettop(L);
  size_t start = m->scratch.length;
  for (int i = 1; i <= count; i++) {
    lua_Integer code = luaL_checkinteger(L, i);
    bool exists = code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    luaL_argcheck(L, exists, i, "value out of range");
    char bytes[4];
    clua_scratch_append(L, bytes, encode((uint32_t)code, bytes));
  }
  lua_pushlstring(L, count != 0 ? m->scratch.bytes + start : "", m->scratch.length - start);
  m->scratch.length = start;
  return 1;
}

static int utf8_codepoint(lua_State *L) {
  size_t length, size;
  const char *text = luaL_checklstring(L, 1, &length);
  lua_Integer first = absolute(luaL_optinteger(L, 2, 1), length);
  lua_Integer last = absolute(luaL_optinteger(L, 3, first), length);
  luaL_argcheck(L, first >= 1, 2, "out of bounds");
  luaL_argcheck(L, last <= (lua_Integer)length, 3, "out of bounds");
  int count = 0;
  for (size_t at = (size_t)first - 1; (lua_Integer)at < last; at += size) {
    uint32_t code;
    size = decode(text, length, at, &code);
    if (size == 0) clua_raise(L, CLUA_RUNTIME, "invalid UTF-8");
    if (++count > CLUA_SPREAD)
      clua_raise(L, CLUA_RUNTIME, "at most %d code points can be taken at once", CLUA_SPREAD);
    luaL_checkstack(L, 1, "too many code points");
    lua_pushinteger(L, code);
  }
  return count;
}

static int utf8_len(lua_State *L) {
  size_t length, size;
  const char *text = luaL_checklstring(L, 1, &length);
  lua_Integer first = absolute(luaL_optinteger(L, 2, 1), length);
  lua_Integer last = absolute(luaL_optinteger(L, 3, -1), length);
  luaL_argcheck(L, first >= 1 && first <= (lua_Integer)length + 1, 2, "initial position out of bounds");
  luaL_argcheck(L, last <= (lua_Integer)length, 3, "final position out of bounds");
  clua_charge(L, (int64_t)(length / CLUA_BYTES_PER_FUEL));
  lua_Integer count = 0;
  for (size_t at = (size_t)first - 1; (lua_Integer)at < last; at += size, count++) {
    uint32_t code;
    size = decode(text, length, at, &code);
    if (size == 0) {
      lua_pushnil(L);
      lua_pushinteger(L, (lua_Integer)at + 1);
      return 2;
    }
  }
  lua_pushinteger(L, count);
  return 1;
}

static int utf8_offset(lua_State *L) {
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  lua_Integer count = luaL_checkinteger(L, 2);
  lua_Integer start = absolute(luaL_optinteger(L, 3, count > 0 ? 1 : (lua_Integer)length + 1), length);
  luaL_argcheck(L, start >= 1 && start <= (lua_Integer)length + 1, 3, "position out of bounds");
  clua_charge(L, (int64_t)(length / CLUA_BYTES_PER_FUEL));
  size_t at = (size_t)start - 1;
  if (count == 0) {
    while (at > 0 && continues(text, length, at)) at--;
  } else {
    if (continues(text, length, at)) clua_raise(L, CLUA_RUNTIME, "initial position is a continuation byte");
    for (; count < 0 && at > 0; count++) {
      do at--;
      while (at > 0 && continues(text, length, at));
    }
    if (count > 0) count--;
    for (; count > 0 && at < length; count--) {
      do at++;
      while (continues(text, length, at));
    }
  }
  if (count == 0) {
    lua_pushinteger(L, (lua_Integer)at + 1);
  } else {
    lua_pushnil(L);
  }
  return 1;
}

static int next_code(lua_State *L) {
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  lua_Integer position = luaL_checkinteger(L, 2);
  size_t at = position > 0 ? (size_t)position : 0;
  if (position > 0)
    while (continues(text, length, at)) at++;
  if (at >= length) return 0;
  uint32_t code;
  if (decode(text, length, at, &code) == 0) clua_raise(L, CLUA_RUNTIME, "invalid UTF-8");
  lua_pushinteger(L, (lua_Integer)at + 1);
  lua_pushinteger(L, code);
  return 2;
}

static int utf8_codes(lua_State *L) {
  luaL_checkstring(L, 1);
  lua_pushcfunction(L, next_code);
  lua_pushvalue(L, 1);
  lua_pushinteger(L, 0);
  return 3;
}

void clua_open_utf8(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"char", utf8_char},     {"codepoint", utf8_codepoint}, {"len", utf8_len},
      {"offset", utf8_offset}, {"codes", utf8_codes},         {NULL, NULL}};
  luaL_newlib(L, functions);
  lua_pushlstring(L, "[\0-\x7F\xC2-\xF4][\x80-\xBF]*", 14);
  lua_setfield(L, -2, "charpattern");
}
