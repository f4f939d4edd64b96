// The facts of a patient in the compact form of Sources/OutreachStore/Encoding.

#include "limit.h"

uint8_t take_byte(reader *r) {
  if (r->at >= r->end) die("a blob is truncated");
  return *r->at++;
}

uint64_t take_unsigned(reader *r) {
  uint64_t value = 0;
  for (int shift = 0;; shift += 7) {
    uint8_t byte = take_byte(r);
    value |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
}

int64_t take_signed(reader *r) {
  uint64_t value = take_unsigned(r);
  return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

static text take_raw(reader *r, size_t length) {
  if (length > (size_t)(r->end - r->at)) die("a blob is truncated");
  text raw = {r->at, length};
  r->at += length;
  return raw;
}

text take_text(reader *r) { return take_raw(r, take_unsigned(r)); }
void skip_text_if(reader *r, uint64_t present) { if (present) take_text(r); }
void skip_number_if(reader *r, uint64_t present) { if (present) take_unsigned(r); }
static void skip_texts(reader *r) { for (uint64_t n = take_unsigned(r); n > 0; n--) take_text(r); }

// Days since 1970-01-01 of a date of the proleptic Gregorian calendar, counted in years that begin in March.
static int64_t days_of(int64_t year, int64_t month, int64_t day) {
  year -= month <= 2;
  int64_t era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
  int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static date take_date(reader *r) {
  uint64_t packed = take_unsigned(r);
  return (date){(int32_t)(packed >> 9), (int32_t)(packed >> 5 & 15), (int32_t)(packed & 31)};
}

int64_t day_number(date d) { return days_of(d.year, d.month, d.day); }

struct patient patient;

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

void read_facts(reader r) {
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
