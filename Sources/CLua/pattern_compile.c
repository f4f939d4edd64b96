// From the text of a pattern to its steps.

#include <string.h>

#include "pattern.h"

typedef struct compiler {
  lua_State *L;
  const unsigned char *at;
  const unsigned char *end;
  clua_step *steps;
  int32_t step_count;
  int32_t capture_count;
  int32_t open_count;
  int32_t open[CLUA_CAPTURES];
} compiler;

static void add_range(uint64_t set[4], int low, int high) {
  for (int c = low; c <= high; c++) set[c / 64] |= (uint64_t)1 << (c % 64);
}

// Adds the letter's class, of ASCII only whatever the locale. False when the letter names none.
static bool add_class(uint64_t set[4], int letter) {
  uint64_t members[4] = {0};
  switch (letter | 0x20) {
  case 'a':
    add_range(members, 'A', 'Z');
    add_range(members, 'a', 'z');
    break;
  case 'c':
    add_range(members, 0, 31);
    add_range(members, 127, 127);
    break;
  case 'd':
    add_range(members, '0', '9');
    break;
  case 'g':
    add_range(members, 33, 126);
    break;
  case 'l':
    add_range(members, 'a', 'z');
    break;
  case 'p':
    add_range(members, 33, 47);
    add_range(members, 58, 64);
    add_range(members, 91, 96);
    add_range(members, 123, 126);
    break;
  case 's':
    add_range(members, 9, 13);
    add_range(members, ' ', ' ');
    break;
  case 'u':
    add_range(members, 'A', 'Z');
    break;
  case 'w':
    add_range(members, '0', '9');
    add_range(members, 'A', 'Z');
    add_range(members, 'a', 'z');
    break;
  case 'x':
    add_range(members, '0', '9');
    add_range(members, 'A', 'F');
    add_range(members, 'a', 'f');
    break;
  default:
    return false;
  }
  bool complement = letter >= 'A' && letter <= 'Z';
  for (int i = 0; i < 4; i++) set[i] |= complement ? ~members[i] : members[i];
  return true;
}

static bool is_letter(int c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

static void fail(compiler *c, const char *why) {
  clua_raise(c->L, CLUA_RUNTIME, "malformed pattern (%s)", why);
}

static int take_escaped(compiler *c) {
  if (c->at == c->end) fail(c, "ends with '%'");
  return *c->at++;
}

// After "[". The first byte is a member even if it is "]".
static void compile_set(compiler *c, clua_step *step) {
  bool complement = c->at < c->end && *c->at == '^';
  if (complement) c->at++;
  step->kind = CLUA_STEP_SET;
  for (bool first = true;; first = false) {
    if (c->at == c->end) fail(c, "missing ']'");
    int byte = *c->at++;
    if (byte == ']' && !first) break;
    if (byte == '%') {
      int escaped = take_escaped(c);
      if (!is_letter(escaped) || !add_class(step->set, escaped)) add_range(step->set, escaped, escaped);
    } else if (c->end - c->at >= 2 && c->at[0] == '-' && c->at[1] != ']') {
      add_range(step->set, byte, c->at[1]);
      c->at += 2;
    } else {
      add_range(step->set, byte, byte);
    }
  }
  for (int i = 0; complement && i < 4; i++) step->set[i] = ~step->set[i];
}

static void open_capture(compiler *c, clua_step *step) {
  if (c->capture_count == CLUA_CAPTURES) clua_raise(c->L, CLUA_RUNTIME, "too many captures");
  step->capture = c->capture_count++;
  if (c->at < c->end && *c->at == ')') {
    c->at++;
    step->kind = CLUA_STEP_OPEN_POSITION;
  } else {
    step->kind = CLUA_STEP_OPEN;
    c->open[c->open_count++] = step->capture;
  }
}

static void close_capture(compiler *c, clua_step *step) {
  if (c->open_count == 0) clua_raise(c->L, CLUA_RUNTIME, "invalid pattern capture");
  step->kind = CLUA_STEP_CLOSE;
  step->capture = c->open[--c->open_count];
}

static void refer_back(compiler *c, clua_step *step, int digit) {
  int32_t capture = digit - '1';
  bool closed = capture >= 0 && capture < c->capture_count;
  for (int32_t i = 0; i < c->open_count; i++) closed = closed && c->open[i] != capture;
  if (!closed) clua_raise(c->L, CLUA_RUNTIME, "invalid capture index %%%c in pattern", digit);
  step->kind = CLUA_STEP_BACK_REFERENCE;
  step->capture = capture;
}

static void set_repeat(compiler *c, clua_step *step) {
  if (c->at == c->end) return;
  switch (*c->at) {
  case '?':
    step->repeat = CLUA_OPTIONAL;
    break;
  case '*':
    step->repeat = CLUA_MANY;
    break;
  case '+':
    step->repeat = CLUA_MANY_AT_LEAST_ONE;
    break;
  case '-':
    step->repeat = CLUA_FEW;
    break;
  default:
    return;
  }
  c->at++;
}

static void compile_escape(compiler *c, clua_step *step) {
  int escaped = take_escaped(c);
  if (escaped == 'b') {
    if (c->end - c->at < 2) fail(c, "missing arguments to '%b'");
    step->kind = CLUA_STEP_BALANCED;
    step->first = *c->at++;
    step->second = *c->at++;
  } else if (escaped == 'f') {
    if (c->at == c->end || *c->at != '[') fail(c, "missing '[' after '%f' in pattern");
    c->at++;
    compile_set(c, step);
    step->kind = CLUA_STEP_FRONTIER;
  } else if (escaped >= '0' && escaped <= '9') {
    refer_back(c, step, escaped);
  } else {
    if (is_letter(escaped) && add_class(step->set, escaped)) {
      step->kind = CLUA_STEP_SET;
    } else {
      step->first = (uint8_t)escaped;
    }
    set_repeat(c, step);
  }
}

static void compile_step(compiler *c, clua_step *step) {
  int byte = *c->at++;
  switch (byte) {
  case '(':
    open_capture(c, step);
    return;
  case ')':
    close_capture(c, step);
    return;
  case '%':
    compile_escape(c, step);
    return;
  case '$':
    if (c->at == c->end) {
      step->kind = CLUA_STEP_END;
      return;
    }
    step->first = '$';
    break;
  case '.':
    step->kind = CLUA_STEP_ANY;
    break;
  case '[':
    compile_set(c, step);
    break;
  default:
    step->first = (uint8_t)byte;
    break;
  }
  set_repeat(c, step);
}

clua_pattern clua_compile(lua_State *L, const char *bytes, size_t length, bool anchors, void *room) {
  const unsigned char *start = (const unsigned char *)bytes;
  compiler c = {.L = L, .at = start, .end = start + length, .steps = room};
  bool anchored = anchors && length != 0 && *c.at == '^';
  if (anchored) c.at++;
  while (c.at < c.end) {
    clua_step *step = &c.steps[c.step_count++];
    *step = (clua_step){.kind = CLUA_STEP_BYTE};
    compile_step(&c, step);
  }
  if (c.open_count != 0) clua_raise(L, CLUA_RUNTIME, "unfinished capture");
  c.steps[c.step_count++] = (clua_step){.kind = CLUA_STEP_DONE};
  return (clua_pattern){
      .steps = c.steps,
      .choices = (clua_choice *)(c.steps + length + 1),
      .step_count = c.step_count,
      .capture_count = c.capture_count,
      .anchored = anchored,
  };
}
