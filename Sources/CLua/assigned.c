// Which captured locals a function assigns, read from what lua_dump writes, so that only those are put back
// after each call. A form that is not understood counts as assigning all of them.

#include <string.h>

#include "machine.h"

enum {
  OPCODE_BITS = 0x7f,
  OPCODE_SETUPVAL = 10,  // its operand B is the captured local's number
  CONSTANT_FLOAT = 0x13,
  CONSTANT_INTEGER = 0x03,
  CONSTANT_SHORT_TEXT = 0x04,
  CONSTANT_LONG_TEXT = 0x14,
  HEADER_BYTES = 4 + 1 + 1 + 6 + 3 + 8 + 8 + 1,
};

typedef struct reader {
  const unsigned char *at;
  const unsigned char *end;
  bool failed;
} reader;

static const unsigned char *take(reader *r, size_t count) {
  if (r->failed || (size_t)(r->end - r->at) < count) {
    r->failed = true;
    return NULL;
  }
  const unsigned char *bytes = r->at;
  r->at += count;
  return bytes;
}

static int take_byte(reader *r) {
  const unsigned char *byte = take(r, 1);
  return byte != NULL ? *byte : 0;
}

// Seven bits a byte, the highest first; the last byte is marked.
static size_t take_size(reader *r) {
  size_t size = 0;
  for (int i = 0; i < 10 && !r->failed; i++) {
    int byte = take_byte(r);
    size = size << 7 | (size_t)(byte & 0x7f);
    if ((byte & 0x80) != 0) return size;
  }
  r->failed = true;
  return 0;
}

static void skip_text(reader *r) {
  size_t size = take_size(r);
  if (size > 1) take(r, size - 1);
}

static void skip_constants(reader *r) {
  for (size_t count = take_size(r); count > 0 && !r->failed; count--) {
    switch (take_byte(r)) {
    case CONSTANT_FLOAT:
    case CONSTANT_INTEGER:
      take(r, 8);
      break;
    case CONSTANT_SHORT_TEXT:
    case CONSTANT_LONG_TEXT:
      skip_text(r);
      break;
    default:
      break;
    }
  }
}

static void skip_debug(reader *r) {
  take(r, take_size(r));
  for (size_t count = take_size(r); count > 0 && !r->failed; count--) {
    take_size(r);
    take_size(r);
  }
  for (size_t count = take_size(r); count > 0 && !r->failed; count--) {
    skip_text(r);
    take_size(r);
    take_size(r);
  }
  for (size_t count = take_size(r); count > 0 && !r->failed; count--) skip_text(r);
}

static void set_bit(uint64_t bits[4], int bit) { bits[bit / 64] |= (uint64_t)1 << (bit % 64); }

static void read_code(reader *r, uint64_t assigned[4]) {
  size_t count = take_size(r);
  const unsigned char *code = count <= (size_t)(r->end - r->at) / 4 ? take(r, count * 4) : take(r, SIZE_MAX);
  for (size_t i = 0; code != NULL && i < count; i++) {
    uint32_t instruction;
    memcpy(&instruction, code + i * 4, 4);
    if ((instruction & OPCODE_BITS) == OPCODE_SETUPVAL) set_bit(assigned, instruction >> 16 & 0xff);
  }
}

// Adds to `outer` the captured locals of the enclosing function that this one assigns; `outer` is of the
// function itself when `is_outermost`.
static void read_function(reader *r, uint64_t outer[4], bool is_outermost) {
  uint64_t assigned[4] = {0};
  skip_text(r);
  take_size(r);
  take_size(r);
  take(r, 3);
  read_code(r, assigned);
  skip_constants(r);
  size_t count = take_size(r);
  const unsigned char *captures = count <= 255 ? take(r, count * 3) : take(r, SIZE_MAX);
  for (size_t functions = take_size(r); functions > 0 && !r->failed; functions--)
    read_function(r, assigned, false);
  skip_debug(r);
  if (r->failed) return;
  if (is_outermost) {
    memcpy(outer, assigned, sizeof assigned);
    return;
  }
  // Each capture is described by whether it is a local of the enclosing function, and by its number there.
  for (size_t i = 0; i < count; i++)
    if ((assigned[i / 64] >> (i % 64) & 1) != 0 && captures[i * 3] == 0) set_bit(outer, captures[i * 3 + 1]);
}

static int write_dump(lua_State *L, const void *bytes, size_t length, void *data) {
  clua_machine *m = data;
  (void)L;
  if (!clua_buffer_reserve(m, &m->scratch, length)) return 1;
  if (length != 0) memcpy(m->scratch.bytes + m->scratch.length, bytes, length);
  m->scratch.length += length;
  return 0;
}

void clua_assigned_upvalues(lua_State *L, uint64_t assigned[4]) {
  clua_machine *m = clua_of(L);
  static const unsigned char header[] = "\x1bLua\x54\x00\x19\x93\r\n\x1a\n\x04\x08\x08";
  size_t start = m->scratch.length;
  memset(assigned, 0xff, 4 * sizeof *assigned);
  if (!m->assignments_known) return;
  if (lua_dump(L, write_dump, m, 1) != 0) {
    if (m->pending == CLUA_FINE) m->pending = CLUA_MEMORY;
    clua_check_pending(L);
  }
  const unsigned char *bytes = (const unsigned char *)m->scratch.bytes + start;
  reader r = {.at = bytes, .end = bytes + (m->scratch.length - start)};
  const unsigned char *found = take(&r, HEADER_BYTES);
  uint64_t result[4] = {0};
  if (found != NULL && memcmp(found, header, sizeof header - 1) == 0) {
    read_function(&r, result, true);
    if (!r.failed && r.at == r.end) memcpy(assigned, result, sizeof result);
  }
  m->scratch.length = start;
}
