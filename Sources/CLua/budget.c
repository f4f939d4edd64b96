// Fuel, recursion and the watchdog.

#include <time.h>

#include "machine.h"

void clua_start_budget(clua_machine *m, int64_t fuel) {
  m->budget = fuel;
  m->fuel = fuel;
  m->next_poll = fuel;
  m->deadline_at = 0;
  m->pending = CLUA_FINE;
  m->refusals = 0;
  m->failing = false;
  m->items = m->loading ? m->limits.load_result_items : m->limits.call_result_items;
  // Setting the hook starts its counter again, so that a call costs the same whatever ran before.
  lua_sethook(m->L, clua_hook, LUA_MASKCOUNT, CLUA_HOOK_INTERVAL);
}

bool clua_deadline_passed(clua_machine *m) {
  if (m->limits.deadline_nanoseconds < 0) return false;
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  int64_t now = (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
  // The clock is first read some way into a call, because most calls end before that.
  if (m->deadline_at == 0) {
    if (__builtin_add_overflow(now, m->limits.deadline_nanoseconds, &m->deadline_at))
      m->deadline_at = INT64_MAX;
  }
  return now >= m->deadline_at;
}

void clua_check_pending(lua_State *L) {
  clua_machine *m = clua_of(L);
  if (m->pending == CLUA_FINE) return;
  clua_describe_budget(m, m->pending);
  clua_raise_described(L);
}

void clua_charge(lua_State *L, int64_t amount) {
  clua_machine *m = clua_of(L);
  m->fuel -= amount;
  if (m->fuel < 0) m->pending = CLUA_FUEL;
  if (m->fuel < m->next_poll) {
    m->next_poll = m->fuel - CLUA_POLL_INTERVAL;
    if (clua_deadline_passed(m)) m->pending = CLUA_DEADLINE;
  }
  clua_check_pending(L);
}

void clua_check_length(lua_State *L, size_t length) {
  clua_machine *m = clua_of(L);
  if (length > m->limits.string_bytes) {
    m->pending = CLUA_STRING_LENGTH;
    clua_check_pending(L);
  }
}

void clua_hook(lua_State *L, lua_Debug *activation) {
  clua_machine *m = clua_of(L);
  lua_Debug deep;
  (void)activation;
  clua_charge(L, CLUA_HOOK_INTERVAL);
  if (lua_getstack(L, m->limits.recursion_depth, &deep) != 0) {
    m->pending = CLUA_RECURSION;
    clua_check_pending(L);
  }
}
