// The state of a machine and what the C files share.
//
// Two modes. In script mode (script_running) allocation may be refused and any function may jump to the
// pcall in call.c. In host mode the caller's code is on the stack: allocation is never refused, and only
// operations are used that raise for no other reason, so nothing can jump.
#ifndef CLUA_MACHINE_H
#define CLUA_MACHINE_H

#include <locale.h>
#include <lua5.4/lua.h>
#include <lua5.4/lauxlib.h>

#include "CLua.h"

enum {
  CLUA_HOOK_INTERVAL = 1000,
  CLUA_POLL_INTERVAL = 10000,    // fuel between two looks at the clock
  CLUA_BYTES_PER_FUEL = 16,
  CLUA_LARGE_ALLOCATION = 65536,  // bytes; the watchdog is asked before one
  CLUA_REFUSALS = 32,            // full collections to make room, in one call
  CLUA_FRAMES = 20,
  CLUA_MISSING = 16,
  CLUA_NAME_BYTES = 40,          // the longest text that Lua interns
  CLUA_NESTING = 32,             // of tables that cross the border
  CLUA_SPREAD = 250,             // values that one library call may spread onto the stack
};

typedef struct clua_buffer {
  char *bytes;
  size_t length;
  size_t capacity;
} clua_buffer;

typedef struct clua_frame {
  char function[64];
  char chunk[128];
  int32_t line;
} clua_frame;

typedef struct clua_failure {
  clua_kind kind;
  bool raised;
  bool involves_nil;
  bool placed;  // by error with a level, so that frames do not change the place
  int32_t line;
  size_t length;
  int32_t frame_count;
  char chunk[128];
  char message[1024];
  clua_frame frames[CLUA_FRAMES];
} clua_failure;

typedef struct clua_member {
  const char *name;  // interned by Lua, so that equal names are the same address
  bool method;
  int32_t index;  // among the fields or methods
} clua_member;

typedef struct clua_type {
  const char *name;
  bool open;
  bool permanent;
  int32_t field_count;
  int32_t method_count;
  int32_t member_count;
  clua_member *members;
  int32_t slot_count;  // of the hash table of members, a power of two or 0
  int32_t *slots;      // member + 1, 0: empty
  int metatable;       // registry references
  int methods;
  int cache;
  int32_t cached;
} clua_type;

typedef struct clua_missing {
  int32_t line;
  int32_t type;
  bool has_argument;
  char member[CLUA_NAME_BYTES + 1];
  char argument[CLUA_NAME_BYTES + 1];
} clua_missing;

// A captured local that the script's functions assign: what it held after loading.
typedef struct clua_captured {
  int32_t function;  // stack positions
  int32_t value;
  int32_t upvalue;
} clua_captured;

struct clua_machine {
  lua_State *L;
  clua_limits limits;
  clua_callbacks callbacks;
  void *context;
  locale_t locale;

  size_t used;
  size_t string_header;  // bytes of a long text's allocation beyond its characters, 0: not known yet
  int64_t failing_countdown;
  bool failing;
  int32_t refusals;

  bool script_running;
  bool unwinding;  // an error is on its way to call.c
  bool busy;     // an operation is under way
  bool loading;  // it is a load
  bool loaded;   // one has begun
  clua_kind broken;  // why the machine is of no further use
  bool assignments_known;  // whether assigned.c understands this Lua

  int64_t budget;
  int64_t fuel;
  int64_t next_poll;
  int64_t deadline_at;
  clua_kind pending;  // found where nothing may be raised

  uint64_t serial;  // of the operation
  uint32_t generation;
  int32_t argument_base;
  int32_t argument_count;
  int32_t items;
  int32_t function;  // being called
  int32_t function_count;
  int32_t type_count;
  int32_t host_function_count;
  int32_t captured_count;
  int32_t captured_capacity;
  int32_t missing_count;

  clua_type *types;
  clua_captured *captured;
  clua_buffer scratch;
  clua_buffer output;
  clua_failure failure;
  clua_missing missing[CLUA_MISSING];
};

// Fixed positions on the main stack; the captured locals that are assigned follow, with their functions.
enum { CLUA_AT_HANDLER = 1, CLUA_AT_GLOBALS, CLUA_FIXED = CLUA_AT_GLOBALS };
// In the registry, by the address of a field of the machine: function_count, the functions kept (index to
// function and back); host_function_count, the globals; captured, what clua_freeze returned.

static inline clua_machine *clua_of(lua_State *L) {
  return *(clua_machine **)lua_getextraspace(L);
}

// allocator.c
void *clua_allocate(void *machine, void *block, size_t old_size, size_t new_size);
bool clua_buffer_reserve(clua_machine *m, clua_buffer *buffer, size_t extra);
void clua_buffer_free(clua_machine *m, clua_buffer *buffer);
// Raises when there is no room. Returns an offset into m->scratch, aligned to 16.
size_t clua_scratch_take(lua_State *L, size_t size);
void clua_scratch_append(lua_State *L, const char *bytes, size_t length);

// budget.c
void clua_start_budget(clua_machine *m, int64_t fuel);
void clua_charge(lua_State *L, int64_t amount);
void clua_check_pending(lua_State *L);
void clua_check_length(lua_State *L, size_t length);
bool clua_deadline_passed(clua_machine *m);
void clua_hook(lua_State *L, lua_Debug *activation);

// failure.c
int clua_handler(lua_State *L);
int clua_raise(lua_State *L, clua_kind kind, const char *format, ...)
    __attribute__((noreturn, format(printf, 3, 4)));
int clua_raise_described(lua_State *L) __attribute__((noreturn));
void clua_describe(clua_machine *m, clua_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void clua_describe_budget(clua_machine *m, clua_kind kind);
void clua_clear_failure(clua_machine *m);
void clua_record_frames(lua_State *L, int level);
int clua_current_line(lua_State *L, int level);
const char *clua_chunk_name(const lua_Debug *activation);

// environment.c
void clua_open_environment(lua_State *L);
// Describes that `name` is not among the keys of the table at `index`.
void clua_suggest(lua_State *L, int index, const char *name, char *text, size_t size);

// freeze.c
int clua_freeze(lua_State *L);  // to be called by pcall
void clua_restore_captured(clua_machine *m);
// Pushes the table that holds the contents of the frozen table at `index`. False, and nothing pushed, if it
// is not frozen.
bool clua_push_contents(lua_State *L, int index);
// Makes the table at `index` read-only, its contents in a new table; nested values stay as they are.
void clua_freeze_shallow(lua_State *L, int index);

// assigned.c
// Bit n of `assigned` tells whether the function on top, or one it makes, assigns its captured local n + 1.
void clua_assigned_upvalues(lua_State *L, uint64_t assigned[4]);

// order.c
typedef struct clua_key {
  int32_t rank;  // 0 number, 1 text, 2 false or true
  bool floating;
  lua_Integer integer;
  lua_Number number;
  const char *bytes;
  size_t length;
} clua_key;
// Writes the keys of the table at `index` to m->scratch in their order. Returns the count, or -1 when a key
// has no order, or -2 when there is no memory. Keys 1...skip are left out.
int32_t clua_sorted_keys(clua_machine *m, int index, lua_Integer skip, size_t *offset);
void clua_push_key(lua_State *L, const clua_key *key);

// object.c
typedef enum clua_user { CLUA_USER_OBJECT = 0x4f424a, CLUA_USER_PAIRS, CLUA_USER_GMATCH } clua_user;
typedef struct clua_object {
  clua_user user;
  int32_t type;
  int32_t slot;
  uint32_t generation;
} clua_object;
clua_object *clua_to_object(lua_State *L, int index);
bool clua_is_stale(const clua_machine *m, const clua_object *object);
// Forgets the objects of this generation. With `all` no object is used again.
void clua_next_generation(clua_machine *m, bool all);

// nearest.c
// How many letters must change to make one name the other, or `limit` + 1 when it is more than `limit`.
int clua_distance(const char *a, size_t a_length, const char *b, size_t b_length, int limit);
// The greatest distance at which a name of this length still counts as meant.
int clua_nearness(size_t length);

// value.c
clua_kind clua_encode(clua_machine *m, int index, clua_value *value);
// Copies a text out of Lua's memory, which the collector may reclaim once it is off the stack.
clua_kind clua_keep_bytes(clua_machine *m, clua_value *value);

// library_base.c
// Writes the number at `index` as tostring does. Returns the length.
size_t clua_number_text(lua_State *L, int index, char text[64]);
// Pushes the value at `index` as tostring does.
void clua_push_text(lua_State *L, int index);

// library_*.c: each pushes a table, or sets globals in the table on top.
void clua_open_base(lua_State *L);
void clua_open_math(lua_State *L);
void clua_open_string(lua_State *L);
void clua_open_table(lua_State *L);
void clua_open_utf8(lua_State *L);
int clua_string_format(lua_State *L);
int clua_string_find(lua_State *L);
int clua_string_match(lua_State *L);
int clua_string_gmatch(lua_State *L);
int clua_string_gsub(lua_State *L);

#endif
