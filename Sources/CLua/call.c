// Loading a chunk and calling its functions: each is one pcall, and no script's value is left on the stack.

#include <stdio.h>
#include <string.h>

#include "machine.h"

static clua_kind fail(clua_machine *m, clua_kind kind, const char *message) {
  clua_clear_failure(m);
  clua_describe(m, kind, "%s", message);
  return kind;
}

static clua_kind begin(clua_machine *m, bool loading) {
  if (m->busy) return fail(m, CLUA_HOST, "the interpreter is already running a script");
  if (m->broken != CLUA_FINE) return fail(m, m->broken, "the interpreter stopped after an earlier failure");
  clua_clear_failure(m);
  m->loading = loading;
  m->serial++;
  m->missing_count = 0;
  m->scratch.length = 0;
  clua_start_budget(m, loading ? m->limits.load_fuel : m->limits.call_fuel);
  return CLUA_FINE;
}

// Runs the function below its arguments. The results are on the stack when it is fine.
static clua_kind run(clua_machine *m, int arguments, int results) {
  lua_State *L = m->L;
  if (m->pending != CLUA_FINE) {
    clua_describe_budget(m, m->pending);
    return m->failure.kind;
  }
  locale_t before = uselocale(m->locale);
  m->busy = true;
  m->script_running = true;
  int status = lua_pcall(L, arguments, results, CLUA_AT_HANDLER);
  m->script_running = false;
  m->unwinding = false;
  m->busy = false;
  uselocale(before);
  if (status == LUA_OK && m->pending == CLUA_FINE) {
    clua_clear_failure(m);  // of refusals that Lua recovered from
    return CLUA_FINE;
  }
  if (status == LUA_ERRMEM || status == LUA_OK) {
    clua_describe_budget(m, m->pending != CLUA_FINE ? m->pending : CLUA_MEMORY);
  } else if (status != LUA_ERRRUN) {
    clua_describe_budget(m, CLUA_RECURSION);
  }
  if (m->failure.kind == CLUA_DEADLINE) m->broken = CLUA_DEADLINE;
  if (m->failure.kind == CLUA_MEMORY) lua_gc(L, LUA_GCCOLLECT, 0);
  return m->failure.kind;
}

static int32_t base_top(const clua_machine *m) {
  return m->captured_count == 0 ? CLUA_FIXED : m->captured[m->captured_count - 1].value;
}

// Puts an error of a result where the function was defined.
static void place_at_definition(clua_machine *m) {
  clua_failure *f = &m->failure;
  const char *chunk;
  if (f->line == 0 && clua_function_location(m, m->function, &chunk, &f->line))
    snprintf(f->chunk, sizeof f->chunk, "%s", chunk);
}

clua_kind clua_finish_call(clua_machine *m, int32_t arguments, clua_value *result) {
  clua_kind kind = run(m, arguments, 1);
  if (kind == CLUA_FINE) {
    kind = clua_encode(m, -1, result);
    if (kind != CLUA_FINE) place_at_definition(m);
  }
  clua_restore_captured(m);
  lua_settop(m->L, base_top(m));
  return kind;
}

clua_kind clua_begin_call(clua_machine *m, int32_t function, int32_t arguments) {
  clua_kind kind = begin(m, false);
  if (kind != CLUA_FINE) return kind;
  m->function = function;
  if (!lua_checkstack(m->L, arguments + 8) || !clua_push_function(m, function))
    return fail(m, CLUA_HOST, "there is no such function, or too many arguments for it");
  return CLUA_FINE;
}

clua_kind clua_call_object(
    clua_machine *m, int32_t function, int32_t type, int32_t slot, clua_value *result) {
  clua_kind kind = clua_begin_call(m, function, 1);
  if (kind != CLUA_FINE) return kind;
  if (!clua_push_object(m, type, slot)) {
    lua_settop(m->L, base_top(m));
    return fail(m, CLUA_HOST, "there is no such type of object");
  }
  return clua_finish_call(m, 1, result);
}

bool clua_is_running(const clua_machine *m) { return m->busy; }
int64_t clua_fuel_used(const clua_machine *m) { return m->budget - m->fuel; }
size_t clua_memory_used(const clua_machine *m) { return m->used; }

void clua_begin_generation(clua_machine *m) {
  if (!m->busy) clua_next_generation(m, false);
}

bool clua_function_location(clua_machine *m, int32_t function, const char **chunk, int32_t *line) {
  lua_Debug activation;
  if (!clua_push_function(m, function)) return false;
  lua_getinfo(m->L, ">S", &activation);
  if (activation.linedefined < 0) return false;
  *chunk = clua_chunk_name(&activation);
  *line = activation.linedefined;
  return true;
}

typedef struct chunk {
  const char *source;
  size_t length;
  const char *name;  // "@" and the chunk's name
} chunk;

// Lua's message begins with the name, shortened from the front when it is long, and the line.
static void describe_syntax(lua_State *L, const chunk *c) {
  clua_machine *m = clua_of(L);
  clua_failure *f = &m->failure;
  const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "the text cannot be read";
  const char *name = c->name + 1;
  size_t length = strlen(name);
  const char *tail = text;
  if (strncmp(text, name, length) == 0) {
    tail = text + length;
  } else if (strncmp(text, "...", 3) == 0) {
    tail = strchr(text, ':');
  }
  int line = 0, read = 0;
  snprintf(f->chunk, sizeof f->chunk, "%s", name);
  if (tail != NULL && sscanf(tail, ":%d: %n", &line, &read) == 1 && read > 0) {
    f->line = line;
    f->placed = true;
    text = tail + read;
  }
  if (strstr(text, "binary chunk") != NULL) text = "this is compiled Lua; only source text is run";
  clua_describe(m, CLUA_SYNTAX, "%s", text);
}

static int run_chunk(lua_State *L) {
  const chunk *c = lua_touserdata(L, 1);
  lua_settop(L, 0);
  clua_charge(L, (int64_t)(c->length / CLUA_BYTES_PER_FUEL));
  int status = luaL_loadbufferx(L, c->source, c->length, c->name, "t");
  if (status == LUA_ERRMEM) {
    clua_machine *m = clua_of(L);
    if (m->pending == CLUA_FINE) m->pending = CLUA_MEMORY;
    clua_check_pending(L);
  }
  if (status != LUA_OK) {
    describe_syntax(L, c);
    clua_raise_described(L);
  }
  lua_call(L, 0, 1);
  return 1;
}

// Copies the list that clua_freeze returned, and its length, to the lasting part of the stack: each function
// followed by the value.
static clua_kind keep_captured(clua_machine *m) {
  lua_State *L = m->L;
  int32_t count = (int32_t)(lua_tointeger(L, -1) / 3);
  lua_pop(L, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &m->captured);
  lua_settop(L, CLUA_FIXED);
  m->captured_count = 0;
  if (count == 0) return CLUA_FINE;
  if (!lua_checkstack(L, count * 2 + 8)) {
    clua_describe_budget(m, CLUA_MEMORY);
    return CLUA_MEMORY;
  }
  if (count > m->captured_capacity) {
    size_t size = sizeof(clua_captured);
    m->captured = clua_allocate(m, m->captured, (size_t)m->captured_capacity * size, (size_t)count * size);
    m->captured_capacity = count;
  }
  for (int32_t i = 0; i < count; i++) {
    clua_captured *captured = &m->captured[i];
    lua_Integer entry = (lua_Integer)i * 3;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &m->captured);
    lua_rawgeti(L, -1, entry + 2);
    captured->upvalue = (int32_t)lua_tointeger(L, -1);
    lua_pop(L, 1);
    lua_rawgeti(L, -1, entry + 1);
    lua_rawgeti(L, -2, entry + 3);
    lua_remove(L, -3);
    captured->value = lua_gettop(L);
    captured->function = captured->value - 1;
  }
  m->captured_count = count;
  return CLUA_FINE;
}

// Freezes the value on top and everything that functions can reach.
static clua_kind freeze(clua_machine *m) {
  lua_pushcfunction(m->L, clua_freeze);
  lua_insert(m->L, -2);
  clua_kind kind = run(m, 1, 2);
  return kind == CLUA_FINE ? keep_captured(m) : kind;
}

clua_kind clua_load(
    clua_machine *m, const char *source, size_t length, const char *name, size_t name_length,
    clua_value *result) {
  lua_State *L = m->L;
  char title[sizeof m->failure.chunk];
  chunk c = {.source = source, .length = length, .name = title};
  clua_kind kind = begin(m, true);
  if (kind != CLUA_FINE) return kind;
  snprintf(title, sizeof title, "@%.*s", (int)(name_length < 120 ? name_length : 120), name);
  m->loaded = true;
  lua_settop(L, base_top(m));
  lua_pushcfunction(L, run_chunk);
  lua_pushlightuserdata(L, &c);
  kind = run(m, 1, 1);
  if (kind == CLUA_FINE) {
    kind = clua_encode(m, -1, result);
    if (kind == CLUA_FINE) kind = clua_keep_bytes(m, result);
    if (kind == CLUA_FINE) kind = freeze(m);
    if (kind != CLUA_FINE && m->failure.line == 0)
      snprintf(m->failure.chunk, sizeof m->failure.chunk, "%s", title + 1);
  }
  if (kind != CLUA_FINE) {
    if (m->broken == CLUA_FINE) m->broken = CLUA_HOST;
    lua_settop(L, base_top(m));
  }
  clua_next_generation(m, true);
  m->loading = false;
  return kind;
}

clua_kind clua_set_global(clua_machine *m, const char *name, size_t length) {
  lua_State *L = m->L;
  if (m->busy) {
    lua_pop(L, 1);
    return fail(m, CLUA_HOST, "the interpreter is already running a script");
  }
  int value = lua_gettop(L);
  clua_kind kind = m->loaded ? fail(m, CLUA_HOST, "globals are set before the first load") : begin(m, true);
  if (kind == CLUA_FINE) {
    lua_pushcfunction(L, clua_freeze);
    lua_pushvalue(L, value);
    kind = run(m, 1, 0);
  }
  if (kind == CLUA_FINE) {
    lua_pushlstring(L, name, length);
    lua_pushvalue(L, value);
    lua_rawset(L, CLUA_AT_GLOBALS);
  }
  m->loading = false;
  lua_settop(L, base_top(m));
  return kind;
}
