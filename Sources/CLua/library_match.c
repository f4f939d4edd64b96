// string.find, match, gmatch and gsub.

#define _GNU_SOURCE
#include <string.h>

#include "pattern.h"

static const char *check_pattern(lua_State *L, int index, size_t *length) {
  const char *pattern = luaL_checklstring(L, index, length);
  if (*length > CLUA_PATTERN_BYTES) luaL_argerror(L, index, "pattern too long");
  clua_charge(L, (int64_t)*length / CLUA_BYTES_PER_FUEL);
  return pattern;
}

static void push_capture(
    lua_State *L, const clua_pattern *pattern, const clua_match *match, int32_t i, size_t start) {
  if (pattern->capture_count == 0) {
    lua_pushlstring(L, match->subject + start, match->end - start);
  } else if (match->captures[i].length == CLUA_POSITION) {
    lua_pushinteger(L, (lua_Integer)match->captures[i].start + 1);
  } else {
    lua_pushlstring(L, match->subject + match->captures[i].start, (size_t)match->captures[i].length);
  }
}

// Pushes the captures, or the whole match when there are none.
static int push_captures(lua_State *L, const clua_pattern *pattern, const clua_match *match, size_t start) {
  int32_t count = pattern->capture_count != 0 ? pattern->capture_count : 1;
  luaL_checkstack(L, count, "too many captures");
  for (int32_t i = 0; i < count; i++) push_capture(L, pattern, match, i, start);
  return count;
}

// The position, from 0, at which a search begins; beyond the end of the text: false.
static bool start_position(lua_Integer init, size_t length, size_t *start) {
  if (init > 0) {
    *start = (size_t)init - 1;
  } else if (init == 0 || init < -(lua_Integer)length) {
    *start = 0;
  } else {
    *start = length - (size_t)-init;
  }
  return *start <= length;
}

static bool search(lua_State *L, const clua_pattern *pattern, clua_match *match, size_t *start) {
  for (;; ++*start) {
    if (clua_match_at(L, pattern, match, *start)) return true;
    if (pattern->anchored || *start >= match->length) return false;
  }
}

static bool has_magic(const char *pattern, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (strchr("^$*+?.([%-", pattern[i]) != NULL && pattern[i] != '\0') return true;
  return false;
}

static int find_plain(lua_State *L, const clua_match *match, const char *text, size_t length, size_t start) {
  clua_charge(L, 1 + (int64_t)((match->length - start) / CLUA_BYTES_PER_FUEL));
  const char *found = memmem(match->subject + start, match->length - start, text, length);
  if (found == NULL) {
    lua_pushnil(L);
    return 1;
  }
  lua_pushinteger(L, found - match->subject + 1);
  lua_pushinteger(L, found - match->subject + (lua_Integer)length);
  return 2;
}

static int find_or_match(lua_State *L, bool find) {
  clua_machine *m = clua_of(L);
  size_t length, start;
  clua_match match = {0};
  match.subject = luaL_checklstring(L, 1, &match.length);
  const char *text = check_pattern(L, 2, &length);
  if (!start_position(luaL_optinteger(L, 3, 1), match.length, &start)) {
    lua_pushnil(L);
    return 1;
  }
  if (find && (lua_toboolean(L, 4) || !has_magic(text, length)))
    return find_plain(L, &match, text, length, start);
  size_t mark = m->scratch.length;
  size_t room = clua_scratch_take(L, clua_pattern_room(length));
  clua_pattern pattern = clua_compile(L, text, length, true, m->scratch.bytes + room);
  bool found = search(L, &pattern, &match, &start);
  m->scratch.length = mark;
  if (!found) {
    lua_pushnil(L);
    return 1;
  }
  if (!find) return push_captures(L, &pattern, &match, start);
  lua_pushinteger(L, (lua_Integer)start + 1);
  lua_pushinteger(L, (lua_Integer)match.end);
  return 2 + (pattern.capture_count != 0 ? push_captures(L, &pattern, &match, start) : 0);
}

int clua_string_find(lua_State *L) { return find_or_match(L, true); }
int clua_string_match(lua_State *L) { return find_or_match(L, false); }

// The state of a loop over gmatch, with the pattern's steps behind it.
typedef struct gmatch_state {
  clua_user user;
  bool started;
  uint64_t serial;
  size_t position;
  size_t last_end;
  clua_pattern pattern;
} gmatch_state;

// Upvalues: the subject and the state.
static int next_match(lua_State *L) {
  gmatch_state *state = lua_touserdata(L, lua_upvalueindex(2));
  if (state->serial != clua_of(L)->serial)
    clua_raise(L, CLUA_RUNTIME, "this loop over gmatch belongs to an earlier call");
  clua_match match = {0};
  match.subject = lua_tolstring(L, lua_upvalueindex(1), &match.length);
  for (size_t start = state->position; start <= match.length; start++) {
    // An empty match right behind the last one would be the same place again.
    if (!clua_match_at(L, &state->pattern, &match, start)) continue;
    if (state->started && match.end == state->last_end) continue;
    state->started = true;
    state->position = state->last_end = match.end;
    return push_captures(L, &state->pattern, &match, start);
  }
  state->position = match.length + 1;
  return 0;
}

int clua_string_gmatch(lua_State *L) {
  size_t length, pattern_length, start;
  luaL_checklstring(L, 1, &length);
  const char *text = check_pattern(L, 2, &pattern_length);
  if (!start_position(luaL_optinteger(L, 3, 1), length, &start)) start = length + 1;
  lua_settop(L, 2);
  lua_pushvalue(L, 1);
  gmatch_state *state = lua_newuserdatauv(L, sizeof *state + clua_pattern_room(pattern_length), 0);
  *state = (gmatch_state){.user = CLUA_USER_GMATCH, .serial = clua_of(L)->serial, .position = start};
  state->pattern = clua_compile(L, text, pattern_length, false, state + 1);
  lua_pushcclosure(L, next_match, 2);
  return 1;
}

// Appends what replaces the match when the third argument is a text.
static void append_template(
    lua_State *L, const clua_pattern *pattern, const clua_match *match, size_t start) {
  size_t length;
  const char *text = lua_tolstring(L, 3, &length);
  for (size_t i = 0; i < length; i++) {
    if (text[i] != '%') {
      clua_scratch_append(L, text + i, 1);
      continue;
    }
    i++;
    if (i < length && text[i] == '%') {
      clua_scratch_append(L, "%", 1);
    } else if (i < length && text[i] == '0') {
      clua_scratch_append(L, match->subject + start, match->end - start);
    } else if (i < length && text[i] >= '1' && text[i] <= '9') {
      int32_t capture = text[i] - '1';
      if (capture >= (pattern->capture_count != 0 ? pattern->capture_count : 1))
        clua_raise(L, CLUA_RUNTIME, "invalid capture index %%%c in replacement string", text[i]);
      size_t part_length;
      push_capture(L, pattern, match, capture, start);
      const char *part = lua_tolstring(L, -1, &part_length);
      clua_scratch_append(L, part, part_length);
      lua_pop(L, 1);
    } else {
      clua_raise(L, CLUA_RUNTIME, "invalid use of '%%' in replacement string");
    }
  }
}

// Appends what replaces the match. A function may run any script, so no pointer into the scratch buffer is
// good afterwards.
static void append_replacement(
    lua_State *L, const clua_pattern *pattern, const clua_match *match, size_t start) {
  int type = lua_type(L, 3);
  if (type == LUA_TSTRING || type == LUA_TNUMBER) {
    append_template(L, pattern, match, start);
    return;
  }
  if (type == LUA_TFUNCTION) {
    lua_pushvalue(L, 3);
    lua_call(L, push_captures(L, pattern, match, start), 1);
  } else {
    push_capture(L, pattern, match, 0, start);
    lua_gettable(L, 3);
  }
  size_t length;
  if (!lua_toboolean(L, -1)) {
    clua_scratch_append(L, match->subject + start, match->end - start);
  } else if (lua_isstring(L, -1)) {
    const char *text = lua_tolstring(L, -1, &length);
    clua_scratch_append(L, text, length);
  } else {
    clua_raise(L, CLUA_RUNTIME, "invalid replacement value (a %s)", luaL_typename(L, -1));
  }
  lua_pop(L, 1);
}

int clua_string_gsub(lua_State *L) {
  clua_machine *m = clua_of(L);
  size_t length, start = 0, last_end = SIZE_MAX;
  clua_match match = {0};
  match.subject = luaL_checklstring(L, 1, &match.length);
  const char *text = check_pattern(L, 2, &length);
  int type = lua_type(L, 3);
  if (type != LUA_TNUMBER && type != LUA_TSTRING && type != LUA_TTABLE && type != LUA_TFUNCTION)
    luaL_typeerror(L, 3, "string/function/table");
  lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)match.length + 1), done = 0;
  lua_settop(L, 3);
  size_t mark = m->scratch.length;
  size_t room = clua_scratch_take(L, clua_pattern_room(length));
  clua_pattern pattern = clua_compile(L, text, length, true, m->scratch.bytes + room);
  size_t result = m->scratch.length;
  while (done < most) {
    // The buffer may have moved.
    pattern.steps = (const clua_step *)(m->scratch.bytes + room);
    pattern.choices = (clua_choice *)(m->scratch.bytes + room + (length + 1) * sizeof(clua_step));
    if (clua_match_at(L, &pattern, &match, start) && match.end != last_end) {
      done++;
      append_replacement(L, &pattern, &match, start);
      start = last_end = match.end;
    } else if (start < match.length) {
      clua_scratch_append(L, match.subject + start++, 1);
    } else {
      break;
    }
    clua_check_length(L, m->scratch.length - result);
    if (pattern.anchored) break;
  }
  if (start < match.length) clua_scratch_append(L, match.subject + start, match.length - start);
  clua_check_length(L, m->scratch.length - result);
  lua_pushlstring(L, m->scratch.bytes + result, m->scratch.length - result);
  m->scratch.length = mark;
  lua_pushinteger(L, done);
  return 2;
}
