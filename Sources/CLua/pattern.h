// Patterns of Lua's string functions, compiled to a list of steps and matched by backtracking.
//
// A pattern has no alternatives and repeats single characters only, so every successful match passes each
// step once, in order. The places to come back to are therefore at most as many as there are steps: they are
// kept in a list of that length, and nothing recurses.
#ifndef CLUA_PATTERN_H
#define CLUA_PATTERN_H

#include "machine.h"

enum { CLUA_CAPTURES = 32, CLUA_PATTERN_BYTES = 4096, CLUA_POSITION = -2 };

typedef enum clua_step_kind {
  CLUA_STEP_BYTE,
  CLUA_STEP_ANY,
  CLUA_STEP_SET,
  CLUA_STEP_OPEN,
  CLUA_STEP_OPEN_POSITION,
  CLUA_STEP_CLOSE,
  CLUA_STEP_BACK_REFERENCE,
  CLUA_STEP_BALANCED,
  CLUA_STEP_FRONTIER,
  CLUA_STEP_END,
  CLUA_STEP_DONE,
} clua_step_kind;

typedef enum clua_repeat {
  CLUA_ONCE,
  CLUA_OPTIONAL,
  CLUA_MANY,
  CLUA_MANY_AT_LEAST_ONE,
  CLUA_FEW,
} clua_repeat;

typedef struct clua_step {
  uint8_t kind;
  uint8_t repeat;
  uint8_t first;   // the byte; of a balanced step the opening one
  uint8_t second;  // the closing one
  int32_t capture;
  uint64_t set[4];
} clua_step;

typedef struct clua_choice {
  int32_t step;
  bool few;
  size_t least;
  size_t at;
} clua_choice;

typedef struct clua_span {
  size_t start;
  ptrdiff_t length;  // or CLUA_POSITION
} clua_span;

typedef struct clua_pattern {
  const clua_step *steps;
  clua_choice *choices;
  int32_t step_count;
  int32_t capture_count;
  bool anchored;
} clua_pattern;

typedef struct clua_match {
  const char *subject;
  size_t length;
  size_t end;
  clua_span captures[CLUA_CAPTURES];
} clua_match;

// The bytes of steps and choices that a pattern of this length may need.
static inline size_t clua_pattern_room(size_t length) {
  return (length + 1) * (sizeof(clua_step) + sizeof(clua_choice));
}

// Compiles into `room`. A mistake in the pattern is raised.
clua_pattern clua_compile(lua_State *L, const char *bytes, size_t length, bool anchors, void *room);
// Tries to match at `start`, at the cost of a unit of fuel a step and a byte passed.
bool clua_match_at(lua_State *L, const clua_pattern *pattern, clua_match *match, size_t start);

#endif
