// Memory: the allocator that Lua uses, and two buffers of the machine's own.

#include <stdlib.h>
#include <string.h>

#include "machine.h"

// Lua passes the kind of object as the old size of a new block.
static bool is_long_string(const clua_machine *m, const void *block, size_t old_size, size_t new_size) {
  return block == NULL && old_size == LUA_TSTRING && m->string_header != 0 &&
         new_size > m->string_header + CLUA_NAME_BYTES;
}

static bool test_refuses(clua_machine *m) {
  if (m->failing_countdown > 0 && --m->failing_countdown == 0) {
    m->failing = true;
    if (m->limits.failing_once) {
      m->failing = false;
      return true;
    }
  }
  return m->failing;
}

static bool refuses(clua_machine *m, size_t growth) {
  if (test_refuses(m) || m->pending != CLUA_FINE) return true;
  if (growth >= CLUA_LARGE_ALLOCATION && clua_deadline_passed(m)) {
    m->pending = CLUA_DEADLINE;
    return true;
  }
  if (m->used + growth <= m->limits.memory_bytes) return false;
  // Lua collects all garbage and asks again. That is slow near the limit, so it is allowed a few times only.
  if (++m->refusals > CLUA_REFUSALS) m->pending = CLUA_MEMORY;
  return true;
}

// Charges for a text by its length, which is the same in every run; raw sizes of other blocks are not.
static bool charges_string(clua_machine *m, size_t new_size) {
  size_t length = new_size - m->string_header;
  m->fuel -= (int64_t)(length / CLUA_BYTES_PER_FUEL);
  if (length > m->limits.string_bytes) {
    m->pending = CLUA_STRING_LENGTH;
  } else if (m->fuel < 0) {
    m->pending = CLUA_FUEL;
  }
  return m->pending == CLUA_FINE;
}

void *clua_allocate(void *machine, void *block, size_t old_size, size_t new_size) {
  clua_machine *m = machine;
  size_t old = block != NULL ? old_size : 0;
  if (new_size == 0) {
    free(block);
    m->used -= old;
    return NULL;
  }
  if (new_size > old) {
    bool refusing = m->script_running && !m->unwinding;
    bool refused = refusing && refuses(m, new_size - old);
    if (!refused && is_long_string(m, block, old_size, new_size) && !charges_string(m, new_size))
      refused = refusing;
    if (refused) {
      if (m->L != NULL) clua_record_frames(m->L, 0);
      return NULL;
    }
  }
  void *result = realloc(block, new_size);
  if (result == NULL) {
    if (new_size <= old) return block;  // Lua relies on shrinking
    // In host mode Lua would jump over the caller's frames; ending the process is the lesser evil.
    if (!m->script_running && m->L != NULL) abort();
    return NULL;
  }
  m->used += new_size - old;
  return result;
}

bool clua_buffer_reserve(clua_machine *m, clua_buffer *buffer, size_t extra) {
  if (extra <= buffer->capacity - buffer->length) return true;
  size_t capacity = buffer->capacity != 0 ? buffer->capacity : 1024;
  while (capacity - buffer->length < extra) capacity *= 2;
  if (m->script_running && refuses(m, capacity - buffer->capacity)) return false;
  char *bytes = realloc(buffer->bytes, capacity);
  if (bytes == NULL) return false;
  m->used += capacity - buffer->capacity;
  buffer->bytes = bytes;
  buffer->capacity = capacity;
  return true;
}

void clua_buffer_free(clua_machine *m, clua_buffer *buffer) {
  free(buffer->bytes);
  m->used -= buffer->capacity;
  *buffer = (clua_buffer){0};
}

size_t clua_scratch_take(lua_State *L, size_t size) {
  clua_machine *m = clua_of(L);
  size_t start = (m->scratch.length + 15) & ~(size_t)15;
  if (!clua_buffer_reserve(m, &m->scratch, start - m->scratch.length + size)) {
    if (m->pending == CLUA_FINE) m->pending = CLUA_MEMORY;
    clua_check_pending(L);
  }
  m->scratch.length = start + size;
  return start;
}

void clua_scratch_append(lua_State *L, const char *bytes, size_t length) {
  clua_machine *m = clua_of(L);
  if (!clua_buffer_reserve(m, &m->scratch, length)) {
    if (m->pending == CLUA_FINE) m->pending = CLUA_MEMORY;
    clua_check_pending(L);
  }
  if (length != 0) memcpy(m->scratch.bytes + m->scratch.length, bytes, length);
  m->scratch.length += length;
}
