// The names a script finds: the libraries and the host's functions, read-only.

#include <stdio.h>
#include <string.h>

#include "machine.h"

void clua_suggest(lua_State *L, int index, const char *name, char *text, size_t size) {
  const char *near = NULL;
  size_t length = strlen(name);
  int limit = clua_nearness(length), best = limit + 1;
  index = lua_absindex(L, index);
  lua_pushnil(L);
  while (lua_next(L, index) != 0) {
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING) continue;
    size_t other_length;
    const char *other = lua_tolstring(L, -1, &other_length);
    int distance = clua_distance(name, length, other, other_length, limit);
    // Among equals the first by its letters, because the order of keys differs from run to run.
    if (distance < best || (distance == best && near != NULL && strcmp(other, near) < 0)) {
      best = distance;
      near = other;
    }
  }
  text[0] = '\0';
  if (near != NULL) snprintf(text, size, " (did you mean '%.60s'?)", near);
}

static bool is_left_out(const char *name) {
  static const char *const names[] = {
      "pcall",  "xpcall",   "coroutine",  "setmetatable", "getmetatable", "rawget",  "rawset",  "rawequal",
      "rawlen", "next",     "load",       "loadfile",     "loadstring",   "dofile",  "print",   "warn",
      "io",     "os",       "require",    "debug",        "package",      "module",  "unpack",  "_G",
      "collectgarbage"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(name, names[i]) == 0) return true;
  return false;
}

// The globals are at upvalue 1.
static int refuse_unknown_global(lua_State *L) {
  if (lua_type(L, 2) != LUA_TSTRING) clua_raise(L, CLUA_RUNTIME, "a global's name must be a text");
  const char *name = lua_tostring(L, 2);
  if (is_left_out(name)) clua_raise(L, CLUA_RUNTIME, "'%s' is not available to scripts", name);
  char hint[96];
  clua_suggest(L, 1, name, hint, sizeof hint);
  clua_raise(L, CLUA_RUNTIME, "'%.60s' is not defined%s", name, hint);
}

static int refuse_global_assignment(lua_State *L) {
  const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
  clua_raise(L, CLUA_RUNTIME, "'%.60s' is not a local variable: write 'local %.60s' where it is first used",
             name, name);
}

// Upvalue 1 is the library's name.
static int refuse_unknown_member(lua_State *L) {
  const char *library = lua_tostring(L, lua_upvalueindex(1));
  if (lua_type(L, 2) != LUA_TSTRING)
    clua_raise(L, CLUA_RUNTIME, "a %s has no element of this kind; see string.sub",
               strcmp(library, "string") == 0 ? "text" : library);
  const char *name = lua_tostring(L, 2);
  char hint[96];
  clua_suggest(L, 1, name, hint, sizeof hint);
  clua_raise(L, CLUA_RUNTIME, "'%s' has no function '%.60s'%s", library, name, hint);
}

// Takes the library's table on top to the globals below it.
static void add_library(lua_State *L, const char *name) {
  clua_freeze_shallow(L, -1);
  clua_push_contents(L, -1);
  lua_createtable(L, 0, 2);
  lua_pushstring(L, name);
  lua_pushcclosure(L, refuse_unknown_member, 1);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  lua_pop(L, 1);
  lua_setfield(L, -2, name);
}

// Texts have the functions of the sandbox's own string library as methods.
static void open_text_methods(lua_State *L) {
  lua_pushliteral(L, "");
  lua_createtable(L, 0, 2);
  lua_getfield(L, -3, "string");
  clua_push_contents(L, -1);
  lua_setfield(L, -3, "__index");
  lua_pop(L, 1);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  lua_pop(L, 1);
}

// The environment itself stays empty, so that every assignment to a global asks the metatable.
void clua_open_environment(lua_State *L) {
  clua_machine *m = clua_of(L);
  lua_newtable(L);
  clua_open_base(L);
  clua_open_math(L);
  add_library(L, "math");
  clua_open_string(L);
  add_library(L, "string");
  clua_open_table(L);
  add_library(L, "table");
  clua_open_utf8(L);
  add_library(L, "utf8");
  open_text_methods(L);
  lua_createtable(L, 0, 2);
  lua_pushcfunction(L, refuse_unknown_global);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  lua_newtable(L);
  lua_createtable(L, 0, 3);
  lua_pushvalue(L, -3);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, refuse_global_assignment);
  lua_setfield(L, -2, "__newindex");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &m->host_function_count);
}
