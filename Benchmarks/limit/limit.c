// The lower bound that `outreach preview` is measured against: a bare program over the same files and libraries that
// does the same reads and the same calls, and nothing else. It knows no policy, keeps no trail and explains nothing.
//
// For every patient, in order of number: the row and the row of the key, two AES-256-GCM openings (the key, the facts),
// one walk over the facts, and the campaign's own `audience` and `decide` in Lua, through one userdata that is used
// again for each patient, under the same instruction hook. For those to whom the campaign proposes a message also
// the identity, the consents, the holders of the number by the same statement, one line of text in memory, and the
// facts of the others who share the number, each once, because what went to them counts for this patient too.
//
// Frozen: it changes only when the format of the store does, or when it is found to do less or more than this.
//
// usage: limit DATABASE KEYSTORE KEYFILE VALUESETS.lua CAMPAIGN.lua YYYY-MM-DD
// Prints one JSON line with counts and the seconds of processor time that the whole process has used.

#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "limit.h"

_Noreturn void die(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("limit: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  exit(70);
}

bool same(text left, text right) {
  return left.length == right.length && memcmp(left.bytes, right.bytes, left.length) == 0;
}

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

static sqlite3_stmt *consents, *holders, *sharers, *key_of;
static uint8_t wrap[KEY_BYTES];
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

// How many live in a household; of a number that more have nothing is looked up.
enum { HOUSEHOLD = 8 };

static bool is_known(int64_t id) {
  static int64_t *known;
  static size_t count;
  for (size_t i = 0; i < count; i++)
    if (known[i] == id) return true;
  known = realloc(known, (count + 1) * sizeof *known);
  known[count++] = id;
  return false;
}

static void take_sharers(int64_t id, const uint8_t hash[KEY_BYTES], uint8_t *plain) {
  uint8_t key[KEY_BYTES];
  sqlite3_bind_blob(sharers, 1, hash, HASH_BYTES, SQLITE_TRANSIENT);
  while (sqlite3_step(sharers) == SQLITE_ROW) {
    int64_t other = sqlite3_column_int64(sharers, 0);
    if (other == id || is_known(other)) continue;
    sqlite3_bind_int64(key_of, 1, other);
    if (sqlite3_step(key_of) != SQLITE_ROW) die("a patient has no key");
    open_sealed(sqlite3_column_blob(key_of, 0), (size_t)sqlite3_column_bytes(key_of, 0), wrap, "patient_key", other, 1,
                key);
    sqlite3_reset(key_of);
    size_t length = open_sealed(sqlite3_column_blob(sharers, 2), (size_t)sqlite3_column_bytes(sharers, 2), key,
                                "patient.facts", other, (uint32_t)sqlite3_column_int64(sharers, 1), plain);
    read_facts((reader){plain, plain + length});
  }
  sqlite3_reset(sharers);
}

static int64_t count_holders(text number, uint8_t hash[KEY_BYTES]) {
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
  uint8_t hash[KEY_BYTES];
  int64_t count = number.length > 4 ? count_holders(number, hash) : 0;
  shared_numbers += count > 1;
  int written = snprintf(
      line, sizeof line,
      "{\"patient\":\"%s\",\"message\":\"refill_due\",\"days\":%lld,\"name\":\"%.*s\",\"holders\":%lld}",
      (const char *)sqlite3_column_text(row, 1), (long long)patient.days_until_due, (int)given.length,
      given.length > 0 ? (const char *)given.bytes : "", (long long)count);
  line_bytes += written;
  take_consents(id, key, plain);
  if (count > 1 && count <= HOUSEHOLD) take_sharers(id, hash, plain);
}

int main(int count, char **arguments) {
  if (count != 7) die("usage: limit DATABASE KEYSTORE KEYFILE VALUESETS.lua CAMPAIGN.lua YYYY-MM-DD");
  uint8_t key[KEY_BYTES];
  static uint8_t plain[BUFFER_BYTES];
  prepare_keys(arguments[3], wrap);
  load_script(arguments[4], arguments[5]);
  if (sscanf(arguments[6], "%d-%d-%d", &today.year, &today.month, &today.day) != 3) die("no date");

  sqlite3 *database = connect(arguments[1]), *key_store = connect(arguments[2]);
  sqlite3_stmt *row = prepare(
      database,
      "SELECT id, handle, standing, identity_version, facts_version, identity, facts FROM patient ORDER BY id");
  sqlite3_stmt *keys = prepare(key_store, "SELECT patient, wrapped FROM patient_key ORDER BY patient");
  consents = prepare(database, "SELECT sequence, statement FROM consent_event "
                               "WHERE patient = $1 AND superseded_by IS NULL ORDER BY sequence");
  holders = prepare(database, "SELECT count(*) FROM contact_point JOIN patient ON patient.id = contact_point.patient "
                              "WHERE contact_point.hash = $1 AND patient.standing & 7 = 0");
  sharers = prepare(database, "SELECT patient.id, patient.facts_version, patient.facts "
                              "FROM contact_point JOIN patient ON patient.id = contact_point.patient "
                              "WHERE contact_point.hash = $1 AND patient.standing & 7 = 0 ORDER BY patient.id");
  key_of = prepare(key_store, "SELECT wrapped FROM patient_key WHERE patient = $1");

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
    if (!is_in_audience()) continue;
    in_audience++;
    if (!proposes()) continue;
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
