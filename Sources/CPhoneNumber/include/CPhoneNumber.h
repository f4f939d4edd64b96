// A C view of libphonenumber: one text in, one plain struct out.
//
// The library is C++ and may throw; nothing here lets an exception out, and nothing prints. Every call is
// safe from any thread. How strict a reading must be is decided by the caller: libphonenumber alone accepts
// vanity letters and skips characters it does not know.

#ifndef CPHONENUMBER_H
#define CPHONENUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What became of the text.
typedef enum cphone_status {
  CPHONE_PARSED = 0,
  CPHONE_INVALID_COUNTRY_CODE = 1,
  CPHONE_NOT_A_NUMBER = 2,
  CPHONE_TOO_SHORT_AFTER_PREFIX = 3,  // an international prefix, then hardly any digits
  CPHONE_TOO_SHORT = 4,
  CPHONE_TOO_LONG = 5,
  CPHONE_FAILED = 6,  // the library threw, or memory ran out: nothing is known of the text
} cphone_status;

// Whether the number's length fits its numbering plan. Set only when the status is CPHONE_PARSED.
typedef enum cphone_length {
  CPHONE_LENGTH_POSSIBLE = 0,
  CPHONE_LENGTH_LOCAL_ONLY = 1,  // can be dialled inside its area only: the area code is missing
  CPHONE_LENGTH_INVALID_COUNTRY_CODE = 2,
  CPHONE_LENGTH_TOO_SHORT = 3,
  CPHONE_LENGTH_INVALID = 4,  // between the shortest and the longest, but no number has this length
  CPHONE_LENGTH_TOO_LONG = 5,
} cphone_length;

// The kind of line the number's range is assigned to.
typedef enum cphone_kind {
  CPHONE_KIND_FIXED_LINE = 0,
  CPHONE_KIND_MOBILE = 1,
  CPHONE_KIND_FIXED_LINE_OR_MOBILE = 2,
  CPHONE_KIND_TOLL_FREE = 3,
  CPHONE_KIND_PREMIUM_RATE = 4,
  CPHONE_KIND_SHARED_COST = 5,
  CPHONE_KIND_VOIP = 6,
  CPHONE_KIND_PERSONAL = 7,
  CPHONE_KIND_PAGER = 8,
  CPHONE_KIND_UAN = 9,
  CPHONE_KIND_VOICEMAIL = 10,
  CPHONE_KIND_UNKNOWN = 11,
} cphone_kind;

typedef struct cphone_reading {
  cphone_status status;
  cphone_length length;
  cphone_kind kind;
  int32_t country_code;  // country calling code, 0 when not parsed
  char e164[20];         // "+12015550123", NUL-terminated; empty when not parsed or longer than 15 digits
  char region[4];        // CLDR region ("US", "001"), NUL-terminated; empty when none is known
  bool is_possible;
  bool is_valid;       // in a range that is assignable; says nothing about anyone having the number
  bool has_extension;  // an extension was read; it is not in `e164`
} cphone_reading;

// Reads `length` bytes of UTF-8 at `text` as a phone number. `default_region` is a NUL-terminated CLDR region
// in upper case ("US"), used when the text names no country; NULL or "ZZ" for none. Always fills `reading`.
void cphone_read(const char *text, size_t length, const char *default_region, cphone_reading *reading);

// Whether libphonenumber has a numbering plan for this CLDR region.
bool cphone_knows_region(const char *region);

#ifdef __cplusplus
}
#endif

#endif
