// table: insert, remove, concat, sort and unpack. Sorting is stable, so that equal elements keep their order.

#include <stdint.h>
#include <string.h>

#include "machine.h"

enum { LONGEST_SORT = 100000 };

// Leaves at argument 1 the table to read from, and returns its length.
static lua_Integer check_readable(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  if (clua_push_contents(L, 1)) lua_replace(L, 1);
  return (lua_Integer)lua_rawlen(L, 1);
}

static lua_Integer check_writable(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  if (lua_getmetatable(L, 1)) clua_raise(L, CLUA_RUNTIME, "tables are read-only once the script is loaded");
  return (lua_Integer)lua_rawlen(L, 1);
}

static int table_insert(lua_State *L) {
  lua_Integer end = check_writable(L) + 1, position = end;
  switch (lua_gettop(L)) {
  case 2:
    break;
  case 3:
    position = luaL_checkinteger(L, 2);
    luaL_argcheck(L, position >= 1 && position <= end, 2, "position out of bounds");
    clua_charge(L, end - position);
    for (lua_Integer i = end; i > position; i--) {
      lua_rawgeti(L, 1, i - 1);
      lua_rawseti(L, 1, i);
    }
    break;
  default:
    clua_raise(L, CLUA_RUNTIME, "wrong number of arguments to 'insert'");
  }
  lua_rawseti(L, 1, position);
  return 0;
}

static int table_remove(lua_State *L) {
  lua_Integer length = check_writable(L), position = length;
  if (lua_gettop(L) > 1) {
    position = luaL_checkinteger(L, 2);
    bool inside = (position >= 1 && position <= length + 1) || (length == 0 && position == 0);
    luaL_argcheck(L, inside, 2, "position out of bounds");
  }
  lua_rawgeti(L, 1, position);
  if (position < length) clua_charge(L, length - position);
  for (; position < length; position++) {
    lua_rawgeti(L, 1, position + 1);
    lua_rawseti(L, 1, position);
  }
  lua_pushnil(L);
  lua_rawseti(L, 1, position);
  return 1;
}

static int table_concat(lua_State *L) {
  clua_machine *m = clua_of(L);
  lua_Integer length = check_readable(L);
  size_t between_length, start = m->scratch.length;
  const char *between = luaL_optlstring(L, 2, "", &between_length);
  lua_Integer first = luaL_optinteger(L, 3, 1), last = luaL_optinteger(L, 4, length);
  for (lua_Integer i = first; i <= last; i++) {
    char number[64];
    size_t text_length;
    const char *text = number;
    int type = lua_rawgeti(L, 1, i);
    if (type == LUA_TSTRING) {
      text = lua_tolstring(L, -1, &text_length);
    } else if (type == LUA_TNUMBER) {
      text_length = clua_number_text(L, -1, number);
    } else {
      m->failure.involves_nil = type == LUA_TNIL;
      clua_raise(L, CLUA_RUNTIME, "table.concat needs texts or numbers, and element %lld is a %s",
                 (long long)i, lua_typename(L, type));
    }
    clua_charge(L, 1 + (int64_t)((text_length + between_length) / CLUA_BYTES_PER_FUEL));
    clua_scratch_append(L, text, text_length);
    if (i < last) clua_scratch_append(L, between, between_length);
    clua_check_length(L, m->scratch.length - start);
    lua_pop(L, 1);
    if (i == INT64_MAX) break;
  }
  lua_pushlstring(L, m->scratch.length != start ? m->scratch.bytes + start : "", m->scratch.length - start);
  m->scratch.length = start;
  return 1;
}

static int table_unpack(lua_State *L) {
  lua_Integer length = check_readable(L);
  lua_Integer first = luaL_optinteger(L, 2, 1), last = luaL_optinteger(L, 3, length);
  if (first > last) return 0;
  lua_Unsigned count = (lua_Unsigned)last - (lua_Unsigned)first;
  if (count >= CLUA_SPREAD) clua_raise(L, CLUA_RUNTIME, "at most %d values can be unpacked", CLUA_SPREAD);
  luaL_checkstack(L, (int)count + 1, "too many values to unpack");
  for (lua_Unsigned i = 0; i <= count; i++) lua_rawgeti(L, 1, (lua_Integer)((lua_Unsigned)first + i));
  return (int)count + 1;
}

// Arguments of table.sort while it runs: the table, the comparison or nil, a copy of the elements.
enum { SORTED = 1, COMPARISON, COPY };

static bool is_less(lua_State *L, int32_t a, int32_t b) {
  clua_charge(L, 1);
  if (lua_isnil(L, COMPARISON)) {
    lua_rawgeti(L, COPY, a);
    lua_rawgeti(L, COPY, b);
    bool less = lua_compare(L, -2, -1, LUA_OPLT);
    lua_pop(L, 2);
    return less;
  }
  lua_pushvalue(L, COMPARISON);
  lua_rawgeti(L, COPY, a);
  lua_rawgeti(L, COPY, b);
  lua_call(L, 2, 1);
  bool less = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return less;
}

// The places are in the scratch buffer, which may move while the comparison runs.
static int32_t *places_at(lua_State *L, size_t offset) {
  return (int32_t *)(clua_of(L)->scratch.bytes + offset);
}

static void merge(lua_State *L, size_t from, size_t to, int32_t low, int32_t middle, int32_t high) {
  int32_t left = low, right = middle;
  for (int32_t i = low; i < high; i++) {
    const int32_t *places = places_at(L, from);
    bool take_right = left == middle;
    if (left < middle && right < high) take_right = is_less(L, places[right], places[left]);
    int32_t taken = places_at(L, from)[take_right ? right++ : left++];
    places_at(L, to)[i] = taken;
  }
}

static int table_sort(lua_State *L) {
  clua_machine *m = clua_of(L);
  lua_Integer length = check_writable(L);
  if (length > LONGEST_SORT) clua_raise(L, CLUA_RUNTIME, "at most %d elements can be sorted", LONGEST_SORT);
  if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_settop(L, 2);
  int32_t count = (int32_t)length;
  clua_charge(L, count);
  lua_createtable(L, count, 0);
  size_t mark = m->scratch.length;
  size_t from = clua_scratch_take(L, (size_t)count * sizeof(int32_t));
  size_t to = clua_scratch_take(L, (size_t)count * sizeof(int32_t));
  for (int32_t i = 0; i < count; i++) {
    lua_rawgeti(L, SORTED, i + 1);
    lua_rawseti(L, COPY, i + 1);
    places_at(L, from)[i] = i + 1;
  }
  for (int32_t width = 1; width < count; width *= 2) {
    for (int32_t low = 0; low < count; low += 2 * width) {
      int32_t middle = low + width < count ? low + width : count;
      int32_t high = low + 2 * width < count ? low + 2 * width : count;
      merge(L, from, to, low, middle, high);
    }
    size_t spare = from;
    from = to;
    to = spare;
  }
  for (int32_t i = 0; i < count; i++) {
    lua_rawgeti(L, COPY, places_at(L, from)[i]);
    lua_rawseti(L, SORTED, i + 1);
  }
  m->scratch.length = mark;
  return 0;
}

void clua_open_table(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"insert", table_insert}, {"remove", table_remove}, {"concat", table_concat},
      {"sort", table_sort},     {"unpack", table_unpack}, {NULL, NULL}};
  luaL_newlib(L, functions);
}
