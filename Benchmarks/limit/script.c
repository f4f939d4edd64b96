// The campaign, and the patient as it sees them.

#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "limit.h"

date today;

static lua_State *L;
static int refill_object, patient_object, audience, decide;
static bool proposed;
static int64_t fuel;

enum { HOOK_INTERVAL = 1000, CALL_FUEL = 200000 };

typedef struct value_set {
  const char *name;
  int count;
  struct { uint8_t system; text code; } *codes;
} value_set;

static value_set sets[256];
static int set_count;

static bool is_in_set(const value_set *set, codes list) {
  for (uint64_t n = list.count; n > 0; n--) {
    uint8_t system = take_byte(&list.reader);
    text code = take_text(&list.reader);
    for (int i = 0; i < set->count; i++) {
      text known = set->codes[i].code, beginning = code;
      if (set->codes[i].system != system) continue;
      if (system == 1 && code.length > known.length) beginning.length = known.length;  // ICD-10 stands for all below it
      if (same(known, beginning)) return true;
    }
  }
  return false;
}

// Takes the table on top; its texts stay in Lua, which keeps them.
static void read_sets(void) {
  static const char *const systems[] = {"icd10", "snomed", "rxnorm", "loinc", "cvx"};
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
    if (set_count == 256) die("too many value sets");
    value_set *set = &sets[set_count++];
    set->name = lua_tostring(L, -2);
    for (int system = 0; system < 5; system++) {
      lua_getfield(L, -1, systems[system]);
      int count = lua_istable(L, -1) ? (int)lua_rawlen(L, -1) : 0;
      set->codes = realloc(set->codes, (size_t)(set->count + count) * sizeof *set->codes + 1);
      for (int i = 1; i <= count; i++) {
        lua_rawgeti(L, -1, i);
        size_t length;
        const char *code = lua_tolstring(L, -1, &length);
        set->codes[set->count].system = (uint8_t)(system + 1);
        set->codes[set->count++].code = (text){(const uint8_t *)code, length};
        lua_pop(L, 1);
      }
      lua_pop(L, 1);
    }
  }
}

static const value_set *set_argument(lua_State *L) {
  const char *name = luaL_checkstring(L, 2);
  for (int i = 0; i < set_count; i++)
    if (strcmp(sets[i].name, name) == 0) return &sets[i];
  luaL_error(L, "there is no value set %s", name);
  return NULL;
}

static int has(lua_State *L) {
  const value_set *set = set_argument(L);
  bool found = false;
  for (int i = 0; i < patient.condition_count && !found; i++)
    found = patient.conditions[i].active && is_in_set(set, patient.conditions[i].codes);
  lua_pushboolean(L, found);
  return 1;
}

static bool is_ordered(codes references, text id) {
  while (references.count-- > 0)
    if (same(take_text(&references.reader), id)) return true;
  return false;
}

// The earliest due of the active orders of the set: their last dispense, or else their beginning, and the supply.
static int refill(lua_State *L) {
  const value_set *set = set_argument(L);
  int64_t earliest = INT64_MAX, now = day_number(today);
  for (order *o = patient.orders; o < patient.orders + patient.order_count; o++) {
    if (!o->active || (o->has_valid_until && day_number(o->valid_until) < now) || !is_in_set(set, o->codes)) continue;
    const dispense *last = NULL;
    int64_t last_day = INT64_MIN;
    for (dispense *d = patient.dispenses; d < patient.dispenses + patient.dispense_count; d++) {
      int64_t day = day_number(d->on);
      if (day > now || day < last_day || !is_ordered(d->orders, o->id)) continue;
      last = d;
      last_day = day;
    }
    bool known = last != NULL ? last->has_supply || o->has_supply : o->has_authored && o->has_supply;
    int64_t supply = last != NULL && last->has_supply ? last->supply : o->supply;
    int64_t due = (last != NULL ? last_day : day_number(o->authored)) + supply;
    if (known && due < earliest) earliest = due;
  }
  if (earliest == INT64_MAX) return 0;
  patient.days_until_due = earliest - now;
  lua_rawgeti(L, LUA_REGISTRYINDEX, refill_object);
  return 1;
}

// Upvalues: the two methods.
static int index_patient(lua_State *L) {
  const char *name = lua_tostring(L, 2);
  if (strcmp(name, "age") == 0) {
    if (!patient.has_birth_date) return 0;
    date born = patient.birth_date;
    bool is_before = today.month < born.month || (today.month == born.month && today.day < born.day);
    lua_pushinteger(L, today.year - born.year - is_before);
  } else if (strcmp(name, "has") == 0) {
    lua_pushvalue(L, lua_upvalueindex(1));
  } else if (strcmp(name, "refill") == 0) {
    lua_pushvalue(L, lua_upvalueindex(2));
  } else {
    return luaL_error(L, "the limit knows no field %s", name);
  }
  return 1;
}

static int index_refill(lua_State *L) {
  if (strcmp(lua_tostring(L, 2), "days_until_due") != 0) return luaL_error(L, "the limit knows no such field");
  lua_pushinteger(L, patient.days_until_due);
  return 1;
}

static int give_back(lua_State *L) {
  lua_settop(L, 1);
  return 1;
}

static int send(lua_State *L) {
  luaL_checkstring(L, 1);
  lua_getfield(L, 2, "about");
  proposed = true;
  return 1;
}

static void count_instructions(lua_State *L, lua_Debug *activation) {
  (void)activation;
  fuel -= HOOK_INTERVAL;
  if (fuel < 0) luaL_error(L, "the fuel is used up");
}

static int explain(lua_State *L) {
  lua_settop(L, 1);
  return 1;
}

// Leaves a userdata whose fields the function gives in the registry.
static int make_object(int upvalues, lua_CFunction index) {
  lua_pushcclosure(L, index, upvalues);
  lua_createtable(L, 0, 1);
  lua_insert(L, -2);
  lua_setfield(L, -2, "__index");
  lua_newuserdatauv(L, 8, 0);
  lua_insert(L, -2);
  lua_setmetatable(L, -2);
  return luaL_ref(L, LUA_REGISTRYINDEX);
}

// Calls a function of the campaign with the patient; its result is on top. The handler is at place 1.
static void call(int function) {
  fuel = CALL_FUEL;
  lua_sethook(L, count_instructions, LUA_MASKCOUNT, HOOK_INTERVAL);
  lua_rawgeti(L, LUA_REGISTRYINDEX, function);
  lua_rawgeti(L, LUA_REGISTRYINDEX, patient_object);
  if (lua_pcall(L, 1, 1, 1) != LUA_OK) die("%s", lua_tostring(L, -1));
}

bool is_in_audience(void) {
  call(audience);
  bool result = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return result;
}

bool proposes(void) {
  proposed = false;
  call(decide);
  lua_pop(L, 1);
  return proposed;
}

static int function_named(const char *name) {
  lua_getfield(L, -1, name);
  return luaL_ref(L, LUA_REGISTRYINDEX);
}

void load_script(const char *sets, const char *campaign) {
  L = luaL_newstate();
  luaL_openlibs(L);
  lua_pushcfunction(L, explain);  // at place 1: the handler of errors
  lua_register(L, "campaign", give_back);
  lua_register(L, "valuesets", give_back);
  lua_register(L, "skip", give_back);
  lua_register(L, "send", send);
  if (luaL_dofile(L, sets) != LUA_OK) die("%s", lua_tostring(L, -1));
  read_sets();
  if (luaL_dofile(L, campaign) != LUA_OK) die("%s", lua_tostring(L, -1));
  audience = function_named("audience");
  decide = function_named("decide");
  lua_pushcfunction(L, has);
  lua_pushcfunction(L, refill);
  patient_object = make_object(2, index_patient);
  refill_object = make_object(0, index_refill);
}
