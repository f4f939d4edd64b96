// A Lua 5.4 virtual machine that untrusted scripts can run in, as a narrow C interface.
//
// Everything that Lua may longjmp out of stays behind this header, which is why it does not include lua.h.
// A caller's functions (clua_callbacks) return a status, and the C code behind the header raises the error.
//
// While a caller's code runs, the machine is in host mode: allocation is never refused, so that none of the
// functions below can jump. What was taken beyond the limit is reported when the script goes on.
#ifndef CLUA_H
#define CLUA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct clua_machine clua_machine;

typedef struct clua_limits {
  int64_t call_fuel;
  int64_t load_fuel;
  size_t memory_bytes;
  size_t string_bytes;
  int32_t recursion_depth;
  int32_t call_result_items;
  int32_t load_result_items;
  int64_t deadline_nanoseconds;  // negative: no watchdog
  int64_t failing_allocation;    // for tests: refuse this allocation of a script's (from 1), 0: none
  bool failing_once;             // for tests: refuse it only once, so that Lua's second try succeeds
} clua_limits;

typedef enum clua_tag {
  CLUA_NULL = 0,
  CLUA_FALSE = 1,
  CLUA_TRUE = 2,
  CLUA_INTEGER = 3,
  CLUA_NUMBER = 4,
  CLUA_STRING = 5,
  CLUA_TABLE = 6,
  CLUA_FUNCTION = 7,
  CLUA_OBJECT = 8,
} clua_tag;

// A value on its way out. For a text, `bytes` is the text; for a table, a coded copy (see value.c).
// Both stay valid until the next call of a function of this header for the same machine.
typedef struct clua_value {
  int32_t tag;
  int32_t type;  // of an object
  int32_t slot;  // of an object; the index of a function
  int64_t integer;
  double number;
  const void *bytes;
  size_t length;
} clua_value;

typedef enum clua_kind {
  CLUA_FINE = 0,
  CLUA_SYNTAX,
  CLUA_RUNTIME,
  CLUA_FUEL,
  CLUA_STRING_LENGTH,
  CLUA_RECURSION,
  CLUA_RESULT_SIZE,
  CLUA_MEMORY,
  CLUA_DEADLINE,
  CLUA_HOST,
} clua_kind;

// What a callback answers. For CLUA_REFUSED it has called clua_set_refusal.
typedef enum clua_answer {
  CLUA_ANSWERED = 0,  // one value was pushed
  CLUA_REFUSED = 1,   // an error at the script's line
  CLUA_FAILED = 2,    // the run ends with CLUA_HOST
} clua_answer;

typedef struct clua_callbacks {
  int32_t (*read)(void *context, int32_t type, int32_t slot, int32_t field);
  int32_t (*read_open)(void *context, int32_t type, int32_t slot, const char *name, size_t length);
  int32_t (*method)(void *context, int32_t type, int32_t slot, int32_t method, int32_t arguments);
  int32_t (*function)(void *context, int32_t function, int32_t arguments);
} clua_callbacks;

// Making and ending. NULL when there is no memory.
clua_machine *clua_create(clua_limits limits, clua_callbacks callbacks, void *context);
// Returns the bytes that were not given back, which is 0.
size_t clua_destroy(clua_machine *machine);

// Describing the host, before the first load. Names of members are at most 40 bytes long.
void clua_add_type(clua_machine *machine, const char *name, size_t length, bool open, bool permanent);
bool clua_add_member(clua_machine *machine, const char *name, size_t length, bool method);
void clua_add_function(clua_machine *machine, const char *name, size_t length);
// Takes the value that was pushed.
clua_kind clua_set_global(clua_machine *machine, const char *name, size_t length);

// Running. The result of a load or call is in `result`; anything but CLUA_FINE is described by clua_error_*.
clua_kind clua_load(
    clua_machine *machine, const char *source, size_t length, const char *chunk, size_t chunk_length,
    clua_value *result);
clua_kind clua_begin_call(clua_machine *machine, int32_t function, int32_t arguments);  // then push them
clua_kind clua_finish_call(clua_machine *machine, int32_t arguments, clua_value *result);
clua_kind clua_call_object(
    clua_machine *machine, int32_t function, int32_t type, int32_t slot, clua_value *result);
bool clua_is_running(const clua_machine *machine);
void clua_begin_generation(clua_machine *machine);
int64_t clua_fuel_used(const clua_machine *machine);
size_t clua_memory_used(const clua_machine *machine);
bool clua_function_location(
    clua_machine *machine, int32_t function, const char **chunk, int32_t *line);

// Pushing a value: an argument before clua_finish_call, the answer of a callback, a global.
void clua_push_null(clua_machine *machine);
void clua_push_boolean(clua_machine *machine, bool value);
void clua_push_integer(clua_machine *machine, int64_t value);
void clua_push_number(clua_machine *machine, double value);
void clua_push_string(clua_machine *machine, const char *bytes, size_t length);
bool clua_push_function(clua_machine *machine, int32_t function);
bool clua_push_object(clua_machine *machine, int32_t type, int32_t slot);
// A table is begun, filled by pushing a value and setting it, and is itself the pushed value then.
// False when it nests too deeply.
bool clua_push_table(clua_machine *machine, int32_t array, int32_t fields);
void clua_set_item(clua_machine *machine, int64_t index);
void clua_set_field(clua_machine *machine, const char *name, size_t length);
void clua_set_boolean_field(clua_machine *machine, bool key);
// Takes back what was pushed after a count of clua_pushed.
int32_t clua_pushed(const clua_machine *machine);
void clua_drop_to(clua_machine *machine, int32_t count);

// In a callback: its arguments, counted from 0, and the script's line. A table is copied only if it is
// wanted whole.
clua_kind clua_argument(clua_machine *machine, int32_t index, bool whole, clua_value *value);
bool clua_caller(clua_machine *machine, const char **chunk, int32_t *line);
void clua_set_refusal(clua_machine *machine, const char *message, size_t length);

// After an operation that was not fine.
const char *clua_error_message(const clua_machine *machine, size_t *length);
const char *clua_error_chunk(const clua_machine *machine);  // empty when unknown
int32_t clua_error_line(const clua_machine *machine);       // 0 when unknown
bool clua_error_is_raised(const clua_machine *machine);     // by error or assert
bool clua_error_involves_nil(const clua_machine *machine);
int32_t clua_error_frames(const clua_machine *machine);
void clua_error_frame(
    const clua_machine *machine, int32_t index, const char **function, const char **chunk, int32_t *line);

// The reads of this call that gave nil, oldest first.
int32_t clua_missing_reads(const clua_machine *machine);
// `argument` is NULL when there was none.
void clua_missing_read(
    const clua_machine *machine, int32_t index, int32_t *line, const char **type, const char **member,
    const char **argument);

// How many letters of the names differ, or -1 when it is more than a third of the first.
int32_t clua_name_distance(const char *name, size_t length, const char *other, size_t other_length);

#endif
