// string.format. Widths and precisions have at most two digits, so that one value takes a bounded room.

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "machine.h"

enum { ROOM = 512, LONGEST_SPECIFICATION = 16 };

typedef struct formatter {
  lua_State *L;
  int argument;
  char specification[LONGEST_SPECIFICATION + 4];
  size_t length;
} formatter;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads flags, width and precision after "%". Returns the position of the conversion's letter.
static const char *read_specification(formatter *f, const char *at, const char *end) {
  const char *start = at;
  while (at < end && strchr("-+ #0", *at) != NULL && at - start < 5) at++;
  for (int i = 0; i < 2 && at < end && is_digit(*at); i++) at++;
  if (at < end && *at == '.') {
    at++;
    for (int i = 0; i < 2 && at < end && is_digit(*at); i++) at++;
  }
  if (at == end || is_digit(*at)) clua_raise(f->L, CLUA_RUNTIME, "invalid conversion in the format");
  f->specification[0] = '%';
  memcpy(f->specification + 1, start, (size_t)(at - start));
  f->length = (size_t)(at - start) + 1;
  f->specification[f->length] = '\0';
  return at;
}

static void append_formatted(formatter *f, const char *room, int length) {
  clua_scratch_append(f->L, room, length > 0 ? (size_t)length : 0);
}

static void add_whole(formatter *f, char conversion) {
  char room[ROOM];
  lua_Integer value = luaL_checkinteger(f->L, f->argument);
  snprintf(f->specification + f->length, 4, "ll%c", conversion);
  append_formatted(f, room, snprintf(room, sizeof room, f->specification, (long long)value));
}

static void add_floating(formatter *f, char conversion) {
  char room[ROOM];
  lua_Number value = luaL_checknumber(f->L, f->argument);
  // The sign of "not a number" depends on the processor.
  if (isnan(value)) value = fabs(value);
  snprintf(f->specification + f->length, 4, "%c", conversion);
  append_formatted(f, room, snprintf(room, sizeof room, f->specification, value));
}

static void add_character(formatter *f) {
  char room[ROOM];
  snprintf(f->specification + f->length, 4, "c");
  int byte = (int)(luaL_checkinteger(f->L, f->argument) & 0xff);
  append_formatted(f, room, snprintf(room, sizeof room, f->specification, byte));
}

static void add_text(formatter *f) {
  lua_State *L = f->L;
  char room[ROOM];
  luaL_checkany(L, f->argument);
  clua_push_text(L, f->argument);
  size_t length;
  const char *text = lua_tolstring(L, -1, &length);
  if (f->length == 1 || (length >= 100 && strchr(f->specification, '.') == NULL)) {
    clua_scratch_append(L, text, length);
  } else {
    if (strlen(text) != length) clua_raise(L, CLUA_RUNTIME, "a text to be padded contains zeros");
    snprintf(f->specification + f->length, 4, "s");
    append_formatted(f, room, snprintf(room, sizeof room, f->specification, text));
  }
  lua_pop(L, 1);
}

static void add_value(formatter *f, char conversion) {
  switch (conversion) {
  case 'd':
  case 'i':
    add_whole(f, 'd');
    break;
  case 'u':
  case 'o':
  case 'x':
  case 'X':
    add_whole(f, conversion);
    break;
  case 'a':
  case 'A':
  case 'e':
  case 'E':
  case 'f':
  case 'F':
  case 'g':
  case 'G':
    add_floating(f, conversion);
    break;
  case 'c':
    add_character(f);
    break;
  case 's':
    add_text(f);
    break;
  default:
    clua_raise(f->L, CLUA_RUNTIME, "invalid conversion '%%%c' in the format", conversion);
  }
}

int clua_string_format(lua_State *L) {
  clua_machine *m = clua_of(L);
  size_t length, start = m->scratch.length;
  const char *at = luaL_checklstring(L, 1, &length), *end = at + length;
  formatter f = {.L = L, .argument = 1};
  int count = lua_gettop(L);
  while (at < end) {
    const char *next = memchr(at, '%', (size_t)(end - at));
    const char *plain_end = next != NULL ? next : end;
    clua_scratch_append(L, at, (size_t)(plain_end - at));
    if (next == NULL) break;
    at = next + 1;
    if (at < end && *at == '%') {
      clua_scratch_append(L, at++, 1);
    } else {
      at = read_specification(&f, at, end);
      if (++f.argument > count) luaL_argerror(L, f.argument, "no value");
      add_value(&f, *at++);
    }
    clua_check_length(L, m->scratch.length - start);
  }
  clua_charge(L, (int64_t)((m->scratch.length - start) / CLUA_BYTES_PER_FUEL));
  lua_pushlstring(L, length != 0 ? m->scratch.bytes + start : "", m->scratch.length - start);
  m->scratch.length = start;
  return 1;
}
