// What went wrong: kept in the machine, so that telling it needs no memory.

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "machine.h"

// The error value of everything raised here. The description is in m->failure.
static char described;

void clua_clear_failure(clua_machine *m) {
  clua_failure *f = &m->failure;
  f->kind = CLUA_FINE;
  f->raised = f->involves_nil = f->placed = false;
  f->line = 0;
  f->length = 0;
  f->frame_count = 0;
  f->chunk[0] = f->message[0] = '\0';
}

void clua_describe(clua_machine *m, clua_kind kind, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(m->failure.message, sizeof m->failure.message, format, arguments);
  va_end(arguments);
  m->failure.kind = kind;
  size_t most = sizeof m->failure.message - 1;
  m->failure.length = length < 0 ? 0 : (size_t)length < most ? (size_t)length : most;
}

void clua_describe_budget(clua_machine *m, clua_kind kind) {
  const clua_limits *limits = &m->limits;
  switch (kind) {
  case CLUA_FUEL:
    clua_describe(m, kind, "the script ran too long (more than %lld steps)", (long long)m->budget);
    break;
  case CLUA_STRING_LENGTH:
    clua_describe(m, kind, "a text would be longer than %zu bytes", limits->string_bytes);
    break;
  case CLUA_RECURSION:
    clua_describe(m, kind, "calls nest deeper than %d", limits->recursion_depth);
    break;
  case CLUA_RESULT_SIZE:
    clua_describe(m, kind, "too many values were returned or passed to the host (at most %d)",
                  m->loading ? limits->load_result_items : limits->call_result_items);
    break;
  case CLUA_DEADLINE:
    clua_describe(m, kind, "stopped by the watchdog");
    break;
  default:
    clua_describe(m, CLUA_MEMORY, "the script needs more than %zu bytes of memory", limits->memory_bytes);
    break;
  }
}

// Calling the handler takes a little memory, which must not be refused for the reason being raised.
int clua_raise_described(lua_State *L) {
  clua_of(L)->unwinding = true;
  lua_pushlightuserdata(L, &described);
  lua_error(L);
  __builtin_unreachable();
}

int clua_raise(lua_State *L, clua_kind kind, const char *format, ...) {
  clua_machine *m = clua_of(L);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(m->failure.message, sizeof m->failure.message, format, arguments);
  va_end(arguments);
  m->failure.kind = kind;
  m->failure.length = strlen(m->failure.message);
  clua_raise_described(L);
}

static void copy(char *to, size_t size, const char *from) {
  size_t length = strnlen(from, size - 1);
  memcpy(to, from, length);
  to[length] = '\0';
}

static void name_function(const lua_Debug *activation, char *name, size_t size) {
  if (strcmp(activation->what, "main") == 0) {
    copy(name, size, "main chunk");
  } else if (activation->name != NULL) {
    copy(name, size, activation->name);
  } else {
    snprintf(name, size, "function of line %d", activation->linedefined);
  }
}

const char *clua_chunk_name(const lua_Debug *activation) {
  return activation->source + (activation->source[0] == '@');
}

// The place is that of the innermost function of the script, unless `error` has set another. Where no
// function of the script is under way, what was recorded before stays.
void clua_record_frames(lua_State *L, int level) {
  clua_failure *f = &clua_of(L)->failure;
  lua_Debug activation;
  int32_t count = 0;
  for (; count < CLUA_FRAMES && lua_getstack(L, level, &activation) != 0; level++) {
    lua_getinfo(L, "nSl", &activation);
    if (activation.currentline <= 0) continue;
    clua_frame *frame = &f->frames[count++];
    name_function(&activation, frame->function, sizeof frame->function);
    copy(frame->chunk, sizeof frame->chunk, clua_chunk_name(&activation));
    frame->line = activation.currentline;
  }
  if (count == 0) return;
  f->frame_count = count;
  if (!f->placed) {
    f->line = f->frames[0].line;
    copy(f->chunk, sizeof f->chunk, f->frames[0].chunk);
  }
}

int clua_current_line(lua_State *L, int level) {
  lua_Debug activation;
  if (lua_getstack(L, level, &activation) == 0) return 0;
  lua_getinfo(L, "l", &activation);
  return activation.currentline > 0 ? activation.currentline : 0;
}

// Lua's own messages begin with "source:line: ", the source shortened.
static const char *without_place(lua_State *L, const char *text) {
  lua_Debug activation;
  char place[LUA_IDSIZE + 16];
  for (int level = 1; lua_getstack(L, level, &activation) != 0; level++) {
    lua_getinfo(L, "Sl", &activation);
    if (activation.currentline <= 0) continue;
    int length = snprintf(place, sizeof place, "%s:%d: ", activation.short_src, activation.currentline);
    return strncmp(text, place, (size_t)length) == 0 ? text + length : text;
  }
  return text;
}

static bool mentions_nil(const char *text) {
  if (strncmp(text, "attempt to call", 15) == 0) return false;
  static const char *const signs[] = {"a nil value", "with nil", " nil with ", "two nil values", "got nil",
                                      "got no value"};
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    if (strstr(text, signs[i]) != NULL) return true;
  return false;
}

int clua_handler(lua_State *L) {
  clua_machine *m = clua_of(L);
  if (lua_touserdata(L, 1) != &described) {
    if (lua_type(L, 1) == LUA_TSTRING) {
      const char *text = without_place(L, lua_tostring(L, 1));
      if (strncmp(text, "stack overflow", 14) == 0 || strncmp(text, "C stack overflow", 16) == 0) {
        clua_describe_budget(m, CLUA_RECURSION);
      } else {
        clua_describe(m, CLUA_RUNTIME, "%s", text);
        m->failure.involves_nil = mentions_nil(text);
      }
    } else {
      clua_describe(m, CLUA_RUNTIME, "the error is a %s", lua_typename(L, lua_type(L, 1)));
    }
  }
  clua_record_frames(L, 1);
  return 1;
}

const char *clua_error_message(const clua_machine *m, size_t *length) {
  *length = m->failure.length;
  return m->failure.message;
}

const char *clua_error_chunk(const clua_machine *m) { return m->failure.chunk; }
int32_t clua_error_line(const clua_machine *m) { return m->failure.line; }
bool clua_error_is_raised(const clua_machine *m) { return m->failure.raised; }
bool clua_error_involves_nil(const clua_machine *m) { return m->failure.involves_nil; }
int32_t clua_error_frames(const clua_machine *m) { return m->failure.frame_count; }

void clua_error_frame(
    const clua_machine *m, int32_t index, const char **function, const char **chunk, int32_t *line) {
  const clua_frame *frame = &m->failure.frames[index];
  *function = frame->function;
  *chunk = frame->chunk;
  *line = frame->line;
}
