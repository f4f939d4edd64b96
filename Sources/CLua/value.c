// Values on their way between the machine and its caller.
//
// The coded copy of a table: a tag byte, then for an integer or number its 8 bytes, for a text its length
// (4 bytes) and bytes, for a function its index (4), for an object its type and slot (4 + 4), for a table the
// counts of its array and of its fields (4 + 4), the coded values of the array, and for each field the coded
// key and value. Numbers are in the machine's own byte order.

#include <string.h>

#include "machine.h"

// There is room for a few values in every callback, and clua_begin_call and clua_push_table make more.
void clua_push_null(clua_machine *m) {
  lua_pushnil(m->L);
}

void clua_push_boolean(clua_machine *m, bool value) {
  lua_pushboolean(m->L, value);
}

void clua_push_integer(clua_machine *m, int64_t value) {
  lua_pushinteger(m->L, value);
}

void clua_push_number(clua_machine *m, double value) {
  lua_pushnumber(m->L, value);
}

void clua_push_string(clua_machine *m, const char *bytes, size_t length) {
  lua_pushlstring(m->L, length != 0 ? bytes : "", length);
}

bool clua_push_function(clua_machine *m, int32_t function) {
  if (function < 1 || function > m->function_count) return false;
  lua_rawgetp(m->L, LUA_REGISTRYINDEX, &m->function_count);
  lua_rawgeti(m->L, -1, function);
  lua_remove(m->L, -2);
  return true;
}

bool clua_push_table(clua_machine *m, int32_t array, int32_t fields) {
  if (!lua_checkstack(m->L, 8)) return false;
  lua_createtable(m->L, array, fields);
  return true;
}

void clua_set_item(clua_machine *m, int64_t index) { lua_rawseti(m->L, -2, index); }

void clua_set_field(clua_machine *m, const char *name, size_t length) {
  lua_pushlstring(m->L, length != 0 ? name : "", length);
  lua_insert(m->L, -2);
  lua_rawset(m->L, -3);
}

void clua_set_boolean_field(clua_machine *m, bool key) {
  lua_pushboolean(m->L, key);
  lua_insert(m->L, -2);
  lua_rawset(m->L, -3);
}

int32_t clua_pushed(const clua_machine *m) { return lua_gettop(m->L); }
void clua_drop_to(clua_machine *m, int32_t count) { lua_settop(m->L, count); }

static clua_kind put(clua_machine *m, const void *bytes, size_t length) {
  if (!clua_buffer_reserve(m, &m->output, length)) {
    clua_describe_budget(m, CLUA_MEMORY);
    return CLUA_MEMORY;
  }
  if (length != 0) memcpy(m->output.bytes + m->output.length, bytes, length);
  m->output.length += length;
  return CLUA_FINE;
}

static clua_kind put_count(clua_machine *m, size_t count) {
  uint32_t small = (uint32_t)count;
  return put(m, &small, sizeof small);
}

static clua_kind too_many(clua_machine *m) {
  clua_describe_budget(m, CLUA_RESULT_SIZE);
  return CLUA_RESULT_SIZE;
}

static clua_kind wrong(clua_machine *m, const char *message) {
  clua_describe(m, CLUA_RUNTIME, "%s", message);
  return CLUA_RUNTIME;
}

// Keeps the function at `index` for the life of the machine. A function has one index.
static int32_t keep_function(clua_machine *m, int index) {
  lua_State *L = m->L;
  index = lua_absindex(L, index);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &m->function_count);
  lua_pushvalue(L, index);
  int32_t function;
  if (lua_rawget(L, -2) == LUA_TNUMBER) {
    function = (int32_t)lua_tointeger(L, -1);
    lua_pop(L, 2);
    return function;
  }
  lua_pop(L, 1);
  function = ++m->function_count;
  lua_pushvalue(L, index);
  lua_rawseti(L, -2, function);
  lua_pushvalue(L, index);
  lua_pushinteger(L, function);
  lua_rawset(L, -3);
  lua_pop(L, 1);
  return function;
}

// What fits into a clua_value; a table or text is left to the caller.
static clua_kind read_scalar(clua_machine *m, int index, clua_value *value) {
  lua_State *L = m->L;
  *value = (clua_value){.tag = CLUA_NULL};
  if (--m->items < 0) return too_many(m);
  switch (lua_type(L, index)) {
  case LUA_TNIL:
  case LUA_TNONE:
    return CLUA_FINE;
  case LUA_TBOOLEAN:
    value->tag = lua_toboolean(L, index) ? CLUA_TRUE : CLUA_FALSE;
    return CLUA_FINE;
  case LUA_TNUMBER:
    if (lua_isinteger(L, index)) {
      value->tag = CLUA_INTEGER;
      value->integer = lua_tointeger(L, index);
    } else {
      value->tag = CLUA_NUMBER;
      value->number = lua_tonumber(L, index);
    }
    return CLUA_FINE;
  case LUA_TSTRING:
    value->tag = CLUA_STRING;
    value->bytes = lua_tolstring(L, index, &value->length);
    return CLUA_FINE;
  case LUA_TTABLE:
    value->tag = CLUA_TABLE;
    return CLUA_FINE;
  case LUA_TFUNCTION:
    if (!m->loading) return wrong(m, "a function cannot be returned or passed to the host after loading");
    value->tag = CLUA_FUNCTION;
    value->slot = keep_function(m, index);
    return CLUA_FINE;
  default: {
    const clua_object *object = clua_to_object(L, index);
    if (object == NULL) return wrong(m, "an iterator's state cannot be returned or passed to the host");
    if (clua_is_stale(m, object)) return wrong(m, "an object of an earlier run is no longer valid");
    value->tag = CLUA_OBJECT;
    value->type = object->type;
    value->slot = object->slot;
    return CLUA_FINE;
  }
  }
}

static clua_kind put_value(clua_machine *m, int index, int depth);

static clua_kind put_fields(clua_machine *m, int contents, size_t keys, int32_t count, int depth) {
  lua_State *L = m->L;
  clua_kind kind = CLUA_FINE;
  for (int32_t i = 0; i < count && kind == CLUA_FINE; i++) {
    clua_key key;
    memcpy(&key, m->scratch.bytes + keys + (size_t)i * sizeof key, sizeof key);
    if (key.rank == 0 && key.floating) return wrong(m, "a table's key must be a text or a whole number");
    clua_push_key(L, &key);
    kind = put_value(m, lua_gettop(L), depth);
    if (kind == CLUA_FINE) {
      lua_pushvalue(L, -1);
      lua_rawget(L, contents);
      kind = put_value(m, lua_gettop(L), depth);
      lua_pop(L, 1);
    }
    lua_pop(L, 1);
  }
  return kind;
}

static clua_kind put_table(clua_machine *m, int index, int depth) {
  lua_State *L = m->L;
  if (depth > CLUA_NESTING) {
    clua_describe(m, CLUA_RESULT_SIZE, "a table nests deeper than %d tables, or contains itself",
                  CLUA_NESTING);
    return CLUA_RESULT_SIZE;
  }
  if (!lua_checkstack(L, 8)) return wrong(m, "too many values are in use");
  if (!clua_push_contents(L, index)) lua_pushvalue(L, index);
  int contents = lua_gettop(L);
  lua_Integer length = (lua_Integer)lua_rawlen(L, contents);
  size_t mark = m->scratch.length, keys;
  int32_t count = clua_sorted_keys(m, contents, length, &keys);
  clua_kind kind = CLUA_FINE;
  if (count == -1) kind = wrong(m, "a table's key must be a text or a whole number");
  if (count == -2) {
    clua_describe_budget(m, CLUA_MEMORY);
    kind = CLUA_MEMORY;
  }
  if (kind == CLUA_FINE && length + count > m->items) kind = too_many(m);
  if (kind == CLUA_FINE) kind = put_count(m, (size_t)length);
  if (kind == CLUA_FINE) kind = put_count(m, (size_t)count);
  for (lua_Integer i = 1; i <= length && kind == CLUA_FINE; i++) {
    lua_rawgeti(L, contents, i);
    kind = put_value(m, lua_gettop(L), depth);
    lua_pop(L, 1);
  }
  if (kind == CLUA_FINE) kind = put_fields(m, contents, keys, count, depth);
  m->scratch.length = mark;
  lua_settop(L, contents - 1);
  return kind;
}

static clua_kind put_value(clua_machine *m, int index, int depth) {
  clua_value value;
  clua_kind kind = read_scalar(m, index, &value);
  if (kind == CLUA_FINE) {
    unsigned char tag = (unsigned char)value.tag;
    kind = put(m, &tag, 1);
  }
  if (kind != CLUA_FINE) return kind;
  switch (value.tag) {
  case CLUA_INTEGER:
    return put(m, &value.integer, sizeof value.integer);
  case CLUA_NUMBER:
    return put(m, &value.number, sizeof value.number);
  case CLUA_STRING:
    kind = put_count(m, value.length);
    return kind == CLUA_FINE ? put(m, value.bytes, value.length) : kind;
  case CLUA_FUNCTION:
    return put(m, &value.slot, sizeof value.slot);
  case CLUA_OBJECT:
    kind = put(m, &value.type, sizeof value.type);
    return kind == CLUA_FINE ? put(m, &value.slot, sizeof value.slot) : kind;
  case CLUA_TABLE:
    return put_table(m, index, depth + 1);
  default:
    return CLUA_FINE;
  }
}

// In host mode: nothing in here can raise.
clua_kind clua_encode(clua_machine *m, int index, clua_value *value) {
  index = lua_absindex(m->L, index);
  clua_kind kind = read_scalar(m, index, value);
  if (kind != CLUA_FINE || value->tag != CLUA_TABLE) return kind;
  m->output.length = 0;
  kind = put_table(m, index, 1);
  value->bytes = m->output.bytes;
  value->length = m->output.length;
  return kind;
}

clua_kind clua_keep_bytes(clua_machine *m, clua_value *value) {
  if (value->tag != CLUA_STRING) return CLUA_FINE;
  if (value->length == 0) {
    value->bytes = "";
    return CLUA_FINE;
  }
  m->output.length = 0;
  clua_kind kind = put(m, value->bytes, value->length);
  value->bytes = m->output.bytes;
  return kind;
}

clua_kind clua_argument(clua_machine *m, int32_t index, bool whole, clua_value *value) {
  if (index < 0 || index >= m->argument_count) {
    *value = (clua_value){.tag = CLUA_NULL};
    return CLUA_FINE;
  }
  if (whole) return clua_encode(m, m->argument_base + index, value);
  m->items++;  // a look at it is free
  return read_scalar(m, m->argument_base + index, value);
}

bool clua_caller(clua_machine *m, const char **chunk, int32_t *line) {
  static const char unknown[] = "";
  lua_Debug activation;
  *chunk = unknown;
  *line = 0;
  if (!m->busy || lua_getstack(m->L, 1, &activation) == 0) return false;
  lua_getinfo(m->L, "Sl", &activation);
  if (activation.currentline <= 0) return false;
  *chunk = clua_chunk_name(&activation);
  *line = activation.currentline;
  return true;
}

void clua_set_refusal(clua_machine *m, const char *message, size_t length) {
  clua_describe(m, CLUA_RUNTIME, "%.*s", (int)(length < 1000 ? length : 1000), message);
}
