// What the files of the limit share; see limit.c.
#ifndef LIMIT_H
#define LIMIT_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Ends the program with a sentence on standard error.
_Noreturn void die(const char *format, ...);

typedef struct text {
  const uint8_t *bytes;
  size_t length;
} text;

bool same(text left, text right);

// MARK: sealed.c

enum { KEY_BYTES = 32, HASH_BYTES = 16, BUFFER_BYTES = 1 << 20 };

// Reads the master key and prepares everything that follows from it; gives the key that wraps the patients' keys.
void prepare_keys(const char *path, uint8_t wrap[KEY_BYTES]);

// Opens a blob for the place it was sealed for; gives the length of what is in it.
size_t open_sealed(const uint8_t *blob, size_t length, const uint8_t key[KEY_BYTES], const char *table, int64_t row,
                   uint32_t version, uint8_t *plain);

// The look-up hash of a number is the first HASH_BYTES of these.
void hash_number(text number, uint8_t hash[KEY_BYTES]);

// MARK: facts.c

// Reads the compact form of Sources/OutreachStore/Encoding.
typedef struct reader {
  const uint8_t *at;
  const uint8_t *end;
} reader;

uint8_t take_byte(reader *r);
uint64_t take_unsigned(reader *r);
int64_t take_signed(reader *r);
text take_text(reader *r);
void skip_text_if(reader *r, uint64_t present);
void skip_number_if(reader *r, uint64_t present);

typedef struct date {
  int32_t year, month, day;
} date;

// Days since 1970-01-01.
int64_t day_number(date d);

// A list whose members stay where they are; `reader` stands on the first.
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

enum { MOST = 64 };

// The patient at hand: what the campaign asks for.
extern struct patient {
  bool has_birth_date;
  date birth_date;
  int condition_count, order_count, dispense_count;
  condition conditions[MOST];
  order orders[MOST];
  dispense dispenses[MOST];
  int64_t days_until_due;
} patient;

// Reads what the campaign asks for and walks over all the rest.
void read_facts(reader r);

// MARK: script.c

extern date today;

// Loads the value sets and the campaign.
void load_script(const char *sets, const char *campaign);

// Calls the campaign's `audience`, or its `decide`, with the patient at hand.
bool is_in_audience(void);
bool proposes(void);

#endif
