// Nothing a script writes survives a call. After loading, every table that its functions can reach is made
// read-only, and the captured locals that its functions assign are noted, to be put back after each call.

#include <string.h>

#include "machine.h"

static char contents_key;

bool clua_push_contents(lua_State *L, int index) {
  if (!lua_getmetatable(L, index)) return false;
  if (lua_rawgetp(L, -1, &contents_key) == LUA_TTABLE) {
    lua_remove(L, -2);
    return true;
  }
  lua_pop(L, 2);
  return false;
}

static int refuse_write(lua_State *L) {
  if (lua_type(L, 2) == LUA_TSTRING)
    clua_raise(L, CLUA_RUNTIME, "tables are read-only once the script is loaded (assigning '%.60s')",
               lua_tostring(L, 2));
  clua_raise(L, CLUA_RUNTIME, "tables are read-only once the script is loaded");
}

static int frozen_length(lua_State *L) {
  clua_push_contents(L, 1);
  lua_pushinteger(L, (lua_Integer)lua_rawlen(L, -1));
  return 1;
}

// The table itself is emptied, so that a write to any key asks the metatable.
void clua_freeze_shallow(lua_State *L, int index) {
  index = lua_absindex(L, index);
  luaL_checkstack(L, 8, NULL);
  lua_createtable(L, (int)lua_rawlen(L, index), 0);
  int contents = lua_gettop(L);
  lua_pushnil(L);
  while (lua_next(L, index) != 0) {
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, contents);
  }
  lua_createtable(L, 0, 5);
  lua_pushvalue(L, contents);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, refuse_write);
  lua_setfield(L, -2, "__newindex");
  lua_pushcfunction(L, frozen_length);
  lua_setfield(L, -2, "__len");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pushvalue(L, contents);
  lua_rawsetp(L, -2, &contents_key);
  // From here on nothing can fail.
  lua_pushnil(L);
  while (lua_next(L, index) != 0) {
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_pushnil(L);
    lua_rawset(L, index);
  }
  lua_setmetatable(L, index);
  lua_pop(L, 1);
}

// Stack positions in clua_freeze.
enum { ROOT = 1, SEEN, WORK, CAPTURED };

typedef struct walk {
  lua_State *L;
  lua_Integer waiting;
  lua_Integer captured;
} walk;

// Takes the value on top.
static void visit_later(walk *w) {
  lua_State *L = w->L;
  int type = lua_type(L, -1);
  if (type == LUA_TTABLE || (type == LUA_TFUNCTION && !lua_iscfunction(L, -1))) {
    lua_pushvalue(L, -1);
    if (lua_rawget(L, SEEN) == LUA_TNIL) {
      lua_pushvalue(L, -2);
      lua_pushboolean(L, 1);
      lua_rawset(L, SEEN);
      lua_pushvalue(L, -2);
      lua_rawseti(L, WORK, ++w->waiting);
    }
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

// The table is on top.
static void visit_table(walk *w) {
  lua_State *L = w->L;
  if (!clua_push_contents(L, -1)) {
    // A metatable that is not of a frozen table belongs to the environment.
    if (lua_getmetatable(L, -1)) {
      lua_pop(L, 1);
      return;
    }
    clua_freeze_shallow(L, -1);
    clua_push_contents(L, -1);
  }
  lua_pushnil(L);
  while (lua_next(L, -2) != 0) {
    visit_later(w);
    lua_pushvalue(L, -1);
    visit_later(w);
  }
  lua_pop(L, 1);
}

// Remembers the captured local whose value is on top, of the function below, unless it is known.
static void note_captured(walk *w, int upvalue) {
  lua_State *L = w->L;
  void *identity = lua_upvalueid(L, -2, upvalue);
  if (lua_rawgetp(L, SEEN, identity) == LUA_TNIL) {
    lua_pushboolean(L, 1);
    lua_rawsetp(L, SEEN, identity);
    lua_pushvalue(L, -3);
    lua_rawseti(L, CAPTURED, ++w->captured);
    lua_pushinteger(L, upvalue);
    lua_rawseti(L, CAPTURED, ++w->captured);
    lua_pushvalue(L, -2);
    lua_rawseti(L, CAPTURED, ++w->captured);
  }
  lua_pop(L, 1);
}

// The function is on top.
static void visit_function(walk *w) {
  lua_State *L = w->L;
  uint64_t assigned[4];
  clua_assigned_upvalues(L, assigned);
  for (int i = 1; lua_getupvalue(L, -1, i) != NULL; i++) {
    if ((assigned[(i - 1) / 64] >> ((i - 1) % 64) & 1) != 0) note_captured(w, i);
    visit_later(w);
  }
}

// Visits what the table at `index` holds, which is not itself a script's.
static void visit_contents(walk *w, int index) {
  lua_pushnil(w->L);
  while (lua_next(w->L, index) != 0) visit_later(w);
}

// Freezes its argument, and what that, the functions kept and the globals can reach.
// Returns a list of function, number and value for each captured local that is assigned, and its length.
int clua_freeze(lua_State *L) {
  walk w = {.L = L};
  lua_settop(L, ROOT);
  luaL_checkstack(L, 24, NULL);
  lua_newtable(L);
  lua_newtable(L);
  lua_newtable(L);
  lua_pushvalue(L, ROOT);
  visit_later(&w);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &clua_of(L)->function_count);
  visit_contents(&w, CAPTURED + 1);
  lua_settop(L, CAPTURED);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &clua_of(L)->host_function_count);
  visit_contents(&w, CAPTURED + 1);
  lua_settop(L, CAPTURED);
  while (w.waiting != 0) {
    lua_rawgeti(L, WORK, w.waiting);
    lua_pushnil(L);
    lua_rawseti(L, WORK, w.waiting--);
    if (lua_type(L, -1) == LUA_TTABLE) {
      visit_table(&w);
    } else {
      visit_function(&w);
    }
    lua_pop(L, 1);
  }
  lua_settop(L, CAPTURED);
  lua_pushinteger(L, w.captured);
  return 2;
}

void clua_restore_captured(clua_machine *m) {
  for (int32_t i = 0; i < m->captured_count; i++) {
    const clua_captured *captured = &m->captured[i];
    lua_pushvalue(m->L, captured->value);
    lua_setupvalue(m->L, captured->function, captured->upvalue);
  }
}
