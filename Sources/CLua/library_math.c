// math, without chance: random numbers are the host's to give.

#include <float.h>
#include <math.h>

#include "machine.h"

static void push_whole(lua_State *L, lua_Number value) {
  lua_Integer whole;
  if (lua_numbertointeger(value, &whole)) {
    lua_pushinteger(L, whole);
  } else {
    lua_pushnumber(L, value);
  }
}

static int math_abs(lua_State *L) {
  if (lua_isinteger(L, 1)) {
    lua_Integer value = lua_tointeger(L, 1);
    lua_pushinteger(L, value < 0 ? (lua_Integer)(0 - (lua_Unsigned)value) : value);
  } else {
    lua_pushnumber(L, fabs(luaL_checknumber(L, 1)));
  }
  return 1;
}

static int math_floor(lua_State *L) {
  if (lua_isinteger(L, 1)) {
    lua_settop(L, 1);
  } else {
    push_whole(L, floor(luaL_checknumber(L, 1)));
  }
  return 1;
}

static int math_ceil(lua_State *L) {
  if (lua_isinteger(L, 1)) {
    lua_settop(L, 1);
  } else {
    push_whole(L, ceil(luaL_checknumber(L, 1)));
  }
  return 1;
}

static int math_fmod(lua_State *L) {
  if (lua_isinteger(L, 1) && lua_isinteger(L, 2)) {
    lua_Integer a = lua_tointeger(L, 1), b = lua_tointeger(L, 2);
    luaL_argcheck(L, b != 0, 2, "zero");
    lua_pushinteger(L, b == -1 ? 0 : a % b);  // the least integer has no quotient by -1
  } else {
    lua_pushnumber(L, fmod(luaL_checknumber(L, 1), luaL_checknumber(L, 2)));
  }
  return 1;
}

static int math_modf(lua_State *L) {
  lua_Number value = luaL_checknumber(L, 1);
  lua_Number whole = value < 0 ? ceil(value) : floor(value);
  lua_pushnumber(L, whole);
  lua_pushnumber(L, value == whole ? 0.0 : value - whole);
  return 2;
}

static int extreme(lua_State *L, bool greatest) {
  int count = lua_gettop(L), best = 1;
  luaL_checknumber(L, 1);
  for (int i = 2; i <= count; i++) {
    luaL_checknumber(L, i);
    if (greatest ? lua_compare(L, best, i, LUA_OPLT) : lua_compare(L, i, best, LUA_OPLT)) best = i;
  }
  lua_pushvalue(L, best);
  return 1;
}

static int math_max(lua_State *L) { return extreme(L, true); }
static int math_min(lua_State *L) { return extreme(L, false); }

static int math_log(lua_State *L) {
  lua_Number value = luaL_checknumber(L, 1);
  if (lua_isnoneornil(L, 2)) {
    lua_pushnumber(L, log(value));
  } else {
    lua_Number base = luaL_checknumber(L, 2);
    lua_pushnumber(L, base == 2 ? log2(value) : base == 10 ? log10(value) : log(value) / log(base));
  }
  return 1;
}

static int math_atan(lua_State *L) {
  lua_pushnumber(L, atan2(luaL_checknumber(L, 1), luaL_optnumber(L, 2, 1)));
  return 1;
}

static int math_tointeger(lua_State *L) {
  int exact;
  luaL_checkany(L, 1);
  lua_Integer value = lua_type(L, 1) == LUA_TNUMBER ? lua_tointegerx(L, 1, &exact) : (exact = 0);
  if (exact) {
    lua_pushinteger(L, value);
  } else {
    lua_pushnil(L);
  }
  return 1;
}

static int math_type(lua_State *L) {
  luaL_checkany(L, 1);
  if (lua_type(L, 1) != LUA_TNUMBER) {
    lua_pushnil(L);
  } else {
    lua_pushstring(L, lua_isinteger(L, 1) ? "integer" : "float");
  }
  return 1;
}

static int math_ult(lua_State *L) {
  lua_pushboolean(L, (lua_Unsigned)luaL_checkinteger(L, 1) < (lua_Unsigned)luaL_checkinteger(L, 2));
  return 1;
}

static const lua_Number pi = 3.141592653589793238462643383279502884;

#define OF_ONE_NUMBER(name, expression)        \
  static int math_##name(lua_State *L) {       \
    lua_Number value = luaL_checknumber(L, 1); \
    lua_pushnumber(L, expression);             \
    return 1;                                  \
  }
OF_ONE_NUMBER(sqrt, sqrt(value))
OF_ONE_NUMBER(exp, exp(value))
OF_ONE_NUMBER(sin, sin(value))
OF_ONE_NUMBER(cos, cos(value))
OF_ONE_NUMBER(tan, tan(value))
OF_ONE_NUMBER(asin, asin(value))
OF_ONE_NUMBER(acos, acos(value))
OF_ONE_NUMBER(deg, value * (180 / pi))
OF_ONE_NUMBER(rad, value * (pi / 180))

void clua_open_math(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"abs", math_abs},   {"acos", math_acos},   {"asin", math_asin}, {"atan", math_atan},
      {"ceil", math_ceil}, {"cos", math_cos},     {"deg", math_deg},   {"exp", math_exp},
      {"fmod", math_fmod}, {"floor", math_floor}, {"log", math_log},   {"max", math_max},
      {"min", math_min},   {"modf", math_modf},   {"rad", math_rad},   {"sin", math_sin},
      {"sqrt", math_sqrt}, {"tan", math_tan},     {"type", math_type}, {"ult", math_ult},
      {"tointeger", math_tointeger}, {NULL, NULL}};
  luaL_newlib(L, functions);
  lua_pushnumber(L, pi);
  lua_setfield(L, -2, "pi");
  lua_pushnumber(L, HUGE_VAL);
  lua_setfield(L, -2, "huge");
  lua_pushinteger(L, LUA_MAXINTEGER);
  lua_setfield(L, -2, "maxinteger");
  lua_pushinteger(L, LUA_MININTEGER);
  lua_setfield(L, -2, "mininteger");
}
