// Making and ending a machine.

#include <stdlib.h>
#include <string.h>

#include "machine.h"

// Reached only if an error was raised outside call.c, which would be a mistake in these files.
static int panic(lua_State *L) {
  (void)L;
  abort();
}

static char probe[] = "0123456789012345678901234567890123456789012345678901234567890123";

// Learns what the allocation of a long text takes beyond its characters.
static void measure_string_header(lua_State *L) {
  clua_machine *m = clua_of(L);
  size_t before = m->used;
  lua_gc(L, LUA_GCSTOP);
  lua_pushlstring(L, probe, sizeof probe - 1);
  m->string_header = m->used - before - (sizeof probe - 1);
  lua_gc(L, LUA_GCRESTART);
  lua_pop(L, 1);
}

// Tries assigned.c on a function whose answer is known.
static void check_assignments(lua_State *L) {
  static const char text[] =
      "local a, b, c, d = 1\n"
      "return function() local function f() c = a; d = 'x' end return a, b, f, 2.5, 70000, {} end";
  clua_machine *m = clua_of(L);
  uint64_t assigned[4];
  if (luaL_loadbufferx(L, text, sizeof text - 1, "=check", "t") != LUA_OK) lua_error(L);
  lua_call(L, 0, 1);
  m->assignments_known = true;
  clua_assigned_upvalues(L, assigned);
  uint64_t expected = 0;
  for (int i = 1;; i++) {
    const char *name = lua_getupvalue(L, -1, i);
    if (name == NULL) break;
    lua_pop(L, 1);
    if (name[0] == 'c' || name[0] == 'd') expected |= (uint64_t)1 << (i - 1);
  }
  m->assignments_known = assigned[0] == expected && (assigned[1] | assigned[2] | assigned[3]) == 0;
  lua_pop(L, 1);
}

static int set_up(lua_State *L) {
  clua_machine *m = clua_of(L);
  measure_string_header(L);
  check_assignments(L);
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &m->function_count);
  clua_open_environment(L);
  return 0;
}

clua_machine *clua_create(clua_limits limits, clua_callbacks callbacks, void *context) {
  clua_machine *m = calloc(1, sizeof *m);
  if (m == NULL) return NULL;
  m->limits = limits;
  m->callbacks = callbacks;
  m->context = context;
  m->failing_countdown = limits.failing_allocation;
  m->locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
  m->script_running = true;
  lua_State *L = m->locale != (locale_t)0 ? lua_newstate(clua_allocate, m) : NULL;
  if (L != NULL) {
    m->L = L;
    *(clua_machine **)lua_getextraspace(L) = m;
    lua_atpanic(L, panic);
    m->loading = true;
    clua_start_budget(m, limits.load_fuel);
    lua_pushcfunction(L, set_up);
    if (lua_pcall(L, 0, 0, 0) == LUA_OK) {
      m->script_running = false;
      m->loading = false;
      lua_settop(L, 0);
      lua_pushcfunction(L, clua_handler);
      lua_rawgetp(L, LUA_REGISTRYINDEX, &m->host_function_count);
      return m;
    }
  }
  clua_destroy(m);
  return NULL;
}

size_t clua_destroy(clua_machine *m) {
  m->script_running = false;
  if (m->L != NULL) lua_close(m->L);
  m->L = NULL;
  for (int32_t i = 0; i < m->type_count; i++) {
    clua_type *type = &m->types[i];
    clua_allocate(m, type->members, (size_t)type->member_count * sizeof(clua_member), 0);
    clua_allocate(m, type->slots, (size_t)type->slot_count * sizeof(int32_t), 0);
  }
  clua_allocate(m, m->types, (size_t)m->type_count * sizeof(clua_type), 0);
  clua_allocate(m, m->captured, (size_t)m->captured_capacity * sizeof(clua_captured), 0);
  clua_buffer_free(m, &m->scratch);
  clua_buffer_free(m, &m->output);
  if (m->locale != (locale_t)0) freelocale(m->locale);
  size_t left = m->used;
  free(m);
  return left;
}

int32_t clua_missing_reads(const clua_machine *m) { return m->missing_count; }

void clua_missing_read(
    const clua_machine *m, int32_t index, int32_t *line, const char **type, const char **member,
    const char **argument) {
  const clua_missing *missing = &m->missing[index];
  *line = missing->line;
  *type = m->types[missing->type].name;
  *member = missing->member;
  *argument = missing->has_argument ? missing->argument : NULL;
}
