// The plain functions: type, tostring, tonumber, select, ipairs, pairs, assert, error.

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "machine.h"

static const char *type_name(lua_State *L, int index) {
  const clua_object *object = clua_to_object(L, index);
  return object != NULL ? clua_of(L)->types[object->type].name : lua_typename(L, lua_type(L, index));
}

size_t clua_number_text(lua_State *L, int index, char text[64]) {
  if (lua_isinteger(L, index)) return (size_t)snprintf(text, 64, "%lld", (long long)lua_tointeger(L, index));
  double number = lua_tonumber(L, index);
  if (isnan(number)) return (size_t)snprintf(text, 64, "nan");
  int length = snprintf(text, 64, "%.14g", number);
  if (text[strspn(text, "-0123456789")] == '\0') length += snprintf(text + length, 8, ".0");
  return (size_t)length;
}

static int base_type(lua_State *L) {
  luaL_checkany(L, 1);
  lua_pushstring(L, luaL_typename(L, 1));
  return 1;
}

// Without addresses, which differ from run to run and tell about the process.
void clua_push_text(lua_State *L, int index) {
  char text[64];
  switch (lua_type(L, index)) {
  case LUA_TSTRING:
    lua_pushvalue(L, index);
    break;
  case LUA_TNUMBER:
    lua_pushlstring(L, text, clua_number_text(L, index, text));
    break;
  case LUA_TBOOLEAN:
    lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
    break;
  default:
    lua_pushstring(L, type_name(L, index));
    break;
  }
}

static int base_tostring(lua_State *L) {
  luaL_checkany(L, 1);
  clua_push_text(L, 1);
  return 1;
}

static int digit_value(int character) {
  if (character >= '0' && character <= '9') return character - '0';
  if (character >= 'a' && character <= 'z') return character - 'a' + 10;
  if (character >= 'A' && character <= 'Z') return character - 'A' + 10;
  return 99;
}

static bool is_space(int character) { return character == ' ' || (character >= '\t' && character <= '\r'); }

static bool read_in_base(const char *text, size_t length, int base, lua_Integer *result) {
  const char *end = text + length;
  while (text < end && is_space(*text)) text++;
  while (end > text && is_space(end[-1])) end--;
  bool negative = text < end && *text == '-';
  if (negative) text++;
  if (text == end) return false;
  lua_Unsigned value = 0;
  for (; text < end; text++) {
    int digit = digit_value(*text);
    if (digit >= base) return false;
    value = value * (lua_Unsigned)base + (lua_Unsigned)digit;
  }
  *result = (lua_Integer)(negative ? 0 - value : value);
  return true;
}

static int base_tonumber(lua_State *L) {
  size_t length;
  if (lua_isnoneornil(L, 2)) {
    luaL_checkany(L, 1);
    if (lua_type(L, 1) == LUA_TNUMBER) {
      lua_settop(L, 1);
      return 1;
    }
    if (lua_type(L, 1) == LUA_TSTRING) {
      const char *text = lua_tolstring(L, 1, &length);
      clua_charge(L, (int64_t)(length / CLUA_BYTES_PER_FUEL));
      if (lua_stringtonumber(L, text) == length + 1) return 1;
    }
  } else {
    lua_Integer base = luaL_checkinteger(L, 2), value;
    luaL_checktype(L, 1, LUA_TSTRING);
    luaL_argcheck(L, base >= 2 && base <= 36, 2, "base out of range");
    const char *text = lua_tolstring(L, 1, &length);
    clua_charge(L, (int64_t)(length / CLUA_BYTES_PER_FUEL));
    if (read_in_base(text, length, (int)base, &value)) {
      lua_pushinteger(L, value);
      return 1;
    }
  }
  lua_pushnil(L);
  return 1;
}

static int base_select(lua_State *L) {
  int count = lua_gettop(L);
  if (lua_type(L, 1) == LUA_TSTRING && *lua_tostring(L, 1) == '#') {
    lua_pushinteger(L, count - 1);
    return 1;
  }
  lua_Integer from = luaL_checkinteger(L, 1);
  if (from < 0) {
    from += count;
  } else if (from > count) {
    from = count;
  }
  luaL_argcheck(L, from >= 1, 1, "index out of range");
  clua_charge(L, (count - from) / CLUA_BYTES_PER_FUEL);
  return count - (int)from;
}

static int next_element(lua_State *L) {
  lua_Integer index = luaL_checkinteger(L, 2) + 1;
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_pushinteger(L, index);
  return lua_geti(L, 1, index) == LUA_TNIL ? 1 : 2;
}

static int base_ipairs(lua_State *L) {
  if (clua_to_object(L, 1) != NULL) clua_raise(L, CLUA_RUNTIME, "%s is not a list", type_name(L, 1));
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_pushcfunction(L, next_element);
  lua_pushvalue(L, 1);
  lua_pushinteger(L, 0);
  return 3;
}

// The state of a loop over pairs. Its user values are the list of keys and the table.
typedef struct pairs_state {
  clua_user user;
  int32_t position;
  int32_t count;
  uint64_t serial;
} pairs_state;

static int next_pair(lua_State *L) {
  pairs_state *state = lua_touserdata(L, 1);
  if (state == NULL || state->user != CLUA_USER_PAIRS || state->serial != clua_of(L)->serial)
    clua_raise(L, CLUA_RUNTIME, "this loop over pairs belongs to an earlier call");
  lua_settop(L, 1);
  lua_getiuservalue(L, 1, 1);
  lua_getiuservalue(L, 1, 2);
  while (state->position < state->count) {
    lua_rawgeti(L, 2, ++state->position);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, 3) != LUA_TNIL) return 2;
    lua_settop(L, 3);
  }
  lua_pushnil(L);
  return 1;
}

static int base_pairs(lua_State *L) {
  clua_machine *m = clua_of(L);
  if (clua_to_object(L, 1) != NULL)
    clua_raise(L, CLUA_RUNTIME, "the fields of %s cannot be listed", type_name(L, 1));
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  if (clua_push_contents(L, 1)) lua_replace(L, 1);
  size_t mark = m->scratch.length, keys;
  int32_t count = clua_sorted_keys(m, 1, 0, &keys);
  if (count == -1) clua_raise(L, CLUA_RUNTIME, "pairs needs keys that are texts, numbers or booleans");
  if (count == -2) {
    if (m->pending == CLUA_FINE) m->pending = CLUA_MEMORY;
    clua_check_pending(L);
  }
  clua_charge(L, 1 + 2 * (int64_t)count);
  lua_pushcfunction(L, next_pair);
  pairs_state *state = lua_newuserdatauv(L, sizeof *state, 2);
  *state = (pairs_state){.user = CLUA_USER_PAIRS, .count = count, .serial = m->serial};
  lua_createtable(L, count, 0);
  for (int32_t i = 0; i < count; i++) {
    clua_key key;
    memcpy(&key, m->scratch.bytes + keys + (size_t)i * sizeof key, sizeof key);
    clua_push_key(L, &key);
    lua_rawseti(L, -2, i + 1);
  }
  m->scratch.length = mark;
  lua_setiuservalue(L, -2, 1);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 2);
  lua_pushnil(L);
  return 3;
}

static int raise_text(lua_State *L, int index, const char *otherwise) {
  clua_machine *m = clua_of(L);
  char number[64];
  const char *text = otherwise;
  if (lua_type(L, index) == LUA_TSTRING) {
    text = lua_tostring(L, index);
  } else if (lua_type(L, index) == LUA_TNUMBER) {
    clua_number_text(L, index, number);
    text = number;
  } else if (!lua_isnoneornil(L, index)) {
    text = type_name(L, index);
  }
  m->failure.raised = true;
  clua_raise(L, CLUA_RUNTIME, "%s", text);
}

static int base_error(lua_State *L) {
  clua_machine *m = clua_of(L);
  lua_Integer level = luaL_optinteger(L, 2, 1);
  lua_Debug activation;
  if (level > 1 && level < 100 && lua_getstack(L, (int)level, &activation) != 0) {
    lua_getinfo(L, "Sl", &activation);
    if (activation.currentline > 0) {
      m->failure.placed = true;
      m->failure.line = activation.currentline;
      snprintf(m->failure.chunk, sizeof m->failure.chunk, "%s", clua_chunk_name(&activation));
    }
  }
  return raise_text(L, 1, "nil");
}

static int base_assert(lua_State *L) {
  luaL_checkany(L, 1);
  if (lua_toboolean(L, 1)) return lua_gettop(L);
  return raise_text(L, 2, "assertion failed");
}

void clua_open_base(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"type", base_type},     {"tostring", base_tostring}, {"tonumber", base_tonumber},
      {"select", base_select}, {"ipairs", base_ipairs},     {"pairs", base_pairs},
      {"error", base_error},   {"assert", base_assert},     {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
