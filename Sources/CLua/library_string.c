// string, except for patterns and format. Letters are ASCII's, whatever the locale.

#include <string.h>

#include "machine.h"

// The position, from 1, that a negative one counts from the end; at least 1.
static size_t from_start(lua_Integer position, size_t length) {
  if (position > 0) return (size_t)position;
  if (position == 0 || position < -(lua_Integer)length) return 1;
  return length + (size_t)position + 1;
}

static size_t until(lua_Integer position, size_t length) {
  if (position > (lua_Integer)length) return length;
  if (position >= 0) return (size_t)position;
  return position < -(lua_Integer)length ? 0 : length + (size_t)position + 1;
}

static int string_len(lua_State *L) {
  size_t length;
  luaL_checklstring(L, 1, &length);
  lua_pushinteger(L, (lua_Integer)length);
  return 1;
}

static int string_sub(lua_State *L) {
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  size_t first = from_start(luaL_checkinteger(L, 2), length);
  size_t last = until(luaL_optinteger(L, 3, -1), length);
  lua_pushlstring(L, first <= last ? text + first - 1 : "", first <= last ? last - first + 1 : 0);
  return 1;
}

static int string_byte(lua_State *L) {
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  lua_Integer position = luaL_optinteger(L, 2, 1);
  size_t first = from_start(position, length);
  size_t last = until(luaL_optinteger(L, 3, (lua_Integer)first), length);
  if (first > last) return 0;
  size_t count = last - first + 1;
  if (count > CLUA_SPREAD) clua_raise(L, CLUA_RUNTIME, "at most %d bytes can be taken at once", CLUA_SPREAD);
  luaL_checkstack(L, (int)count, "too many bytes");
  for (size_t i = 0; i < count; i++) lua_pushinteger(L, (unsigned char)text[first - 1 + i]);
  return (int)count;
}

static int string_char(lua_State *L) {
  clua_machine *m = clua_of(L);
  int count = lua_gettop(L);
  size_t start = m->scratch.length;
  for (int i = 1; i <= count; i++) {
    lua_Integer value = luaL_checkinteger(L, i);
    luaL_argcheck(L, value >= 0 && value <= 255, i, "value out of range");
    char byte = (char)value;
    clua_scratch_append(L, &byte, 1);
  }
  lua_pushlstring(L, count != 0 ? m->scratch.bytes + start : "", m->scratch.length - start);
  m->scratch.length = start;
  return 1;
}

// Makes a text of the same length, each byte by a function of it and its mirror image.
static int transform(lua_State *L, char (*byte)(char same, char mirrored)) {
  clua_machine *m = clua_of(L);
  size_t length, mark = m->scratch.length;
  const char *text = luaL_checklstring(L, 1, &length);
  clua_charge(L, (int64_t)(length / CLUA_BYTES_PER_FUEL));
  size_t start = clua_scratch_take(L, length);
  char *to = m->scratch.bytes + start;
  for (size_t i = 0; i < length; i++) to[i] = byte(text[i], text[length - 1 - i]);
  lua_pushlstring(L, to, length);
  m->scratch.length = mark;
  return 1;
}

static char lowered(char same, char mirrored) {
  (void)mirrored;
  return same >= 'A' && same <= 'Z' ? (char)(same | 0x20) : same;
}

static char raised(char same, char mirrored) {
  (void)mirrored;
  return same >= 'a' && same <= 'z' ? (char)(same & ~0x20) : same;
}

static char reversed(char same, char mirrored) {
  (void)same;
  return mirrored;
}

static int string_lower(lua_State *L) { return transform(L, lowered); }
static int string_upper(lua_State *L) { return transform(L, raised); }
static int string_reverse(lua_State *L) { return transform(L, reversed); }

static int string_rep(lua_State *L) {
  clua_machine *m = clua_of(L);
  size_t length, between_length, mark = m->scratch.length;
  const char *text = luaL_checklstring(L, 1, &length);
  lua_Integer count = luaL_checkinteger(L, 2);
  const char *between = luaL_optlstring(L, 3, "", &between_length);
  if (count <= 0 || length + between_length == 0) {
    lua_pushliteral(L, "");
    return 1;
  }
  size_t most = m->limits.string_bytes;
  if (length + between_length > most || (lua_Unsigned)count > most / (length + between_length) + 1)
    clua_check_length(L, SIZE_MAX);
  size_t total = (size_t)count * length + (size_t)(count - 1) * between_length;
  clua_check_length(L, total);
  clua_charge(L, (int64_t)(total / CLUA_BYTES_PER_FUEL));
  size_t start = clua_scratch_take(L, total);
  char *to = m->scratch.bytes + start;
  for (lua_Integer i = 0; i < count; i++) {
    memcpy(to, text, length);
    to += length;
    if (i + 1 < count) {
      memcpy(to, between, between_length);
      to += between_length;
    }
  }
  lua_pushlstring(L, m->scratch.bytes + start, total);
  m->scratch.length = mark;
  return 1;
}

void clua_open_string(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"byte", string_byte},          {"char", string_char},           {"find", clua_string_find},
      {"format", clua_string_format}, {"gmatch", clua_string_gmatch},  {"gsub", clua_string_gsub},
      {"len", string_len},            {"lower", string_lower},         {"match", clua_string_match},
      {"rep", string_rep},            {"reverse", string_reverse},     {"sub", string_sub},
      {"upper", string_upper},        {NULL, NULL}};
  luaL_newlib(L, functions);
}
