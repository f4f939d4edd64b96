// Matching: forward step by step, and back to the last choice when a step fails.

#include <string.h>

#include "pattern.h"

static inline bool has(const uint64_t set[4], int byte) { return (set[byte / 64] >> (byte % 64) & 1) != 0; }

static inline bool accepts(const clua_step *step, unsigned char byte) {
  switch (step->kind) {
  case CLUA_STEP_BYTE:
    return step->first == byte;
  case CLUA_STEP_ANY:
    return true;
  default:
    return has(step->set, byte);
  }
}

// The end of the balanced text that begins at `at`, 0 when there is none.
static size_t balanced_end(const clua_step *step, const clua_match *match, size_t at) {
  const unsigned char *subject = (const unsigned char *)match->subject;
  if (at >= match->length || subject[at] != step->first) return 0;
  size_t depth = 1;
  for (size_t i = at + 1; i < match->length; i++) {
    if (subject[i] == step->second) {
      if (--depth == 0) return i + 1;
    } else if (subject[i] == step->first) {
      depth++;
    }
  }
  return 0;
}

static int byte_or_zero(const clua_match *match, size_t at) {
  return at < match->length ? (unsigned char)match->subject[at] : 0;
}

// Fuel is taken in portions, because the machine's count is behind a pointer.
typedef struct meter {
  lua_State *L;
  int64_t spent;
} meter;

static inline void spend(meter *m, size_t amount) {
  m->spent += (int64_t)amount;
  if (m->spent >= 1024) {
    int64_t spent = m->spent;
    m->spent = 0;
    clua_charge(m->L, spent);
  }
}

// Steps that are not single characters. True when matched, `at` moved on.
static bool pass(meter *m, const clua_step *step, clua_match *match, size_t *at) {
  clua_span *span = &match->captures[step->capture];
  switch (step->kind) {
  case CLUA_STEP_OPEN:
    span->start = *at;
    return true;
  case CLUA_STEP_OPEN_POSITION:
    span->start = *at;
    span->length = CLUA_POSITION;
    return true;
  case CLUA_STEP_CLOSE:
    span->length = (ptrdiff_t)(*at - span->start);
    return true;
  case CLUA_STEP_BACK_REFERENCE: {
    if (span->length < 0) return false;  // a position is not a text
    size_t length = (size_t)span->length;
    spend(m, length);
    if (match->length - *at < length) return false;
    if (memcmp(match->subject + span->start, match->subject + *at, length) != 0) return false;
    *at += length;
    return true;
  }
  case CLUA_STEP_BALANCED: {
    size_t end = balanced_end(step, match, *at);
    if (end == 0) {
      spend(m, match->length - *at);
      return false;
    }
    spend(m, end - *at);
    *at = end;
    return true;
  }
  case CLUA_STEP_FRONTIER:
    return has(step->set, byte_or_zero(match, *at)) &&
           !has(step->set, *at > 0 ? byte_or_zero(match, *at - 1) : 0);
  default:
    return *at == match->length;
  }
}

// A single character with its repetition. True when matched, `at` moved on, and a choice noted if there is
// one.
static bool pass_single(
    meter *m, const clua_step *step, const clua_match *match, size_t *at, clua_choice *choice, bool *chosen) {
  const unsigned char *subject = (const unsigned char *)match->subject;
  size_t start = *at, end = start;
  bool one = start < match->length && accepts(step, subject[start]);
  switch (step->repeat) {
  case CLUA_ONCE:
    if (one) ++*at;
    return one;
  case CLUA_FEW:
    *choice = (clua_choice){.few = true, .at = start};
    *chosen = true;
    return true;
  case CLUA_OPTIONAL:
    end = one ? start + 1 : start;
    break;
  default:
    while (end < match->length && accepts(step, subject[end])) end++;
    spend(m, end - start);
    break;
  }
  size_t least = step->repeat == CLUA_MANY_AT_LEAST_ONE ? start + 1 : start;
  if (end < least) return false;
  *choice = (clua_choice){.least = least, .at = end};
  *chosen = end > least;
  *at = end;
  return true;
}

// Takes the last choice another way. False when there is none left.
static bool retry(
    meter *m, const clua_pattern *pattern, const clua_match *match, int32_t *depth, int32_t *step,
    size_t *at) {
  while (*depth > 0) {
    clua_choice *choice = &pattern->choices[*depth - 1];
    spend(m, 1);
    if (choice->few) {
      if (choice->at < match->length &&
          accepts(&pattern->steps[choice->step], (unsigned char)match->subject[choice->at])) {
        *at = ++choice->at;
        *step = choice->step + 1;
        return true;
      }
      --*depth;
    } else {
      *at = --choice->at;
      *step = choice->step + 1;
      if (choice->at == choice->least) --*depth;
      return true;
    }
  }
  return false;
}

bool clua_match_at(lua_State *L, const clua_pattern *pattern, clua_match *match, size_t start) {
  meter m = {.L = L};
  int32_t step = 0, depth = 0;
  size_t at = start;
  bool matched = true;
  for (;;) {
    const clua_step *current = &pattern->steps[step];
    spend(&m, 1);
    if (current->kind == CLUA_STEP_DONE) break;
    bool passed;
    if (current->kind <= CLUA_STEP_SET) {
      bool chosen = false;
      passed = pass_single(&m, current, match, &at, &pattern->choices[depth], &chosen);
      if (passed && chosen) pattern->choices[depth++].step = step;
    } else {
      passed = pass(&m, current, match, &at);
    }
    if (passed) {
      step++;
    } else if (!retry(&m, pattern, match, &depth, &step, &at)) {
      matched = false;
      break;
    }
  }
  match->end = at;
  clua_charge(L, m.spent);
  return matched;
}
