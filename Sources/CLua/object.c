// Host objects and host functions: what a script sees of the caller.

#include <string.h>

#include "machine.h"

clua_object *clua_to_object(lua_State *L, int index) {
  clua_object *object = lua_touserdata(L, index);
  return object != NULL && object->user == CLUA_USER_OBJECT ? object : NULL;
}

bool clua_is_stale(const clua_machine *m, const clua_object *object) {
  return object->generation != m->generation && !m->types[object->type].permanent;
}

static void check_current(lua_State *L, const clua_machine *m, const clua_object *object) {
  if (clua_is_stale(m, object))
    clua_raise(L, CLUA_RUNTIME, "this %s was kept from an earlier run and is no longer valid",
               m->types[object->type].name);
}

// Script to host and back. The answer is on top of the stack.
static void finish_callback(lua_State *L, clua_machine *m, int32_t answer) {
  if (answer == CLUA_ANSWERED && m->used > m->limits.memory_bytes) {
    lua_gc(L, LUA_GCCOLLECT, 0);
    if (m->used > m->limits.memory_bytes) m->pending = CLUA_MEMORY;
  }
  m->script_running = true;
  if (answer == CLUA_ANSWERED) {
    clua_check_pending(L);
    return;
  }
  if (answer == CLUA_FAILED) clua_describe(m, CLUA_HOST, "the host failed");
  clua_raise_described(L);
}

// The text, if any, at `argument` helps to tell which reading it was.
static void note_missing(lua_State *L, clua_machine *m, int32_t type, const char *member, int argument) {
  if (m->missing_count == CLUA_MISSING) {
    memmove(m->missing, m->missing + 1, (CLUA_MISSING - 1) * sizeof *m->missing);
    m->missing_count--;
  }
  clua_missing *missing = &m->missing[m->missing_count++];
  missing->line = clua_current_line(L, 1);
  missing->type = type;
  size_t length = strnlen(member, CLUA_NAME_BYTES);
  memcpy(missing->member, member, length);
  missing->member[length] = '\0';
  missing->has_argument = false;
  if (argument != 0 && lua_type(L, argument) == LUA_TSTRING) {
    const char *text = lua_tolstring(L, argument, &length);
    if (length <= CLUA_NAME_BYTES) {
      memcpy(missing->argument, text, length);
      missing->argument[length] = '\0';
      missing->has_argument = true;
    }
  }
}

static uint32_t slot_of(const clua_type *type, const char *name) {
  uint64_t mixed = ((uint64_t)(uintptr_t)name >> 3) * UINT64_C(0x9E3779B97F4A7C15);
  return (uint32_t)(mixed >> 40) & (uint32_t)(type->slot_count - 1);
}

static const clua_member *find_member(const clua_type *type, const char *name) {
  if (type->slot_count == 0) return NULL;
  for (uint32_t slot = slot_of(type, name);; slot = (slot + 1) & (uint32_t)(type->slot_count - 1)) {
    int32_t member = type->slots[slot];
    if (member == 0) return NULL;
    if (type->members[member - 1].name == name) return &type->members[member - 1];
  }
}

static int raise_unknown(lua_State *L, const clua_type *type) {
  if (lua_type(L, 2) != LUA_TSTRING)
    clua_raise(L, CLUA_RUNTIME, "%s has fields with names only", type->name);
  size_t length;
  const char *name = lua_tolstring(L, 2, &length);
  int best = clua_nearness(length) + 1;
  const clua_member *near = NULL;
  for (int32_t i = 0; i < type->member_count; i++) {
    const clua_member *member = &type->members[i];
    int distance = clua_distance(name, length, member->name, strlen(member->name), best - 1);
    if (distance < best) {
      best = distance;
      near = member;
    }
  }
  if (near == NULL) clua_raise(L, CLUA_RUNTIME, "%s has no field '%.60s'", type->name, name);
  if (near->method)
    clua_raise(L, CLUA_RUNTIME, "%s has no field '%.60s' (did you mean the method '%s:%s(...)'?)", type->name,
               name, type->name, near->name);
  clua_raise(L, CLUA_RUNTIME, "%s has no field '%.60s' (did you mean '%s'?)", type->name, name, near->name);
}

// The metamethod; upvalue 1 is the list of the type's methods.
static int index_object(lua_State *L) {
  clua_machine *m = clua_of(L);
  const clua_object *object = lua_touserdata(L, 1);
  const clua_type *type = &m->types[object->type];
  check_current(L, m, object);
  if (lua_type(L, 2) != LUA_TSTRING) return raise_unknown(L, type);
  size_t length;
  const char *name = lua_tolstring(L, 2, &length);
  const clua_member *member = find_member(type, name);
  if (member != NULL && member->method) {
    lua_rawgeti(L, lua_upvalueindex(1), member->index + 1);
    return 1;
  }
  if (member == NULL && !type->open) return raise_unknown(L, type);
  m->script_running = false;
  int32_t answer =
      member != NULL ? m->callbacks.read(m->context, object->type, object->slot, member->index)
                     : m->callbacks.read_open(m->context, object->type, object->slot, name, length);
  finish_callback(L, m, answer);
  if (lua_type(L, -1) == LUA_TNIL) note_missing(L, m, object->type, name, 0);
  return 1;
}

// Upvalues: the type and the method's position.
static int call_method(lua_State *L) {
  clua_machine *m = clua_of(L);
  int32_t type_index = (int32_t)lua_tointeger(L, lua_upvalueindex(1));
  int32_t method = (int32_t)lua_tointeger(L, lua_upvalueindex(2));
  const clua_type *type = &m->types[type_index];
  const clua_object *object = clua_to_object(L, 1);
  const char *name = type->members[lua_tointeger(L, lua_upvalueindex(3))].name;
  if (object == NULL || object->type != type_index)
    clua_raise(L, CLUA_RUNTIME, "call this with a colon: %s:%s(...)", type->name, name);
  check_current(L, m, object);
  m->argument_base = 2;
  m->argument_count = lua_gettop(L) - 1;
  m->script_running = false;
  finish_callback(
      L, m, m->callbacks.method(m->context, type_index, object->slot, method, m->argument_count));
  if (lua_type(L, -1) == LUA_TNIL) note_missing(L, m, type_index, name, m->argument_count > 0 ? 2 : 0);
  return 1;
}

// Upvalue: the function's position.
static int call_function(lua_State *L) {
  clua_machine *m = clua_of(L);
  m->argument_base = 1;
  m->argument_count = lua_gettop(L);
  m->script_running = false;
  finish_callback(
      L, m,
      m->callbacks.function(m->context, (int32_t)lua_tointeger(L, lua_upvalueindex(1)), m->argument_count));
  return 1;
}

static int refuse_assignment(lua_State *L) {
  const clua_type *type = &clua_of(L)->types[((const clua_object *)lua_touserdata(L, 1))->type];
  clua_raise(L, CLUA_RUNTIME, "%s is read-only", type->name);
}

static int refuse_length(lua_State *L) {
  const clua_type *type = &clua_of(L)->types[((const clua_object *)lua_touserdata(L, 1))->type];
  clua_raise(L, CLUA_RUNTIME, "%s has no length", type->name);
}

// Keeps the text for the life of the machine, so that its address stays the same.
static const char *keep_text(clua_machine *m, const char *bytes, size_t length) {
  const char *kept = lua_pushlstring(m->L, bytes, length);
  lua_pushboolean(m->L, 1);
  lua_rawset(m->L, LUA_REGISTRYINDEX);
  return kept;
}

void clua_add_type(clua_machine *m, const char *name, size_t length, bool open, bool permanent) {
  lua_State *L = m->L;
  size_t size = sizeof(clua_type);
  m->types = clua_allocate(m, m->types, (size_t)m->type_count * size, (size_t)(m->type_count + 1) * size);
  clua_type *type = &m->types[m->type_count++];
  *type = (clua_type){.name = keep_text(m, name, length), .open = open, .permanent = permanent};
  lua_newtable(L);
  type->cache = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_createtable(L, 0, 5);
  lua_newtable(L);
  lua_pushvalue(L, -1);
  type->methods = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_pushcclosure(L, index_object, 1);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, refuse_assignment);
  lua_setfield(L, -2, "__newindex");
  lua_pushcfunction(L, refuse_length);
  lua_setfield(L, -2, "__len");
  lua_pushstring(L, type->name);
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  type->metatable = luaL_ref(L, LUA_REGISTRYINDEX);
}

static void rebuild_slots(clua_machine *m, clua_type *type) {
  int32_t wanted = 8;
  while (wanted < type->member_count * 2) wanted *= 2;
  type->slots = clua_allocate(m, type->slots, (size_t)type->slot_count * sizeof(int32_t),
                              (size_t)wanted * sizeof(int32_t));
  type->slot_count = wanted;
  memset(type->slots, 0, (size_t)wanted * sizeof(int32_t));
  for (int32_t i = 0; i < type->member_count; i++) {
    uint32_t slot = slot_of(type, type->members[i].name);
    while (type->slots[slot] != 0) slot = (slot + 1) & (uint32_t)(wanted - 1);
    type->slots[slot] = i + 1;
  }
}

bool clua_add_member(clua_machine *m, const char *name, size_t length, bool method) {
  lua_State *L = m->L;
  if (length == 0 || length > CLUA_NAME_BYTES) return false;
  clua_type *type = &m->types[m->type_count - 1];
  size_t size = sizeof(clua_member);
  type->members = clua_allocate(m, type->members, (size_t)type->member_count * size,
                                (size_t)(type->member_count + 1) * size);
  clua_member *member = &type->members[type->member_count++];
  *member = (clua_member){.name = keep_text(m, name, length), .method = method};
  member->index = method ? type->method_count++ : type->field_count++;
  if (method) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, type->methods);
    lua_pushinteger(L, m->type_count - 1);
    lua_pushinteger(L, member->index);
    lua_pushinteger(L, type->member_count - 1);
    lua_pushcclosure(L, call_method, 3);
    lua_rawseti(L, -2, member->index + 1);
    lua_pop(L, 1);
  }
  rebuild_slots(m, type);
  return true;
}

void clua_add_function(clua_machine *m, const char *name, size_t length) {
  lua_State *L = m->L;
  lua_pushlstring(L, name, length);
  lua_pushinteger(L, m->host_function_count++);
  lua_pushcclosure(L, call_function, 1);
  lua_rawset(L, CLUA_AT_GLOBALS);
}

// A slot's object is one userdata for the whole generation, so that it equals itself, and is used again in
// the next: what a script could have kept is out of its reach by then (freeze.c).
bool clua_push_object(clua_machine *m, int32_t type_index, int32_t slot) {
  lua_State *L = m->L;
  if (type_index < 0 || type_index >= m->type_count || slot < 0) return false;
  clua_type *type = &m->types[type_index];
  lua_rawgeti(L, LUA_REGISTRYINDEX, type->cache);
  if (lua_rawgeti(L, -1, (lua_Integer)slot + 1) == LUA_TNIL) {
    lua_pop(L, 1);
    clua_object *object = lua_newuserdatauv(L, sizeof *object, 0);
    *object = (clua_object){.user = CLUA_USER_OBJECT, .type = type_index, .slot = slot};
    lua_rawgeti(L, LUA_REGISTRYINDEX, type->metatable);
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, (lua_Integer)slot + 1);
    type->cached++;
  }
  ((clua_object *)lua_touserdata(L, -1))->generation = m->generation;
  lua_remove(L, -2);
  return true;
}

enum { CACHED_OBJECTS = 256 };

void clua_next_generation(clua_machine *m, bool all) {
  m->generation++;
  for (int32_t i = 0; i < m->type_count; i++) {
    clua_type *type = &m->types[i];
    if (type->permanent || (!all && type->cached <= CACHED_OBJECTS)) continue;
    lua_newtable(m->L);
    lua_rawseti(m->L, LUA_REGISTRYINDEX, type->cache);
    type->cached = 0;
  }
}
