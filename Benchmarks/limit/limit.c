// The lower bound that `outreach preview` is measured against: a bare program over the same files and libraries that
// does the same reads and the same calls, and nothing else. It knows no policy, keeps no trail and explains nothing.
//
// For every patient, in order of number: the row and the row of the key, two AES-256-GCM openings (the key, the facts),
// one walk over the facts, and the campaign's own `audience` and `decide` in Lua, through one userdata that is used
// again for each patient, under the same instruction hook. For those to whom the campaign proposes a message also
// the identity, the consents, the holders of the number by the same statement, and one line of text in memory.
//
// Frozen: it changes only when the format of the store does, or when it is found to do less or more than this.
//
// usage: limit DATABASE KEYSTORE KEYFILE VALUESETS.lua CAMPAIGN.lua YYYY-MM-DD
// Prints one JSON line with counts and the seconds of processor time that the whole process has used.

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>
#include <openssl/core_names.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static _Noreturn void die(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("limit: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  exit(70);
}

typedef struct text {
  const uint8_t *bytes;
  size_t length;
} text;

static bool same(text left, text right) {
  return left.length == right.length && memcmp(left.bytes, right.bytes, left.length) == 0;
}

// MARK: Keys and sealed blobs (Sources/OutreachStore/Sealing)

enum { KEY_BYTES = 32, HEADER_BYTES = 5, NONCE_BYTES = 12, TAG_BYTES = 16, HASH_BYTES = 16, BUFFER_BYTES = 1 << 20 };
enum { OVERHEAD_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES };

// HKDF-SHA256 (RFC 5869) without salt, for one block of output.
static void derive(const uint8_t key[KEY_BYTES], const char *label, uint8_t output[KEY_BYTES]) {
  static const uint8_t zeros[KEY_BYTES];
  uint8_t extracted[KEY_BYTES], information[128];
  unsigned length = 0;
  size_t label_length = strlen(label);
  memcpy(information, label, label_length);
  information[label_length] = 1;
  if (HMAC(EVP_sha256(), zeros, sizeof zeros, key, KEY_BYTES, extracted, &length) == NULL
      || HMAC(EVP_sha256(), extracted, KEY_BYTES, information, label_length + 1, output, &length) == NULL)
    die("libcrypto cannot derive a key");
}

static void read_master_key(const char *path, uint8_t key[KEY_BYTES]) {
  char digits[2 * KEY_BYTES + 1];
  FILE *file = fopen(path, "r");
  if (file == NULL || fscanf(file, "outreach-key-1 %64[0-9a-f]", digits) != 1) die("no key in %s", path);
  fclose(file);
  for (int i = 0; i < KEY_BYTES; i++)
    if (sscanf(digits + 2 * i, "%2hhx", &key[i]) != 1) die("no key in %s", path);
}

static EVP_CIPHER_CTX *opening;

// Opens a blob for the place it was sealed for; gives the length of what is in it.
static size_t open_sealed(const uint8_t *blob, size_t length, const uint8_t key[KEY_BYTES], const char *table,
                          int64_t row, uint32_t version, uint8_t *plain) {
  uint8_t associated[64];
  int written = 0;
  size_t table_length = strlen(table), count = length - OVERHEAD_BYTES;
  if (length < OVERHEAD_BYTES || count > BUFFER_BYTES || blob[0] != 1) die("%s %lld is not sealed", table, (long long)row);
  memcpy(associated, blob, HEADER_BYTES);
  uint64_t big_row = __builtin_bswap64((uint64_t)row);
  uint32_t big_version = __builtin_bswap32(version);
  memcpy(associated + HEADER_BYTES, &big_row, 8);
  memcpy(associated + HEADER_BYTES + 8, &big_version, 4);
  memcpy(associated + HEADER_BYTES + 12, table, table_length);
  const uint8_t *nonce = blob + HEADER_BYTES, *sealed = nonce + NONCE_BYTES;
  if (EVP_DecryptInit_ex2(opening, NULL, key, nonce, NULL) != 1
      || EVP_DecryptUpdate(opening, NULL, &written, associated, (int)(HEADER_BYTES + 12 + table_length)) != 1
      || EVP_DecryptUpdate(opening, plain, &written, sealed, (int)count) != 1
      || EVP_CIPHER_CTX_ctrl(opening, EVP_CTRL_AEAD_SET_TAG, TAG_BYTES, (void *)(sealed + count)) != 1
      || EVP_DecryptFinal_ex(opening, associated, &written) != 1)
    die("%s %lld cannot be opened", table, (long long)row);
  return count;
}

static EVP_MAC_CTX *number_hash;

static void hash_number(text number, uint8_t hash[KEY_BYTES]) {
  size_t written = 0;
  if (EVP_MAC_init(number_hash, NULL, 0, NULL) != 1
      || EVP_MAC_update(number_hash, number.bytes, number.length) != 1
      || EVP_MAC_final(number_hash, hash, &written, KEY_BYTES) != 1)
    die("libcrypto cannot hash");
}

static void prepare_crypto(const uint8_t number_key[KEY_BYTES]) {
  EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
  EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, "SHA256", 0), OSSL_PARAM_construct_end()};
  opening = EVP_CIPHER_CTX_new();
  number_hash = EVP_MAC_CTX_new(mac);
  if (EVP_DecryptInit_ex2(opening, cipher, NULL, NULL, NULL) != 1
      || EVP_MAC_init(number_hash, number_key, KEY_BYTES, parameters) != 1)
    die("libcrypto cannot be prepared");
}

// MARK: The compact form (Sources/OutreachStore/Encoding)

typedef struct reader {
  const uint8_t *at;
  const uint8_t *end;
} reader;

static uint8_t take_byte(reader *r) {
  if (r->at >= r->end) die("a blob is truncated");
  return *r->at++;
}

static uint64_t take_unsigned(reader *r) {
  uint64_t value = 0;
  for (int shift = 0;; shift += 7) {
    uint8_t byte = take_byte(r);
    value |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
}

static int64_t take_signed(reader *r) {
  uint64_t value = take_unsigned(r);
  return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

static text take_raw(reader *r, size_t length) {
  if (length > (size_t)(r->end - r->at)) die("a blob is truncated");
  text raw = {r->at, length};
  r->at += length;
  return raw;
}

static text take_text(reader *r) { return take_raw(r, take_unsigned(r)); }
static void skip_text_if(reader *r, uint64_t present) { if (present) take_text(r); }
static void skip_number_if(reader *r, uint64_t present) { if (present) take_unsigned(r); }
static void skip_texts(reader *r) { for (uint64_t n = take_unsigned(r); n > 0; n--) take_text(r); }

// Days since 1970-01-01 of a date of the proleptic Gregorian calendar, counted in years that begin in March.
static int64_t days_of(int64_t year, int64_t month, int64_t day) {
  year -= month <= 2;
  int64_t era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
  int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

typedef struct date {
  int32_t year, month, day;
} date;

static date take_date(reader *r) {
  uint64_t packed = take_unsigned(r);
  return (date){(int32_t)(packed >> 9), (int32_t)(packed >> 5 & 15), (int32_t)(packed & 31)};
}

static int64_t day_number(date d) { return days_of(d.year, d.month, d.day); }

// MARK: What is known of a patient

enum { MOST = 64 };

// Codes stay where they are; `codes` is a reader that stands on the first.
typedef struct codes {
  reader reader;
  uint64_t count;
} codes;

typedef struct condition {
  bool active;
  codes codes;
} condition;

typedef struct order {
  text id;
  bool active, has_authored, has_valid_until, has_supply;
  codes codes;
  date authored, valid_until;
  int64_t supply;
} order;

typedef struct dispense {
  codes orders;
  codes codes;
  date on;
  bool has_supply;
  int64_t supply;
} dispense;

static struct patient {
  bool has_birth_date;
  date birth_date;
  int condition_count, order_count, dispense_count;
  condition conditions[MOST];
  order orders[MOST];
  dispense dispenses[MOST];
  int64_t days_until_due;
} patient;

static date today;

static codes take_codes(reader *r) {
  codes list = {.count = take_unsigned(r)};
  list.reader = *r;
  for (uint64_t n = list.count; n > 0; n--) {
    take_byte(r);
    take_text(r);
  }
  return list;
}

static codes take_references(reader *r) {
  codes list = {.count = take_unsigned(r)};
  list.reader = *r;
  for (uint64_t n = list.count; n > 0; n--) take_text(r);
  return list;
}

static int take_count(reader *r) {
  uint64_t count = take_unsigned(r);
  if (count > MOST) die("a patient has more facts than a benchmark's");
  return (int)count;
}

// Reads what the campaign asks for and walks over all the rest.
static void read_facts(reader r) {
  if (take_byte(&r) != 1) die("facts of a version this program does not know");
  uint64_t has = take_unsigned(&r);
  patient.has_birth_date = has & 8;
  if (has & 8) patient.birth_date = take_date(&r);
  skip_text_if(&r, has & 16);
  skip_text_if(&r, has & 32);
  if (has & 64) skip_texts(&r);
  if (has & 128) die("a benchmark's patients have no fields");
  patient.condition_count = take_count(&r);
  for (condition *c = patient.conditions; c < patient.conditions + patient.condition_count; c++) {
    has = take_unsigned(&r);
    take_text(&r);
    *c = (condition){.active = has & 1, .codes = take_codes(&r)};
    skip_number_if(&r, has & 2);
  }
  patient.order_count = take_count(&r);
  for (order *o = patient.orders; o < patient.orders + patient.order_count; o++) {
    has = take_unsigned(&r);
    *o = (order){.active = has & 1, .has_authored = has & 4, .has_valid_until = has & 8, .has_supply = has & 16};
    o->id = take_text(&r);
    o->codes = take_codes(&r);
    skip_text_if(&r, has & 2);
    if (has & 4) o->authored = take_date(&r);
    if (has & 8) o->valid_until = take_date(&r);
    if (has & 16) o->supply = take_signed(&r);
    skip_number_if(&r, has & 32);
  }
  patient.dispense_count = take_count(&r);
  for (dispense *d = patient.dispenses; d < patient.dispenses + patient.dispense_count; d++) {
    has = take_unsigned(&r);
    take_text(&r);
    *d = (dispense){.has_supply = has & 2};
    d->orders = take_references(&r);
    d->codes = take_codes(&r);
    skip_text_if(&r, has & 1);
    d->on = take_date(&r);
    if (has & 2) d->supply = take_signed(&r);
  }
  for (uint64_t n = take_unsigned(&r); n > 0; n--) {  // observations
    take_text(&r);
    take_codes(&r);
    take_raw(&r, 8);
    take_text(&r);
    take_signed(&r);
  }
  for (uint64_t n = take_unsigned(&r); n > 0; n--) {  // appointments
    has = take_unsigned(&r);
    take_text(&r);
    take_text(&r);
    take_signed(&r);
    skip_number_if(&r, has & 2);
    skip_text_if(&r, has & 4);
    skip_text_if(&r, has & 8);
  }
  for (uint64_t n = take_unsigned(&r); n > 0; n--) {  // encounters
    has = take_unsigned(&r);
    take_text(&r);
    take_text(&r);
    take_text(&r);
    take_codes(&r);
    take_signed(&r);
    skip_number_if(&r, has & 1);
  }
  for (uint64_t n = take_unsigned(&r); n > 0; n--) {  // immunizations
    take_text(&r);
    take_codes(&r);
    take_date(&r);
  }
  for (uint64_t n = take_unsigned(&r); n > 0; n--) {  // flags
    has = take_unsigned(&r);
    take_text(&r);
    take_byte(&r);
    skip_number_if(&r, has & 1);
    skip_number_if(&r, has & 2);
  }
  for (uint64_t n = take_unsigned(&r); n > 0; n--) {  // contacts
    has = take_unsigned(&r);
    take_text(&r);
    take_signed(&r);
    take_byte(&r);
    skip_text_if(&r, has & 1);
    for (int part = 0; part < 3; part++) skip_text_if(&r, has & 2);
    skip_text_if(&r, has & 4);
  }
  if (r.at != r.end) die("facts have bytes beyond their end");
}

// MARK: Value sets

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
      text known = set->codes[i].code;
      if (set->codes[i].system != system) continue;
      if (system == 1 && code.length > known.length) code.length = known.length;  // ICD-10 by beginning
      if (same(known, code)) return true;
    }
  }
  return false;
}

// Takes the table on top; its texts stay in Lua, which keeps them.
static void read_sets(lua_State *L) {
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

// MARK: The patient as the campaign sees it

static int refill_object, proposed;

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
  proposed = 1;
  return 1;
}

static void count_instructions(lua_State *L, lua_Debug *activation) {
  (void)activation;
  if (proposed < 0) luaL_error(L, "unreachable");
}

static int explain(lua_State *L) {
  lua_settop(L, 1);
  return 1;
}

// Leaves a userdata whose fields the function gives in the registry.
static int make_object(lua_State *L, int upvalues, lua_CFunction index) {
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
static void call(lua_State *L, int function, int object) {
  lua_sethook(L, count_instructions, LUA_MASKCOUNT, 1000);
  lua_rawgeti(L, LUA_REGISTRYINDEX, function);
  lua_rawgeti(L, LUA_REGISTRYINDEX, object);
  if (lua_pcall(L, 1, 1, 1) != LUA_OK) die("%s", lua_tostring(L, -1));
}

// MARK: Those to whom a message is proposed

static sqlite3 *connect(const char *path) {
  sqlite3 *database;
  if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) die("%s cannot be opened", path);
  return database;
}

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK) die("%s", sqlite3_errmsg(database));
  return statement;
}

static sqlite3_stmt *consents, *holders;
static char line[1024];
static int64_t shared_numbers, granted, line_bytes;

static void take_consents(int64_t id, const uint8_t *key, uint8_t *plain) {
  sqlite3_bind_int64(consents, 1, id);
  while (sqlite3_step(consents) == SQLITE_ROW) {
    size_t length = open_sealed(sqlite3_column_blob(consents, 1), (size_t)sqlite3_column_bytes(consents, 1), key,
                                "consent_event", id, (uint32_t)sqlite3_column_int64(consents, 0), plain);
    reader r = {plain + 1, plain + length};
    take_text(&r);
    for (uint64_t n = take_unsigned(&r); n > 0; n--) {
      uint64_t has = take_unsigned(&r);
      take_text(&r);
      granted += take_byte(&r) == 1;
      take_byte(&r);
      take_signed(&r);
      skip_text_if(&r, has & 1);
      skip_text_if(&r, has & 2);
      skip_number_if(&r, has & 4);
      skip_text_if(&r, has & 8);
    }
  }
  sqlite3_reset(consents);
}

static int64_t count_holders(text number) {
  uint8_t hash[KEY_BYTES];
  hash_number(number, hash);
  sqlite3_bind_blob(holders, 1, hash, HASH_BYTES, SQLITE_TRANSIENT);
  int64_t count = sqlite3_step(holders) == SQLITE_ROW ? sqlite3_column_int64(holders, 0) : 0;
  sqlite3_reset(holders);
  return count;
}

static void take_proposal(sqlite3_stmt *row, const uint8_t *key, uint8_t *plain) {
  int64_t id = sqlite3_column_int64(row, 0);
  size_t length = open_sealed(sqlite3_column_blob(row, 5), (size_t)sqlite3_column_bytes(row, 5), key,
                              "patient.identity", id, (uint32_t)sqlite3_column_int64(row, 3), plain);
  reader r = {plain + 1, plain + length};
  uint64_t has = take_unsigned(&r);
  take_text(&r);
  text given = {0}, number = {0};
  if (has & 1) given = take_text(&r);
  skip_text_if(&r, has & 2);
  for (uint64_t n = take_unsigned(&r); n > 0; n--) {
    uint64_t point = take_unsigned(&r);
    take_byte(&r);
    take_text(&r);
    if (point & 1) take_byte(&r);
    skip_number_if(&r, point & 2);
    if (point & 4) {
      uint64_t reading = take_unsigned(&r);
      take_byte(&r);
      if (reading & 4) number = take_text(&r);
      skip_text_if(&r, reading & 8);
      if (reading & 16) take_byte(&r);
    }
    skip_number_if(&r, point & 8);
    skip_number_if(&r, point & 16);
  }
  int64_t count = number.length > 4 ? count_holders(number) : 0;
  shared_numbers += count > 1;
  int written = snprintf(
      line, sizeof line, "{\"patient\":\"%s\",\"message\":\"refill_due\",\"days\":%lld,\"name\":\"%.*s\",\"holders\":%lld}",
      (const char *)sqlite3_column_text(row, 1), (long long)patient.days_until_due, (int)given.length,
      given.length > 0 ? (const char *)given.bytes : "", (long long)count);
  line_bytes += written;
  take_consents(id, key, plain);
}

int main(int count, char **arguments) {
  if (count != 7) die("usage: limit DATABASE KEYSTORE KEYFILE VALUESETS.lua CAMPAIGN.lua YYYY-MM-DD");
  uint8_t master[KEY_BYTES], lookup[KEY_BYTES], wrap[KEY_BYTES], number_key[KEY_BYTES], key[KEY_BYTES + 1];
  read_master_key(arguments[3], master);
  derive(master, "outreach key: wrap", wrap);
  derive(master, "outreach key: lookup", lookup);
  derive(lookup, "outreach hash: phone", number_key);
  prepare_crypto(number_key);
  if (sscanf(arguments[6], "%d-%d-%d", &today.year, &today.month, &today.day) != 3) die("no date");

  lua_State *L = luaL_newstate();
  luaL_openlibs(L);
  lua_pushcfunction(L, explain);  // at place 1: the handler of errors
  lua_register(L, "campaign", give_back);
  lua_register(L, "valuesets", give_back);
  lua_register(L, "skip", give_back);
  lua_register(L, "send", send);
  if (luaL_dofile(L, arguments[4]) != LUA_OK) die("%s", lua_tostring(L, -1));
  read_sets(L);
  if (luaL_dofile(L, arguments[5]) != LUA_OK) die("%s", lua_tostring(L, -1));
  lua_getfield(L, -1, "audience");
  int audience = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_getfield(L, -1, "decide");
  int decide = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_pushcfunction(L, has);
  lua_pushcfunction(L, refill);
  int patient_object = make_object(L, 2, index_patient);
  refill_object = make_object(L, 0, index_refill);

  sqlite3 *database = connect(arguments[1]), *key_store = connect(arguments[2]);
  sqlite3_stmt *row = prepare(
      database, "SELECT id, handle, standing, identity_version, facts_version, identity, facts FROM patient ORDER BY id");
  sqlite3_stmt *keys = prepare(key_store, "SELECT patient, wrapped FROM patient_key ORDER BY patient");
  consents = prepare(database, "SELECT sequence, statement FROM consent_event "
                               "WHERE patient = $1 AND superseded_by IS NULL ORDER BY sequence");
  holders = prepare(database, "SELECT count(*) FROM contact_point JOIN patient ON patient.id = contact_point.patient "
                              "WHERE contact_point.hash = $1 AND patient.standing & 7 = 0");

  static uint8_t plain[BUFFER_BYTES];
  int64_t patients = 0, in_audience = 0, proposals = 0;
  while (sqlite3_step(row) == SQLITE_ROW) {
    int64_t id = sqlite3_column_int64(row, 0);
    do {
      if (sqlite3_step(keys) != SQLITE_ROW) die("a patient has no key");
    } while (sqlite3_column_int64(keys, 0) < id);
    open_sealed(sqlite3_column_blob(keys, 1), (size_t)sqlite3_column_bytes(keys, 1), wrap, "patient_key", id, 1, key);
    size_t length = open_sealed(sqlite3_column_blob(row, 6), (size_t)sqlite3_column_bytes(row, 6), key,
                                "patient.facts", id, (uint32_t)sqlite3_column_int64(row, 4), plain);
    read_facts((reader){plain, plain + length});
    patients++;
    call(L, audience, patient_object);
    bool is_in_audience = lua_toboolean(L, -1);
    lua_pop(L, 1);
    if (!is_in_audience) continue;
    in_audience++;
    proposed = 0;
    call(L, decide, patient_object);
    lua_pop(L, 1);
    if (!proposed) continue;
    proposals++;
    take_proposal(row, key, plain);
  }
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  double seconds = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                   + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  printf("{\"patients\":%lld,\"in_audience\":%lld,\"proposals\":%lld,\"shared_numbers\":%lld,\"granted\":%lld,"
         "\"line_bytes\":%lld,\"cpu_seconds\":%.3f}\n",
         (long long)patients, (long long)in_audience, (long long)proposals, (long long)shared_numbers,
         (long long)granted, (long long)line_bytes, seconds);
  return 0;
}
