#include "CPhoneNumber.h"

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

#include <cstring>
#include <string>

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

// The library's own logger prints to stdout, and what it prints can hold a number.
class SilentLogger : public i18n::phonenumbers::Logger {
 public:
  void WriteMessage(const std::string &) override {}
};

PhoneNumberUtil &numbering() {
  // A function's static is initialised once even when two threads come at the same time.
  static PhoneNumberUtil &shared = [] () -> PhoneNumberUtil & {
    PhoneNumberUtil *util = PhoneNumberUtil::GetInstance();
    util->SetLogger(new SilentLogger());  // owned by the library from here on
    return *util;
  }();
  return shared;
}

cphone_status status(PhoneNumberUtil::ErrorType error) {
  switch (error) {
    case PhoneNumberUtil::NO_PARSING_ERROR: return CPHONE_PARSED;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR: return CPHONE_INVALID_COUNTRY_CODE;
    case PhoneNumberUtil::NOT_A_NUMBER: return CPHONE_NOT_A_NUMBER;
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD: return CPHONE_TOO_SHORT_AFTER_PREFIX;
    case PhoneNumberUtil::TOO_SHORT_NSN: return CPHONE_TOO_SHORT;
    case PhoneNumberUtil::TOO_LONG_NSN: return CPHONE_TOO_LONG;
  }
  return CPHONE_FAILED;
}

cphone_length length(PhoneNumberUtil::ValidationResult result) {
  switch (result) {
    case PhoneNumberUtil::IS_POSSIBLE: return CPHONE_LENGTH_POSSIBLE;
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY: return CPHONE_LENGTH_LOCAL_ONLY;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE: return CPHONE_LENGTH_INVALID_COUNTRY_CODE;
    case PhoneNumberUtil::TOO_SHORT: return CPHONE_LENGTH_TOO_SHORT;
    case PhoneNumberUtil::INVALID_LENGTH: return CPHONE_LENGTH_INVALID;
    case PhoneNumberUtil::TOO_LONG: return CPHONE_LENGTH_TOO_LONG;
  }
  return CPHONE_LENGTH_INVALID;
}

cphone_kind kind(PhoneNumberUtil::PhoneNumberType type) {
  switch (type) {
    case PhoneNumberUtil::FIXED_LINE: return CPHONE_KIND_FIXED_LINE;
    case PhoneNumberUtil::MOBILE: return CPHONE_KIND_MOBILE;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE: return CPHONE_KIND_FIXED_LINE_OR_MOBILE;
    case PhoneNumberUtil::TOLL_FREE: return CPHONE_KIND_TOLL_FREE;
    case PhoneNumberUtil::PREMIUM_RATE: return CPHONE_KIND_PREMIUM_RATE;
    case PhoneNumberUtil::SHARED_COST: return CPHONE_KIND_SHARED_COST;
    case PhoneNumberUtil::VOIP: return CPHONE_KIND_VOIP;
    case PhoneNumberUtil::PERSONAL_NUMBER: return CPHONE_KIND_PERSONAL;
    case PhoneNumberUtil::PAGER: return CPHONE_KIND_PAGER;
    case PhoneNumberUtil::UAN: return CPHONE_KIND_UAN;
    case PhoneNumberUtil::VOICEMAIL: return CPHONE_KIND_VOICEMAIL;
    case PhoneNumberUtil::UNKNOWN: return CPHONE_KIND_UNKNOWN;
  }
  return CPHONE_KIND_UNKNOWN;
}

template <size_t capacity>
void copy(const std::string &from, char (&to)[capacity]) {
  // Half a number must never pass for a whole one: what does not fit is left empty.
  if (from.size() < capacity) {
    std::memcpy(to, from.data(), from.size());
    to[from.size()] = '\0';
  }
}

void clear(cphone_reading *reading) {
  std::memset(reading, 0, sizeof *reading);
  reading->status = CPHONE_FAILED;
  reading->length = CPHONE_LENGTH_INVALID;
  reading->kind = CPHONE_KIND_UNKNOWN;
}

}  // namespace

void cphone_read(const char *text, size_t text_length, const char *default_region, cphone_reading *reading) {
  clear(reading);
  try {
    const PhoneNumberUtil &util = numbering();
    PhoneNumber number;
    const std::string region = default_region == nullptr ? "ZZ" : default_region;
    const std::string typed = text == nullptr ? std::string() : std::string(text, text_length);
    const cphone_status outcome = status(util.Parse(typed, region, &number));
    if (outcome == CPHONE_PARSED) {
      reading->length = length(util.IsPossibleNumberWithReason(number));
      reading->is_possible = reading->length == CPHONE_LENGTH_POSSIBLE;
      reading->is_valid = util.IsValidNumber(number);
      reading->kind = kind(util.GetNumberType(number));
      reading->country_code = number.country_code();
      reading->has_extension = number.has_extension();
      std::string field;
      util.Format(number, PhoneNumberUtil::E164, &field);
      if (field.size() <= 16) {
        copy(field, reading->e164);
      }
      util.GetRegionCodeForNumber(number, &field);
      if (field != "ZZ") {
        copy(field, reading->region);
      }
    }
    reading->status = outcome;
  } catch (...) {
    clear(reading);
  }
}

bool cphone_knows_region(const char *region) {
  try {
    return region != nullptr && numbering().GetCountryCodeForRegion(region) != 0;
  } catch (...) {
    return false;
  }
}
