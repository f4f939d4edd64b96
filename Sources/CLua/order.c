// The one order in which keys of a table are visited: numbers ascending, texts by their bytes, false, true.

#include <stdlib.h>
#include <string.h>

#include "machine.h"

static int compare_numbers(const clua_key *a, const clua_key *b) {
  if (!a->floating && !b->floating) return (a->integer > b->integer) - (a->integer < b->integer);
  // Long double holds every 64-bit integer exactly on the platforms supported.
  long double x = a->floating ? (long double)a->number : (long double)a->integer;
  long double y = b->floating ? (long double)b->number : (long double)b->integer;
  return (x > y) - (x < y);
}

static int compare_keys(const void *left, const void *right) {
  const clua_key *a = left, *b = right;
  if (a->rank != b->rank) return a->rank - b->rank;
  if (a->rank != 1) return compare_numbers(a, b);
  size_t shorter = a->length < b->length ? a->length : b->length;
  int order = memcmp(a->bytes, b->bytes, shorter);
  return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

static bool read_key(lua_State *L, int index, clua_key *key) {
  *key = (clua_key){0};
  switch (lua_type(L, index)) {
  case LUA_TNUMBER:
    key->floating = !lua_isinteger(L, index);
    if (key->floating) {
      key->number = lua_tonumber(L, index);
    } else {
      key->integer = lua_tointeger(L, index);
    }
    return true;
  case LUA_TSTRING:
    key->rank = 1;
    key->bytes = lua_tolstring(L, index, &key->length);
    return true;
  case LUA_TBOOLEAN:
    key->rank = 2;
    key->integer = lua_toboolean(L, index);
    return true;
  default:
    return false;
  }
}

int32_t clua_sorted_keys(clua_machine *m, int index, lua_Integer skip, size_t *offset) {
  lua_State *L = m->L;
  index = lua_absindex(L, index);
  m->scratch.length = (m->scratch.length + 15) & ~(size_t)15;
  *offset = m->scratch.length;
  int32_t count = 0;
  lua_pushnil(L);
  while (lua_next(L, index) != 0) {
    lua_pop(L, 1);
    clua_key key;
    if (!read_key(L, -1, &key)) {
      lua_pop(L, 1);
      m->scratch.length = *offset;
      return -1;
    }
    if (key.rank == 0 && !key.floating && key.integer >= 1 && key.integer <= skip) continue;
    if (!clua_buffer_reserve(m, &m->scratch, sizeof key + 16)) {
      lua_pop(L, 1);
      m->scratch.length = *offset;
      return -2;
    }
    memcpy(m->scratch.bytes + m->scratch.length, &key, sizeof key);
    m->scratch.length += sizeof key;
    count++;
  }
  if (count > 1) qsort(m->scratch.bytes + *offset, (size_t)count, sizeof(clua_key), compare_keys);
  return count;
}

void clua_push_key(lua_State *L, const clua_key *key) {
  switch (key->rank) {
  case 0:
    if (key->floating) {
      lua_pushnumber(L, key->number);
    } else {
      lua_pushinteger(L, key->integer);
    }
    break;
  case 1:
    lua_pushlstring(L, key->bytes, key->length);
    break;
  default:
    lua_pushboolean(L, key->integer != 0);
    break;
  }
}
